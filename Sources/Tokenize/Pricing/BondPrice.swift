/// A price that may enter state: from a yield, by exact arithmetic and one stated procedure for fractional powers.
///
/// Where the times to all payments are whole numbers of compounding periods, or interest is simple, the price is the
/// exact rational number. Where they are not, the discount factor of a payment is a decimal number with 40 decimals
/// that Specs/09 defines step by step. So every implementation gets the same ratio, and after one named rounding the
/// same integer.
public struct BondPrice: Hashable, Sendable {
    /// The present value for each 100 outstanding, accrued interest included.
    public let dirty: Ratio
    /// The accrued interest for each 100 outstanding; negative after an ex date.
    public let accrued: Ratio
    /// The present value without accrued interest: what is quoted.
    public let clean: Ratio

    /// Decimals of a price in units.
    public static let decimalCountMax = 12

    /// The price of `flows` at a yield.
    public init(_ flows: StreetFlows, yield: YieldRate) throws(PricingFailure) {
        var discount = Discount(yield: yield.value, flows.convention)
        var sum = Ratio.zero
        for (index, flow) in flows.flows.enumerated() {
            let before = sum
            sum = try PricingFailure.exact { () throws(ArithmeticFailure) in
                try before + flow.amount * discount.factor(afterStep: flow.step, isFirst: index == 0)
            }
        }
        let (value, interest) = (sum, flows.accrued)
        dirty = value
        accrued = interest
        clean = try PricingFailure.exact { () throws(ArithmeticFailure) in try value - interest }
    }

    /// The clean price in units of 10^-`decimals` for each 100, rounded once.
    ///
    /// Throws ``ArithmeticFailure/doesNotFit`` for a negative price, ``ArithmeticFailure/tooLarge`` for more decimals
    /// than ``decimalCountMax``.
    public func cleanUnits(decimals: Int, _ rounding: Rounding) throws(ArithmeticFailure) -> Quantity {
        try BondPrice.units(clean, decimals, rounding)
    }

    /// The dirty price in units of 10^-`decimals` for each 100, rounded once; throws as ``cleanUnits(decimals:_:)``.
    public func dirtyUnits(decimals: Int, _ rounding: Rounding) throws(ArithmeticFailure) -> Quantity {
        try BondPrice.units(dirty, decimals, rounding)
    }

    private static func units(
        _ price: Ratio,
        _ decimals: Int,
        _ rounding: Rounding
    ) throws(ArithmeticFailure) -> Quantity {
        guard (0...decimalCountMax).contains(decimals) else { throw .tooLarge }
        return try Quantity(price * Ratio(10 as Int).power(decimals), rounding)
    }
}

/// Discount factors from one payment to the next.
private struct Discount {
    private let yield: Ratio
    private let frequency: Ratio
    private let compounding: YieldConvention.Compounding

    /// Years since the settlement, and those of them that are compounded.
    private var time = Ratio.zero
    private var compoundedTime = Ratio.zero
    /// The factor of what is not compounded.
    private var simpleFactor = Ratio.one
    /// Powers that were calculated: the payments of most bonds share one fraction of a period.
    private var powers: [Ratio: Ratio] = [:]

    init(yield: Ratio, _ convention: YieldConvention) {
        self.yield = yield
        frequency = Ratio(convention.frequency)
        compounding = convention.compounding
    }

    mutating func factor(afterStep step: Ratio, isFirst: Bool) throws(ArithmeticFailure) -> Ratio {
        time = try time + step
        switch compounding {
        case .simple: return try simple(time)
        case .simpleThenCompounded where isFirst:
            simpleFactor = try simple(step)
            return simpleFactor
        case .compounded, .simpleThenCompounded:
            compoundedTime = try compoundedTime + step
            return try simpleFactor * compounded(try compoundedTime * frequency)
        }
    }

    /// `1 / (1 + y t)`; a yield so negative that this is no discount factor divides by zero.
    private func simple(_ time: Ratio) throws(ArithmeticFailure) -> Ratio {
        let growth = try 1 + yield * time
        guard growth > .zero else { throw .divisionByZero }
        return try 1 / growth
    }

    /// `(1 + y/f)^-exponent`: exact for a whole exponent, else rounded down to 40 decimals.
    private mutating func compounded(_ exponent: Ratio) throws(ArithmeticFailure) -> Ratio {
        let base = try 1 + yield / frequency
        let whole = exponent.rounded(.floor)
        guard let count = Int(exactly: whole) else { throw .tooLarge }
        let exact = try base.power(-count)
        let fraction = try exponent - whole
        guard !fraction.isZero else { return exact }
        let power: Ratio
        if let known = powers[fraction] {
            power = known
        } else {
            power = try FractionalPower.power(base, fraction)
            powers[fraction] = power
        }
        return try FractionalPower.truncated(exact / power)
    }
}
