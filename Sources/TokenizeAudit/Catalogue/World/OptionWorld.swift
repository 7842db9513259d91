import Tokenize

/// A ledger with a bond of ``OptionPlan``, that can be closed and opened again from what it has stored.
struct OptionWorld: ServicedWorld {
    var world: AuditWorld
    let bond: AssetID
    let place: MemoryPlace

    static let holders = [Cast.alice, Cast.bob, Cast.foreigner]
    static let (observer, claims) = (Cast.carol, Cast.secondJudge)

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
        try await require(acts)
    }
}
