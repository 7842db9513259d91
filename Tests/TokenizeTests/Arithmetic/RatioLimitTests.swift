import Testing
import Tokenize

/// What has no result says so, and nothing ends the process.
@Suite("Ratios refuse what has no result")
struct RatioLimitTests {
    /// A number of exactly the limit's bits.
    private func largest() throws -> Ratio { try Ratio(2).power(Ratio.bitCountMax - 1) }

    @Test("division by zero")
    func divisionByZero() throws {
        #expect(throws: ArithmeticFailure.divisionByZero) { try Ratio.one / 0 }
        #expect(throws: ArithmeticFailure.divisionByZero) { try Ratio.zero / 0 }
        #expect(throws: ArithmeticFailure.divisionByZero) { try Ratio(numerator: 5, denominator: 0) }
        #expect(throws: ArithmeticFailure.divisionByZero) { try Ratio.zero.power(-1) }
        #expect(throws: ArithmeticFailure.divisionByZero) { try Ratio.zero.power(.min) }
        #expect(try Ratio.zero.power(0) == 1)
    }

    @Test("a denominator's sign moves to the numerator")
    func sign() throws {
        #expect(try Ratio(numerator: 6, denominator: -4).description == "-3/2")
        #expect(try Ratio(numerator: -6, denominator: -4).description == "3/2")
        #expect(try Ratio(numerator: Int128.min, denominator: Int128.min).description == "1")
        #expect(try Ratio(numerator: -2, denominator: 3).power(-3).description == "-27/8")
    }

    @Test("numbers grow to the limit and no further")
    func growth() throws {
        let largest = try largest()
        #expect(throws: ArithmeticFailure.tooLarge) { try largest * 2 }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest + largest }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio.one / largest / 2 }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest * largest }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest - Ratio.one / largest }
        #expect(throws: ArithmeticFailure.tooLarge) { try -largest - largest }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest / (Ratio.one / largest) }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest.rounded(toDecimals: 1, .halfEven) }
        #expect(throws: ArithmeticFailure.tooLarge) { try largest.decimalText(decimals: 1, .halfEven) }
        #expect(try largest / largest == 1)
        #expect(try largest - 1 < largest && -largest < largest)
        #expect(try (Ratio.one / largest).rounded(.ceiling) == 1)
    }

    @Test("powers beyond the limit are refused before the work")
    func powers() throws {
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(2).power(Ratio.bitCountMax) }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(3).power(Int.max) }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(-3).power(Int.min) }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(3).power(Ratio.bitCountMax - 1) }
        #expect(try Ratio(-1).power(Int.max) == -1)
        #expect(try Ratio(1).power(Int.min) == 1)
    }

    @Test(
        "text that is no decimal number",
        arguments: [
            "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1 ", " 1", "1,5", "0x1", "1.2.3", "--1", "1e5.0", "inf", "nan",
            "١", "1\0", "1_000", "½",
        ]
    )
    func notDecimal(text: String) {
        #expect(throws: ArithmeticFailure.notDecimal) { try Ratio(decimal: text) }
    }

    @Test("decimal text beyond the limits")
    func longDecimals() throws {
        let digits = String(repeating: "9", count: Ratio.decimalDigitCountMax)
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(decimal: digits + "9") }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(decimal: "0." + digits + "0") }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(decimal: "1e10001") }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(decimal: "0e99999999999999999999999999") }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio(decimal: digits + "e10000") }
        #expect(try Ratio(decimal: digits).description == digits)
        #expect(try Ratio(decimal: "1e10000") == Ratio(10).power(10_000))
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio.one.rounded(toDecimals: 10_001, .floor) }
        #expect(throws: ArithmeticFailure.tooLarge) { try Ratio.one.decimalText(decimals: -1, .floor) }
    }

    @Test(
        "decimal text",
        arguments: [
            ("0.0695", "139/2000"), ("-12", "-12"), ("+.5", "1/2"), ("5.", "5"), ("-0", "0"), ("000.50", "1/2"),
            ("-1.5e3", "-1500"), ("2.5E-3", "1/400"), ("1e+2", "100"), ("0.1e-0", "1/10"), ("00e7", "0"),
        ]
    )
    func decimal(text: String, fraction: String) throws {
        #expect(try Ratio(decimal: text).description == fraction)
    }

    @Test("decimals as written")
    func decimalText() throws {
        let third = try Ratio(numerator: -1, denominator: 3)
        #expect(try third.decimalText(decimals: 4, .halfEven) == "-0.3333")
        #expect(try third.decimalText(decimals: 4, .floor) == "-0.3334")
        #expect(try third.decimalText(decimals: 0, .towardZero) == "0")
        #expect(try third.decimalText(decimals: 0, .awayFromZero) == "-1")
        #expect(try Ratio(1_200).decimalText(decimals: 2, .halfUp) == "1200.00")
        #expect(try Ratio(numerator: -1, denominator: 2_000).decimalText(decimals: 3, .halfEven) == "0.000")
    }

    @Test("quantities")
    func quantities() throws {
        let half = try Ratio(numerator: 5, denominator: 2)
        #expect(try Quantity(half, .halfEven) == 2 && Quantity(half, .halfUp) == 3)
        #expect(Quantity(exactly: half) == nil && Quantity(exactly: Ratio(Quantity.max)) == .max)
        #expect(throws: ArithmeticFailure.doesNotFit) { try Quantity(-1, .floor) }
        #expect(throws: ArithmeticFailure.doesNotFit) { try Quantity(Ratio(Quantity.max) + 1, .floor) }
        #expect(try Quantity(Ratio(numerator: -1, denominator: 3), .ceiling) == .zero)
    }

    @Test("for people: the binary number")
    func double() throws {
        #expect(try Ratio(numerator: -3, denominator: 4).doubleValue == -0.75)
        #expect(try largest().doubleValue == .infinity)
    }

    @Test("a copy keeps its value when the original changes")
    func values() throws {
        var changed = Ratio(7)
        let copy = changed
        try changed += 1
        try changed *= changed
        try changed -= 4
        try changed /= 60
        #expect(changed == 1 && copy == 7)
    }
}
