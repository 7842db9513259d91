import Testing

@testable import Tokenize

@Suite("Business days")
struct BusinessDayTests {
    @Test("DAY-001: the next business date is later")
    func businessDateNotLater() async throws {
        let fixture = try await Fixture()
        let `operator` = fixture.authority(.operator)
        for date in [Fixture.firstDate, Fixture.date(2026, 1, 4), Fixture.date(1600, 1, 1)] {
            try await fixture.expectRefusal(.businessDateNotLater) { try await `operator`.openBusinessDay(date) }
        }
        try await `operator`.openBusinessDay(Fixture.date(2026, 1, 6))
        #expect(try await fixture.ledger.read { $0.businessDate } == Fixture.date(2026, 1, 6))
    }

    @Test("DAY-001: one transaction opens one day")
    func twice() async throws {
        let fixture = try await Fixture()
        let `operator` = fixture.authority(.operator)
        let days = [6, 7].map { Act.openBusinessDay(Fixture.date(2026, 1, $0), under: `operator`.reference) }
        try await fixture.expectRefusal(.businessDateNotLater) { try await `operator`.submit(days) }
        for day in days { try await `operator`.submit([day]) }
        #expect(try await fixture.ledger.read { $0.clock.openedDayCount } == 2)
    }

    @Test("DAY-002: ten days at most lie between two business dates")
    func businessDayGapTooLarge() async throws {
        let fixture = try await Fixture()
        let `operator` = fixture.authority(.operator)
        for date in [Fixture.date(2026, 1, 16), Fixture.date(9999, 12, 31)] {
            try await fixture.expectRefusal(.businessDayGapTooLarge) { try await `operator`.openBusinessDay(date) }
        }
        try await `operator`.openBusinessDay(Fixture.date(2026, 1, 15))
    }

    @Test("operations after the opening see the new date; the transaction's own validity is judged before it")
    func withinOneTransaction() async throws {
        let scene = try await RuleScene()
        let next = Fixture.date(2026, 1, 6)
        let freeze = try await scene.encumber(scene.target(scene.fixture.ministry), 1, until: Fixture.firstDate)
        let opening = Operation(.openBusinessDay(next, under: AuthorityReference(.operator)))
        let lapsed = Operation(
            .encumber(
                Encumbering(
                    target: scene.target(scene.alice),
                    kind: .freeze,
                    amount: 1,
                    rank: 1,
                    lastDate: Fixture.firstDate,
                    order: Fixture.order("order")
                ),
                under: AuthorityReference(.court)
            ),
            principal: 1
        )
        try await scene.expectRefusal(.alreadyLapsed) {
            let body = try await scene.fixture.body(
                [opening, lapsed],
                [scene.fixture.ministry] + scene.fixture.judges
            )
            try await scene.fixture.submit(body, [0, 1, 2])
        }
        let body = try await scene.fixture.body([opening], [scene.fixture.ministry])
        try await scene.fixture.submit(body, [0])
        try await scene.court.release(freeze, on: scene.target(scene.fixture.ministry))
    }
}
