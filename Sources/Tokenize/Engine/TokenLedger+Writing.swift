extension TokenLedger {
    /// Sees to it that the writer runs.
    func startWriting() {
        guard !isWriting else { return }
        isWriting = true
        Task { await self.write() }
    }

    /// Decides what is queued, and flushes when a group is full or nothing is on its way.
    private func write() async {
        while failure == nil {
            decideQueued()
            let isIdle = head.chunk == taken.count && queue.isIdle
            guard isIdle || isGroupFull || isFlushRequested || isDeliveryDue else { break }
            // A receipt needs no header: hashing the state for a large block does not hold up results.
            if isIdle, isHeaderDue, isBlockSmall || undelivered.isEmpty { sealNow() }
            isFlushRequested = false
            guard let flush = takeFlush() else { break }
            // One group syncs while the next is decided; no more, so that memory stays bounded.
            await lastFlush?.value
            let task = Task { await self.flush(flush) }
            lastFlush = task
            if isIdle || isProjectionOverdue {
                await task.value
                if !isIdle || !isHeaderDue { await projectIfPossible() }
            }
        }
        isWriting = false
        if let failure { refuseAll(failure) }
    }

    private var isGroupFull: Bool {
        writer.groupEntryCount >= EngineLimits.groupEntryCountTarget
            || writer.groupByteCount >= EngineLimits.groupByteCountMax
    }

    /// True if so many results wait that one submission's verification must not hold them back any longer.
    private var isDeliveryDue: Bool {
        undeliveredCount >= EngineLimits.undeliveredCountMax
    }

    /// Decides queued transactions until the queue is empty or the group is full.
    private func decideQueued() {
        var decidedCount = 0
        while !isGroupFull, let chunk = nextChunk() {
            // Out of the dictionary while results are written, so that they are nobody else's and not copied.
            guard var submission = submissions.removeValue(forKey: chunk.submission) else {
                preconditionFailure("a submission lasts until all its results are there")
            }
            writer.lookAhead(chunk.items[head.item...])
            let start = chunk.offset + head.item
            var delivery = Delivery(submission: chunk.submission, range: start..<start)
            while head.item < chunk.items.count, !isGroupFull {
                submission.results.append(decide(chunk.items[head.item], &delivery))
                delivery.range = start..<(delivery.range.upperBound + 1)
                head.item += 1
            }
            submissions[chunk.submission] = submission
            if head.item == chunk.items.count { head = (head.chunk + 1, 0) }
            decidedCount += delivery.range.count
            undelivered.append(delivery)
        }
        undeliveredCount += decidedCount
        queue.noteDecided(decidedCount)
    }

    /// The chunk at the head, taken from the queue where need be, or nil if nothing waits.
    func nextChunk() -> VerifiedChunk? {
        if head.chunk == taken.count {
            taken = queue.take()
            head = (0, 0)
        }
        return taken.isEmpty ? nil : taken[head.chunk]
    }

    private func decide(
        _ item: VerifiedChunk.Item,
        _ delivery: inout Delivery
    ) -> Result<Receipt, SubmissionError> {
        switch item {
        case .verified(let verified): return commit(verified, &delivery)
        case .refused(let rejection): return .failure(.rejected(rejection))
        case .unknownKey(let signed):
            // The account may have been opened by a transaction just before this one.
            do throws(Rejection) {
                let verified = try VerifiedTransaction.verify(signed) { key in
                    writer.state.isKnown(key, toPrincipalsOf: signed.body) ? try? ParsedPublicKey(key) : nil
                }
                return commit(verified, &delivery)
            } catch {
                delivery.noteRefusal(of: signed.id, error)
                return .failure(.rejected(error))
            }
        }
    }

    private func commit(
        _ verified: VerifiedTransaction,
        _ delivery: inout Delivery
    ) -> Result<Receipt, SubmissionError> {
        do throws(Rejection) {
            let receipt = try writer.commit(verified)
            noteRecent(receipt.transaction, at: receipt.position)
            for operation in verified.signed.body.operations {
                if let policy = operation.act.newPolicy { newPolicies.append(policy) }
            }
            sealIfFull()
            delivery.committedCount += 1
            return .success(receipt)
        } catch {
            delivery.noteRefusal(of: verified.signed.id, error)
            return .failure(.rejected(error))
        }
    }

    /// Seals where the number of entries alone says so: at the same entry in every run.
    private func sealIfFull() {
        var countMax = EngineLimits.blockEntryCountMax
        if case .every(let count) = configuration.sealing { countMax = min(max(count, 1), countMax) }
        if writer.unsealedEntryCount >= countMax { sealNow() }
    }

    /// True if the open block is to be closed once nothing waits.
    private var isHeaderDue: Bool {
        if case .adaptive = configuration.sealing { writer.unsealedEntryCount > 0 } else { false }
    }

    private var isBlockSmall: Bool { writer.unsealedEntryCount <= EngineLimits.promptHeaderEntryCountMax }

    /// Seals at once, without waiting for anything to be durable.
    @discardableResult
    func sealNow() -> BlockHeader? {
        guard let header = writer.seal(time: configuration.clock()) else { return nil }
        metrics.blocks.increment()
        return header
    }

    /// Closes the open block, if it has entries, and waits until its header is durable.
    @discardableResult
    public func seal() async throws(LedgerFailure) -> BlockHeader? {
        if let failure { throw failure }
        sealNow()
        let header = writer.lastHeader
        try await waitUntilDurable(writer.size)
        return header
    }
}

extension Act {
    /// The policy that the act brings into the state; its keys may sign from then on.
    var newPolicy: KeyPolicy? {
        switch self {
        case .openAccount(let opening, _): opening.policy
        case .rotateKeys(let policy): policy
        default: nil
        }
    }
}

extension LedgerState {
    /// True if a principal of `body` has `key` in its policy.
    func isKnown(_ key: EncodedPublicKey, toPrincipalsOf body: TransactionBody) -> Bool {
        body.principals.contains { account($0.account)?.policy.weight(of: key) != nil }
    }
}
