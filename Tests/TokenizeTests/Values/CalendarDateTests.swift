import Testing
import Tokenize

/// The calendar against a count of days one by one.
@Suite struct CalendarDateTests {
    @Test("Every day from 1600 to 2400, counted one by one")
    func everyDay() throws {
        // 1600-01-01 is 135,140 days before 1970-01-01 and was a Saturday, by the loop's own end below.
        var (year, month, day, weekday) = (1600, 1, 1, 6)
        var number: Int32 = -135_140
        var isEpochSeen = false
        while year <= 2400 {
            let lengths = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            let date = try #require(CalendarDate(daysSinceEpoch: number))
            let isRight =
                date.components == (year, month, day) && date.weekday == weekday
                && CalendarDate(year: year, month: month, day: day) == date
                && date.isEndOfMonth == (day == lengths[month - 1])
            if !isRight { Issue.record("\(year)-\(month)-\(day) is \(date), weekday \(date.weekday)") }
            if number == 0 { isEpochSeen = (year, month, day, weekday) == (1970, 1, 1, 4) }
            number += 1
            weekday = weekday == 7 ? 1 : weekday + 1
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(isEpochSeen)
    }

    private func leap(_ year: Int) -> Bool {
        if year % 400 == 0 { return true }
        if year % 100 == 0 { return false }
        return year % 4 == 0
    }

    struct Known: Sendable, CustomTestStringConvertible {
        let text: String
        let days: Int32
        let weekday: Int
        var testDescription: String { text }
    }

    @Test(
        "Dates that others count alike",
        arguments: [
            Known(text: "1970-01-01", days: 0, weekday: 4),
            Known(text: "1969-12-31", days: -1, weekday: 3),
            Known(text: "2000-01-01", days: 10_957, weekday: 6),
            Known(text: "2000-02-29", days: 11_016, weekday: 2),
            Known(text: "2038-01-19", days: 24_855, weekday: 2),
            Known(text: "1858-11-17", days: -40_587, weekday: 3),
            Known(text: "1600-01-01", days: -135_140, weekday: 6),
            Known(text: "9999-12-31", days: 2_932_896, weekday: 5),
        ]
    )
    func knownDates(known: Known) throws {
        let date = try #require(CalendarDate(known.text))
        #expect(date.daysSinceEpoch == known.days)
        #expect(date.weekday == known.weekday)
        #expect("\(date)" == known.text)
    }

    @Test("The first and the last day are the last of them")
    func range() {
        #expect(CalendarDate(daysSinceEpoch: -135_140) != nil)
        #expect(CalendarDate(daysSinceEpoch: -135_141) == nil)
        #expect(CalendarDate(daysSinceEpoch: 2_932_896) != nil)
        #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil)
        #expect(CalendarDate(daysSinceEpoch: .min) == nil)
        #expect(CalendarDate(daysSinceEpoch: .max) == nil)
    }

    @Test(
        "No such day",
        arguments: [
            "1599-12-31", "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-01-00", "2023-04-31",
            "10000-01-01",
            "2023-1-01", "2023-01-1", "20230101", "2023-01-01 ", "+023-01-01", "2023-01-0\u{661}", "", "--",
            "-2023-01-01",
        ]
    )
    func refuses(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func addsDaysWithoutOverflow() throws {
        let date = try #require(CalendarDate("2024-02-28"))
        #expect(date.adding(days: 1) == CalendarDate("2024-02-29"))
        #expect(date.adding(days: 2) == CalendarDate("2024-03-01"))
        #expect(date.adding(days: -59) == CalendarDate("2023-12-31"))
        #expect(date.adding(days: 1)?.days(since: date) == 1)
        for days in [Int.max, Int.min, 3_000_000, -3_000_000] { #expect(date.adding(days: days) == nil) }
    }

    @Test func addsMonthsClippedToTheEnd() throws {
        let date = try #require(CalendarDate("2024-01-31"))
        #expect(date.adding(months: 1) == CalendarDate("2024-02-29"))
        #expect(date.adding(months: 13) == CalendarDate("2025-02-28"))
        #expect(date.adding(months: 3) == CalendarDate("2024-04-30"))
        #expect(date.adding(months: -1) == CalendarDate("2023-12-31"))
        #expect(date.adding(months: -2) == CalendarDate("2023-11-30"))
        for months in [Int.max, Int.min, 12 * 8_000, -12 * 425] { #expect(date.adding(months: months) == nil) }
    }
}
