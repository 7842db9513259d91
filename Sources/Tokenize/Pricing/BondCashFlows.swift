/// All that a bond pays: its coupons, and its principal.
public struct BondCashFlows: Hashable, Sendable {
    /// One period of interest.
    public struct Coupon: Hashable, Sendable {
        /// The day from which interest runs.
        public let start: CalendarDate
        /// The day to which interest runs.
        public let end: CalendarDate
        /// The day on which it is paid: the end, adjusted.
        public let payment: CalendarDate
        /// The first day on which a buyer does not get it; nil if there is none.
        public let exDate: CalendarDate?
        /// The principal that bears the interest.
        public let nominal: Ratio
        /// The annual rate.
        public let rate: Ratio
        /// The part of a year that the period is.
        public let yearFraction: Ratio
        /// What is paid: nominal, rate and year fraction multiplied, exact.
        public let amount: Ratio
        /// What the period's days are counted with.
        public let context: DayCount.Context
    }

    /// One payment of principal.
    public struct Redemption: Hashable, Sendable {
        /// The day on which it is due.
        public let due: CalendarDate
        /// The day on which it is paid: the due day, adjusted.
        public let payment: CalendarDate
        /// What is paid.
        public let amount: Ratio
    }

    /// What the cash flows are of.
    public let bond: BondStructure
    /// The coupons, in order; none for a zero-coupon bond.
    public let coupons: [Coupon]
    /// The payments of principal, in order; the last one at maturity.
    public let redemptions: [Redemption]

    /// What `bond` pays.
    ///
    /// Throws ``PricingFailure/tooManyRates``, ``PricingFailure/malformedNotionals``, and what dates and numbers throw.
    public init(_ bond: BondStructure) throws(PricingFailure) {
        self.bond = bond
        guard let last = bond.notionals.last, last > .zero,
            zip(bond.notionals, bond.notionals.dropFirst()).allSatisfy({ $0 >= $1 })
        else { throw .malformedNotionals }
        let schedule = try PricingFailure.dated { () throws(ConventionFailure) in try bond.schedule() }
        let periodCount = schedule.dates.count - 1
        guard bond.couponRates.count <= periodCount, bond.notionals.count <= periodCount else { throw .tooManyRates }
        var coupons: [Coupon] = []
        var redemptions: [Redemption] = []
        for index in 0..<periodCount {
            let (start, end) = (schedule.dates[index], schedule.dates[index + 1])
            let nominal = bond.notionals[min(index, bond.notionals.count - 1)]
            let left = index + 1 < periodCount ? bond.notionals[min(index + 1, bond.notionals.count - 1)] : .zero
            let payment = try PricingFailure.dated { () throws(ConventionFailure) in
                try bond.calendar.adjust(end, bond.paymentConvention)
            }
            if !bond.couponRates.isEmpty {
                let rate = bond.couponRates[min(index, bond.couponRates.count - 1)]
                let context = try PricingFailure.dated { () throws(ConventionFailure) in
                    try bond.context(start, end, isRegular: schedule.isRegular[index], isFirst: index == 0)
                }
                coupons.append(try Coupon(bond, start, end, payment, nominal, rate, context))
            }
            if nominal > left {
                let amount = try PricingFailure.exact { () throws(ArithmeticFailure) in
                    try (nominal - left) * bond.redemption / 100
                }
                redemptions.append(Redemption(due: end, payment: payment, amount: amount))
            }
        }
        self.coupons = coupons
        self.redemptions = redemptions
    }
}

extension BondCashFlows.Coupon {
    fileprivate init(
        _ bond: BondStructure,
        _ start: CalendarDate,
        _ end: CalendarDate,
        _ payment: CalendarDate,
        _ nominal: Ratio,
        _ rate: Ratio,
        _ context: DayCount.Context
    ) throws(PricingFailure) {
        self.start = start
        self.end = end
        self.payment = payment
        self.nominal = nominal
        self.rate = rate
        self.context = context
        let fraction = try PricingFailure.dated { () throws(ConventionFailure) in
            try bond.dayCount.yearFraction(from: start, to: end, context)
        }
        yearFraction = fraction
        amount = try PricingFailure.exact { () throws(ArithmeticFailure) in try nominal * rate * fraction }
        exDate = try PricingFailure.dated { () throws(ConventionFailure) in
            try bond.exCoupon.map { (exCoupon) throws(ConventionFailure) in try exCoupon.exDate(before: payment) }
        }
    }
}

extension BondStructure {
    /// The dates between which interest runs; those of issue and maturity alone without coupons.
    fileprivate func schedule() throws(ConventionFailure) -> Schedule {
        try Schedule(
            Schedule.Rule(
                effective: issue,
                termination: maturity,
                tenor: tenor,
                direction: direction,
                endOfMonth: endOfMonth,
                calendar: accrualConvention == .unadjusted ? .everyDay : calendar,
                convention: accrualConvention,
                terminationConvention: accrualConvention,
                firstDate: firstCoupon,
                nextToLastDate: nextToLastCoupon
            )
        )
    }

    /// What the days of a period are counted with.
    fileprivate func context(
        _ start: CalendarDate,
        _ end: CalendarDate,
        isRegular: Bool,
        isFirst: Bool
    ) throws(ConventionFailure) -> DayCount.Context {
        try DayCount.Context(
            period: start,
            to: end,
            isRegular: isRegular,
            isFirst: isFirst,
            tenor: tenor,
            endOfMonth: endOfMonth,
            calendar: calendar,
            terminationDate: maturity
        )
    }
}
