import Testing
import Tokenize

/// Ratios against fractions of 128-bit integers.
@Suite("Ratios calculate as fractions do")
struct RatioPropertyTests {
    private static let caseCount = 500

    private func ratio(_ fraction: SmallFraction) throws -> Ratio {
        try Ratio(numerator: fraction.numerator, denominator: fraction.denominator)
    }

    @Test("the four operations, order, equality and hashing", arguments: SeededRandom.seeds(4))
    func operations(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            let (left, right) = (SmallFraction.random(&generator), SmallFraction.random(&generator))
            let (a, b) = (try ratio(left), try ratio(right))
            #expect(try (a + b).description == (left + right).description, "seed \(seed): \(left) + \(right)")
            #expect(try (a - b).description == (left - right).description, "seed \(seed): \(left) - \(right)")
            #expect(try (a * b).description == (left * right).description, "seed \(seed): \(left) * \(right)")
            if right.numerator != 0 {
                #expect(try (a / b).description == (left / right).description, "seed \(seed): \(left) / \(right)")
            }
            #expect((a < b) == (left < right), "seed \(seed): \(left) < \(right)")
            #expect((a == b) == (left == right), "seed \(seed): \(left) == \(right)")
            let again = try a + b - b
            #expect(again == a && again.hashValue == a.hashValue, "seed \(seed): \(left) + \(right) - \(right)")
            #expect((-a).description == SmallFraction(-left.numerator, left.denominator).description)
            #expect(a.sign == Int(left.numerator.signum()) && a.magnitude.sign >= 0)
            #expect(Int128(exactly: a.numerator) == left.numerator)
            #expect(Int128(exactly: a.denominator) == left.denominator)
        }
    }

    @Test("powers are repeated products, with negative exponents of the inverse", arguments: SeededRandom.seeds(2))
    func powers(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<50 {
            let base = try ratio(SmallFraction.random(&generator))
            var product = Ratio.one
            for exponent in 0...12 {
                #expect(try base.power(exponent) == product, "seed \(seed): \(base)^\(exponent)")
                if !base.isZero {
                    #expect(try base.power(-exponent) == Ratio.one / product, "seed \(seed): \(base)^-\(exponent)")
                }
                try product *= base
            }
        }
    }

    @Test("rounding keeps to each mode's definition", arguments: SeededRandom.seeds(4))
    func rounding(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            // Halves among them, so that ties come up.
            let denominator = Int128(Int.random(in: 1...6, using: &generator))
            let fraction = SmallFraction(Int128(Int.random(in: -40...40, using: &generator)), denominator)
            let exact = try ratio(fraction)
            for mode in Rounding.allCases {
                let expected = Self.rounded(fraction, mode)
                #expect(Int128(exactly: exact.rounded(mode)) == expected, "seed \(seed): \(fraction) \(mode)")
                let tenth = try (exact / 1_000).rounded(toDecimals: 3, mode)
                #expect(try tenth * 1_000 == Ratio(expected), "seed \(seed): \(fraction)/1000 \(mode)")
            }
        }
    }

    /// By the definitions: the candidates are the whole numbers on either side.
    private static func rounded(_ fraction: SmallFraction, _ mode: Rounding) -> Int128 {
        let cut = fraction.numerator / fraction.denominator
        let rest = fraction.numerator % fraction.denominator
        guard rest != 0 else { return cut }
        let away = cut + rest.signum()
        let twice = Int128(rest.magnitude) * 2
        switch mode {
        case .towardZero: return cut
        case .awayFromZero: return away
        case .floor: return min(cut, away)
        case .ceiling: return max(cut, away)
        case .halfEven where twice == fraction.denominator: return cut % 2 == 0 ? cut : away
        case .halfUp where twice == fraction.denominator: return away
        case .halfDown where twice == fraction.denominator: return cut
        case .halfEven, .halfUp, .halfDown: return twice > fraction.denominator ? away : cut
        }
    }

    @Test("decimal text comes back as the same number", arguments: SeededRandom.seeds(4))
    func decimalRoundTrip(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            let digits = Int128.random(in: -(1 << 100)...(1 << 100), using: &generator)
            let decimals = Int.random(in: 0...40, using: &generator)
            let exact = try Ratio(digits) / Ratio(10).power(decimals)
            let text = try exact.decimalText(decimals: decimals, .halfEven)
            #expect(try Ratio(decimal: text) == exact, "seed \(seed): \(text)")
            #expect(try Ratio(decimal: "\(digits)e-\(decimals)") == exact, "seed \(seed): \(text)")
            #expect(
                text.filter { $0 != "." && $0 != "-" }.drop { $0 == "0" } == "\(digits.magnitude)".drop { $0 == "0" }
            )
        }
    }

    @Test("integers of every width come back", arguments: SeededRandom.seeds(2))
    func integers(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        let edges: [Int128] = [.min, .min + 1, -1, 0, 1, .max, Int128(Int64.min), Int128(Int64.min) - 1]
        for value in edges + (0..<Self.caseCount).map({ _ in .random(in: .min ... .max, using: &generator) }) {
            #expect(Int128(exactly: Ratio(value)) == value && Ratio(value).description == "\(value)")
            #expect(UInt128(exactly: Ratio(value)) == UInt128(exactly: value))
            #expect(Int64(exactly: Ratio(value)) == Int64(exactly: value))
            #expect(UInt8(exactly: Ratio(value)) == UInt8(exactly: value))
            #expect(Int8(exactly: Ratio(value)) == Int8(exactly: value))
        }
        #expect(Int8(exactly: Ratio(-128)) == -128 && Int8(exactly: Ratio(-129)) == nil)
        #expect(UInt128(exactly: Ratio(UInt128.max)) == .max)
        #expect(try UInt128(exactly: Ratio(UInt128.max) + 1) == nil)
        #expect(try Int128(exactly: Ratio(Int128.min) - 1) == nil)
        #expect(try Int(exactly: Ratio(numerator: 1, denominator: 2)) == nil)
    }
}
