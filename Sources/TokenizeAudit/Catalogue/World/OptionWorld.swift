import Tokenize

/// A ledger with a bond of ``OptionPlan``, that can be closed and opened again from what it has stored.
struct OptionWorld {
    private(set) var world: AuditWorld
    let bond: AssetID
    private let place: MemoryPlace

    static let holders = [Cast.alice, Cast.bob, Cast.foreigner]
    static let (observer, claims) = (Cast.carol, Cast.secondJudge)

    var cast: Cast { world.cast }
    var ledger: TokenLedger { world.ledger }
    var cash: AssetID { world.assets[AuditWorld.cash] }

    init(_ plan: OptionPlan, held: [Int: UInt128]) async throws {
        place = MemoryPlace()
        world = try await AuditWorld(in: await place.open())
        let issuer = AuthorityReference(.issuer)
        guard let name = AssetIdentification(.other, "options") else {
            throw AuditFailure(reason: "the bond's name is malformed")
        }
        let members = world.cast.members
        let terms = try plan.terms(cash: world.assets[AuditWorld.cash], observer: members[Self.observer].account)
        let creation = AssetCreation(
            nonce: 41,
            identification: name,
            terms: InstrumentTerms.bond(terms).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 100_000
        )
        let id = AssetCreation.id(ledger: world.ledger.id, creator: members[Cast.ministry].account, nonce: 41)
        bond = id
        let funds = ([Cast.ministry] + Self.holders).map { member in
            Issuance(asset: world.assets[AuditWorld.cash], recipient: members[member].account, units: 1_000_000_000_000)
        }
        let units = held.sorted { $0.key < $1.key }.map { member, units in
            Issuance(asset: id, recipient: members[member].account, units: Quantity(units))
        }
        let acts = [.createAsset(creation, under: issuer)] + (funds + units).map { Act.issue($0, under: issuer) }
        if case .refused(let rejection) = try await submit(acts) { throw AuditFailure(reason: "\(rejection)") }
    }

    /// Submits acts of one member, with others if need be.
    func submit(_ acts: [Act], by member: Int = Cast.ministry, with others: [Int] = []) async throws
        -> AuditWorld.Answer
    {
        let plan = TransactionPlan(principals: [member] + others, operations: acts.map { Operation($0) })
        let state = try await ledger.read { $0 }
        return try await world.answer(to: try plan.bytes(for: state, cast))
    }

    func account(_ member: Int) -> AccountID { cast.members[member].account }

    func kip(_ member: Int) async throws -> UInt128 {
        try await ledger.read { [cash, cast] in
            $0.holding(asset: cash, account: cast.members[member].account).units.units
        }
    }

    // MARK: Restarts

    /// The ledger restarts from what it has stored.
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
