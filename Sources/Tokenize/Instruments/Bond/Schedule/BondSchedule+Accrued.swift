extension BondSchedule {
    /// The interest that a buyer of one unit owes the seller on a day, in minor units; exact (Specs/09, CNV-060).
    ///
    /// It is that of the interest which is next to be paid, from the start of its period to the day; from the ex date
    /// on, minus that of the rest of the period. 0 before interest runs and for a bond without interest.
    ///
    /// Throws ``BondFailure/nothingOutstanding(_:)``, ``BondFailure/notYetObserved(_:)``, and what numbers throw.
    public func accrued(on settlement: CalendarDate) throws(BondFailure) -> Ratio {
        let accrual = try accrual(on: settlement)
        guard terms.interest != .none, settlement > accrual.period.accrualStart else { return .zero }
        guard let outstanding = accrual.outstanding, let rate = accrual.rate,
            let index = try terms.indexRatio(on: settlement, observations)
        else { throw .notYetObserved(settlement) }
        let ratio = terms.floored(index, isPrincipal: false)
        let day = min(settlement, accrual.period.accrualEnd)
        let isEx = accrual.exDate.map { $0 <= settlement } ?? false
        let fraction =
            isEx
            ? try terms.yearFraction(accrual.period, from: day, to: accrual.period.accrualEnd)
            : try terms.yearFraction(accrual.period, from: accrual.period.accrualStart, to: day)
        let interest = try BondFailure.exact { () throws(ArithmeticFailure) in
            try outstanding * rate * fraction * ratio
        }
        return isEx ? -interest : interest
    }

    /// What a subscriber pays for units of a reopened bond, or a buyer in the market.
    ///
    /// - Parameters:
    ///   - units: How many.
    ///   - cleanPrice: For each 100 of the principal outstanding, with its index, without accrued interest.
    ///   - settlement: The day on which units and cash change hands.
    ///
    /// Throws as ``accrued(on:)``; ``ArithmeticFailure/doesNotFit`` for a total below zero.
    public func invoice(
        for units: Quantity,
        cleanPrice: BondDecimal,
        settlement: CalendarDate
    ) throws(BondFailure) -> BondInvoice {
        let accrued = try accrued(on: settlement)
        guard let outstanding = try accrual(on: settlement).outstanding,
            let index = try terms.indexRatio(on: settlement, observations)
        else { throw .notYetObserved(settlement) }
        let ratio = terms.floored(index, isPrincipal: true)
        return try BondFailure.exact { () throws(ArithmeticFailure) in
            let clean = try Ratio(units) * outstanding * ratio * cleanPrice.value / 100
            let interest = try Ratio(units) * accrued
            let total = try Quantity(clean + interest, terms.rounding.total)
            return BondInvoice(units: units, clean: clean, accrued: interest, total: total)
        }
    }

    /// The period whose interest is next to be paid.
    private func accrual(on settlement: CalendarDate) throws(BondFailure) -> Accrual {
        guard settlement >= terms.issueDate, let accrual = accruals.first(where: { $0.paymentDate > settlement }),
            accrual.outstanding.map({ !$0.isZero }) ?? true
        else { throw .nothingOutstanding(settlement) }
        return accrual
    }
}

/// What units cost on a day, in minor units.
public struct BondInvoice: Hashable, Sendable {
    /// How many.
    public let units: Quantity
    /// The clean price of all of them; exact.
    public let clean: Ratio
    /// The accrued interest of all of them, negative after an ex date; exact.
    public let accrued: Ratio
    /// Both together, rounded once as the terms round totals.
    public let total: Quantity
}
