/// Somebody who waits until the entries below `position` are durable.
struct DurabilityWaiter {
    let position: UInt64
    let continuation: CheckedContinuation<Void, Never>
}

extension TokenLedger {
    /// Returns once the entries below `position` are durable, and asks for a flush where one is needed.
    func waitUntilDurable(_ position: UInt64) async throws(LedgerFailure) {
        while durablePosition < position {
            if let failure { throw failure }
            await withCheckedContinuation { continuation in
                add(DurabilityWaiter(position: position, continuation: continuation), newDurabilityWaiterNumber())
                isFlushRequested = true
                startWriting()
            }
        }
    }

    /// Returns once the entries below `position` are durable, the ledger has failed or is closed, or the task is
    /// cancelled. Asks for nothing.
    func awaitDurability(of position: UInt64) async {
        let number = newDurabilityWaiterNumber()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A handler that runs from here on finds the waiter: it needs this actor, which is busy.
                if Task.isCancelled { return continuation.resume() }
                add(DurabilityWaiter(position: position, continuation: continuation), number)
            }
        } onCancel: {
            Task { await self.removeDurabilityWaiter(number) }
        }
    }

    private func newDurabilityWaiterNumber() -> UInt64 {
        nextDurabilityWaiter += 1
        return nextDurabilityWaiter
    }

    private func add(_ waiter: DurabilityWaiter, _ number: UInt64) { durabilityWaiters[number] = waiter }

    private func removeDurabilityWaiter(_ number: UInt64) {
        durabilityWaiters.removeValue(forKey: number)?.continuation.resume()
    }

    /// Wakes those whose entries are durable.
    func wakeDurabilityWaiters() {
        for (number, waiter) in durabilityWaiters where waiter.position <= durablePosition {
            removeDurabilityWaiter(number)
        }
    }

    /// Wakes everybody: nothing more will become durable.
    func wakeAllDurabilityWaiters() {
        let waiters = durabilityWaiters.values
        durabilityWaiters.removeAll()
        for waiter in waiters { waiter.continuation.resume() }
    }
}
