/// How the days between two dates become a part of a year (ISDA 2006 Definitions, section 4.16; ICMA rule 251).
///
/// Fractions are exact. Where the later date comes first, the fraction is that of the dates in order with a minus.
public enum DayCount: UInt8, Hashable, Sendable, CaseIterable {
    /// Actual days over 360.
    case actual360 = 1
    /// Actual days over 365, in leap years too.
    case actual365Fixed = 2
    /// Actual days in leap years over 366 and the others over 365 (ISDA "Actual/Actual").
    case actualActualISDA = 3
    /// Actual days over the days of the coupon period times the coupons a year (ICMA "Actual/Actual").
    case actualActualICMA = 4
    /// Months of 30 days, with the rules for February of the United States market.
    case thirty360US = 5
    /// Months of 30 days (ISDA "30/360", "Bond Basis").
    case thirty360BondBasis = 6
    /// Months of 30 days, the 31st being the 30th (ISDA "30E/360", "Eurobond Basis").
    case thirtyE360 = 7
    /// Months of 30 days, the last day of a month being the 30th but for a termination date in February (ISDA
    /// "30E/360 (ISDA)").
    case thirtyE360ISDA = 8
    /// Months of 28 days, later days being the 28th, over 336 (ACTUS "28E/336").
    case twentyEightE336 = 9
    /// Business days over 252, the first day counted and the last one not (Brazilian market).
    case business252 = 10

    /// What some conventions need besides two dates.
    public struct Context: Hashable, Sendable {
        /// For ``business252``.
        public var calendar: BusinessCalendar?
        /// For ``thirtyE360ISDA``: the last day of the contract; nil if no date here is that day.
        public var terminationDate: CalendarDate?
        /// For ``actualActualICMA``.
        public var reference: ReferencePeriod?

        /// What a convention needs; without anything, enough for all but two of them.
        public init(
            calendar: BusinessCalendar? = nil,
            terminationDate: CalendarDate? = nil,
            reference: ReferencePeriod? = nil
        ) {
            self.calendar = calendar
            self.terminationDate = terminationDate
            self.reference = reference
        }
    }

    /// The part of a year from `start` to `end`, as an exact number of years.
    ///
    /// Throws ``ConventionFailure/needsCalendar`` or ``ConventionFailure/needsReferencePeriod`` where the context lacks
    /// one, and ``ConventionFailure/outsideCalendar(name:date:)``.
    public func yearFraction(
        from start: CalendarDate,
        to end: CalendarDate,
        _ context: Context = Context()
    ) throws(ConventionFailure) -> Ratio {
        if end < start { return -(try yearFraction(from: end, to: start, context)) }
        switch self {
        case .actualActualISDA: return try DayCount.fractionByCalendarYears(from: start, to: end)
        case .actualActualICMA:
            guard let reference = context.reference else { throw .needsReferencePeriod }
            return try reference.yearFraction(from: start, to: end)
        default:
            return try ConventionFailure.fraction(try dayCount(from: start, to: end, context), daysOfYear)
        }
    }

    /// The days from `start` to `end` as the convention counts them; negative if `end` is the earlier one.
    public func dayCount(
        from start: CalendarDate,
        to end: CalendarDate,
        _ context: Context = Context()
    ) throws(ConventionFailure) -> Int {
        if end < start { return -(try dayCount(from: end, to: start, context)) }
        switch self {
        case .actual360, .actual365Fixed, .actualActualISDA, .actualActualICMA: return end.days(since: start)
        case .business252:
            guard let calendar = context.calendar else { throw .needsCalendar }
            return try calendar.businessDayCount(from: start, to: end)
        case .thirty360US, .thirty360BondBasis, .thirtyE360, .thirtyE360ISDA:
            // The rule for a termination in February would count two days back from it to itself.
            guard start < end else { return 0 }
            let (first, last) = daysOfMonth(start, end, terminationDate: context.terminationDate)
            return months(from: start, to: end) * 30 + last - first
        case .twentyEightE336:
            return months(from: start, to: end) * 28 + min(end.day, 28) - min(start.day, 28)
        }
    }

    /// What ``dayCount(from:to:_:)`` is divided by.
    private var daysOfYear: Int {
        switch self {
        case .actual365Fixed, .actualActualISDA, .actualActualICMA: 365
        case .twentyEightE336: 336
        case .business252: 252
        case .actual360, .thirty360US, .thirty360BondBasis, .thirtyE360, .thirtyE360ISDA: 360
        }
    }

    private func months(from start: CalendarDate, to end: CalendarDate) -> Int {
        (end.year - start.year) * 12 + end.month - start.month
    }

    /// The days of the month that a convention of 30-day months puts in place of those of the two dates.
    private func daysOfMonth(
        _ start: CalendarDate,
        _ end: CalendarDate,
        terminationDate: CalendarDate?
    ) -> (first: Int, last: Int) {
        let (first, last) = (start.day, end.day)
        switch self {
        case .thirty360US:
            if start.isEndOfFebruary { return (30, end.isEndOfFebruary ? 30 : min(last, 30)) }
            return (min(first, 30), first >= 30 ? min(last, 30) : last)
        case .thirty360BondBasis: return (min(first, 30), first >= 30 ? min(last, 30) : last)
        case .thirtyE360ISDA:
            let isFinalFebruary = end.isEndOfFebruary && end == terminationDate
            return (start.isEndOfMonth ? 30 : first, end.isEndOfMonth && !isFinalFebruary ? 30 : last)
        default: return (min(first, 30), min(last, 30))
        }
    }

    /// Each day over the days of its own year.
    private static func fractionByCalendarYears(
        from start: CalendarDate,
        to end: CalendarDate
    ) throws(ConventionFailure) -> Ratio {
        let (first, last) = (start.year, end.year)
        if first == last { return try ConventionFailure.fraction(end.days(since: start), daysIn(year: first)) }
        let head = try ConventionFailure.fraction(daysIn(year: first) - start.dayOfYear, daysIn(year: first))
        let tail = try ConventionFailure.fraction(end.dayOfYear, daysIn(year: last))
        return try ConventionFailure.exact { () throws(ArithmeticFailure) in
            try head + Ratio(last - first - 1) + tail
        }
    }

    private static func daysIn(year: Int) -> Int { CalendarDate.isLeap(year: year) ? 366 : 365 }
}

extension CalendarDate {
    /// Days of the year before this one, 0 ... 365.
    fileprivate var dayOfYear: Int {
        (1..<month).reduce(day - 1) { $0 + CalendarDate.dayCount(year: year, month: $1) }
    }

    fileprivate var isEndOfFebruary: Bool { month == 2 && isEndOfMonth }
}
