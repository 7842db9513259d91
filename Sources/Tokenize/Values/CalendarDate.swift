/// A day of the proleptic Gregorian calendar, without time of day or time zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// The first year there is.
    public static let yearMin = 1600
    /// The last year there is.
    public static let yearMax = 9999

    /// Days since 1970-01-01; negative before.
    public let daysSinceEpoch: Int32

    private static let first = days(year: yearMin, month: 1, day: 1)
    private static let last = days(year: yearMax, month: 12, day: 31)

    /// The day so many days after 1970-01-01, or nil outside 1600 ... 9999.
    public init?(daysSinceEpoch: Int32) {
        guard daysSinceEpoch >= CalendarDate.first, daysSinceEpoch <= CalendarDate.last else { return nil }
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with this year, month (1 ... 12) and day of month, or nil if there is none.
    public init?(year: Int, month: Int, day: Int) {
        guard (CalendarDate.yearMin...CalendarDate.yearMax).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.dayCount(year: year, month: month)
        else { return nil }
        daysSinceEpoch = CalendarDate.days(year: year, month: month, day: day)
    }

    /// The day that `text` names as `YYYY-MM-DD` (ISO 8601), or nil.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map({ $0.utf8.count }) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// True for years of 366 days.
    public static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days in a month.
    public static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, counting years from March so that the leap day comes last.
    private static func days(year: Int, month: Int, day: Int) -> Int32 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Year, month and day of month.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The year, 1600 ... 9999.
    public var year: Int { components.year }
    /// The month, 1 ... 12.
    public var month: Int { components.month }
    /// The day of the month, 1 ... 31.
    public var day: Int { components.day }

    /// 1 for Monday ... 7 for Sunday (ISO 8601).
    public var weekday: Int { (Int(daysSinceEpoch) % 7 + 7 + 3) % 7 + 1 }

    /// True on the last day of a month.
    public var isEndOfMonth: Bool {
        let (year, month, day) = components
        return day == CalendarDate.dayCount(year: year, month: month)
    }

    /// Days from `earlier` to this day; negative if it is later.
    public func days(since earlier: CalendarDate) -> Int { Int(daysSinceEpoch) - Int(earlier.daysSinceEpoch) }

    /// The day so many days later, or nil outside 1600 ... 9999.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        return overflow ? nil : Int32(exactly: sum).flatMap { CalendarDate(daysSinceEpoch: $0) }
    }

    /// The same day of month so many months later, clipped to the month's last day; nil outside 1600 ... 9999.
    public func adding(months: Int) -> CalendarDate? {
        let (year, month, day) = components
        let (count, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, count >= CalendarDate.yearMin * 12 else { return nil }
        let (newYear, newMonth) = (count / 12, count % 12 + 1)
        let clipped = min(day, CalendarDate.dayCount(year: newYear, month: newMonth))
        return CalendarDate(year: newYear, month: newMonth, day: clipped)
    }
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
