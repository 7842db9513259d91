/// What is still to be paid after a settlement, as a yield sees it: amounts, and the time from each to the next.
///
/// The street convention takes every payment on its due day, business day or not. Amounts are for each 100 of the
/// principal outstanding.
public struct StreetFlows: Hashable, Sendable {
    /// What is paid on one day.
    public struct Flow: Hashable, Sendable {
        /// The day on which it is due.
        public let due: CalendarDate
        /// Years since the payment before, or since the settlement; exact.
        public let step: Ratio
        /// The amount for each 100 outstanding; exact, 0 for a coupon that stays with the seller.
        public let amount: Ratio
    }

    /// Payments that a price is calculated from.
    public static let flowCountMax = 1_200

    /// In order, each later than the settlement.
    public let flows: [Flow]
    /// The accrued interest, for each 100 outstanding; exact, negative after an ex date.
    public let accrued: Ratio
    /// How the yield discounts.
    public let convention: YieldConvention

    /// What `cashFlows` still pay after `settlement`.
    ///
    /// Throws ``PricingFailure/nothingOutstanding(_:)`` for a settlement before the issue or after the last payment.
    public init(
        _ cashFlows: BondCashFlows,
        settlement: CalendarDate,
        convention: YieldConvention
    ) throws(PricingFailure) {
        let bond = cashFlows.bond
        let redemptions = cashFlows.redemptions.filter { $0.due > settlement }
        guard settlement >= bond.issue, !redemptions.isEmpty else { throw .nothingOutstanding(settlement) }
        accrued = try cashFlows.streetAccrued(on: settlement)
        self.convention = convention
        let counting = convention.dayCount ?? bond.dayCount
        let coupons = cashFlows.coupons.filter { $0.end > settlement }
        guard coupons.count <= StreetFlows.flowCountMax else { throw .arithmetic(.tooLarge) }
        guard let next = coupons.first else {
            flows = try redemptions.map { (redemption) throws(PricingFailure) in
                try StreetFlows.flow(of: redemption, in: bond, from: settlement, counting)
            }
            return
        }
        var flows: [Flow] = []
        for coupon in coupons {
            let isEx = try cashFlows.streetExDate(of: coupon).map { $0 <= settlement } ?? false
            let step = try PricingFailure.dated { () throws(ConventionFailure) in
                let whole = try counting.yearFraction(from: coupon.start, to: coupon.end, coupon.context)
                guard coupon.start < settlement else { return whole }
                let past = try counting.yearFraction(from: coupon.start, to: settlement, coupon.context)
                return try ConventionFailure.exact { () throws(ArithmeticFailure) in try whole - past }
            }
            let principal = redemptions.first { $0.due == coupon.end }?.amount ?? .zero
            let amount = try PricingFailure.exact { () throws(ArithmeticFailure) in
                try ((isEx ? .zero : coupon.amount) + principal) * 100 / next.nominal
            }
            flows.append(Flow(due: coupon.end, step: step, amount: amount))
        }
        self.flows = flows
    }

    /// Flows that another schedule has worked out.
    init(_ flows: [Flow], accrued: Ratio, convention: YieldConvention) {
        self.flows = flows
        self.accrued = accrued
        self.convention = convention
    }

    /// The one payment of a bond without coupons. Its time is counted with the year that ends on it.
    private static func flow(
        of redemption: BondCashFlows.Redemption,
        in bond: BondStructure,
        from settlement: CalendarDate,
        _ counting: DayCount
    ) throws(PricingFailure) -> Flow {
        let step = try PricingFailure.dated { () throws(ConventionFailure) in
            try counting.yearFraction(
                from: settlement,
                to: redemption.due,
                DayCount.Context(
                    calendar: bond.calendar,
                    terminationDate: bond.maturity,
                    reference: ReferencePeriod(endingOn: redemption.due, frequency: 1)
                )
            )
        }
        let amount = try PricingFailure.exact { () throws(ArithmeticFailure) in
            try redemption.amount * 100 / (bond.notionals.last ?? 100)
        }
        return Flow(due: redemption.due, step: step, amount: amount)
    }
}
