import Foundation
import Testing
import Tokenize

@Suite("Calendars of business days")
struct BusinessCalendarTests {
    private static let calendars = [BusinessCalendar.laoModel, .mondayToFriday, .everyDay]

    private func sample(
        name: String = "SAMPLE",
        first: String = "2024-01-01",
        last: String = "2024-12-31",
        weekend: Weekdays = [.saturday, .sunday],
        holidays: [String] = ["2024-04-15", "2024-12-02"]
    ) throws(BusinessCalendar.Defect) -> BusinessCalendar {
        try BusinessCalendar(
            name: name,
            version: 1,
            firstDay: day(first),
            lastDay: day(last),
            weekend: weekend,
            holidays: holidays.map(day)
        )
    }

    @Test("weekends and holidays are no business days")
    func businessDays() throws {
        let calendar = try sample()
        #expect(try calendar.isBusinessDay(day("2024-04-12")))
        #expect(try !calendar.isBusinessDay(day("2024-04-13")))
        #expect(try !calendar.isBusinessDay(day("2024-04-15")))
        #expect(try calendar.isBusinessDay(day("2024-04-16")))
    }

    @Test("a day that the calendar does not speak of is an error, not a guess")
    func outside() throws {
        let calendar = try sample()
        for text in ["2023-12-31", "2025-01-01"] {
            let failure = ConventionFailure.outsideCalendar(name: "SAMPLE", date: day(text))
            #expect(throws: failure) { try calendar.isBusinessDay(day(text)) }
            #expect(throws: failure) { try calendar.adjust(day(text), .following) }
            #expect(throws: failure) { try calendar.businessDayCount(from: day("2024-06-03"), to: day(text)) }
        }
        // The way to the next business day leads out of the year.
        let short = try sample(last: "2024-03-30", holidays: [])
        #expect(throws: ConventionFailure.outsideCalendar(name: "SAMPLE", date: day("2024-03-31"))) {
            try short.adjust(day("2024-03-30"), .following)
        }
        #expect(throws: ConventionFailure.outsideCalendar(name: "SAMPLE", date: day("2025-01-01"))) {
            try calendar.advance(day("2024-12-30"), businessDays: 2)
        }
        #expect(try calendar.adjust(day("1999-01-01"), .unadjusted) == day("1999-01-01"))
    }

    @Test("malformed data makes no calendar")
    func defects() {
        #expect(throws: BusinessCalendar.Defect.malformedName) { try sample(name: "") }
        #expect(throws: BusinessCalendar.Defect.malformedName) { try sample(name: "LAO PDR") }
        #expect(throws: BusinessCalendar.Defect.malformedName) { try sample(name: "ລາວ") }
        #expect(throws: BusinessCalendar.Defect.malformedName) { try sample(name: String(repeating: "A", count: 33)) }
        #expect(throws: BusinessCalendar.Defect.emptyValidity) { try sample(first: "2025-01-01", holidays: []) }
        #expect(throws: BusinessCalendar.Defect.malformedWeekend) { try sample(weekend: .all) }
        #expect(throws: BusinessCalendar.Defect.malformedWeekend) { try sample(weekend: Weekdays(rawValue: 0x80)) }
        #expect(throws: BusinessCalendar.Defect.malformedHolidays) { try sample(holidays: ["2025-01-01"]) }
        #expect(throws: BusinessCalendar.Defect.malformedHolidays) { try sample(holidays: ["2023-12-31"]) }
        #expect(throws: BusinessCalendar.Defect.malformedHolidays) {
            try sample(holidays: ["2024-04-15", "2024-04-15"])
        }
        #expect(throws: BusinessCalendar.Defect.malformedHolidays) {
            try sample(holidays: ["2024-04-15", "2024-04-14"])
        }
        let many = (0...BusinessCalendar.holidayCountMax).compactMap { day("2000-01-01").adding(days: $0) }
        #expect(throws: BusinessCalendar.Defect.tooManyHolidays) {
            try BusinessCalendar(
                name: "MANY",
                version: 1,
                firstDay: day("2000-01-01"),
                lastDay: day("2099-12-31"),
                weekend: [],
                holidays: many
            )
        }
    }

    @Test("the encoding of malformed data is refused")
    func malformedEncoding() throws {
        let good = try sample().canonicalBytes
        #expect(try BusinessCalendar(canonicalBytes: good) == sample())
        // The weekend is before the head of the two holidays, each of three bytes: the last becomes the earlier one.
        let weekend = good.count - 9
        for (offset, byte) in [(weekend, UInt8(0x19)), (1, 0x60), (good.count - 2, 0x4D), (0, 0x85)] {
            var bytes = good
            bytes[offset] = byte
            #expect(throws: DecodingFailure.self, "byte \(offset)") { try BusinessCalendar(canonicalBytes: bytes) }
        }
        #expect(throws: DecodingFailure.self) { try BusinessCalendar(canonicalBytes: good + [0]) }
    }

    @Test("the digest changes with every part of the data")
    func digest() throws {
        let variants = [
            try sample(), try sample(name: "SIMPLE"), try sample(first: "2023-12-31"), try sample(last: "2025-01-01"),
            try sample(weekend: [.sunday]), try sample(holidays: ["2024-04-15"]),
            try BusinessCalendar(
                name: "SAMPLE",
                version: 2,
                firstDay: day("2024-01-01"),
                lastDay: day("2024-12-31"),
                weekend: [.saturday, .sunday],
                holidays: [day("2024-04-15"), day("2024-12-02")]
            ),
        ]
        #expect(Set(variants.map(\.digest)).count == variants.count)
        #expect(try sample().digest == sample().digest)
    }

    @Test("each known calendar is what its own encoding says", arguments: calendars)
    func known(_ calendar: BusinessCalendar) throws {
        #expect(try BusinessCalendar(canonicalBytes: calendar.canonicalBytes) == calendar)
    }

    @Test("the model of the Lao calendar has the holidays of its source", .needs("quantlib/lao_calendar.json"))
    func laoModel() throws {
        struct Source: Decodable {
            let holidays: [String]
            let firstYear: Int
            let lastYear: Int
        }
        let source = try #require(Conformance.load(Source.self, "quantlib/lao_calendar.json"))
        let calendar = BusinessCalendar.laoModel
        #expect(calendar.holidays == source.holidays.map(day))
        #expect(calendar.firstDay == CalendarDate(year: source.firstYear, month: 1, day: 1))
        #expect(calendar.lastDay == CalendarDate(year: source.lastYear, month: 12, day: 31))
        #expect(calendar.weekend == [.saturday, .sunday])
    }

    @Test("adjusting twice is adjusting once, and ends on a business day", arguments: calendars, [UInt64(1), 2, 3])
    func idempotent(_ calendar: BusinessCalendar, seed: UInt64) throws {
        var random = RandomDays(seed: seed)
        for _ in 0..<300 {
            let date = random.date()
            for convention in BusinessDayConvention.allCases where convention != .unadjusted {
                let once = try calendar.adjust(date, convention)
                #expect(try calendar.isBusinessDay(once), "seed \(seed), \(date), \(convention)")
                #expect(try calendar.adjust(once, convention) == once, "seed \(seed), \(date), \(convention)")
            }
            #expect(try calendar.adjust(date, .following) >= date, "seed \(seed)")
            #expect(try calendar.adjust(date, .preceding) <= date, "seed \(seed)")
            let modified = try calendar.adjust(date, .modifiedFollowing)
            #expect((modified.year, modified.month) == (date.year, date.month), "seed \(seed), \(date)")
        }
    }

    @Test("counting whole weeks is counting days", arguments: calendars, [UInt64(4), 5])
    func counting(_ calendar: BusinessCalendar, seed: UInt64) throws {
        var random = RandomDays(seed: seed)
        for _ in 0..<60 {
            let (start, other) = (random.date(), random.date())
            let end = try #require(start.adding(days: other.days(since: start) % 400))
            var count = 0
            for offset in 0..<abs(end.days(since: start)) {
                if try calendar.isBusinessDay(try #require(min(start, end).adding(days: offset))) { count += 1 }
            }
            let found = try calendar.businessDayCount(from: min(start, end), to: max(start, end))
            #expect(found == count, "seed \(seed), \(start), \(end)")
            let back = try calendar.businessDayCount(
                from: max(start, end),
                to: min(start, end),
                includingStart: false,
                includingEnd: true
            )
            #expect(back == (start == end ? 0 : -count), "seed \(seed), \(start), \(end)")
        }
    }

    @Test("advancing there and back leads to the business day where it began", arguments: [UInt64(6), 7])
    func thereAndBack(seed: UInt64) throws {
        var random = RandomDays(seed: seed)
        let calendar = BusinessCalendar.laoModel
        for _ in 0..<200 {
            let date = try calendar.adjust(random.date(), .following)
            let count = Int(random.next() % 30)
            let there = try calendar.advance(date, businessDays: count)
            #expect(try calendar.advance(there, businessDays: -count) == date, "seed \(seed), \(date), \(count)")
            #expect(try calendar.businessDayCount(from: date, to: there) == count, "seed \(seed), \(date), \(count)")
        }
    }
}

/// Days that a seed decides.
struct RandomDays {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next number (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A day of 2008 to 2057.
    mutating func date() -> CalendarDate {
        guard let date = day("2008-01-01").adding(days: Int(next() % 18_000)) else {
            preconditionFailure("2057 is a year")
        }
        return date
    }
}
