/// A submission that is under way, and who waits for it.
struct Submission {
    var results: [Result<Receipt, SubmissionError>?]
    var openCount: Int
    var waiter: CheckedContinuation<Void, Never>?

    init(count: Int) {
        results = Array(repeating: nil, count: count)
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
        let size = EngineLimits.verificationChunkCount
        let starts = Array(stride(from: 0, to: transactions.count, by: size))
        guard starts.count > 1 else {
            await push(await chunk(transactions[...], of: submission))
            return
        }
        await withTaskGroup(of: VerifiedChunk.self) { group in
            var nextStart = 0
            var nextOffset = 0
            var early: [Int: VerifiedChunk] = [:]
            func addTask() {
                guard nextStart < starts.count else { return }
                let range = starts[nextStart]..<min(starts[nextStart] + size, transactions.count)
                nextStart += 1
                group.addTask { await self.chunk(transactions[range], of: submission) }
            }
            for _ in 0..<EngineLimits.verificationTaskCount { addTask() }
            while let chunk = await group.next() {
                early[chunk.offset] = chunk
                while let next = early.removeValue(forKey: nextOffset) {
                    nextOffset += next.items.count
                    await push(next)
                }
                addTask()
            }
        }
    }

    /// Decodes and verifies a slice of a submission.
    private nonisolated func chunk(_ transactions: ArraySlice<[UInt8]>, of submission: UInt64) async -> VerifiedChunk {
        let decoded = transactions.map { bytes -> Result<SignedTransaction, Rejection> in
            do throws(DecodingFailure) {
                return .success(try SignedTransaction(bytes: bytes))
            } catch {
                return .failure(Rejection(.malformed, (.reason, .text("\(error)"))))
            }
        }
        var keys: [EncodedPublicKey] = []
        keys.reserveCapacity(decoded.count)
        for case .success(let signed) in decoded { keys += signed.signatures.map { $0.key } }
        let parsed = await directory.lookUp(keys)
        var nextKey = 0
        let items = decoded.map { result -> VerifiedChunk.Item in
            switch result {
            case .failure(let rejection): return .refused(rejection)
            case .success(let signed):
                let known = parsed[nextKey..<(nextKey + signed.signatures.count)]
                nextKey += signed.signatures.count
                return Self.verify(signed, known)
            }
        }
        return VerifiedChunk(submission: submission, offset: transactions.startIndex, items: items)
    }

    private static func verify(
        _ signed: SignedTransaction,
        _ keys: ArraySlice<ParsedPublicKey?>
    ) -> VerifiedChunk.Item {
        do throws(Rejection) {
            return .verified(try VerifiedTransaction.verify(signed, keys: keys))
        } catch {
            return error.code == .unknownKey ? .unknownKey(signed) : .refused(error)
        }
    }

    // MARK: The writer's side

    private func admit(count: Int) async throws(SubmissionError) -> UInt64 {
        while queuedTransactionCount > EngineLimits.queuedTransactionCountMax, failure == nil, !isClosed {
            await withCheckedContinuation { heldBack.append($0) }
        }
        if let failure { throw .failed(failure) }
        guard !isClosed else { throw .failed(.storeClosed) }
        let submission = nextSubmission
        nextSubmission += 1
        submissions[submission] = Submission(count: count)
        outstandingCount += count
        unfinishedCount += count
        return submission
    }

    private func push(_ chunk: VerifiedChunk) async {
        while queuedTransactionCount > EngineLimits.queuedTransactionCountMax, failure == nil {
            await withCheckedContinuation { heldBack.append($0) }
        }
        outstandingCount -= chunk.items.count
        if let failure {
            let refused = chunk.items.map { _ in Result<Receipt, SubmissionError>.failure(.failed(failure)) }
            record(refused, at: chunk.offset, of: chunk.submission)
            return
        }
        queue.append(chunk)
        queuedTransactionCount += chunk.items.count
        startWriting()
    }

    private func results(of submission: UInt64) async -> [Result<Receipt, SubmissionError>] {
        if let open = submissions[submission], open.openCount > 0 {
            await withCheckedContinuation { submissions[submission]?.waiter = $0 }
        }
        let results = submissions.removeValue(forKey: submission)?.results ?? []
        return results.map { $0 ?? .failure(.failed(failure ?? .storeClosed)) }
    }

    /// Notes results and wakes the submitter once all are there; nil stands for one that is still looked for.
    func record(_ results: [Result<Receipt, SubmissionError>?], at offset: Int, of submission: UInt64) {
        guard var open = submissions.removeValue(forKey: submission) else { return }
        var count = 0
        for (index, result) in results.enumerated() where result != nil {
            open.results[offset + index] = result
            count += 1
        }
        open.openCount -= count
        unfinishedCount -= count
        if unfinishedCount == 0 {
            for waiter in drainWaiters { waiter.resume() }
            drainWaiters.removeAll()
        }
        let waiter = open.openCount == 0 ? open.waiter : nil
        submissions[submission] = open
        waiter?.resume()
    }
}
