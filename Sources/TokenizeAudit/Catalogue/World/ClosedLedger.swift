import Tokenize

/// A ledger that was closed, and whether the same comes of what it has stored whichever way it is opened.
struct ClosedLedger {
    let world: AuditWorld
    let place: MemoryPlace

    /// Replayed from nothing, and from each snapshot with the tail: the same picture as the live ledger gave, and closed
    /// again it writes the newest snapshot byte by byte. From the newest itself the picture is the same; and an audit
    /// finds nothing.
    func requireSame<Picture: Equatable>(
        _ live: Picture,
        _ trial: inout Trial,
        picture: @escaping @Sendable (LedgerState) -> Picture,
        difference: (Picture) -> String
    ) async throws where Picture: Sendable {
        let kept = try await StoreContents(of: await place.fork()).snapshots
        guard let newest = kept.first?.descriptor else {
            throw AuditFailure(reason: "closing has written no snapshot")
        }
        let snapshot = try await StoredLog.snapshot(in: await place.fork())
        // Every record of every snapshot is in the state tree, and nothing else is.
        for one in kept {
            let rows = try one.chunks.dropLast().flatMap { try StoredLog.byteStrings($0) }
            let root = try ModelDump(rows: rows).root(secret: Cast.secret.reveal())
            let isSame = root == one.descriptor.stateRoot
            try trial.require(isSame, "the state root at \(one.descriptor.height) is not that of the snapshot's rows")
        }
        trial.label("restored on the way", when: kept.count > 1)
        for limit in [0, newest.height] + kept.dropFirst().map(\.descriptor.height) {
            let base = await place.fork()
            let opened = try await world.reopened(inOrder: AlteredStore(base: base, snapshotHeightMax: limit), trial)
            let found = try await opened.ledger.read { picture($0) }
            try trial.require(found == live, "from the snapshot up to \(limit): \(difference(found))")
            try await opened.ledger.close()
            // From the newest nothing is left to be written.
            guard limit < newest.height else { continue }
            let written = try await StoredLog.snapshot(in: await MemoryStore(reopening: base))
            try trial.require(written == snapshot, "the snapshot after replay from \(limit) on differs")
        }
        do {
            let report = try await LedgerAuditor.audit(store: await place.fork(), secret: Cast.secret)
            try trial.require(report.stateRoot == newest.stateRoot, "an audit finds another state root")
            try trial.require(report.assetsOutOfBalance.isEmpty, "\(report.assetsOutOfBalance) are out of balance")
        } catch let failure as LedgerFailure {
            try trial.require(false, "an audit fails: \(failure)")
        }
    }
}
