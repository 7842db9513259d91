import Tokenize

/// What a ledger with a bond has stored, and whether the same comes of it whichever way it is opened.
struct StoredServicing {
    let world: AuditWorld
    let place: MemoryPlace
    let bond: AssetID

    /// Closes the ledger and opens it again from its store; what it says of its bond must be what it said before.
    func reopen(_ trial: Trial) async throws -> AuditWorld {
        let live = try await picture(world)
        try await world.ledger.close()
        let warnings = WarningList()
        let reopened = try await world.reopened(in: await place.open(), warnings: warnings)
        try trial.require(warnings.messages.isEmpty, "opened with warnings: \(warnings.messages)")
        let opened = try await picture(reopened)
        try trial.require(opened == live, "after a restart: \(opened.difference(from: live))")
        return reopened
    }

    /// Live, replayed from nothing, and from a snapshot with the tail: the same records, snapshot and state root.
    func compareAll(_ trial: inout Trial) async throws {
        let live = try await picture(world)
        try await world.ledger.close()
        guard let newest = try await place.fork().snapshot(atOrBefore: .max) else {
            throw AuditFailure(reason: "closing has written no snapshot")
        }
        let snapshot = try await StoredLog.snapshot(in: await place.fork())
        let height = try trial.draw(.integer(in: 1...max(newest.height, 1)))
        for limit in [0, height - 1, height] {
            let (base, warnings) = (await place.fork(), WarningList())
            let store = SnapshotsUpTo(height: limit, base: base)
            let opened = try await world.reopened(in: store, warnings: warnings)
            try trial.require(warnings.messages.isEmpty, "opened with warnings: \(warnings.messages)")
            let picture = try await picture(opened)
            try trial.require(picture == live, "from the snapshot up to \(limit): \(picture.difference(from: live))")
            try await opened.ledger.close()
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

    private func picture(_ world: AuditWorld) async throws -> ServicingPicture {
        try await world.ledger.read { [bond] in ServicingPicture($0, of: bond) }
    }
}

/// All that a state shows of the life of a bond, to be compared.
struct ServicingPicture: Hashable, Sendable {
    let dues: [LedgerState.DueView]
    let claims: [LedgerState.ClaimView]
    let points: [CalendarDate]
    let acceleration: CalendarDate?
    /// Where each account is paid.
    let cashAccounts: [AccountID?]
    /// Units of each account at each open point.
    let recorded: [Quantity?]
    let holdings: [LedgerState.HoldingView]
    let observations: BondObservations?

    init(_ state: LedgerState, of bond: AssetID) {
        dues = state.dues(of: bond)
        claims = state.claims()
        points = state.recordDates(of: bond)
        acceleration = state.acceleration(of: bond)
        let accounts = state.accountIDs
        cashAccounts = accounts.map { state.cashAccount(of: $0) }
        recorded = points.flatMap { date in accounts.map { state.units(of: bond, heldBy: $0, onRecord: date) } }
        holdings = state.assetIDs.flatMap { state.holdings(of: $0) }
        observations = state.schedule(of: bond)?.observations
    }

    /// What differs, for a reader.
    func difference(from other: ServicingPicture) -> String {
        if dues != other.dues { return "dues \(dues), not \(other.dues)" }
        if claims != other.claims { return "claims \(claims), not \(other.claims)" }
        if points != other.points { return "points \(points), not \(other.points)" }
        if recorded != other.recorded { return "units of record \(recorded), not \(other.recorded)" }
        if cashAccounts != other.cashAccounts { return "cash accounts differ" }
        if holdings != other.holdings { return "holdings differ" }
        return "acceleration \(acceleration.map { "\($0)" } ?? "none"), or observations, differ"
    }
}
