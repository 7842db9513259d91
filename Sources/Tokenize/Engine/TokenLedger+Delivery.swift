/// Consecutive transactions of one submission that are decided; their results stand in the submission.
struct Delivery: Sendable {
    let submission: UInt64
    var range: Range<Int>
    var committedCount = 0
    /// Refused transactions that may have been committed before.
    var suspects: [Suspect] = []

    /// Takes note of the refusal of the transaction that comes next in the range.
    mutating func noteRefusal(of transaction: TransactionID, _ rejection: Rejection) {
        guard rejection.code.mayBeDuplicate else { return }
        suspects.append(Suspect(transaction: transaction, submission: submission, index: range.upperBound))
    }
}

/// A refused transaction that may have been committed before.
struct Suspect: Sendable {
    let transaction: TransactionID
    let submission: UInt64
    /// Where it stands in its submission.
    let index: Int
}

/// Durability, and then the results: a result is delivered once everything before it is durable.
extension TokenLedger {
    struct Flush: Sendable {
        let group: EntryGroup?
        let deliveries: [Delivery]
        let policies: [KeyPolicy]
    }

    func takeFlush() -> Flush? {
        let group = writer.takeGroup()
        guard group != nil || !undelivered.isEmpty else { return nil }
        defer {
            undelivered.removeAll(keepingCapacity: true)
            undeliveredCount = 0
        }
        return Flush(group: group, deliveries: undelivered, policies: writer.takePolicies())
    }

    /// Persists, then publishes, then acknowledges.
    func flush(_ flush: Flush) async {
        var deliveredCount = 0
        do throws(LedgerFailure) {
            if let failure { throw failure }
            if let group = flush.group {
                try await store.append(group)
                durablePosition = group.endPosition
                writer.reuse(group.records)
                metrics.groups.increment()
                metrics.entriesPerGroup.record(group.entryCount)
                lastDurableBlock = group.blocks.last ?? lastDurableBlock
                snapshotIfDue()
            }
            if !flush.policies.isEmpty { directory.add(flush.policies) }
            wakeDurabilityWaiters()
            for delivery in flush.deliveries {
                deliver(delivery)
                deliveredCount += 1
            }
        } catch {
            fail(error)
            for delivery in flush.deliveries.dropFirst(deliveredCount) {
                refuse(delivery.range, of: delivery.submission, error)
            }
        }
    }

    private func deliver(_ delivery: Delivery) {
        metrics.committed.increment(by: delivery.committedCount)
        metrics.rejected.increment(by: delivery.range.count - delivery.committedCount)
        complete(delivery.range.count - delivery.suspects.count, of: delivery.submission)
        let room = max(0, EngineLimits.lookUpCountMax - lookUpCount)
        let accepted = delivery.suspects.prefix(room)
        suspects += accepted
        lookUpCount += accepted.count
        // Who floods a ledger with what it has refused or committed must not hold up those who submit what is new.
        for suspect in delivery.suspects.dropFirst(room) {
            let overload = LedgerFailure.limitExceeded(
                limit: "lookUpCountMax",
                maximum: UInt64(EngineLimits.lookUpCountMax)
            )
            refuse(suspect.index..<(suspect.index + 1), of: suspect.submission, overload)
        }
        resolveSuspects()
    }

    /// Takes note of results that are final, and wakes the submitter once all are.
    private func complete(_ count: Int, of submission: UInt64) {
        unfinishedCount -= count
        if unfinishedCount == 0 {
            for waiter in drainWaiters { waiter.resume() }
            drainWaiters.removeAll()
        }
        guard var open = submissions.removeValue(forKey: submission) else { return }
        open.openCount -= count
        let waiter = open.openCount == 0 ? open.waiter : nil
        submissions[submission] = open
        waiter?.resume()
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
        defer { lookUpCount -= 1 }
        do throws(LedgerFailure) {
            if let first = try await firstReceipt(of: suspect.transaction) {
                submissions[suspect.submission]?.results[suspect.index] = .success(first)
            }
            complete(1, of: suspect.submission)
        } catch {
            refuse(suspect.index..<(suspect.index + 1), of: suspect.submission, error)
        }
    }

    // MARK: Failure

    private func fail(_ cause: LedgerFailure) {
        guard failure == nil else { return }
        failure = cause
        configuration.logger.critical("ledger stopped", metadata: ["failure": "\(cause)"])
        refuseAll(cause)
    }

    /// Tells everybody who waits that nothing will come.
    func refuseAll(_ cause: LedgerFailure) {
        queue.removeBound()
        while let chunk = nextChunk() {
            let range = (chunk.offset + head.item)..<(chunk.offset + chunk.items.count)
            refuse(range, of: chunk.submission, cause)
            queue.noteDecided(range.count)
            head = (head.chunk + 1, 0)
        }
        for delivery in undelivered { refuse(delivery.range, of: delivery.submission, cause) }
        undelivered.removeAll()
        undeliveredCount = 0
        wakeAllDurabilityWaiters()
    }

    private func refuse(_ range: Range<Int>, of submission: UInt64, _ cause: LedgerFailure) {
        for index in range {
            let isDecided = index < submissions[submission]?.results.count ?? 0
            if isDecided {
                submissions[submission]?.results[index] = .failure(.failed(cause))
            } else {
                submissions[submission]?.results.append(.failure(.failed(cause)))
            }
        }
        complete(range.count, of: submission)
    }
}

extension RejectionCode {
    /// True for refusals that a transaction committed before also meets.
    var mayBeDuplicate: Bool { self == .unknownKey || (200...221).contains(rawValue) }
}
