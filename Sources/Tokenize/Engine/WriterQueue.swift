import Synchronization

/// Between verification, on all cores, and the one writer: verified chunks that wait to be decided.
///
/// Adding never waits for the writer; whoever is too far ahead of it waits for room before going on.
final class WriterQueue: Sendable {
    private struct Contents {
        var chunks: [VerifiedChunk] = []
        /// Transactions that the writer has not decided, also of chunks that it has taken.
        var undecidedCount = 0
        /// Admitted transactions that are being decoded and verified.
        var expectedCount = 0
        var isUnbounded = false
        /// True once the writer was told of what waits.
        var isSignalled = false
        var heldBack: [CheckedContinuation<Void, Never>] = []

        var hasRoom: Bool { isUnbounded || undecidedCount <= EngineLimits.queuedTransactionCountMax }

        /// Takes out those who wait for room.
        mutating func release() -> [CheckedContinuation<Void, Never>] {
            defer { heldBack.removeAll() }
            return heldBack
        }
    }

    private let contents = Mutex(Contents())

    // MARK: The submitters' side

    var hasRoom: Bool { contents.withLock { $0.hasRoom } }

    /// Returns once there is room, or somebody thinks it worth looking again.
    func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let hasRoom = contents.withLock { contents in
                if !contents.hasRoom { contents.heldBack.append(continuation) }
                return contents.hasRoom
            }
            if hasRoom { continuation.resume() }
        }
    }

    /// Takes note of transactions that will be added: until then the writer has a reason to wait for a fuller group.
    func expect(_ count: Int) { contents.withLock { $0.expectedCount += count } }

    /// Adds a chunk that was expected. True if enough waits for a turn of the writer, or nothing more is expected, and
    /// nobody has told the writer yet.
    func add(_ chunk: VerifiedChunk) -> Bool {
        contents.withLock { contents in
            contents.expectedCount -= chunk.items.count
            contents.undecidedCount += chunk.items.count
            contents.chunks.append(chunk)
            let isDue = contents.undecidedCount >= EngineLimits.writerTurnCount || contents.expectedCount == 0
            defer { contents.isSignalled = contents.isSignalled || isDue }
            return isDue && !contents.isSignalled
        }
    }

    // MARK: The writer's side

    /// All chunks that wait, oldest first.
    func take() -> [VerifiedChunk] {
        contents.withLock { contents in
            contents.isSignalled = false
            defer { contents.chunks.removeAll(keepingCapacity: true) }
            return contents.chunks
        }
    }

    /// True if nothing waits and nothing is on its way.
    var isIdle: Bool { contents.withLock { $0.chunks.isEmpty && $0.expectedCount == 0 } }

    /// Makes room for as many transactions as the writer has decided.
    func noteDecided(_ count: Int) {
        let released = contents.withLock { contents in
            contents.undecidedCount -= count
            return contents.hasRoom ? contents.release() : []
        }
        for continuation in released { continuation.resume() }
    }

    /// Lets those who wait for room look again.
    func releaseHeldBack() {
        for continuation in contents.withLock({ $0.release() }) { continuation.resume() }
    }

    /// Holds nobody back from now on: whatever is added will be refused.
    func removeBound() {
        contents.withLock { $0.isUnbounded = true }
        releaseHeldBack()
    }

    // MARK: For tests

    /// How many wait for room.
    var heldBackCount: Int { contents.withLock { $0.heldBack.count } }
    /// Transactions that the writer has not decided.
    var undecidedCount: Int { contents.withLock { $0.undecidedCount } }
}
