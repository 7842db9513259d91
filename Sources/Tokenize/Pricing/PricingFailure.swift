/// Why there is no price, yield or accrued interest.
public enum PricingFailure: Error, Hashable, Sendable {
    /// A date, calendar or day count gives no answer.
    case convention(ConventionFailure)
    /// An exact number grew beyond its limit, or was divided by zero.
    case arithmetic(ArithmeticFailure)
    /// More coupon rates or notionals than the bond has periods.
    case tooManyRates
    /// Notionals that grow, or end at zero or below.
    case malformedNotionals
    /// A negative number of ex-coupon days, or more than ``ExCoupon/dayCountMax``.
    case malformedExCoupon
    /// The settlement is before the issue, or all is paid by then.
    case nothingOutstanding(CalendarDate)
    /// Not ``YieldRate``'s decimal text.
    case malformedYield
    /// A yield outside ``YieldRate/minimum`` ... ``YieldRate/maximum``.
    case yieldOutOfRange
    /// Not 1 ... ``YieldConvention/frequencyMax`` compoundings a year.
    case malformedFrequency
    /// No yield in the range that is searched gives the price.
    case noYield
    /// A bill with no days, basis, price or face above zero.
    case malformedBill
}

extension PricingFailure {
    /// What `body` calculates, its failure as one of pricing.
    static func exact<Result>(_ body: () throws(ArithmeticFailure) -> Result) throws(PricingFailure) -> Result {
        do { return try body() } catch { throw .arithmetic(error) }
    }

    /// What `body` finds, its failure as one of pricing.
    static func dated<Result>(_ body: () throws(ConventionFailure) -> Result) throws(PricingFailure) -> Result {
        do { return try body() } catch { throw .convention(error) }
    }
}
