import Tokenize

/// A day as a calendar on the wall has it, with nothing but counting (Specs/09).
struct HandDate: Hashable, Comparable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    static func length(_ year: Int, _ month: Int) -> Int {
        month == 2 && isLeap(year) ? 29 : lengths[month - 1]
    }

    /// The length of its month.
    var monthLength: Int { Self.length(year, month) }
    var isEndOfMonth: Bool { day == monthLength }
    var isEndOfFebruary: Bool { month == 2 && isEndOfMonth }
    var endOfMonth: HandDate { HandDate(year: year, month: month, day: monthLength) }

    /// Days since a day long past, by counting years, months and days.
    var number: Int {
        let past = year - 1
        let months = (1..<month).reduce(0) { $0 + Self.length(year, $1) }
        return 365 * past + past / 4 - past / 100 + past / 400 + months + day
    }

    /// 0 Monday to 6 Sunday: 1 January of the year 1 would have been a Monday.
    var weekday: Int { (number - 1) % 7 }

    /// The next day, or the one before.
    func next(_ step: Int) -> HandDate {
        if step > 0 {
            if day < monthLength { return HandDate(year: year, month: month, day: day + 1) }
            return month == 12
                ? HandDate(year: year + 1, month: 1, day: 1) : HandDate(year: year, month: month + 1, day: 1)
        }
        if day > 1 { return HandDate(year: year, month: month, day: day - 1) }
        return month == 1
            ? HandDate(year: year - 1, month: 12, day: 31)
            : HandDate(year: year, month: month - 1, day: Self.length(year, month - 1))
    }

    /// The same day so many months later, or the last of the month (CNV-001).
    func adding(months: Int) -> HandDate {
        var (newYear, newMonth) = (year, month + months)
        while newMonth > 12 { (newYear, newMonth) = (newYear + 1, newMonth - 12) }
        while newMonth < 1 { (newYear, newMonth) = (newYear - 1, newMonth + 12) }
        return HandDate(year: newYear, month: newMonth, day: min(day, Self.length(newYear, newMonth)))
    }

    /// The same, moved to the end of its month where ends of months are kept and this is one.
    func adding(months: Int, endOfMonth: Bool) -> HandDate {
        let moved = adding(months: months)
        return endOfMonth && isEndOfMonth ? moved.endOfMonth : moved
    }

    static func < (left: HandDate, right: HandDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// The engine's date, which must be this one.
    func date() throws -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day), HandDate(date) == self else {
            throw AuditFailure(reason: "\(self) is no date")
        }
        return date
    }

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    init(_ date: CalendarDate) {
        let (year, month, day) = date.components
        self.init(year: year, month: month, day: day)
    }
}

extension HandDate: CustomStringConvertible {
    var description: String { "\(year)-\(month)-\(day)" }

    /// As ISO 8601 writes it, in a year of four digits.
    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

    /// A day near the end of a month or of February more often than not, and in a leap year every other time.
    static func draw(_ trial: inout Trial) throws -> HandDate {
        let years = [2024, 1900, 2000, 2023, 2028, 2100, 1999, 2027]
        let year = try trial.draw(.bool) ? try trial.draw(.element(of: years)) : try trial.number(1995...2045)
        let month = try trial.number(0...2) == 0 ? 2 : try trial.number(1...12)
        let length = Self.length(year, month)
        let day = try trial.number(0...1) == 0 ? length - (try trial.number(0...2)) : try trial.number(1...length)
        return HandDate(year: year, month: month, day: day)
    }
}
