extension BusinessCalendar {
    /// The day to which `convention` moves `date`: `date` itself on a business day, and always if unadjusted.
    public func adjust(
        _ date: CalendarDate,
        _ convention: BusinessDayConvention
    ) throws(ConventionFailure) -> CalendarDate {
        switch convention {
        case .unadjusted: return date
        case .following: return try businessDay(from: date, step: 1)
        case .preceding: return try businessDay(from: date, step: -1)
        case .modifiedFollowing:
            let following = try businessDay(from: date, step: 1)
            return following.isInMonth(of: date) ? following : try businessDay(from: date, step: -1)
        case .modifiedPreceding:
            let preceding = try businessDay(from: date, step: -1)
            return preceding.isInMonth(of: date) ? preceding : try businessDay(from: date, step: 1)
        }
    }

    /// The business day so many business days after `date`, or before it if negative; for 0, `date` or the first
    /// business day after it.
    ///
    /// Settlement at T+2 is `advance(trade, businessDays: 2)`.
    public func advance(_ date: CalendarDate, businessDays count: Int) throws(ConventionFailure) -> CalendarDate {
        if count == 0 { return try adjust(date, .following) }
        let step = count.signum()
        var day = date
        // Each step ends within the calendar or throws at its edge, so the count needs no bound of its own.
        for _ in 0..<count.magnitude { day = try businessDay(from: try BusinessCalendar.next(day, step), step: step) }
        return day
    }

    /// The day a period after `date`, or before it if negative, moved by `convention`.
    ///
    /// With `endOfMonth`, a period of months or years keeps the end of the month: unadjusted, from the last day of a
    /// month to the last day of a month; otherwise, from the last business day of a month or a day after it to the last
    /// business day of a month. A period of business days ends on one, whatever the convention. A period of no length
    /// only moves `date` by `convention`.
    public func advance(
        _ date: CalendarDate,
        by period: Period,
        convention: BusinessDayConvention,
        endOfMonth: Bool = false
    ) throws(ConventionFailure) -> CalendarDate {
        if period.unit == .businessDay { return try advance(date, businessDays: period.count) }
        let end = try period.added(to: date)
        guard endOfMonth, period.count != 0, period.unit == .month || period.unit == .year else {
            return try adjust(end, convention)
        }
        if convention == .unadjusted { return date.isEndOfMonth ? end.endOfMonth : end }
        return try isEndOfMonth(date) ? try lastBusinessDay(ofMonthOf: end) : try adjust(end, convention)
    }

    /// The last business day of the month that `date` is in.
    public func lastBusinessDay(ofMonthOf date: CalendarDate) throws(ConventionFailure) -> CalendarDate {
        try adjust(date.endOfMonth, .preceding)
    }

    /// True from the last business day of a month on, to the month's end.
    public func isEndOfMonth(_ date: CalendarDate) throws(ConventionFailure) -> Bool {
        date >= (try lastBusinessDay(ofMonthOf: date))
    }

    /// `date`, or the nearest business day in the direction of `step`.
    private func businessDay(from date: CalendarDate, step: Int) throws(ConventionFailure) -> CalendarDate {
        var day = date
        while try !isBusinessDay(day) { day = try BusinessCalendar.next(day, step) }
        return day
    }

    private static func next(_ date: CalendarDate, _ step: Int) throws(ConventionFailure) -> CalendarDate {
        guard let next = date.adding(days: step) else { throw .outsideDateRange }
        return next
    }
}

extension CalendarDate {
    /// The last day of this day's month.
    public var endOfMonth: CalendarDate {
        let (year, month, day) = components
        return adding(days: CalendarDate.dayCount(year: year, month: month) - day) ?? self
    }

    /// True if both days are in the same month of the same year.
    func isInMonth(of other: CalendarDate) -> Bool {
        (components.year, components.month) == (other.components.year, other.components.month)
    }
}
