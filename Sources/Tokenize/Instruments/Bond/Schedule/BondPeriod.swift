/// A period that interest runs for, or the whole life of a bond without interest.
public struct BondPeriod: Hashable, Sendable {
    /// The day on which it begins by the terms.
    public let start: CalendarDate
    /// The day on which it ends by the terms, and its interest falls due.
    public let end: CalendarDate
    /// The days between which interest runs: the same, adjusted if the terms say so.
    public let accrualStart: CalendarDate
    /// The end of them.
    public let accrualEnd: CalendarDate
    /// What its days are counted with.
    let context: DayCount.Context
}

extension BondTerms {
    /// The periods, to maturity or through `horizon`.
    func bondPeriods(_ calendar: BusinessCalendar, through horizon: CalendarDate?) throws(BondFailure) -> [BondPeriod] {
        guard let last = maturityDate ?? horizon else { throw .needsHorizon }
        guard let periods else {
            let context = DayCount.Context(calendar: calendar, terminationDate: maturityDate)
            return [
                BondPeriod(start: issueDate, end: last, accrualStart: issueDate, accrualEnd: last, context: context)
            ]
        }
        return try BondFailure.dated { () throws(ConventionFailure) in
            let schedule = try periods.schedule(maturity: maturityDate, through: last)
            var result: [BondPeriod] = []
            for index in 0..<min(schedule.dates.count - 1, BondPeriods.countMax + 1) {
                result.append(try period(periods, schedule, index, calendar))
            }
            return result
        }
    }

    private func period(
        _ periods: BondPeriods,
        _ schedule: Schedule,
        _ index: Int,
        _ calendar: BusinessCalendar
    ) throws(ConventionFailure) -> BondPeriod {
        let (start, end) = (schedule.dates[index], schedule.dates[index + 1])
        let accrualStart = try calendar.adjust(start, periods.accrual)
        let accrualEnd = try calendar.adjust(end, periods.accrual)
        return BondPeriod(
            start: start,
            end: end,
            accrualStart: accrualStart,
            accrualEnd: accrualEnd,
            context: try DayCount.Context(
                period: accrualStart,
                to: accrualEnd,
                isRegular: schedule.isRegular[index],
                isFirst: index == 0,
                tenor: periods.tenor,
                endOfMonth: periods.endOfMonth,
                calendar: calendar,
                terminationDate: maturityDate
            )
        )
    }

    /// The part of a year that a stretch of a period is.
    func yearFraction(
        _ period: BondPeriod,
        from start: CalendarDate,
        to end: CalendarDate
    ) throws(BondFailure) -> Ratio {
        guard start < end else { return .zero }
        return try BondFailure.dated { () throws(ConventionFailure) in
            try dayCount.yearFraction(from: start, to: end, period.context)
        }
    }
}
