/// A yield as bids and terms state it: decimal text, exact, within bounds.
public struct YieldRate: Hashable, Comparable, Sendable {
    /// Decimals that the text may have.
    public static let decimalCountMax = 12
    /// The lowest yield: -50 % a year.
    public static let minimum = -half
    /// The highest yield: 100 % a year.
    public static let maximum = Ratio.one

    private static let half: Ratio = {
        guard let half = try? Ratio(numerator: 1, denominator: 2) else { preconditionFailure("2 is not 0") }
        return half
    }()

    /// The annual rate as a fraction: 0.0675 for 6.75 %.
    public let value: Ratio

    /// The rate that the text writes: an optional minus sign, one digit, and at most a point with 1 ... 12 digits.
    ///
    /// Throws ``PricingFailure/malformedYield`` for any other form, `-0` with it; ``PricingFailure/yieldOutOfRange``.
    public init(_ text: some StringProtocol) throws(PricingFailure) {
        let bytes = Array(text.utf8)
        let body = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        let parts = body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }),
            parts[0].count == 1, parts.count == 1 || (1...YieldRate.decimalCountMax).contains(parts[1].count),
            let value = try? Ratio(decimal: text), !value.isZero || bytes.first != UInt8(ascii: "-")
        else { throw .malformedYield }
        guard YieldRate.minimum <= value, value <= YieldRate.maximum else { throw .yieldOutOfRange }
        self.value = value
    }

    public static func < (left: YieldRate, right: YieldRate) -> Bool { left.value < right.value }
}
