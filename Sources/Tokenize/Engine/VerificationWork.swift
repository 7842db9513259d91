import Synchronization

/// One submission on its way through verification: workers take its chunks in any number, and the finished ones leave
/// in the submission's order.
final class VerificationWork: Sendable {
    private struct Progress {
        /// Where the chunk starts that is taken next.
        var nextStart = 0
        /// Where the chunk starts that leaves next.
        var nextOffset = 0
        /// Finished chunks that wait for one before them, by where they start.
        var early: [Int: VerifiedChunk] = [:]
    }

    private let transactionCount: Int
    private let progress = Mutex(Progress())

    init(transactionCount: Int) { self.transactionCount = transactionCount }

    /// Chunks in all.
    var chunkCount: Int {
        (transactionCount + EngineLimits.verificationChunkCount - 1) / EngineLimits.verificationChunkCount
    }

    /// The next chunk that nobody has taken, or nil if there is none.
    func next() -> Range<Int>? {
        progress.withLock { progress in
            guard progress.nextStart < transactionCount else { return nil }
            let end = min(progress.nextStart + EngineLimits.verificationChunkCount, transactionCount)
            defer { progress.nextStart = end }
            return progress.nextStart..<end
        }
    }

    /// Takes a finished chunk and hands on what is now complete from the front, in order. True if `add` said so once.
    func finish(_ chunk: VerifiedChunk, _ add: (VerifiedChunk) -> Bool) -> Bool {
        // Within the lock, so that two workers cannot overtake each other on the way to the queue.
        progress.withLock { progress in
            progress.early[chunk.offset] = chunk
            var isFirst = false
            while let next = progress.early.removeValue(forKey: progress.nextOffset) {
                progress.nextOffset += next.items.count
                if add(next) { isFirst = true }
            }
            return isFirst
        }
    }
}
