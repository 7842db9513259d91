/// Powers with fractional exponents in whole numbers: a stated procedure, so that all who follow it get equal digits.
///
/// Numbers are counts of 10^-40. Every division rounds down. Specs/09 states the steps, and `Specs/vectors` has results
/// of another implementation. The result is within 10^-37 of the true value for bases from 1/2 to 2.
enum FractionalPower {
    /// Decimals of a result.
    static let decimalCount = 40

    /// One, as a count.
    private static let scale: Ratio = {
        guard let scale = try? Ratio(10 as Int).power(decimalCount) else { preconditionFailure("10^40 is too large") }
        return scale
    }()

    /// `base^exponent` for a base from 1/2 to 2 and an exponent above 0 and below 1, to ``decimalCount`` decimals.
    static func power(_ base: Ratio, _ exponent: Ratio) throws(ArithmeticFailure) -> Ratio {
        let isBelowOne = base < .one
        let logarithm = try logarithm(isBelowOne ? .one / base : base)
        let growth = try exponential((logarithm * exponent).rounded(.floor))
        return try isBelowOne ? (scale * scale / growth).rounded(.floor) / scale : growth / scale
    }

    /// The quotient rounded down to ``decimalCount`` decimals.
    static func truncated(_ ratio: Ratio) throws(ArithmeticFailure) -> Ratio {
        try (ratio * scale).rounded(.floor) / scale
    }

    /// The natural logarithm of a number from 1 to 2, as a count: `2 (z + z^3/3 + z^5/5 + ...)` for `z = (x-1)/(x+1)`.
    private static func logarithm(_ number: Ratio) throws(ArithmeticFailure) -> Ratio {
        let z = try (scale * (number - 1) / (number + 1)).rounded(.floor)
        let square = try (z * z / scale).rounded(.floor)
        var (term, sum, divisor) = (z, z, 1)
        while !term.isZero {
            term = try (term * square / scale).rounded(.floor)
            divisor += 2
            sum = try sum + (term / Ratio(divisor)).rounded(.floor)
        }
        return try sum * 2
    }

    /// The exponential of a count from 0 to that of ln 2, as a count: `1 + u + u^2/2 + u^3/6 + ...`.
    private static func exponential(_ count: Ratio) throws(ArithmeticFailure) -> Ratio {
        var (term, sum, index) = (scale, scale, 0)
        while !term.isZero {
            index += 1
            term = try (term * count / (scale * Ratio(index))).rounded(.floor)
            sum = try sum + term
        }
        return sum
    }
}
