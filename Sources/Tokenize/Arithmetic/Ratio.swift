import CGMP

/// An exact rational number: rates, year fractions, prices and accruals, until one named ``Rounding`` makes them units.
///
/// Always reduced, denominator positive, so equal numbers have equal forms. A value: copies are independent and may be
/// used by any thread.
///
/// Sums, differences, products, quotients and powers throw ``ArithmeticFailure``, because numbers from outside can
/// divide by zero or grow without end. One `try` covers an expression:
///
///     let accrued = try face * rate * dayCount / 365
///
/// Negation, comparison, rounding to a whole number and conversion of integers have a result always. Nothing here
/// ends the process.
public struct Ratio: Sendable {
    /// Bits that numerator and denominator may have each: some 19,700 decimal digits.
    public static let bitCountMax = 65_536

    /// 0.
    public static let zero = Ratio(0 as Int)
    /// 1.
    public static let one = Ratio(1 as Int)

    let number: RationalNumber

    /// Takes what GMP made of operands that are within the limit, and checks that the result is too.
    init(checking number: RationalNumber) throws(ArithmeticFailure) {
        guard number.bitCount <= Ratio.bitCountMax else { throw .tooLarge }
        self.number = number
    }

    /// Takes a number that cannot exceed the limit.
    init(_ number: RationalNumber) { self.number = number }

    /// A whole number. The widest integers of the standard library have 128 bits; a type with more than
    /// ``bitCountMax`` bits is a programmer's mistake.
    public init(_ integer: some FixedWidthInteger) {
        precondition(integer.bitWidth <= Ratio.bitCountMax, "an integer type wider than Ratio.bitCountMax")
        number = RationalNumber { $0._mp_num.set(integer) }
    }

    /// `numerator / denominator`, reduced.
    ///
    /// - Throws: ``ArithmeticFailure/divisionByZero`` if the denominator is 0.
    public init(
        numerator: some FixedWidthInteger,
        denominator: some FixedWidthInteger
    ) throws(ArithmeticFailure) {
        self = try Ratio(numerator) / Ratio(denominator)
    }

    /// The numerator of the reduced fraction, with the sign.
    public var numerator: Ratio {
        Ratio(RationalNumber { copy in number.readNumerator { __gmpz_set(&copy._mp_num, $0) } })
    }

    /// The denominator of the reduced fraction, 1 or more.
    public var denominator: Ratio {
        Ratio(RationalNumber { copy in number.readDenominator { __gmpz_set(&copy._mp_num, $0) } })
    }

    /// True if there is no fractional part.
    public var isWhole: Bool { number.readDenominator { __gmpz_cmp_ui($0, 1) } == 0 }

    /// -1, 0 or 1.
    public var sign: Int { number.read { Int($0.pointee._mp_num._mp_size.signum()) } }

    /// True for 0.
    public var isZero: Bool { sign == 0 }

    /// The nearest binary number towards zero, infinite where there is none: for charts and people, never for money.
    public var doubleValue: Double { number.read { __gmpq_get_d($0) } }
}

extension Ratio: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension Ratio: CustomStringConvertible {
    /// `numerator/denominator`, or only the numerator of a whole number; exact.
    public var description: String {
        let numerator = number.readNumerator { Ratio.digits($0) }
        return isWhole ? numerator : numerator + "/" + number.readDenominator { Ratio.digits($0) }
    }

    /// The decimal digits of an integer, with `-` before a negative one.
    static func digits(_ integer: UnsafePointer<__mpz_struct>) -> String {
        // Room for the sign and the closing zero byte (GMP manual, "Converting Integers").
        let capacity = __gmpz_sizeinbase(integer, 10) + 2
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let text = __gmpz_get_str(buffer.baseAddress, 10, integer) else { return "" }
            return String(cString: text)
        }
    }
}
