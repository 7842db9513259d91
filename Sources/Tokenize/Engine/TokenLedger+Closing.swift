extension TokenLedger {
    /// Stops the ledger: waits for what was admitted, seals, flushes, brings the projection up to date, writes a
    /// snapshot, closes the store.
    ///
    /// Whatever was acknowledged is durable without it; a ledger that is closed merely opens faster. Idempotent. The
    /// store is closed even if an error is thrown.
    public func close() async throws(LedgerFailure) {
        if let closing { return try await closing.value.get() }
        isClosed = true
        let closing = Task { await self.closeAll() }
        self.closing = closing
        try await closing.value.get()
    }

    private func closeAll() async -> Result<Void, LedgerFailure> {
        // Nobody is held back for long any more: those who wait for admission are refused.
        queue.releaseHeldBack()
        if unfinishedCount > 0 { await withCheckedContinuation { drainWaiters.append($0) } }
        var closingFailure: LedgerFailure?
        do throws(LedgerFailure) {
            if failure == nil { try await leaveInOrder() }
        } catch {
            closingFailure = error
        }
        await snapshotTask?.value
        await store.close()
        wakeAllDurabilityWaiters()
        return closingFailure.map { .failure($0) } ?? .success(())
    }

    private func leaveInOrder() async throws(LedgerFailure) {
        try await seal()
        projectionRetrySize = 0
        await projectIfPossible()
        await snapshotTask?.value
        guard configuration.snapshotEntryCountMin > 0 else { return }
        guard writer.size - lastSnapshotEntryCount >= configuration.snapshotEntryCountMin else { return }
        try await LedgerSnapshot.write(writer, to: store)
    }
}
