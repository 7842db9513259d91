import Testing

@testable import Tokenize

@Suite("Payment of dues")
struct DuePaymentTests {
    @Test("SRV-001 to SRV-005: what can be paid")
    func whatCanBePaid() async throws {
        let one = try await ServicingScene()
        let coupon = try ServicingScene.due(.coupon, "2026-02-05")
        try await one.expectRefusal(.notABond) { try await one.agent.payDue(coupon, of: one.scene.asset) }
        try await one.expectRefusal(.noSuchDue) { try await one.pay(.coupon, "2026-02-06") }
        try await one.expectRefusal(.notYetDue) { try await one.pay(.coupon, "2026-02-05") }
        try await one.open("2026-02-04")
        try await one.expectRefusal(.notYetDue) { try await one.pay(.coupon, "2026-02-05") }
        try await one.open("2026-02-05")
        try await one.expectRefusal(.roleMayNot) {
            try await one.scene.fixture.authority(.registrar).payDue(coupon, of: one.bond)
        }
        try await one.expectRefusal(.unknownAccount) {
            try await one.pay(.coupon, "2026-02-05", claims: AccountID(digest: Fixture.digest(77)))
        }
        try await one.pay(.coupon, "2026-02-05")
        try await one.expectRefusal(.dueAlreadyPaid) { try await one.pay(.coupon, "2026-02-05") }
    }

