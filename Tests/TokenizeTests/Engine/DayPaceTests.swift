import Testing

@testable import Tokenize

@Suite("Business days opened faster than real time")
struct DayPaceTests {
    private static let noon: UInt64 = 1_767_614_400
    private static let day: UInt64 = 86_400

    private static func pace(_ openings: [(days: Int, time: UInt64)]) throws -> [Int] {
        let first = Fixture.firstDate
        var pace = DayPace(firstDate: first)
        pace.seal(time: noon)
        for (days, time) in openings {
            pace.open(try #require(first.adding(days: days)))
            pace.seal(time: time)
        }
        return pace.fastDays.map { $0.days(since: first) }
    }

    @Test("days that follow the sun are not listed, whatever the hour, nor week-ends, nor a ledger that falls behind")
    func real() throws {
        let (noon, day) = (Self.noon, Self.day)
        #expect(try Self.pace([(1, noon + day - 20_000), (2, noon + 2 * day + 30_000), (5, noon + 5 * day)]) == [])
        #expect(try Self.pace([(1, noon + 9 * day), (2, noon + 10 * day)]) == [])
    }

    @Test("days that are opened fast are listed, also by half a day each, and also to catch up")
    func fast() throws {
        let (noon, day) = (Self.noon, Self.day)
        #expect(try Self.pace([(1, noon), (2, noon), (3, noon)]) == [1, 2, 3])
        #expect(try Self.pace([(1, noon + day / 2), (2, noon + day), (3, noon + 3 * day / 2)]) == [2])
        #expect(try Self.pace([(1, noon + 5 * day), (2, noon + 5 * day), (3, noon + 6 * day)]) == [2])
    }

    @Test("an audit lists them and passes")
    func audit() async throws {
        let store = MemoryStore()
        let fixture = try await Fixture(store: store)
        try await fixture.authority(.operator).openBusinessDay(Fixture.date(2026, 1, 6))
        try await fixture.ledger.close()
        let report = try await LedgerAuditor.audit(store: MemoryStore(reopening: store), secret: Fixture.secret)
        #expect(report.daysOpenedFast == [Fixture.date(2026, 1, 6)])
    }
}
