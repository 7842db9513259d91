/// Why a calculation with ratios has no result.
public enum ArithmeticFailure: Error, Hashable, Sendable {
    /// The divisor is zero, or zero is raised to a negative power.
    case divisionByZero
    /// The numerator or the denominator of the result would have more than ``Ratio/bitCountMax`` bits.
    case tooLarge
    /// The text is not a decimal number.
    case notDecimal
    /// The value is not a whole number of the integer type that it is wanted as, or is outside its range.
    case doesNotFit
}

extension ArithmeticFailure: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .divisionByZero: "division by zero"
        case .tooLarge: "a number has more than \(Ratio.bitCountMax) bits"
        case .notDecimal: "not a decimal number"
        case .doesNotFit: "a number does not fit the integers that it is wanted as"
        }
    }
}
