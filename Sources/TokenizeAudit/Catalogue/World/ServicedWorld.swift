import Tokenize

/// A ledger with one bond, that can be closed and opened again from what it has stored.
protocol ServicedWorld {
    var world: AuditWorld { get set }
    var place: MemoryPlace { get }
    var bond: AssetID { get }
    /// What the bond pays in.
    var cash: AssetID { get }
}

extension ServicedWorld {
    var cast: Cast { world.cast }
    var ledger: TokenLedger { world.ledger }
    var cash: AssetID { world.assets[AuditWorld.cash] }

    func account(_ member: Int) -> AccountID { cast.members[member].account }

    /// Units of cash that a member has.
    func kip(_ member: Int) async throws -> UInt128 {
        let (cash, account) = (cash, account(member))
        return try await ledger.read { $0.holding(asset: cash, account: account).units.units }
    }

    /// Submits acts of one member, with others if need be.
    func submit(_ acts: [Act], by member: Int = Cast.ministry, with others: [Int] = []) async throws
        -> AuditWorld.Answer
    {
        let plan = TransactionPlan(principals: [member] + others, operations: acts.map { Operation($0) })
        let state = try await ledger.read { $0 }
        return try await world.answer(to: try plan.bytes(for: state, cast))
    }

    /// Submits acts that must be done.
    func require(_ acts: [Act]) async throws {
        if let code = try await submit(acts).code { throw AuditFailure(reason: "\(code)") }
    }

    /// The ledger restarts from what it has stored, and says the same of its bond.
    mutating func reopen(_ trial: inout Trial) async throws {
        trial.note("restart")
        trial.label("restart")
        world = try await StoredServicing(world: world, place: place, bond: bond).reopen(trial)
    }

    /// The ledger is closed for good, and everything that can be made of its store is the same.
    func end(_ trial: inout Trial) async throws {
        try await StoredServicing(world: world, place: place, bond: bond).compareAll(&trial)
    }
}
