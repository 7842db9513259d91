import CGMP

extension Ratio {
    /// The sum.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``.
    public static func + (left: Ratio, right: Ratio) throws(ArithmeticFailure) -> Ratio {
        try combine(left, right) { __gmpq_add($0, $1, $2) }
    }

    /// The difference.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``.
    public static func - (left: Ratio, right: Ratio) throws(ArithmeticFailure) -> Ratio {
        try combine(left, right) { __gmpq_sub($0, $1, $2) }
    }

    /// The product.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``.
    public static func * (left: Ratio, right: Ratio) throws(ArithmeticFailure) -> Ratio {
        try combine(left, right) { __gmpq_mul($0, $1, $2) }
    }

    /// The quotient.
    ///
    /// - Throws: ``ArithmeticFailure/divisionByZero``, ``ArithmeticFailure/tooLarge``.
    public static func / (left: Ratio, right: Ratio) throws(ArithmeticFailure) -> Ratio {
        guard !right.isZero else { throw .divisionByZero }
        return try combine(left, right) { __gmpq_div($0, $1, $2) }
    }

    /// Adds the right-hand number, under the same conditions as the operator without `=`.
    public static func += (left: inout Ratio, right: Ratio) throws(ArithmeticFailure) { left = try left + right }

    /// Subtracts the right-hand number, under the same conditions as the operator without `=`.
    public static func -= (left: inout Ratio, right: Ratio) throws(ArithmeticFailure) { left = try left - right }

    /// Multiplies by the right-hand number, under the same conditions as the operator without `=`.
    public static func *= (left: inout Ratio, right: Ratio) throws(ArithmeticFailure) { left = try left * right }

    /// Divides by the right-hand number, under the same conditions as the operator without `=`.
    public static func /= (left: inout Ratio, right: Ratio) throws(ArithmeticFailure) { left = try left / right }

    /// The number with the other sign.
    public static prefix func - (ratio: Ratio) -> Ratio {
        Ratio(RationalNumber { result in ratio.number.read { __gmpq_neg(&result, $0) } })
    }

    /// The number without its sign.
    public var magnitude: Ratio { sign < 0 ? -self : self }

    /// The power with a whole exponent, negative ones included; a power of exponent 0 is 1, that of 0 too.
    ///
    /// - Throws: ``ArithmeticFailure/divisionByZero`` for 0 with a negative exponent, ``ArithmeticFailure/tooLarge``.
    public func power(_ exponent: Int) throws(ArithmeticFailure) -> Ratio {
        guard exponent >= 0 || !isZero else { throw .divisionByZero }
        // A power of a number of b bits has more than (b - 1) * exponent bits, so this comes before the work.
        let (bitCount, overflow) = UInt(number.bitCount - 1).multipliedReportingOverflow(by: exponent.magnitude)
        guard !overflow, bitCount < Ratio.bitCountMax else { throw .tooLarge }
        return try Ratio(
            checking: RationalNumber { result in
                number.readNumerator { __gmpz_pow_ui(&result._mp_num, $0, exponent.magnitude) }
                number.readDenominator { __gmpz_pow_ui(&result._mp_den, $0, exponent.magnitude) }
                guard exponent < 0 else { return }
                // Reduced still, and only the sign may stand in the wrong place.
                swap(&result._mp_num, &result._mp_den)
                if result._mp_den._mp_size < 0 {
                    result._mp_num._mp_size.negate()
                    result._mp_den._mp_size.negate()
                }
            }
        )
    }

    /// Both operands are within the limit, so that no operation on them can need more memory than twice that.
    private static func combine(
        _ left: Ratio,
        _ right: Ratio,
        _ operation: (
            UnsafeMutablePointer<__mpq_struct>, UnsafePointer<__mpq_struct>, UnsafePointer<__mpq_struct>
        ) -> Void
    ) throws(ArithmeticFailure) -> Ratio {
        try Ratio(
            checking: RationalNumber { result in
                left.number.read { left in right.number.read { right in operation(&result, left, right) } }
            }
        )
    }
}
