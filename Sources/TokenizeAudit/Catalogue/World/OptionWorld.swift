import Tokenize

/// A ledger with a bond of ``OptionPlan``, that can be closed and opened again from what it has stored.
struct OptionWorld: ServicedWorld {
    var world: AuditWorld
    let bond: AssetID
    let place: MemoryPlace

    /// Who may hold, in order: the issuer too, and a second part of the foreigner's units.
    static let holders = [
        BondHolder(Cast.ministry), BondHolder(Cast.alice), BondHolder(Cast.bob), BondHolder(Cast.foreigner),
        BondHolder(Cast.foreigner, 7),
    ]
    /// Whose cash a payment can change, beside the treasury's and what is set aside.
    static let members = [Cast.ministry, Cast.alice, Cast.bob, Cast.carol, Cast.foreigner]
    static let investors = [Cast.alice, Cast.bob, Cast.foreigner]
    static let (observer, pledgee, claims, treasury) = (Cast.carol, Cast.carol, Cast.secondJudge, Cast.company)

    init(_ plan: OptionPlan, held: [BondHolder: UInt128]) async throws {
        place = MemoryPlace()
        world = try await AuditWorld(in: await place.open())
        let issuer = AuthorityReference(.issuer)
        guard let name = AssetIdentification(.other, "options") else {
            throw AuditFailure(reason: "the bond's name is malformed")
        }
        let members = world.cast.members
        let terms = try plan.terms(
            cash: world.assets[AuditWorld.cash],
            observer: members[Self.observer].account,
            treasury: members[Self.treasury].account
        )
        let creation = AssetCreation(
            nonce: 41,
            identification: name,
            terms: InstrumentTerms.bond(terms).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 100_000
        )
        let id = AssetCreation.id(ledger: world.ledger.id, creator: members[Cast.ministry].account, nonce: 41)
        bond = id
        // One of the holders has no cash before it is paid.
        let funds = [Cast.ministry, Cast.alice, Cast.foreigner].map { member in
            Issuance(asset: world.assets[AuditWorld.cash], recipient: members[member].account, units: 1_000_000_000_000)
        }
        let units = held.sorted { $0.key < $1.key }.map { holder, units in
            Issuance(
                asset: id,
                recipient: members[holder.member].account,
                partition: holder.partition,
                units: Quantity(units)
            )
        }
        let acts = [.createAsset(creation, under: issuer)] + (funds + units).map { Act.issue($0, under: issuer) }
        try await require(acts)
    }

    /// What weighs on a member's cash, or has lapsed and is still listed.
    func cashWeights(_ member: Int) async throws -> [BondWeight] {
        let (cash, account) = (cash, account(member))
        return try await ledger.read { $0.holding(asset: cash, account: account) }.encumbrances.map { BondWeight($0) }
    }

    /// What weighs on a holding of the bond.
    func weights(_ holder: BondHolder) async throws -> [BondWeight] {
        let (bond, account) = (bond, account(holder.member))
        let view = try await ledger.read { $0.holding(asset: bond, account: account, partition: holder.partition) }
        return view.encumbrances.map { BondWeight($0) }
    }
}
