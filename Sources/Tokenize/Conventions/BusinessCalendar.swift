/// Which days a market is open: a weekend and a list of holidays, as versioned data.
///
/// A calendar speaks only of the days from ``firstDay`` to ``lastDay``. To ask it for another day is a typed error,
/// never a guess: holidays are announced, and a day that nobody has announced yet is not known. A later announcement
/// makes a calendar of the same name and a higher version. Terms name a calendar by its ``digest``, so nobody can
/// change the days that a bond counts on (Specs/09).
public struct BusinessCalendar: Hashable, Sendable {
    /// Bytes in a name.
    public static let nameByteCountMax = 32
    /// Holidays in a calendar.
    public static let holidayCountMax = 4_096

    /// What the calendar is called: 1 ... 32 printable ASCII characters without blanks.
    public let name: String
    /// Counts the announcements that the data holds; compared by people, never by rules.
    public let version: UInt32
    /// The first day that the calendar speaks of.
    public let firstDay: CalendarDate
    /// The last day that the calendar speaks of.
    public let lastDay: CalendarDate
    /// The weekdays that are never business days; not all seven.
    public let weekend: Weekdays
    /// The holidays as announced, strictly ascending, from ``firstDay`` to ``lastDay``; one may fall on a weekend.
    public let holidays: [CalendarDate]

    /// The holidays that are not on a weekend anyway, ascending.
    private let closures: [CalendarDate]

    /// What is wrong with the data of a calendar.
    public enum Defect: Error, Hashable, Sendable {
        /// The name is empty, too long, or not of printable ASCII characters.
        case malformedName
        /// The last day is before the first.
        case emptyValidity
        /// All weekdays, or a bit that is no weekday.
        case malformedWeekend
        /// More than ``holidayCountMax`` holidays.
        case tooManyHolidays
        /// Holidays that repeat, do not ascend, or lie outside the days that the calendar speaks of.
        case malformedHolidays
    }

    /// A calendar of this data, or what is wrong with it.
    public init(
        name: String,
        version: UInt32,
        firstDay: CalendarDate,
        lastDay: CalendarDate,
        weekend: Weekdays,
        holidays: [CalendarDate]
    ) throws(Defect) {
        guard (1...BusinessCalendar.nameByteCountMax).contains(name.utf8.count),
            name.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .malformedName }
        guard firstDay <= lastDay else { throw .emptyValidity }
        guard weekend.isStrictSubset(of: .all) else { throw .malformedWeekend }
        guard holidays.count <= BusinessCalendar.holidayCountMax else { throw .tooManyHolidays }
        guard zip(holidays, holidays.dropFirst()).allSatisfy({ $0 < $1 }),
            holidays.first.map({ $0 >= firstDay }) ?? true, holidays.last.map({ $0 <= lastDay }) ?? true
        else { throw .malformedHolidays }
        self.init(name, version, firstDay...lastDay, weekend, holidays)
    }

    /// A calendar of data that is known to be well formed.
    init(
        _ name: String,
        _ version: UInt32,
        _ days: ClosedRange<CalendarDate>,
        _ weekend: Weekdays,
        _ holidays: [CalendarDate]
    ) {
        self.name = name
        self.version = version
        firstDay = days.lowerBound
        lastDay = days.upperBound
        self.weekend = weekend
        self.holidays = holidays
        closures = holidays.filter { !weekend.contains(weekdayOf: $0) }
    }

    /// True if the market is open on `date`.
    public func isBusinessDay(_ date: CalendarDate) throws(ConventionFailure) -> Bool {
        guard firstDay <= date, date <= lastDay else { throw .outsideCalendar(name: name, date: date) }
        return !weekend.contains(weekdayOf: date) && !isClosure(date)
    }

    /// The number of business days between two days, negative if `end` is the earlier one.
    ///
    /// Of the two days themselves, `start` counts only if `includingStart`, `end` only if `includingEnd`. If they are
    /// one day, it counts only if both are included.
    public func businessDayCount(
        from start: CalendarDate,
        to end: CalendarDate,
        includingStart: Bool = true,
        includingEnd: Bool = false
    ) throws(ConventionFailure) -> Int {
        for date in [start, end] where date < firstDay || date > lastDay {
            throw .outsideCalendar(name: name, date: date)
        }
        if start == end {
            let isOpen = try isBusinessDay(start)
            return includingStart && includingEnd && isOpen ? 1 : 0
        }
        let (early, late) = start < end ? (start, end) : (end, start)
        var count = businessDayCount(since: early, before: late)
        let (includingEarly, includingLate) =
            start < end ? (includingStart, includingEnd) : (includingEnd, includingStart)
        if !includingEarly, try isBusinessDay(early) { count -= 1 }
        if includingLate, try isBusinessDay(late) { count += 1 }
        return start < end ? count : -count
    }

    /// Business days from `early` on and before `late`, both within the calendar: whole weeks at once.
    private func businessDayCount(since early: CalendarDate, before late: CalendarDate) -> Int {
        let days = late.days(since: early)
        let openWeekdays = 7 - weekend.rawValue.nonzeroBitCount
        var count = days / 7 * openWeekdays
        for offset in 0..<(days % 7) {
            let bit = (early.weekday - 1 + offset) % 7
            if weekend.rawValue >> UInt8(bit) & 1 == 0 { count += 1 }
        }
        return count - (closureCount(before: late) - closureCount(before: early))
    }

    private func isClosure(_ date: CalendarDate) -> Bool {
        let index = closureCount(before: date)
        return index < closures.count && closures[index] == date
    }

    /// The number of closures before `date`, by halving.
    private func closureCount(before date: CalendarDate) -> Int {
        var (low, high) = (0, closures.count)
        while low < high {
            let middle = (low + high) / 2
            if closures[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
