import Testing
import Tokenize

@Suite("Day counts")
struct DayCountTests {
    @Test("a whole regular period is one coupon of the year in Act/Act ICMA", arguments: [1, 2, 3, 4, 6, 12])
    func regularPeriod(frequency: Int) throws {
        for text in ["2023-02-28", "2024-02-29", "2024-01-31", "2024-07-15"] {
            let reference = try ReferencePeriod(startingOn: day(text), frequency: frequency, endOfMonth: true)
            let fraction = try DayCount.actualActualICMA.yearFraction(
                from: reference.start,
                to: reference.end,
                DayCount.Context(reference: reference)
            )
            #expect(try fraction == Ratio(numerator: 1, denominator: frequency), "\(text)")
        }
    }

    @Test("a long stub is cut at the ends of quasi-coupon periods, before and after")
    func stubs() throws {
        // Two quasi-coupon periods back: 46 of the 92 days from 15 August, and the whole next one.
        let front = try ReferencePeriod(endingOn: day("2024-02-15"), frequency: 4)
        let early = try DayCount.actualActualICMA.yearFraction(
            from: day("2023-09-30"),
            to: day("2024-02-15"),
            DayCount.Context(reference: front)
        )
        #expect(try early == Ratio(numerator: 46, denominator: 4 * 92) + Ratio(numerator: 1, denominator: 4))
        let back = try ReferencePeriod(startingOn: day("2024-02-15"), frequency: 2)
        let late = try DayCount.actualActualICMA.yearFraction(
            from: day("2024-02-15"),
            to: day("2024-11-15"),
            DayCount.Context(reference: back)
        )
        #expect(try late == Ratio(numerator: 1, denominator: 2) + Ratio(numerator: 92, denominator: 2 * 184))
    }

    @Test(
        "fractions of neighbouring periods add up",
        arguments: [DayCount.actual360, .actual365Fixed, .actualActualISDA]
    )
    func additive(convention: DayCount) throws {
        var random = RandomDays(seed: 11)
        for _ in 0..<200 {
            let dates = [random.date(), random.date(), random.date()].sorted()
            let whole = try convention.yearFraction(from: dates[0], to: dates[2])
            let parts = try [
                convention.yearFraction(from: dates[0], to: dates[1]),
                convention.yearFraction(from: dates[1], to: dates[2]),
            ]
            #expect(try parts[0] + parts[1] == whole, "seed 11, \(dates)")
        }
    }

    @Test("turning the dates round turns the sign, and one day is none", arguments: DayCount.allCases)
    func antisymmetric(convention: DayCount) throws {
        var random = RandomDays(seed: 12)
        for _ in 0..<50 {
            let (start, end) = (random.date(), random.date())
            let context = DayCount.Context(
                calendar: .laoModel,
                reference: try ReferencePeriod(startingOn: start, frequency: 2)
            )
            let fraction = try convention.yearFraction(from: start, to: end, context)
            #expect(
                try convention.yearFraction(from: end, to: start, context) == -fraction,
                "seed 12, \(start), \(end)"
            )
            #expect(try convention.yearFraction(from: start, to: start, context).isZero)
            let days = try convention.dayCount(from: start, to: end, context)
            #expect(try convention.dayCount(from: end, to: start, context) == -days)
        }
    }

    @Test("a convention without what it needs says so")
    func missing() throws {
        let (start, end) = (day("2024-01-15"), day("2024-07-15"))
        #expect(throws: ConventionFailure.needsReferencePeriod) {
            try DayCount.actualActualICMA.yearFraction(from: start, to: end)
        }
        #expect(throws: ConventionFailure.needsCalendar) { try DayCount.business252.yearFraction(from: start, to: end) }
        #expect(throws: ConventionFailure.outsideCalendar(name: "LA-MODEL", date: day("2066-01-01"))) {
            try DayCount.business252.yearFraction(
                from: start,
                to: day("2066-01-01"),
                DayCount.Context(calendar: .laoModel)
            )
        }
        for frequency in [-1, 0, 5, 24] {
            #expect(throws: ConventionFailure.malformedReferencePeriod) {
                try ReferencePeriod(start: start, end: end, frequency: frequency)
            }
            #expect(throws: ConventionFailure.malformedReferencePeriod) {
                try ReferencePeriod(endingOn: end, frequency: frequency)
            }
        }
        #expect(throws: ConventionFailure.malformedReferencePeriod) {
            try ReferencePeriod(start: end, end: end, frequency: 2)
        }
    }
}
