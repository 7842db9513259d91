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

    private var isGroupFull: Bool { writer.isGroupFull }

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
            let start = chunk.offset + head.item
            var delivery = Delivery(submission: chunk.submission, range: start..<start)
            while head.item < chunk.items.count, !isGroupFull {
                let items = chunk.items[head.item...]
                writer.decide(items, blockEntryCountMax: blockEntryCountMax, &delivery, &submission.results)
                sealIfFull()
                head.item = delivery.range.upperBound - chunk.offset
            }
            recent.append(submission.results[delivery.range])
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

    /// Seals where the number of entries alone says so: at the same entry in every run.
    private func sealIfFull() {
        if writer.unsealedEntryCount >= blockEntryCountMax { sealNow() }
    }

    /// Entries after which a block is closed.
    private var blockEntryCountMax: Int {
        guard case .every(let count) = configuration.sealing else { return EngineLimits.blockEntryCountMax }
        return min(max(count, 1), EngineLimits.blockEntryCountMax)
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
