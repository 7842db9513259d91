/// What becomes the terms of a bond: every part may still be missing.
///
/// ``BondTerms/init(_:)`` makes terms of it, or names everything that is wrong.
public struct BondTermSheet: Hashable, Sendable {
    /// The cash asset in which it pays.
    public var cash: AssetID?
    /// Face unit, minimum subscription, increment and lot.
    public var denomination: BondDenomination?
    /// ISO 6166; may be absent.
    public var isin: String?
    /// ISO 10962; may be absent.
    public var cfi: String?
    /// ISO 18774; may be absent.
    public var fisn: String?
    /// The day of issue.
    public var issueDate: CalendarDate?
    /// The day on which the last principal is due; absent for a perpetual bond only.
    public var maturityDate: CalendarDate?
    /// What it pays; ``BondInterest/none`` must be said.
    public var interest: BondInterest?
    /// The periods of interest and repayments; absent where there are none.
    public var periods: BondPeriods?
    /// How days are counted.
    public var dayCount: DayCount?
    /// How the principal comes back.
    public var repayment: BondRepayment?
    /// What each 100 of principal repays; absent for a perpetual bond only.
    public var redemptionPrice: BondDecimal?
    /// An index that it follows, if any.
    public var indexation: BondIndexation?
    /// When the issuer may call it, if ever.
    public var calls: BondOptionPlan?
    /// When holders may put it, if ever.
    public var puts: BondOptionPlan?
    /// The calendar of payments, record dates, notices and grace.
    public var calendar: CalendarReference?
    /// Where a payment goes that is due on a day that is no business day.
    public var businessDays: BusinessDayConvention?
    /// How long before the payment the holder of record is taken.
    public var recordDate: BondDayOffset?
    /// When it begins to trade without the payment.
    public var exDate: BondExDate?
    /// How amounts become whole.
    public var rounding: BondRounding?
    /// What is withheld.
    public var tax: TaxRule?
    /// Grace, and what follows it.
    public var defaults: BondDefaultTerms?
    /// Who is paid on pledged units.
    public var pledgedIncome: PledgedIncome?

    /// A sheet with nothing on it.
    public init() {}
}
