/// How a yield discounts.
public struct YieldConvention: Hashable, Sendable {
    /// How interest on the yield grows.
    public enum Compounding: UInt8, Hashable, Sendable, CaseIterable {
        /// `1 + y t`, with the whole time to the payment: bills, and bonds in their last coupon period.
        case simple = 1
        /// `(1 + y/f)^(f t)`: street convention.
        case compounded = 2
        /// `1 + y t` up to the next payment, `(1 + y/f)^(f t)` from one payment to the next after it.
        case simpleThenCompounded = 3
    }

    /// Compoundings a year.
    public static let frequencyMax = 12

    /// How interest grows.
    public let compounding: Compounding
    /// Compoundings a year: `f`.
    public let frequency: Int
    /// How the time between payments is counted; nil as the bond counts its interest.
    public let dayCount: DayCount?

    /// A convention, or ``PricingFailure/malformedFrequency``.
    public init(_ compounding: Compounding, frequency: Int, dayCount: DayCount? = nil) throws(PricingFailure) {
        guard (1...YieldConvention.frequencyMax).contains(frequency) else { throw .malformedFrequency }
        self.compounding = compounding
        self.frequency = frequency
        self.dayCount = dayCount
    }
}
