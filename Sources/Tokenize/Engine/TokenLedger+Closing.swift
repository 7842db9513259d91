extension TokenLedger {
    /// Stops the ledger: seals, flushes, brings the projection up to date, writes a snapshot, closes the store.
    ///
    /// Whatever was acknowledged is durable without it; a ledger that is closed merely opens faster. Idempotent.
    public func close() async throws(LedgerFailure) {
        guard !isClosed else { return }
        isClosed = true
        if failure == nil {
            try await seal()
            await projectIfPossible()
            try await snapshotIfDue()
        }
        await store.close()
        for waiter in durabilityWaiters { waiter.continuation.resume() }
        durabilityWaiters.removeAll()
    }

    private func snapshotIfDue() async throws(LedgerFailure) {
        guard configuration.snapshotEntryCountMin > 0 else { return }
        let last = try await store.snapshot(atOrBefore: UInt64.max)?.entryCount ?? 0
        guard writer.size >= last + configuration.snapshotEntryCountMin else { return }
        try await snapshot()
    }

    /// Writes a snapshot of the state after the last block. The caller has sealed.
    private func snapshot() async throws(LedgerFailure) {
        guard let header = writer.lastHeader, let clock = writer.sealedClock, writer.unsealedEntryCount == 0 else {
            return
        }
        let source = SnapshotSource(
            SnapshotEncoder(writer.state, clock: clock, chunkByteCount: EngineLimits.snapshotChunkByteCount)
        )
        let descriptor = SnapshotDescriptor(
            height: header.height,
            entryCount: header.previousSize + 1,
            stateRoot: header.stateRoot
        )
        try await store.writeSnapshot(descriptor) { () async throws(LedgerFailure) in await source.nextChunk() }
    }
}

/// Hands out a snapshot's chunks, one at a time.
private actor SnapshotSource {
    private var encoder: SnapshotEncoder

    init(_ encoder: SnapshotEncoder) { self.encoder = encoder }

    func nextChunk() -> [UInt8]? { encoder.nextChunk() }
}
