extension TokenLedger {
    /// Begins a snapshot in the background if the last is long ago.
    ///
    /// Its state is replayed from the last snapshot out of the store, not copied from the writer, which so never
    /// stops and never pays for a copy.
    func snapshotIfDue() {
        let interval = configuration.snapshotEntryInterval
        guard interval > 0, snapshotTask == nil, !isClosed, let block = lastDurableBlock,
            block.headerPosition + 1 >= lastSnapshotEntryCount,
            block.headerPosition + 1 - lastSnapshotEntryCount >= interval
        else { return }
        snapshotTask = Task(priority: .utility) { await self.snapshot(after: block) }
    }

    private func snapshot(after block: BlockRow) async {
        defer { snapshotTask = nil }
        do throws(LedgerFailure) {
            let recovery = LedgerRecovery(store: store, configuration: configuration)
            let replayed = try await recovery.writer(atHeight: block.height)
            // The block is the one that this process has sealed or checked; the store's rows could be anybody's.
            guard replayed.lastHeader?.row == block else {
                throw .corrupted(what: "block", position: block.height, reason: "differs on replay")
            }
            try await LedgerSnapshot.write(replayed, to: store)
        } catch {
            // The log is what counts; the next interval tries again.
            configuration.logger.error("snapshot failed", metadata: ["failure": "\(error)"])
        }
        lastSnapshotEntryCount = block.headerPosition + 1
    }
}
