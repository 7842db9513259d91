import Tokenize

/// A ledger with a bond of monthly record dates and a cash of its own, and what a bookkeeper beside it knows: who holds,
/// who held on record.
struct BondWorld: ServicedWorld {
    var world: AuditWorld
    let place = MemoryPlace()
    let bond: AssetID
    let cash: AssetID
    /// Units by place in the cast, as transfers that were committed left them.
    var held: [Int: UInt128] = [:]
    /// Units of record, by record date.
    private(set) var recorded: [CalendarDate: [Int: UInt128]] = [:]

    static let holders = [Cast.alice, Cast.bob, Cast.carol, Cast.foreigner, Cast.company]
    static let treasury = Cast.secondJudge
    static let claims = Cast.firstJudge
    private static let (bondNonce, cashNonce): (UInt64, UInt64) = (40, 50)

    /// Founds the ledger, and gives out cash.
    init(_ plan: BondPlan = BondPlan(), cash funds: [BondSpot: UInt128] = [BondSpot(member: Cast.ministry): 1 << 90])
        async throws
    {
        world = try await AuditWorld(in: await place.open(), hasBond: false)
        let members = world.cast.members
        let (ledger, creator) = (world.ledger.id, members[Cast.ministry].account)
        let cash = AssetCreation.id(ledger: ledger, creator: creator, nonce: Self.cashNonce)
        let bond = AssetCreation.id(ledger: ledger, creator: creator, nonce: Self.bondNonce)
        (self.cash, self.bond) = (cash, bond)
        guard let currency = AssetIdentification(.currency, "USD"), let name = AssetIdentification(.other, "monthly")
        else { throw AuditFailure(reason: "a name is malformed") }
        let others = HolderClass.allCases.filter { $0 != .foreignPerson }.map { HolderClassSet($0) }
        let rules: [HoldingRule] = plan.isForeignerExcluded ? [.allowedClasses(HolderClassSet(others))] : []
        let currencyTerms = InstrumentTerms.cash(CashTerms(currency: "USD", minorUnitDigits: 0))
        let terms = try plan.terms(cash: cash, treasury: members[Self.treasury].account)
        let creations = [
            AssetCreation(
                nonce: Self.cashNonce,
                identification: currency,
                terms: currencyTerms.canonicalBytes,
                charter: Charter(authorities: [], rules: rules).canonicalBytes,
                cap: .max
            ),
            AssetCreation(
                nonce: Self.bondNonce,
                identification: name,
                terms: InstrumentTerms.bond(terms).canonicalBytes,
                charter: Charter(authorities: []).canonicalBytes,
                cap: .max
            ),
        ]
        let issuances = funds.sorted { $0.key < $1.key }.map { spot, units in
            Issuance(
                asset: cash,
                recipient: members[spot.member].account,
                partition: Partition(spot.partition),
                units: Quantity(units)
            )
        }
        let issuer = AuthorityReference(.issuer)
        try await require(
            creations.map { .createAsset($0, under: issuer) } + issuances.map { .issue($0, under: issuer) }
        )
    }

    var kip: AssetID { world.assets[AuditWorld.cash] }

    var names: BondNames {
        BondNames(
            accounts: cast.members.map { $0.account },
            parties: cast.members.map { $0.opening.party },
            bond: bond,
            cash: cash,
            kip: kip
        )
    }

    /// What the bookkeeper notes when the business day goes from one to another.
    private mutating func noteRecord(from today: CalendarDate, to next: CalendarDate, _ dues: [LedgerState.DueView]) {
        for date in dues.map(\.due.recordDate) where today <= date && date < next { recorded[date] = held }
    }

    /// Opens a business day; the bookkeeper notes who held on the record dates that it passes.
    mutating func open(_ days: Int) async throws {
        let (today, dues) = try await ledger.read { [bond] in ($0.businessDate, $0.dues(of: bond)) }
        guard let next = today.adding(days: days) else { return }
        try await require([.openBusinessDay(next, under: AuthorityReference(.operator))])
        noteRecord(from: today, to: next, dues)
    }

    /// All that a transaction did, with no names of encumbrances: these are tried elsewhere.
    func allEffects(of receipt: Receipt) async throws -> [Effect] {
        for try await event in ledger.events(from: receipt.position) {
            guard case .transaction(_, let effects) = event.kind else { break }
            return effects.map { effect in
                guard case .encumbered(let target, _, let amount) = effect else { return effect }
                return .encumbered(target, EncumbranceID(digest: .zero), amount: amount)
            }
        }
        return []
    }

    /// What an effect stream says was paid and set aside.
    func effects(of receipt: Receipt) async throws -> [ServicingEffect] {
        try await allEffects(of: receipt).compactMap { if case .service(let effect) = $0 { effect } else { nil } }
    }
}
