/// A submission that is under way, and who waits for it.
struct Submission {
    /// A result for each transaction that is decided, in their order; delivered once all are there and final.
    var results: [Result<Receipt, SubmissionError>] = []
    var openCount: Int
    var waiter: CheckedContinuation<Void, Never>?

    init(count: Int) {
        results.reserveCapacity(count)
        openCount = count
    }
}

/// Decoded and verified transactions of one submission, in its order.
struct VerifiedChunk: Sendable {
    enum Item: Sendable {
        case verified(VerifiedTransaction)
        /// A key that no account knew when it was looked up; the writer looks again.
        case unknownKey(SignedTransaction)
        case refused(Rejection)
    }

    let submission: UInt64
    /// Index of the first item in the submission.
    let offset: Int
    let items: [Item]
}

extension TokenLedger {
    /// Submits one signed transaction and waits for its durable receipt.
    ///
    /// Submitting a committed transaction again returns its first receipt.
    public nonisolated func submit(_ transaction: [UInt8]) async throws(SubmissionError) -> Receipt {
        try await submit([transaction])[0].get()
    }

    /// Submits signed transactions, to be decided in this order, and waits until all have a result.
    public nonisolated func submit(_ transactions: [[UInt8]]) async -> [Result<Receipt, SubmissionError>] {
        guard !transactions.isEmpty else { return [] }
        let submission: UInt64
        do throws(SubmissionError) {
            submission = try await admit(count: transactions.count)
        } catch {
            return transactions.map { _ in .failure(error) }
        }
        await verify(transactions, of: submission)
        return await results(of: submission)
    }

    /// Verifies chunk by chunk on all cores, and hands the chunks to the writer in order.
    private nonisolated func verify(_ transactions: [[UInt8]], of submission: UInt64) async {
        let work = VerificationWork(transactionCount: transactions.count)
        guard work.chunkCount > 1 else {
            // Whoever waits for the results tells the writer.
            _ = queue.add(verifier.chunk(transactions[...], of: submission))
            return
        }
        await withDiscardingTaskGroup { group in
            for _ in 0..<min(work.chunkCount, EngineLimits.verificationTaskCount) {
                group.addTask { await self.work(on: transactions, work, of: submission) }
            }
        }
    }

    /// One worker: verifies chunk after chunk.
    private nonisolated func work(
        on transactions: [[UInt8]],
        _ work: VerificationWork,
        of submission: UInt64
    ) async {
        while true {
            // Before a chunk is taken: one that is taken and not worked on would hold up all that follow it.
            while !queue.hasRoom { await queue.waitForRoom() }
            guard let range = work.next() else { return }
            let isWriterIdle = work.finish(verifier.chunk(transactions[range], of: submission), queue.add)
            if isWriterIdle { Task { await startWriting() } }
            // Others need this thread as well: whoever wakes the writer, other submissions, what the program serves.
            await Task.yield()
        }
    }

    // MARK: The writer's side

    private func admit(count: Int) async throws(SubmissionError) -> UInt64 {
        while !queue.hasRoom, failure == nil, !isClosed { await queue.waitForRoom() }
        if let failure { throw .failed(failure) }
        guard !isClosed else { throw .failed(.storeClosed) }
        let submission = nextSubmission
        nextSubmission += 1
        submissions[submission] = Submission(count: count)
        queue.expect(count)
        unfinishedCount += count
        return submission
    }

    private func results(of submission: UInt64) async -> [Result<Receipt, SubmissionError>] {
        startWriting()
        // Not held while waiting: a second reference would have every result copied.
        let openCount = submissions[submission]?.openCount ?? 0
        if openCount > 0 {
            await withCheckedContinuation { submissions[submission]?.waiter = $0 }
        }
        return submissions.removeValue(forKey: submission)?.results ?? []
    }
}
