import CGMP

extension Ratio {
    /// Decimals that a number may be rounded or written to.
    public static let decimalCountMax = 10_000

    /// The whole number that `rounding` makes of it.
    public func rounded(_ rounding: Rounding) -> Ratio {
        guard !isWhole else { return self }
        return Ratio(
            RationalNumber { result in
                let isUp = number.read { value in
                    var (numerator, denominator) = (value.pointee._mp_num, value.pointee._mp_den)
                    var remainder = __mpz_struct()
                    __gmpz_init(&remainder)
                    defer { __gmpz_clear(&remainder) }
                    __gmpz_fdiv_qr(&result._mp_num, &remainder, &numerator, &denominator)
                    var double = __mpz_struct()
                    __gmpz_init(&double)
                    defer { __gmpz_clear(&double) }
                    __gmpz_mul_2exp(&double, &remainder, 1)
                    let isOdd = __gmpz_tstbit(&result._mp_num, 0) == 1
                    return rounding.takesUpper(
                        half: __gmpz_cmp(&double, &denominator),
                        isNegative: numerator._mp_size < 0,
                        isLowerOdd: isOdd
                    )
                }
                guard isUp else { return }
                var lower = result._mp_num
                __gmpz_init(&result._mp_num)
                __gmpz_add_ui(&result._mp_num, &lower, 1)
                __gmpz_clear(&lower)
            }
        )
    }

    /// The number with at most so many decimals that `rounding` makes of it.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``, also if `decimals` is outside 0 ... ``decimalCountMax``.
    public func rounded(toDecimals decimals: Int, _ rounding: Rounding) throws(ArithmeticFailure) -> Ratio {
        let scale = try Ratio.powerOfTen(decimals)
        return try (self * scale).rounded(rounding) / scale
    }

    /// 10 to a power of 0 ... ``decimalCountMax``.
    static func powerOfTen(_ exponent: Int) throws(ArithmeticFailure) -> Ratio {
        guard (0...decimalCountMax).contains(exponent) else { throw .tooLarge }
        return try Ratio(10 as Int).power(exponent)
    }
}

extension Rounding {
    /// True if of two neighbours the upper is taken.
    ///
    /// - Parameters:
    ///   - half: The sign of the distance to the lower neighbour less one half.
    ///   - isNegative: Whether the number is below zero.
    ///   - isLowerOdd: Whether the lower neighbour is odd.
    fileprivate func takesUpper(half: Int32, isNegative: Bool, isLowerOdd: Bool) -> Bool {
        switch self {
        case .floor: false
        case .ceiling: true
        case .towardZero: isNegative
        case .awayFromZero: !isNegative
        case .halfEven: half > 0 || half == 0 && isLowerOdd
        case .halfUp: half > 0 || half == 0 && !isNegative
        case .halfDown: half > 0 || half == 0 && isNegative
        }
    }
}
