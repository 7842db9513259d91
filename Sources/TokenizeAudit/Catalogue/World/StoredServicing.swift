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
        let reopened = try await world.reopened(inOrder: await place.open(), trial)
        let opened = try await picture(reopened)
        try trial.require(opened == live, "after a restart: \(opened.difference(from: live))")
        return reopened
    }

    /// Live, replayed from nothing, and from any snapshot with the tail: the same records, snapshot and state root.
    func compareAll(_ trial: inout Trial) async throws {
        let live = try await picture(world)
        try await world.ledger.close()
        let closed = ClosedLedger(world: world, place: place)
        try await closed.requireSame(live, &trial) { [bond] in
            ServicingPicture($0, of: bond)
        } difference: {
            $0.difference(from: live)
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
