extension BondSchedule {
    /// Decimals of a price that a yield is converted to.
    public static let yieldPriceDecimals = 6

    /// The clean price for each 100 outstanding at which the bond yields so much a year to maturity, with six decimals,
    /// half up: exact, by Specs/13, 13.7.1.
    ///
    /// Calls and puts that were not made do not count. Throws ``BondFailure/notYetObserved(_:)`` if a payment is not
    /// known, ``BondFailure/nothingOutstanding(_:)``, and what numbers throw; a yield outside -0.5 ... 1, or one that
    /// gives no price that is above 0, is ``ArithmeticFailure/doesNotFit``.
    public func cleanPrice(atYield yield: BondDecimal, settlement: CalendarDate) throws(BondFailure) -> BondDecimal {
        let flows = try streetFlows(on: settlement)
        let units: Quantity
        do {
            let price = try BondPrice(flows, yield: try YieldRate("\(yield)"))
            units = try price.cleanUnits(decimals: Self.yieldPriceDecimals, .halfUp)
        } catch {
            throw .arithmetic(.doesNotFit)
        }
        let scaled = units.multiplied(by: 1_000_000)?.units
        guard let scaled, scaled > 0, let narrow = Int64(exactly: scaled), let price = BondDecimal(units: narrow) else {
            throw .arithmetic(.doesNotFit)
        }
        return price
    }

    /// What is still to be paid, for each 100 of the principal outstanding on a day.
    private func streetFlows(on settlement: CalendarDate) throws(BondFailure) -> StreetFlows {
        let rest = accruals.filter { $0.period.end > settlement }
        guard settlement >= terms.issueDate, let first = rest.first, let outstanding = first.outstanding,
            !outstanding.isZero
        else { throw .nothingOutstanding(settlement) }
        var flows: [StreetFlows.Flow] = []
        var step = Ratio.zero
        for accrual in rest {
            let period = accrual.period
            let whole = try terms.yearFraction(period, from: period.accrualStart, to: period.accrualEnd)
            let past = try terms.yearFraction(period, from: period.accrualStart, to: min(settlement, period.accrualEnd))
            let before = step
            step = try BondFailure.exact { () throws(ArithmeticFailure) in
                try before + (period.accrualStart < settlement ? whole - past : whole)
            }
            guard let amount = try amount(on: period.end, exBy: settlement) else { continue }
            let hundred = try BondFailure.exact { () throws(ArithmeticFailure) in try amount * 100 / outstanding }
            flows.append(StreetFlows.Flow(due: period.end, step: step, amount: hundred))
            step = .zero
        }
        let accrued = try accrued(on: settlement)
        let hundred = try BondFailure.exact { () throws(ArithmeticFailure) in try accrued * 100 / outstanding }
        return StreetFlows(flows, accrued: hundred, convention: try yieldConvention(of: flows))
    }

    /// What is paid on a due day; nil if nothing is. A coupon that stays with the seller is 0.
    private func amount(on day: CalendarDate, exBy settlement: CalendarDate) throws(BondFailure) -> Ratio? {
        var sum: Ratio?
        for due in dues where due.id.date == day && due.id.kind != .capitalisation && due.id.kind != .put {
            guard let amount = due.amount else { throw .notYetObserved(day) }
            let isEx = due.id.kind == .coupon && due.firstDayWithout.map { $0 <= settlement } ?? false
            let before = sum ?? .zero
            sum = try BondFailure.exact { () throws(ArithmeticFailure) in
                try before + (isEx ? .zero : amount.perUnit)
            }
        }
        return sum
    }

    /// Compounded as often as interest is paid; simple for one payment within a year.
    private func yieldConvention(of flows: [StreetFlows.Flow]) throws(BondFailure) -> YieldConvention {
        let months = terms.periods?.tenor.months ?? 12
        let isSimple = flows.count == 1 && flows[0].step <= .one
        guard months >= 12 || 12 % months == 0,
            let convention = try? YieldConvention(
                isSimple ? .simple : .compounded,
                frequency: months >= 12 ? 1 : 12 / months
            )
        else { throw .arithmetic(.doesNotFit) }
        return convention
    }
}
