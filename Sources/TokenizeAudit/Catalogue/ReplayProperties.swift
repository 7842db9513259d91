import Tokenize

/// The state is a fold of the log.
enum ReplayProperties {
    static let all = [AuditCatalogue.Entry(replay, usualCaseCount: 20)]

    static let replay = Property(
        "PRP-005",
        "Live, replayed from the genesis, and restored from any snapshot with the tail replayed, a state is the same bytes.",
        coverage: [.init("restart", perMille: 250)]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 40, in: place, restarts: true)
        let live = LedgerPicture(history.state)
        try await history.world.ledger.close()
        let closed = await place.fork()
        let snapshot = try await StoredLog.snapshot(in: closed)
        guard let newest = try await closed.snapshot(atOrBefore: .max) else {
            throw AuditFailure(reason: "closing has written no snapshot")
        }
        // From the genesis, and from a snapshot on the way.
        let height = try trial.draw(.integer(in: 1...max(newest.height, 1)))
        for limit in [0, height - 1, height] {
            let base = await place.fork()
            let warnings = WarningList()
            let world = try await history.world.reopened(
                in: SnapshotsUpTo(height: limit, base: base),
                warnings: warnings
            )
            // A snapshot that is passed over is a snapshot that was written wrong.
            try trial.require(warnings.messages.isEmpty, "opened with warnings: \(warnings.messages)")
            let state = try await world.ledger.read { $0 }
            let picture = LedgerPicture(state)
            try trial.require(
                picture.holdings == live.holdings && picture.accountRecords == live.accountRecords
                    && picture.assetRecords == live.assetRecords && picture.sequences == live.sequences,
                "the state from \(limit) on differs"
            )
            try await world.ledger.close()
            let written = try await StoredLog.snapshot(in: await MemoryStore(reopening: base))
            try trial.require(written == snapshot, "the snapshot after replay from \(limit) on differs")
        }
        let report = try await LedgerAuditor.audit(store: await place.fork(), secret: Cast.secret)
        try trial.require(report.assetsOutOfBalance.isEmpty, "\(report.assetsOutOfBalance) are out of balance")
        try trial.require(report.stateRoot == newest.stateRoot, "an audit finds another state root")
    }
}

/// A store that shows no snapshot above a height: what is above is replayed.
struct SnapshotsUpTo: StoreOverlay {
    let height: UInt64
    let base: MemoryStore

    func snapshot(atOrBefore bound: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? {
        height == 0 ? nil : try await base.snapshot(atOrBefore: min(bound, height))
    }
}
