extension DayCount.Context {
    /// What the days of one interest period are counted with (Specs/09, CNV-033).
    ///
    /// A regular period is its own reference period. One that is not is measured by the regular period that ends with
    /// it if it is the first, and else by the one that begins with it. Without coupons that divide a year there is no
    /// reference period.
    public init(
        period start: CalendarDate,
        to end: CalendarDate,
        isRegular: Bool,
        isFirst: Bool,
        tenor: Period,
        endOfMonth: Bool,
        calendar: BusinessCalendar?,
        terminationDate: CalendarDate?
    ) throws(ConventionFailure) {
        self.init(calendar: calendar, terminationDate: terminationDate)
        guard let frequency = tenor.couponsPerYear, start < end else { return }
        if isRegular {
            reference = try ReferencePeriod(start: start, end: end, frequency: frequency, endOfMonth: endOfMonth)
        } else if isFirst {
            reference = try ReferencePeriod(endingOn: end, frequency: frequency, endOfMonth: endOfMonth)
        } else {
            reference = try ReferencePeriod(startingOn: start, frequency: frequency, endOfMonth: endOfMonth)
        }
    }
}

extension Period {
    /// How many coupons of this tenor make a year: 1, 2, 3, 4, 6 or 12; nil where it does not divide one.
    public var couponsPerYear: Int? { months.flatMap { $0 > 0 && 12 % $0 == 0 ? 12 / $0 : nil } }
}
