/// The days on which a missed payment becomes a default.
public struct BondDefaultDates: Hashable, Sendable {
    /// The day of payment.
    public let payment: CalendarDate
    /// The last day on which paying cures it.
    public let lastDayOfGrace: CalendarDate
    /// The day after: if it is still unpaid, there is an event of default.
    public let eventOfDefault: CalendarDate
}

extension BondTerms {
    /// The days on which a missed payment of a due becomes a default. Grace counts from the day of payment.
    public func defaultDates(
        of kind: BondDue.Kind,
        payment: CalendarDate,
        _ calendar: BusinessCalendar
    ) throws(BondFailure) -> BondDefaultDates {
        let grace = kind.isInterest ? defaults.interestGrace : defaults.principalGrace
        let last = try BondFailure.dated { () throws(ConventionFailure) in try grace.date(after: payment, calendar) }
        guard let next = last.adding(days: 1) else { throw .convention(.outsideDateRange) }
        return BondDefaultDates(payment: payment, lastDayOfGrace: last, eventOfDefault: next)
    }

    /// Simple interest on an unpaid amount, from its day of payment to `date`, rounded as totals are; 0 before.
    public func penalty(
        on unpaid: Quantity,
        from payment: CalendarDate,
        to date: CalendarDate,
        _ calendar: BusinessCalendar
    ) throws(BondFailure) -> Quantity {
        guard date > payment else { return .zero }
        let fraction = try BondFailure.dated { () throws(ConventionFailure) in
            try defaults.penaltyDayCount.yearFraction(from: payment, to: date, DayCount.Context(calendar: calendar))
        }
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            try Quantity(Ratio(unpaid) * defaults.penaltyRate.value * fraction, rounding.total)
        }
    }
}
