/// The first place at which cash flows are not the expected ones.
public enum CashFlowDifference: Hashable, Sendable {
    /// There are more or fewer of them.
    case count(expected: Int, found: Int)
    /// A field of one of them is another, or beyond the tolerance. Rows are counted from 1.
    case field(row: Int, name: String, expected: String, found: String)

    /// How far a number may be from the expected one: times the greater of 1 and the expected one's magnitude. Expected
    /// numbers are printed binary numbers, so their last digits are noise.
    public static let tolerance = "1e-9"

    /// The first difference, or nil if there is none. Times, kinds and currencies are compared exactly.
    ///
    /// - Throws: ``ArithmeticFailure/tooLarge``.
    public static func first(
        expected: [CashFlow],
        found: [CashFlow]
    ) throws(ArithmeticFailure) -> CashFlowDifference? {
        let tolerance = try Ratio(decimal: tolerance)
        for (index, (expected, found)) in zip(expected, found).enumerated() {
            let texts = [
                ("eventDate", "\(expected.eventDate)", "\(found.eventDate)"),
                ("eventType", expected.eventType.rawValue, found.eventType.rawValue),
                ("currency", expected.currency, found.currency),
            ]
            if let (name, expected, found) = texts.first(where: { $0.1 != $0.2 }) {
                return .field(row: index + 1, name: name, expected: expected, found: found)
            }
            let numbers = [
                ("payoff", expected.payoff, found.payoff),
                ("notionalPrincipal", expected.notionalPrincipal, found.notionalPrincipal),
                ("nominalInterestRate", expected.nominalInterestRate, found.nominalInterestRate),
                ("accruedInterest", expected.accruedInterest, found.accruedInterest),
            ]
            for (name, expected, found) in numbers
            where try (found - expected).magnitude > tolerance * max(1, expected.magnitude) {
                return .field(
                    row: index + 1,
                    name: name,
                    expected: try expected.decimalText(decimals: 12, .halfEven),
                    found: try found.decimalText(decimals: 12, .halfEven)
                )
            }
        }
        guard expected.count == found.count else { return .count(expected: expected.count, found: found.count) }
        return nil
    }
}

extension CashFlowDifference: CustomStringConvertible {
    /// A clause that names row and field.
    public var description: String {
        switch self {
        case .count(let expected, let found): "\(expected) events are expected, there are \(found)"
        case .field(let row, let name, let expected, let found):
            "event \(row) has the \(name) \(Self.short(found)), expected is \(Self.short(expected))"
        }
    }

    /// Enough of a text to find it by: a number may have thousands of digits.
    private static func short(_ text: String) -> String { text.count <= 60 ? text : "\(text.prefix(60))..." }
}
