/// What a bond pays and how it is counted, fixed in advance: bullets, step-ups, amortising bonds and zero-coupon bonds.
///
/// Rates are annual and exact (`0.0675` is 6.75 %); amounts are of any unit, as the notionals are. It holds no units
/// and no owners: it is what accrued interest, prices and yields are calculated from.
public struct BondStructure: Hashable, Sendable {
    /// The day from which interest runs.
    public var issue: CalendarDate
    /// The day on which the last principal is due.
    public var maturity: CalendarDate
    /// The length of a regular coupon period.
    public var tenor: Period
    /// The annual rate of each period, in order; the last one holds for the periods after it. None for no coupons.
    public var couponRates: [Ratio]
    /// How the interest of a period is counted.
    public var dayCount: DayCount
    /// The principal outstanding in each period, in order, never growing; the last one holds for the periods after it.
    public var notionals: [Ratio] = [100]
    /// What is paid for each 100 of principal.
    public var redemption: Ratio = 100
    /// Which end the coupon dates are counted from.
    public var direction: Schedule.Direction = .backward
    /// Whether coupons that are counted from an end of month fall on ends of months.
    public var endOfMonth = false
    /// The end of the first period, where it is not the regular one.
    public var firstCoupon: CalendarDate?
    /// The beginning of the last period, where it is not the regular one.
    public var nextToLastCoupon: CalendarDate?
    /// The days on which payments are made.
    public var calendar: BusinessCalendar = .everyDay
    /// How the dates that interest runs between are adjusted; for government bonds, not at all.
    public var accrualConvention: BusinessDayConvention = .unadjusted
    /// How the dates of payment are adjusted.
    public var paymentConvention: BusinessDayConvention = .unadjusted
    /// When the buyer ceases to get the next coupon; nil for never before it is paid.
    public var exCoupon: ExCoupon?

    /// A bond of 100 that pays its coupons unadjusted; set what differs.
    public init(
        issue: CalendarDate,
        maturity: CalendarDate,
        tenor: Period,
        couponRates: [Ratio],
        dayCount: DayCount
    ) {
        self.issue = issue
        self.maturity = maturity
        self.tenor = tenor
        self.couponRates = couponRates
        self.dayCount = dayCount
    }
}

/// How long before a coupon's payment the bond trades without it.
public struct ExCoupon: Hashable, Sendable {
    /// Days in an ex-coupon period.
    public static let dayCountMax = 366

    /// Days before the payment.
    public let days: Int
    /// Counts them as business days; nil for calendar days.
    public let calendar: BusinessCalendar?

    /// The period, or ``PricingFailure/malformedExCoupon`` if it is not 0 ... ``dayCountMax`` days long.
    public init(days: Int, calendar: BusinessCalendar? = nil) throws(PricingFailure) {
        guard (0...ExCoupon.dayCountMax).contains(days) else { throw .malformedExCoupon }
        self.days = days
        self.calendar = calendar
    }

    /// The first day on which the coupon that is paid on `payment` stays with the seller.
    func exDate(before payment: CalendarDate) throws(ConventionFailure) -> CalendarDate {
        if let calendar { return try calendar.advance(payment, businessDays: -days) }
        guard let date = payment.adding(days: -days) else { throw .outsideDateRange }
        return date
    }
}
