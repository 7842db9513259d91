import Tokenize

/// A fraction of whole numbers as one writes it on paper, for books that are kept by hand.
struct HandFraction: Hashable, Comparable, Sendable {
    let numerator: Int128
    /// Above 0, and without a divisor in common with the numerator.
    let denominator: Int128

    static let zero = HandFraction(0)

    init(_ numerator: Int128, over denominator: Int128 = 1) {
        let common = Self.divisor(numerator < 0 ? -numerator : numerator, denominator)
        self.numerator = numerator / common
        self.denominator = denominator / common
    }

    var isZero: Bool { numerator == 0 }

    static func + (left: HandFraction, right: HandFraction) -> HandFraction {
        // Over the least common denominator, so that numbers stay small.
        let common = divisor(left.denominator, right.denominator)
        return HandFraction(
            left.numerator * (right.denominator / common) + right.numerator * (left.denominator / common),
            over: left.denominator / common * right.denominator
        )
    }

    /// The greatest common divisor of numbers that are not negative.
    private static func divisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }

    static func - (left: HandFraction, right: HandFraction) -> HandFraction {
        left + HandFraction(-right.numerator, over: right.denominator)
    }

    /// The fraction times a whole number over another, above 0.
    func times(_ factor: Int128, over divisor: Int128 = 1) -> HandFraction {
        let first = HandFraction(numerator, over: divisor)
        let second = HandFraction(factor, over: denominator)
        return HandFraction(first.numerator * second.numerator, over: first.denominator * second.denominator)
    }

    /// As the engine has it.
    func ratio() throws -> Ratio { try Ratio(numerator: numerator, denominator: denominator) }

    /// The fraction over another one above 0.
    func over(_ other: HandFraction) -> HandFraction { times(other.denominator, over: other.numerator) }

    static func < (left: HandFraction, right: HandFraction) -> Bool { (left - right).numerator < 0 }

    /// A whole number near a fraction that is not negative, by the words of section 12.1.
    func rounded(_ rounding: Rounding) -> Int128 {
        let (whole, rest) = (numerator / denominator, numerator % denominator)
        let isUp =
            switch rounding {
            case .towardZero, .floor: false
            case .awayFromZero, .ceiling: rest > 0
            case .halfUp: 2 * rest >= denominator
            case .halfDown: 2 * rest > denominator
            case .halfEven: 2 * rest > denominator || (2 * rest == denominator && whole % 2 == 1)
            }
        return whole + (isUp ? 1 : 0)
    }

    /// So many decimals of a fraction that is not negative.
    func rounded(toDecimals count: Int, _ rounding: Rounding) -> HandFraction {
        let scale = (0..<count).reduce(Int128(1)) { scale, _ in 10 * scale }
        return HandFraction(times(scale).rounded(rounding), over: scale)
    }

    /// The nearest whole number, of a fraction that is not negative; a half goes to the even one.
    var halfEven: Int128 { rounded(.halfEven) }

    /// The nearest number of two decimals, of a fraction that is not negative; a half goes up.
    var cents: HandFraction { rounded(toDecimals: 2, .halfUp) }
}
