/// A set of days of the week.
public struct Weekdays: OptionSet, Hashable, Sendable {
    /// Bit 0 is Monday, bit 6 is Sunday (ISO 8601 order); bit 7 is never set in a calendar.
    public let rawValue: UInt8

    /// The set with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Monday.
    public static let monday = Weekdays(rawValue: 1 << 0)
    /// Tuesday.
    public static let tuesday = Weekdays(rawValue: 1 << 1)
    /// Wednesday.
    public static let wednesday = Weekdays(rawValue: 1 << 2)
    /// Thursday.
    public static let thursday = Weekdays(rawValue: 1 << 3)
    /// Friday.
    public static let friday = Weekdays(rawValue: 1 << 4)
    /// Saturday.
    public static let saturday = Weekdays(rawValue: 1 << 5)
    /// Sunday.
    public static let sunday = Weekdays(rawValue: 1 << 6)

    /// All seven.
    public static let all = Weekdays(rawValue: 0x7F)

    /// True if the set holds the weekday of `date`.
    public func contains(weekdayOf date: CalendarDate) -> Bool {
        rawValue >> UInt8(date.weekday - 1) & 1 == 1
    }
}
