extension BondSchedule {
    /// What falls due on a bond whose principal became due as a whole on a day: what had a record date before that
    /// day, and everything else at once (Specs/13).
    ///
    /// - Parameter called: the parts of the principal that were called and stay due.
    /// Throws what numbers and dates throw.
    func dues(acceleratedOn day: CalendarDate, called: [Ratio]) throws(BondFailure) -> [BondDue] {
        let kept = dues.filter { $0.kind == .capitalisation ? $0.id.date < day : $0.recordDate < day }
        let amount = try acceleratedAmount(on: day, after: kept, called: called)
        let due = BondDue(
            id: BondDue.ID(.acceleration, day),
            periodStart: kept.last?.periodEnd ?? terms.issueDate,
            periodEnd: day,
            recordDate: day,
            exDate: nil,
            paymentDate: day,
            amount: amount
        )
        return kept + [due]
    }

    private func acceleratedAmount(
        on day: CalendarDate,
        after kept: [BondDue],
        called: [Ratio]
    ) throws(BondFailure) -> BondDue.Amount? {
        // A due of unknown amount leaves an unknown principal.
        let principal = kept.filter { ![.coupon, .put].contains($0.kind) }
        guard principal.allSatisfy({ $0.amount != nil }) else { return nil }
        let factor = principal.last?.amount?.factorAfter ?? .one
        guard let interest = try interest(accruedTo: day, after: kept, factor),
            let index = try terms.indexRatio(on: day, observations)
        else { return nil }
        let ratio = terms.floored(index, isPrincipal: true)
        let income = terms.tax.income
        let isCapitalising = terms.periods?.capitalisesThrough != nil
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            let outstanding = try factor * Ratio(terms.faceUnit)
            var original = isCapitalising ? Ratio(terms.faceUnit) : outstanding
            if isCapitalising { for part in called { original = try original * (1 - part) } }
            let exact = try outstanding * ratio + interest
            var taxed = income.contains(.coupon) ? interest : .zero
            if income.contains(.capitalised) { taxed = try taxed + outstanding - original }
            if income.contains(.indexation) { taxed = try taxed + max(.zero, outstanding * (ratio - 1)) }
            var paid = exact
            if case .decimals(let count, let rounding) = terms.rounding.unit {
                paid = try exact.rounded(toDecimals: count, rounding)
            }
            return BondDue.Amount(
                perUnit: paid,
                taxedPart: exact.isZero ? .zero : min(.one, try taxed / exact),
                factorAfter: .zero
            )
        }
    }

    /// Interest of the first period that no kept due pays for, from its beginning to the day.
    private func interest(
        accruedTo day: CalendarDate,
        after kept: [BondDue],
        _ factor: Ratio
    ) throws(BondFailure) -> Ratio? {
        guard terms.interest != .none else { return .zero }
        let paid = Set(kept.filter { $0.kind.isInterest }.map(\.id.date))
        guard let accrual = accruals.first(where: { !paid.contains($0.period.end) }),
            accrual.period.accrualStart < day
        else { return .zero }
        guard let rate = accrual.rate, let index = try terms.indexRatio(on: day, observations) else { return nil }
        let ratio = terms.floored(index, isPrincipal: false)
        let end = min(day, accrual.period.accrualEnd)
        let fraction = try terms.yearFraction(accrual.period, from: accrual.period.accrualStart, to: end)
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            try factor * Ratio(terms.faceUnit) * rate * fraction * ratio
        }
    }
}

extension BondDue {
    /// What falls due.
    var kind: Kind { id.kind }
}
