/// Results of consecutive items of one submission.
struct Delivery: Sendable {
    enum Item: Sendable {
        case receipt(Receipt)
        /// Refused, but perhaps only because it was committed before.
        case refused(Rejection, TransactionID?)
    }

    let submission: UInt64
    let offset: Int
    var items: [Item]
}

/// A refused transaction that may have been committed before.
struct Suspect: Sendable {
    let transaction: TransactionID
    let rejection: Rejection
    let submission: UInt64
    let offset: Int
}

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
            let isIdle = queue.isEmpty && outstandingCount == 0
            guard isIdle || isGroupFull || isFlushRequested || isDeliveryDue else { break }
            sealIfDue(isIdle: isIdle)
            isFlushRequested = false
            guard let flush = takeFlush() else { break }
            // One group syncs while the next is decided; no more, so that memory stays bounded.
            await lastFlush?.value
            let task = Task { await self.flush(flush) }
            lastFlush = task
            if isIdle || isProjectionOverdue {
                await task.value
                await projectIfPossible()
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
        undelivered.reduce(0) { $0 + $1.items.count } >= EngineLimits.undeliveredCountMax
    }

    /// Decides queued transactions until the queue is empty or the group is full.
    private func decideQueued() {
        while queueHead.chunk < queue.count {
            let chunk = queue[queueHead.chunk]
            var delivery = Delivery(submission: chunk.submission, offset: chunk.offset + queueHead.item, items: [])
            delivery.items.reserveCapacity(chunk.items.count - queueHead.item)
            while queueHead.item < chunk.items.count, !isGroupFull {
                delivery.items.append(decide(chunk.items[queueHead.item]))
                queueHead.item += 1
            }
            queuedTransactionCount -= delivery.items.count
            undelivered.append(delivery)
            guard queueHead.item == chunk.items.count else { break }
            queueHead = (queueHead.chunk + 1, 0)
        }
        if queueHead.chunk == queue.count {
            queue.removeAll(keepingCapacity: true)
            queueHead = (0, 0)
        }
        if queuedTransactionCount <= EngineLimits.queuedTransactionCountMax { releaseHeldBack() }
    }

    /// Lets those who wait for room look again.
    func releaseHeldBack() {
        for continuation in heldBack { continuation.resume() }
        heldBack.removeAll()
    }

    private func decide(_ item: VerifiedChunk.Item) -> Delivery.Item {
        switch item {
        case .refused(let rejection): return .refused(rejection, nil)
        case .verified(let verified): return commit(verified)
        case .unknownKey(let signed):
            // The account may have been opened by a transaction just before this one.
            let keys = signed.signatures.map { entry in
                writer.state.isKnown(entry.key, toPrincipalsOf: signed.body)
                    ? try? ParsedPublicKey(entry.key) : nil
            }
            do throws(Rejection) {
                return commit(try VerifiedTransaction.verify(signed, keys: keys))
            } catch {
                return .refused(error, signed.id)
            }
        }
    }

    private func commit(_ verified: VerifiedTransaction) -> Delivery.Item {
        do throws(Rejection) {
            let receipt = try writer.commit(verified)
            noteRecent(receipt.transaction, at: receipt.position)
            newPolicies += verified.signed.body.newPolicies
            sealIfFull()
            return .receipt(receipt)
        } catch {
            return .refused(error, verified.signed.id)
        }
    }

    /// Seals where the number of entries alone says so: at the same entry in every run.
    private func sealIfFull() {
        var countMax = EngineLimits.blockEntryCountMax
        if case .every(let count) = configuration.sealing { countMax = min(max(count, 1), countMax) }
        if writer.unsealedEntryCount >= countMax { sealNow() }
    }

    private func sealIfDue(isIdle: Bool) {
        if case .adaptive = configuration.sealing, isIdle { sealNow() }
    }

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

    // MARK: Flushing

    struct Flush: Sendable {
        let group: EntryGroup?
        let deliveries: [Delivery]
        let policies: [KeyPolicy]
    }

    private func takeFlush() -> Flush? {
        let group = writer.takeGroup()
        guard group != nil || !undelivered.isEmpty else { return nil }
        defer {
            undelivered.removeAll(keepingCapacity: true)
            newPolicies.removeAll(keepingCapacity: true)
        }
        return Flush(group: group, deliveries: undelivered, policies: newPolicies)
    }

    /// Persists, then publishes, then acknowledges.
    private func flush(_ flush: Flush) async {
        var deliveredCount = 0
        do throws(LedgerFailure) {
            if let failure { throw failure }
            if let group = flush.group {
                try await store.append(group)
                durablePosition = group.endPosition
                metrics.groups.increment()
                metrics.entriesPerGroup.record(group.entryCount)
                lastDurableBlock = group.blocks.last ?? lastDurableBlock
                snapshotIfDue()
            }
            if !flush.policies.isEmpty { await directory.add(flush.policies) }
            wakeDurabilityWaiters()
            for delivery in flush.deliveries {
                deliver(delivery)
                deliveredCount += 1
            }
        } catch {
            fail(error)
            for delivery in flush.deliveries.dropFirst(deliveredCount) {
                record(
                    delivery.items.map { _ in .failure(.failed(error)) },
                    at: delivery.offset,
                    of: delivery.submission
                )
            }
        }
    }

    private func deliver(_ delivery: Delivery) {
        var results: [Result<Receipt, SubmissionError>?] = []
        results.reserveCapacity(delivery.items.count)
        var committedCount = 0
        for (index, item) in delivery.items.enumerated() {
            switch item {
            case .receipt(let receipt):
                results.append(.success(receipt))
                committedCount += 1
            case .refused(let rejection, let id):
                if let id, rejection.code.mayBeDuplicate {
                    results.append(nil)
                    suspects.append(
                        Suspect(
                            transaction: id,
                            rejection: rejection,
                            submission: delivery.submission,
                            offset: delivery.offset + index
                        )
                    )
                } else {
                    results.append(.failure(.rejected(rejection)))
                }
            }
        }
        metrics.committed.increment(by: committedCount)
        metrics.rejected.increment(by: results.count - committedCount)
        record(results, at: delivery.offset, of: delivery.submission)
        resolveSuspects()
    }

    /// Looks up, one after the other and off the writer's way, whether refused transactions were committed before.
    ///
    /// A look-up that fails concerns its submitter alone: an old page that cannot be read does not stop the ledger.
    private func resolveSuspects() {
        guard !isResolving, !suspects.isEmpty else { return }
        isResolving = true
        Task {
            while !suspects.isEmpty {
                let batch = suspects
                suspects.removeAll()
                for suspect in batch { await resolve(suspect) }
            }
            isResolving = false
        }
    }

    private func resolve(_ suspect: Suspect) async {
        let result: Result<Receipt, SubmissionError>
        do throws(LedgerFailure) {
            let first = try await firstReceipt(of: suspect.transaction)
            result = first.map { .success($0) } ?? .failure(.rejected(suspect.rejection))
        } catch {
            result = .failure(.failed(error))
        }
        record([result], at: suspect.offset, of: suspect.submission)
    }

    // MARK: Failure

    private func fail(_ cause: LedgerFailure) {
        guard failure == nil else { return }
        failure = cause
        configuration.logger.critical("ledger stopped", metadata: ["failure": "\(cause)"])
        refuseAll(cause)
    }

    /// Tells everybody who waits that nothing will come.
    private func refuseAll(_ cause: LedgerFailure) {
        for (position, chunk) in queue[queueHead.chunk...].enumerated() {
            let skipped = position == 0 ? queueHead.item : 0
            let refused = chunk.items.dropFirst(skipped)
                .map { _ in Result<Receipt, SubmissionError>.failure(.failed(cause)) }
            record(refused, at: chunk.offset + skipped, of: chunk.submission)
        }
        queue.removeAll()
        queueHead = (0, 0)
        queuedTransactionCount = 0
        for delivery in undelivered {
            record(delivery.items.map { _ in .failure(.failed(cause)) }, at: delivery.offset, of: delivery.submission)
        }
        undelivered.removeAll()
        releaseHeldBack()
        wakeAllDurabilityWaiters()
    }
}

extension RejectionCode {
    /// True for refusals that a transaction committed before also meets.
    var mayBeDuplicate: Bool { self == .unknownKey || (200...221).contains(rawValue) }
}

extension TransactionBody {
    /// Policies that the transaction brings into the state; their keys may sign from then on.
    var newPolicies: [KeyPolicy] {
        operations.compactMap { operation in
            switch operation.act {
            case .openAccount(let opening, _): opening.policy
            case .rotateKeys(let policy): policy
            default: nil
            }
        }
    }
}

extension LedgerState {
    /// True if a principal of `body` has `key` in its policy.
    func isKnown(_ key: EncodedPublicKey, toPrincipalsOf body: TransactionBody) -> Bool {
        body.principals.contains { account($0.account)?.policy.weight(of: key) != nil }
    }
}
