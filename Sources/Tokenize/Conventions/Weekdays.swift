/// A set of days of the week.
public struct Weekdays: OptionSet, Hashable, Sendable {
    /// Bit 0 is Monday, bit 6 is Sunday (ISO 8601 order); bit 7 is never set in a calendar.
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let monday = Weekdays(rawValue: 1 << 0)
    public static let tuesday = Weekdays(rawValue: 1 << 1)
    public static let wednesday = Weekdays(rawValue: 1 << 2)
    public static let thursday = Weekdays(rawValue: 1 << 3)
    public static let friday = Weekdays(rawValue: 1 << 4)
    public static let saturday = Weekdays(rawValue: 1 << 5)
    public static let sunday = Weekdays(rawValue: 1 << 6)

    /// All seven.
    public static let all = Weekdays(rawValue: 0x7F)

    /// True if the set holds the weekday of `date`.
    public func contains(weekdayOf date: CalendarDate) -> Bool {
        rawValue >> UInt8(date.weekday - 1) & 1 == 1
    }
}
