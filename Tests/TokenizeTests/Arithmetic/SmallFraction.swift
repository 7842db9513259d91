/// A fraction of small numbers, calculated with 128-bit integers: what ratios are compared with.
struct SmallFraction: Equatable, CustomStringConvertible {
    let numerator: Int128
    let denominator: Int128

    /// The reduced fraction; the denominator must not be 0.
    init(_ numerator: Int128, _ denominator: Int128) {
        var (larger, smaller) = (numerator.magnitude, denominator.magnitude)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        let divisor = Int128(larger) * (denominator < 0 ? -1 : 1)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Fractions of up to 28 bits a side, so that no product of two needs more than 127; many are whole or zero.
    static func random(_ generator: inout SeededRandom) -> SmallFraction {
        let bits = Int128(1) << Int128.random(in: 0...28, using: &generator)
        let numerator = Int128.random(in: -bits...bits, using: &generator)
        let denominator = Bool.random(using: &generator) ? 1 : Int128.random(in: 1...bits, using: &generator)
        return SmallFraction(numerator, denominator)
    }

    var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

    static func + (left: Self, right: Self) -> Self {
        Self(
            left.numerator * right.denominator + right.numerator * left.denominator,
            left.denominator * right.denominator
        )
    }

    static func - (left: Self, right: Self) -> Self { left + Self(-right.numerator, right.denominator) }

    static func * (left: Self, right: Self) -> Self {
        Self(left.numerator * right.numerator, left.denominator * right.denominator)
    }

    static func / (left: Self, right: Self) -> Self {
        Self(left.numerator * right.denominator, left.denominator * right.numerator)
    }

    static func < (left: Self, right: Self) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }
}
