import Testing

@testable import Tokenize

@Suite("Record points")
struct RecordPointTests {
    /// Alice sells 10 of her 100 units to Carol on a day; what they are paid for the coupon of 5 February.
    private static func paidAfterSale(on day: String) async throws -> (alice: Quantity, carol: Quantity) {
        let one = try await ServicingScene()
        try await one.open(day)
        try await one.alice.transfer(10, of: one.bond, to: one.carol.account)
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05")
        return (try await one.kip(one.alice), try await one.kip(one.carol))
    }

    @Test("whoever holds at the end of the record day is paid", arguments: ["2026-02-02", "2026-02-03"])
    func beforeAndOnTheRecordDate(day: String) async throws {
        let paid = try await Self.paidAfterSale(on: day)
        #expect(paid.alice == 810)
        #expect(paid.carol == 90)
    }

    @Test(
        "who buys after the record date is not paid: on the ex date, and on the payment day",
        arguments: [
            "2026-02-04", "2026-02-05",
        ]
    )
    func afterTheRecordDate(day: String) async throws {
        let paid = try await Self.paidAfterSale(on: day)
        #expect(paid.alice == 900)
        #expect(paid.carol == 0)
    }

    @Test("a day that skips the record date takes the point of the holdings before it")
    func skipped() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-02")
        try await one.alice.transfer(100, of: one.bond, to: one.carol.account)
        try await one.scene.fixture.authority(.operator).openBusinessDay(Fixture.date(2026, 2, 6))
        try await one.carol.transfer(100, of: one.bond, to: one.alice.account)
        try await one.pay(.coupon, "2026-02-05")
        // A day late: 1 more on 1,000, before tax.
        #expect(try await one.kip(one.carol) == 901)
        #expect(try await one.kip(one.alice) == 0)
    }

    @Test("values of record are kept on the first change, absence included, and dropped when all is paid")
    func kept() async throws {
        let one = try await ServicingScene()
        let record = Fixture.date(2026, 2, 3)
        try await one.open("2026-02-04")
        #expect(try await one.ledger.read { $0.recordDates(of: one.bond) } == [record])
        try await one.alice.transfer(30, of: one.bond, to: one.carol.account)
        try await one.alice.transfer(30, of: one.bond, to: one.carol.account)
        let units = try await one.ledger.read { state in
            [one.alice, one.bob, one.carol].map { state.units(of: one.bond, heldBy: $0.account, onRecord: record) }
        }
        #expect(units == [100, 60, 0])
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.ledger.read { $0.recordDates(of: one.bond) }.isEmpty)
        #expect(
            try await one.ledger.read { $0.units(of: one.bond, heldBy: one.alice.account, onRecord: record) } == nil
        )
    }

    @Test("several points are open at once, each with its own holders")
    func several() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-05")
        try await one.alice.transfer(100, of: one.bond, to: one.carol.account)
        try await one.open("2026-03-05")
        try await one.carol.transfer(100, of: one.bond, to: one.alice.account)
        #expect(try await one.ledger.read { $0.recordDates(of: one.bond).count } == 2)
        try await one.pay(.coupon, "2026-03-05")
        #expect(try await one.kip(one.carol) == 900)
        #expect(try await one.kip(one.alice) == 0)
        let remaining = try await one.ledger.read { $0.recordDates(of: one.bond) }
        #expect(remaining == [Fixture.date(2026, 2, 3)])
    }

    @Test("the opening of an ex day says so, once, also if the day itself was skipped")
    func exDay() async throws {
        let one = try await ServicingScene()
        let agent = one.scene.fixture.authority(.operator)
        func exDays(_ day: CalendarDate) async throws -> [Effect] {
            try await one.effects(of: try await agent.openBusinessDay(day)).filter {
                if case .service(.exDayCame) = $0 { true } else { false }
            }
        }
        let (due, exDay) = (try ServicingScene.due(.coupon, "2026-02-05"), Fixture.date(2026, 2, 4))
        try await one.open("2026-02-02")
        #expect(try await exDays(Fixture.date(2026, 2, 3)) == [])
        #expect(
            try await exDays(Fixture.date(2026, 2, 5)) == [.service(.exDayCame(one.bond, due: due, on: exDay))]
        )
        #expect(try await exDays(Fixture.date(2026, 2, 6)) == [])
    }

    @Test("REC-001: a point is taken of holdings as they were before the transaction")
    func holdingsChangedBefore() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-02-03")
        let ministry = one.scene.fixture.ministry
        let day = Act.openBusinessDay(Fixture.date(2026, 2, 4), under: AuthorityReference(.operator))
        let issue = Act.issue(
            Issuance(asset: one.bond, recipient: one.carol.account, units: 5),
            under: AuthorityReference(.issuer)
        )
        try await one.expectRefusal(.holdingsChangedBefore) {
            _ = try await ministry.submit([Operation(issue), Operation(day)])
        }
        // After the opening it is a change of the new day.
        _ = try await ministry.submit([Operation(day), Operation(issue)])
        let record = Fixture.date(2026, 2, 3)
        #expect(try await one.ledger.read { $0.units(of: one.bond, heldBy: one.carol.account, onRecord: record) } == 0)
    }

    @Test("a restart from a snapshot and a replay keep points, kept values and schedules alike")
    func restart() async throws {
        let store = MemoryStore()
        let one = try await ServicingScene(store: store)
        try await one.open("2026-02-04")
        try await one.alice.transfer(40, of: one.bond, to: one.carol.account)
        try await one.expectSnapshotKeepsEverything()
        try await one.bob.transfer(10, of: one.bond, to: one.carol.account)
        let before = try await one.scene.fixture.mark()
        try await one.ledger.close()
        let reopened = try await one.scene.fixture.reopened(in: await MemoryStore(reopening: store))
        let after = try await reopened.mark()
        #expect(after == before)
        try await reopened.authority(.operator).openBusinessDay(Fixture.date(2026, 2, 5))
        try await reopened.authority(.payingAgent).payDue(try ServicingScene.due(.coupon, "2026-02-05"), of: one.bond)
        let held = try await reopened.ledger.read { state in
            [one.alice, one.bob, one.carol].map { state.holding(asset: one.cash, account: $0.account).units }
        }
        #expect(held == [900, 540, 0])
    }

    @Test("record, ex and payment days are reported with what falls due")
    func reported() async throws {
        let one = try await ServicingScene()
        let dues = try await one.ledger.read { $0.dues(of: one.bond) }
        #expect(dues.map(\.due.id.kind) == [.coupon, .coupon, .coupon, .redemption])
        #expect(dues[0].due.recordDate == Fixture.date(2026, 2, 3))
        #expect(dues[0].due.exDate == Fixture.date(2026, 2, 4))
        #expect(dues[3].due.paymentDate == Fixture.date(2026, 4, 6))
        #expect(dues.allSatisfy { $0.standing == .ahead })
    }
}
