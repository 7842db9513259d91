/// Rates and index ratios, from what was observed.
extension BondTerms {
    /// The annual rate of a period; nil as long as it is not observed.
    func rate(
        of period: BondPeriod,
        _ observations: BondObservations,
        _ calendar: BusinessCalendar
    ) throws(BondFailure) -> Ratio? {
        switch interest {
        case .none: return .zero
        case .fixed(let rate): return rate.value
        case .stepped(let steps): return steps.last { $0.start <= period.start }?.rate.value ?? .zero
        case .floating(let floating):
            let day = try fixingDate(of: period, floating, calendar)
            guard let fixing = try fixing(floating, on: day, observations) else { return nil }
            return max(floating.floor.value, min(fixing, floating.cap?.value ?? fixing))
        }
    }

    /// The day on which the rate of a period is fixed; nil for a bond whose rates are fixed already.
    public func fixingDate(of period: BondPeriod, _ calendar: BusinessCalendar) throws(BondFailure) -> CalendarDate? {
        guard case .floating(let floating) = interest else { return nil }
        return try fixingDate(of: period, floating, calendar)
    }

    private func fixingDate(
        of period: BondPeriod,
        _ floating: FloatingRate,
        _ calendar: BusinessCalendar
    ) throws(BondFailure) -> CalendarDate {
        let base = floating.timing == .advance ? period.accrualStart : period.accrualEnd
        return try BondFailure.dated { () throws(ConventionFailure) in
            if floating.lagBusinessDays == 0 { return try calendar.adjust(base, .preceding) }
            return try calendar.advance(base, businessDays: -floating.lagBusinessDays)
        }
    }

    /// The fixing with the margin, or what the fallbacks say once none can come; a rate of the fallbacks is taken as
    /// it is, without the margin.
    private func fixing(
        _ floating: FloatingRate,
        on day: CalendarDate,
        _ observations: BondObservations
    ) throws(BondFailure) -> Ratio? {
        func withMargin(_ fixing: Ratio) throws(BondFailure) -> Ratio {
            try BondFailure.exact { () throws(ArithmeticFailure) in try fixing + floating.margin.value }
        }
        if let value = observations.value(of: floating.reference, on: day) { return try withMargin(value) }
        guard observations.isClosed(day) else { return nil }
        for fallback in floating.fallbacks {
            switch fallback {
            case .other(let reference, let spread):
                guard let value = observations.value(of: reference, on: day) else { continue }
                return try withMargin(
                    try BondFailure.exact { () throws(ArithmeticFailure) in try value + spread.value }
                )
            case .previous(let days):
                guard let latest = observations.latest(of: floating.reference, before: day),
                    day.days(since: latest.date) <= days
                else { continue }
                return try withMargin(latest.value)
            case .rate(let rate): return rate.value
            }
        }
        return nil
    }

    /// What multiplies amounts on a day, without a floor: 1 for a bond without an index, nil if not yet observed.
    func indexRatio(on date: CalendarDate, _ observations: BondObservations) throws(BondFailure) -> Ratio? {
        guard let indexation else { return .one }
        guard let month = date.firstOfMonth.adding(months: -indexation.lagMonths) else {
            throw .convention(.outsideDateRange)
        }
        guard let first = try indexation.value(of: month, on: date, observations) else { return nil }
        var reference = first
        if indexation.interpolation == .daily, date.day > 1 {
            guard let nextMonth = month.adding(months: 1) else { throw .convention(.outsideDateRange) }
            guard let next = try indexation.value(of: nextMonth, on: date, observations) else { return nil }
            let days = CalendarDate.dayCount(year: date.year, month: date.month)
            reference = try BondFailure.exact { () throws(ArithmeticFailure) in
                try first + (next - first) * Ratio(date.day - 1) / Ratio(days)
            }
        }
        let value = reference
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            try (value / indexation.base.value).rounded(toDecimals: indexation.decimals, indexation.rounding)
        }
    }
}

extension BondIndexation {
    /// The value of a month, or what the fallback says once it can't be reported any more for a payment on `date`.
    fileprivate func value(
        of month: CalendarDate,
        on date: CalendarDate,
        _ observations: BondObservations
    ) throws(BondFailure) -> Ratio? {
        if let value = observations.value(of: index, on: month) { return try positive(value, month) }
        guard observations.isClosed(date) else { return nil }
        if fallback == .yearBefore, let yearBefore = month.adding(months: -12),
            let value = observations.value(of: index, on: yearBefore)
        {
            return try positive(value, yearBefore)
        }
        guard let latest = observations.latest(of: index, before: month) else { return base.value }
        return try positive(latest.value, latest.date)
    }

    private func positive(_ value: Ratio, _ date: CalendarDate) throws(BondFailure) -> Ratio {
        guard value > .zero else { throw .malformedObservation(name: index, date: date) }
        return value
    }
}

extension CalendarDate {
    /// The first day of this day's month.
    var firstOfMonth: CalendarDate { adding(days: 1 - day) ?? self }
}