    @Test("net and tax are what was declared, by the class of each holder; the treasury has the tax")
    func withholding() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-05")
        let before = try await one.kip(one.scene.fixture.ministry)
        let receipt = try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.kip(one.alice) == 900)
        #expect(try await one.kip(one.bob) == 540)
        #expect(try await one.kip(one.foreigner) == 340)
        #expect(try await one.kip(one.treasury) == 220)
        #expect(try await one.kip(one.scene.fixture.ministry) == Quantity(before.units - 2_000))
        let remittances = try await one.ledger.read { $0.remittances(of: one.bond) }
        #expect(remittances.map(\.tax) == [220])
        #expect(remittances.map(\.declared) == [2_000])
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
        let effects = try await one.effects(of: receipt)
        #expect(effects.count == 5)
        let statement = try await one.ledger.statement(of: one.foreigner.account)
        #expect(statement.lines.count == 1)
        #expect(statement.gross == 400)
        #expect(statement.tax == 60)
    }

    @Test("a payment that is short of cash is refused whole")
    func shortFunded() async throws {
        let one = try await ServicingScene(cashUnits: 1_999)
        try await one.open("2026-02-05")
        try await one.expectRefusal(.insufficientUnits) { try await one.pay(.coupon, "2026-02-05") }
        try await one.scene.issuer.issue(1, of: one.cash, to: one.scene.fixture.ministry.account)
        try await one.pay(.coupon, "2026-02-05")
    }

    @Test("each payment has a short proof against its entry")
    func proof() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-05")
        let receipt = try await one.pay(.coupon, "2026-02-05")
        let proof = try await one.ledger.proveEffect(position: receipt.position, index: 1)
        let verdict = try proof.verify(under: one.scene.fixture.policy)
        let effect = try Effect(canonicalBytes: verdict.effect)
        let expected = ServicingEffect.duePaid(
            one.bond,
            due: try ServicingScene.due(.coupon, "2026-02-05"),
            holder: one.bob.account,
            partition: 0,
            to: one.bob.account,
            gross: 600,
            tax: 60
        )
        #expect(effect == .service(expected))
    }

    @Test("later operations of the transaction see what was paid, and those before it count")
    func inOneTransaction() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-05")
        let pay = try one.payAct(.coupon, "2026-02-05")
        let spend = Act.transfer(Transfer(asset: one.cash, recipient: one.carol.account, units: 890))
        let ministry = one.scene.fixture.ministry
        let gift = Act.transfer(Transfer(asset: one.cash, recipient: one.bob.account, units: 7))
        _ = try await ministry.submit(
            [Operation(gift), Operation(pay), Operation(spend, principal: 1)],
            with: [one.alice]
        )
        #expect(try await one.kip(one.alice) == 10)
        #expect(try await one.kip(one.bob) == 547)
        #expect(try await one.kip(one.carol) == 890)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("an instruction of the same transaction counts; a freeze of the same transaction makes a claim")
    func instructedBefore() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-05")
        let instruct = Act.service(.instructPayment(PaymentInstruction(cashAccount: one.carol.account)), under: nil)
        let freeze = Encumbering(
            target: .account(one.bob.account),
            kind: .freeze,
            amount: 0,
            rank: 1,
            lastDate: Fixture.date(2030, 1, 1),
            order: Fixture.order("freeze")
        )
        let party = Encumbering(
            target: .party(Fixture.foreigners),
            kind: .freeze,
            amount: 0,
            rank: 1,
            lastDate: Fixture.date(2030, 1, 1),
            order: Fixture.order("party")
        )
        let pay = try one.payAct(.coupon, "2026-02-05")
        let judges = one.scene.fixture.judges
        _ = try await one.scene.fixture.ministry.submit(
            [
                Operation(instruct, principal: 1),
                Operation(.encumber(freeze, under: one.scene.court.reference), principal: 2),
                Operation(.encumber(party, under: one.scene.court.reference), principal: 2), Operation(pay),
            ],
            with: [one.alice] + judges
        )
        #expect(try await one.kip(one.alice) == 0)
        #expect(try await one.kip(one.carol) == 900)
        let claims = try await one.ledger.read { $0.claims() }
        #expect(claims.map(\.account) == [one.bob.account, one.foreigner.account])
        #expect(claims.map(\.amount) == [540, 340])
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("SRV-006: the redemption comes last; it closes the bond and pays the holders of record")
    func redemption() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-04-06")
        try await one.alice.transfer(100, of: one.bond, to: one.carol.account)
        try await one.expectRefusal(.earlierDueUnpaid) { try await one.pay(.redemption, "2026-04-05") }
        for date in ["2026-02-05", "2026-03-05", "2026-04-05"] { try await one.pay(.coupon, date) }
        let before = try await one.kip(one.alice)
        try await one.pay(.redemption, "2026-04-05")
        #expect(try await one.kip(one.alice) == Quantity(before.units + 100_000))
        #expect(try await one.kip(one.carol) == 0)
        #expect(try await one.ledger.read { $0.asset(one.bond)?.status } == .redeemed)
        #expect(try await one.ledger.read { $0.holdings(of: one.bond) }.isEmpty)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
        try await one.expectRefusal(.dueAlreadyPaid) { try await one.pay(.redemption, "2026-04-05") }
    }

    @Test("PAY-004: what the terms repay is paid by them, and not by a final redemption")
    func redeemAll() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-04-06")
        let all = FinalRedemption(asset: one.bond, cash: one.cash, amountPerUnit: 1_000, order: Fixture.order("all"))
        try await one.expectRefusal(.amountContradictsTerms) { try await one.agent.redeemAll(all) }
        for date in ["2026-02-05", "2026-03-05", "2026-04-05"] { try await one.pay(.coupon, date) }
        try await one.pay(.redemption, "2026-04-05")
    }

    @Test("what stands on units goes over to the cash that replaces them, with its order and rank")
    func encumbrancesGoOver() async throws {
        let one = try await ServicingScene()
        let target = one.scene.target(one.alice, of: one.bond)
        let lien = try await one.scene.encumber(target, 25, kind: .lien, rank: 4, order: "lien")
        try await one.open("2026-04-06")
        for date in ["2026-02-05", "2026-03-05", "2026-04-05"] { try await one.pay(.coupon, date) }
        let before = try await one.scene.holding(one.alice, of: one.cash)
        #expect(before.encumbrances.isEmpty)
        try await one.pay(.redemption, "2026-04-05")
        let after = try await one.scene.holding(one.alice, of: one.cash)
        #expect(after.units == Quantity(before.units.units + 100_000))
        #expect(after.encumbrances.map(\.id) == [lien])
        #expect(after.encumbrances.map(\.amount) == [25_000])
        #expect(after.encumbrances.map(\.rank) == [4])
    }

    @Test("13.4.4: nothing weighs on cash of which tax takes all")
    func nothingGoesOver() async throws {
        let one = try await ServicingScene(units: [1, 60, 40]) { sheet, _ in
            sheet.denomination = BondDenomination(faceUnit: 1, minimumSubscription: 10, increment: 5, lot: 2)
            sheet.redemptionPrice = SampleBond.decimal("101")
            sheet.tax = sheet.tax.map {
                TaxRule(
                    rates: $0.rates,
                    income: $0.income,
                    classDate: $0.classDate,
                    rounding: .ceiling,
                    treasury: $0.treasury
                )
            }
        }
        let target = one.scene.target(one.alice, of: one.bond)
        _ = try await one.scene.encumber(target, 1, kind: .lien, rank: 4, order: "lien")
        try await one.open("2026-04-06")
        for date in ["2026-02-05", "2026-03-05", "2026-04-05"] { try await one.pay(.coupon, date) }
        // A gross amount of 1, of which a hundred-and-first part is income.
        let receipt = try await one.pay(.redemption, "2026-04-05")
        let effects = try await one.effects(of: receipt)
        let isTakenWhole = effects.contains { effect in
            guard case .service(.duePaid(_, _, one.alice.account, _, _, 1, 1)) = effect else { return false }
            return true
        }
        #expect(isTakenWhole)
        let hasEncumbered = effects.contains { if case .encumbered = $0 { true } else { false } }
        #expect(!hasEncumbered)
        #expect(try await one.scene.holding(one.alice, of: one.cash).encumbrances.isEmpty)
    }

    @Test("a late payment carries interest for lateness", arguments: [PledgedIncome.pledgor, .pledgee])
    func pledgedIncomeAndLateness(income: PledgedIncome) async throws {
        let one = try await ServicingScene { sheet, _ in sheet.pledgedIncome = income }
        try await one.pledge(40, by: one.alice, to: one.carol)
        try await one.open("2026-02-06")
        try await one.pay(.coupon, "2026-02-05")
        // One day at 36.5 % on 2,000 is 2: shares 1,001, 600 and 400, or with largest remainders.
        let carol = try await one.kip(one.carol)
        #expect(carol == (income == .pledgee ? 360 : 0))
        #expect(try await one.kip(one.alice) == Quantity(901 - carol.units))
        let paid = try await one.ledger.read { $0.dues(of: one.bond)[0].payment }
        #expect(paid?.declared == 2_002)
        #expect(paid?.penalty == 2)
    }

    @Test("PAY-005, AST-006, SRV-009: effects are counted; a calendar is registered once and before it is used")
    func calendars() async throws {
        let one = try await ServicingScene()
        let holidays = [Fixture.date(2026, 2, 5)]
        let calendar = try BusinessCalendar(
            name: "TEST",
            version: 1,
            firstDay: Fixture.date(2026, 1, 1),
            lastDay: Fixture.date(2030, 1, 1),
            weekend: [.saturday, .sunday],
            holidays: holidays
        )
        let terms = try ServicingScene.terms(cash: one.cash, treasury: one.treasury.account) {
            $0.calendar = CalendarReference(calendar)
        }
        let operatorClient = one.scene.fixture.authority(.operator)
        func create(_ terms: BondTerms, nonce: UInt64) async throws -> AssetID {
            try await one.scene.issuer.createAsset(
                nonce: nonce,
                identification: try #require(AssetIdentification(.other, "calendar \(nonce)")),
                terms: .bond(terms),
                charter: Charter(authorities: []),
                cap: 10
            )
        }
        try await one.expectRefusal(.termsContradict) { _ = try await create(terms, nonce: 600) }
        try await operatorClient.register(calendar: calendar)
        let bond = try await create(terms, nonce: 600)
        #expect(try await one.ledger.read { $0.dues(of: bond)[0].due.paymentDate } == Fixture.date(2026, 2, 6))
        try await one.expectRefusal(.calendarKnown) { try await operatorClient.register(calendar: calendar) }
        try await one.expectRefusal(.calendarKnown) { try await operatorClient.register(calendar: .laoModel) }
        let untreasured = try ServicingScene.terms(cash: one.cash, treasury: AccountID(digest: Fixture.digest(77)))
        try await one.expectRefusal(.termsContradict) { _ = try await create(untreasured, nonce: 601) }
    }
}
