import Tokenize

/// A ledger with a bond of monthly record dates, and what a bookkeeper beside it knows: who holds, who held on record.
struct BondWorld: ServicedWorld {
    var world: AuditWorld
    let place = MemoryPlace()
    private(set) var bond = AssetID(digest: .zero)
    /// Units by place in the cast, as transfers that were committed left them.
    var held: [Int: UInt128] = [:]
    /// Units of record, by record date.
    private(set) var recorded: [CalendarDate: [Int: UInt128]] = [:]

    static let holders = [Cast.alice, Cast.bob, Cast.carol, Cast.foreigner]
    static let treasury = Cast.secondJudge
    static let claims = Cast.firstJudge

    init() async throws {
        world = try await AuditWorld(in: await place.open())
        let cash = world.assets[AuditWorld.cash]
        let issuer = AuthorityReference(.issuer)
        guard let name = AssetIdentification(.other, "weekly") else {
            throw AuditFailure(reason: "the bond's name is malformed")
        }
        let creation = AssetCreation(
            nonce: 40,
            identification: name,
            terms: InstrumentTerms.bond(try Self.terms(cash: cash, treasury: world.cast)).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 10_000
        )
        bond = AssetCreation.id(
            ledger: world.ledger.id,
            creator: world.cast.members[Cast.ministry].account,
            nonce: 40
        )
        let funds = ([Cast.ministry] + Self.holders).map { member in
            Issuance(asset: cash, recipient: account(member), units: 100_000_000)
        }
        try await require([.createAsset(creation, under: issuer)] + funds.map { .issue($0, under: issuer) })
    }

    /// A bond with a face of 777 and a rate of 52 %, monthly, so that nothing is ever whole.
    private static func terms(cash: AssetID, treasury cast: Cast) throws -> BondTerms {
        guard let issue = Cast.firstDate, let maturity = issue.adding(months: 3),
            let rate = BondDecimal("0.52"), let tax = BondDecimal("0.0735")
        else { throw AuditFailure(reason: "the bond's terms are malformed") }
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: 777, minimumSubscription: 10, increment: 5, lot: 1)
        sheet.issueDate = issue
        sheet.maturityDate = maturity
        sheet.interest = .fixed(rate)
        sheet.periods = try .monthly(from: issue)
        sheet.dayCount = .actual365Fixed
        sheet.repayment = .bullet
        sheet.redemptionPrice = .hundred
        sheet.calendar = CalendarReference(.mondayToFriday)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(2)
        sheet.exDate = .before(.businessDays(1))
        sheet.rounding = BondRounding(unit: .exact, total: .halfEven)
        sheet.tax = TaxRule(
            rates: HolderClass.allCases.map { TaxRule.Rate($0, $0 == .foreignPerson ? rate : tax) },
            income: .all,
            classDate: .recordDate,
            rounding: .halfUp,
            treasury: cast.members[Self.treasury].account
        )
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(3),
            principalGrace: .businessDays(3),
            acceleration: .none,
            penaltyRate: tax,
            penaltyDayCount: .actual365Fixed
        )
        sheet.pledgedIncome = .pledgor
        return try BondTerms(sheet)
    }

    /// What the bookkeeper notes when the business day goes from one to another.
    mutating func noteRecord(from today: CalendarDate, to next: CalendarDate, _ dues: [LedgerState.DueView]) {
        for date in dues.map(\.due.recordDate) where today <= date && date < next { recorded[date] = held }
    }

    /// Opens a business day; the bookkeeper notes who held on the record dates that it passes.
    mutating func open(_ days: Int) async throws {
        let (today, dues) = try await ledger.read { [bond] in ($0.businessDate, $0.dues(of: bond)) }
        guard let next = today.adding(days: days) else { return }
        try await require([.openBusinessDay(next, under: AuthorityReference(.operator))])
        noteRecord(from: today, to: next, dues)
    }

    /// What an effect stream says was paid and set aside.
    func effects(of receipt: Receipt) async throws -> [ServicingEffect] {
        for try await event in ledger.events(from: receipt.position) {
            guard case .transaction(_, let effects) = event.kind else { break }
            return effects.compactMap { if case .service(let effect) = $0 { effect } else { nil } }
        }
        return []
    }
}
