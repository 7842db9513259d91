import Testing

@testable import Tokenize

/// A ledger with a bond of three monthly coupons, held by citizens and a foreigner, and a treasury.
///
/// Issued on Monday 5 January 2026; 12 % a year, 30E/360, so 10 on a face of 1,000 each month, due on 5 February,
/// 5 March and 5 April, which is a Sunday. Recorded two business days before, ex one business day before.
struct ServicingScene {
    let scene: RuleScene
    let cash: AssetID
    let treasury: LedgerClient
    let bond: AssetID

    /// Grace of few days, and nothing for lateness.
    static func defaults(_ acceleration: BondDefaultTerms.Acceleration) -> BondDefaultTerms {
        BondDefaultTerms(
            interestGrace: .businessDays(2),
            principalGrace: .businessDays(1),
            acceleration: acceleration,
            penaltyRate: .zero,
            penaltyDayCount: .actual365Fixed
        )
    }

    static func terms(
        cash: AssetID,
        treasury: AccountID,
        observer: AccountID? = nil,
        change: (inout BondTermSheet) -> Void = { _ in }
    ) throws -> BondTerms {
        var sheet = SampleBond.plain
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: 1_000, minimumSubscription: 10, increment: 5, lot: 2)
        sheet.issueDate = CalendarDate("2026-01-05")
        sheet.maturityDate = CalendarDate("2026-04-05")
        sheet.interest = .fixed(SampleBond.decimal("0.12"))
        sheet.dayCount = .thirtyE360
        sheet.periods = SampleBond.periods("2026-01-05", tenor: Period(1, .month))
        sheet.calendar = CalendarReference(.mondayToFriday)
        sheet.tax = TaxRule(
            rates: HolderClass.allCases.map {
                TaxRule.Rate($0, $0 == .state ? .zero : SampleBond.decimal($0 == .foreignPerson ? "0.15" : "0.1"))
            },
            income: .all,
            classDate: .recordDate,
            rounding: .halfUp,
            treasury: treasury
        )
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(2),
            principalGrace: .businessDays(1),
            acceleration: .holders(SampleBond.decimal("0.25")),
            penaltyRate: SampleBond.decimal("0.365"),
            penaltyDayCount: .actual365Fixed
        )
        change(&sheet)
        return try BondTerms(sheet)
    }

    init(
        store: any LedgerStore = MemoryStore(),
        sealing: LedgerConfiguration.Sealing = .adaptive,
        cashUnits: Quantity = 1_000_000_000,
        units: [Quantity] = [100, 60, 40],
        rules: [HoldingRule] = [],
        change: (inout BondTermSheet, RuleScene) -> Void = { _, _ in }
    ) async throws {
        let base = try await RuleScene(store: store, sealing: sealing)
        try await self.init(on: base, cashUnits: cashUnits, units: units, rules: rules, change: change)
    }

    /// The bond on a ledger that is there.
    init(
        on base: RuleScene,
        cashUnits: Quantity = 1_000_000_000,
        units: [Quantity] = [100, 60, 40],
        rules: [HoldingRule] = [],
        change: (inout BondTermSheet, RuleScene) -> Void = { _, _ in }
    ) async throws {
        scene = base
        cash = try await base.fixture.makeCash(cashUnits)
        treasury = try await base.fixture.open(40..<41, party: Fixture.state)[0]
        let terms = try Self.terms(cash: cash, treasury: treasury.account) { change(&$0, base) }
        bond = try await base.issuer.createAsset(
            nonce: 500,
            identification: try #require(AssetIdentification(.other, "serviced")),
            terms: .bond(terms),
            charter: Charter(authorities: [], rules: rules),
            cap: 1_000
        )
        for (client, count) in zip([base.alice, base.bob, base.foreigner], units) where count > .zero {
            try await base.issuer.issue(count, of: bond, to: client.account)
        }
    }

    var alice: LedgerClient { scene.alice }
    var bob: LedgerClient { scene.bob }
    var carol: LedgerClient { scene.carol }
    var foreigner: LedgerClient { scene.foreigner }
    var agent: AuthorityClient { scene.fixture.authority(.payingAgent) }
    var ledger: TokenLedger { scene.ledger }

    static func due(_ kind: BondDue.Kind, _ date: String) throws -> BondDue.ID {
        BondDue.ID(kind, try SampleBond.date(date))
    }

    /// Opens business days, a few at a time, up to a date.
    func open(_ text: String) async throws {
        let date = try SampleBond.date(text)
        while true {
            let today = try await ledger.read { $0.businessDate }
            guard today < date else { return }
            let next = min(date, try #require(today.adding(days: 5)))
            try await scene.fixture.authority(.operator).openBusinessDay(next)
        }
    }

    @discardableResult
    func pay(_ kind: BondDue.Kind, _ date: String, claims: AccountID? = nil) async throws -> Receipt {
        try await agent.payDue(try Self.due(kind, date), of: bond, claimsAccount: claims)
    }

    /// The paying agent's act, for a transaction with others.
    func payAct(_ kind: BondDue.Kind, _ date: String) throws -> Act {
        let payment = DuePayment(asset: bond, due: try Self.due(kind, date), claimsAccount: treasury.account)
        return .service(.payDue(payment), under: AuthorityReference(.payingAgent))
    }

    /// A holder pledges units of the bond.
    func pledge(_ units: Quantity, by holder: LedgerClient, to pledgee: LedgerClient) async throws {
        try await holder.reserve(
            units,
            of: bond,
            kind: .pledge,
            for: pledgee.account,
            rank: 1,
            until: Fixture.date(2030, 1, 1),
            order: Fixture.contract("loan")
        )
    }

    func kip(_ client: LedgerClient, partition: Partition = 0) async throws -> Quantity {
        try await scene.units(client, of: cash, partition: partition)
    }

    func effects(of receipt: Receipt) async throws -> [Effect] {
        for try await event in ledger.events(from: receipt.position) {
            guard case .transaction(_, let effects) = event.kind else { return [] }
            return effects
        }
        return []
    }

    /// Expects that the state comes back from its snapshot: the same rows, and the same root.
    func expectSnapshotKeepsEverything(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let state = try await ledger.read { $0 }
        var decoder = SnapshotDecoder()
        try decoder.add(Self.rows(of: state))
        var restored = try #require(decoder.state)
        let isWhole = restored.finishSnapshot()
        #expect(isWhole, sourceLocation: sourceLocation)
        #expect(Self.rows(of: restored) == Self.rows(of: state), sourceLocation: sourceLocation)
        #expect(Self.root(of: restored) == Self.root(of: state), sourceLocation: sourceLocation)
        #expect(restored.accountTraits == state.accountTraits, sourceLocation: sourceLocation)
    }

    private static func rows(of state: LedgerState) -> [UInt8] {
        var encoder = SnapshotEncoder(state, clock: state.clock, chunkByteCount: 1 << 20)
        var rows: [UInt8] = []
        while let chunk = encoder.nextChunk() { rows += chunk }
        return rows
    }

    private static func root(of state: LedgerState) -> Digest {
        var state = state
        state.changes.removeAll()
        state.markEverythingChanged()
        var updates = StateLeaves(secret: Fixture.secret).updates(for: state.changes, in: state)
        var tree = StateTree()
        tree.apply(&updates)
        return tree.root
    }

    func expectRefusal(
        _ code: RejectionCode,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async throws {
        try await scene.expectRefusal(code, sourceLocation: sourceLocation, body)
    }
}
