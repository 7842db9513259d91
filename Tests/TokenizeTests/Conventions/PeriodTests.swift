import Testing
import Tokenize

@Suite("Periods of time")
struct PeriodTests {
    @Test(
        "a period has one text and one encoding",
        arguments: [
            ("P6M", Period(6, .month)), ("P1Y", Period(1, .year)), ("P2W", Period(2, .week)),
            ("P10D", Period(10, .day)),
            ("P2BD", Period(2, .businessDay)), ("-P3M", Period(-3, .month)), ("P0D", Period(0, .day)),
        ]
    )
    func forms(text: String, period: Period?) throws {
        let period = try #require(period)
        #expect(period.description == text)
        #expect(Period(text) == period)
        #expect(try Period(canonicalBytes: period.canonicalBytes) == period)
    }

    @Test(
        "no other text is a period",
        arguments: ["", "P", "6M", "P06M", "P6", "P6X", "P-6M", "-P0D", "P6M ", "P1Y6M"]
    )
    func refused(text: String) {
        #expect(Period(text) == nil)
    }

    @Test("a period of more units than there are is none")
    func limits() {
        #expect(Period(Period.countMax, .day) != nil)
        #expect(Period(Period.countMax + 1, .day) == nil)
        #expect(Period(-Period.countMax - 1, .year) == nil)
        #expect(Period("P99999999999999999999D") == nil)
    }

    @Test("months keep the day of the month and are never chained")
    func months() throws {
        let month = try #require(Period(1, .month))
        #expect(try month.added(to: day("2024-01-31")) == day("2024-02-29"))
        #expect(try month.added(to: day("2024-01-31"), times: 2) == day("2024-03-31"))
        #expect(try month.added(to: day("2024-03-31"), times: -1) == day("2024-02-29"))
        let year = try #require(Period(1, .year))
        #expect(try year.added(to: day("2024-02-29")) == day("2025-02-28"))
        #expect(try year.added(to: day("2024-02-29"), times: 4) == day("2028-02-29"))
    }

    @Test("what has no answer says why")
    func failures() throws {
        let business = try #require(Period(2, .businessDay))
        #expect(throws: ConventionFailure.needsCalendar) { try business.added(to: day("2024-01-31")) }
        let long = try #require(Period(Period.countMax, .year))
        #expect(throws: ConventionFailure.outsideDateRange) { try long.added(to: day("2024-01-31")) }
        #expect(throws: ConventionFailure.outsideDateRange) { try long.added(to: day("2024-01-31"), times: .max) }
    }
}
