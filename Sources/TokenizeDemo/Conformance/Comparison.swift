import Tokenize

/// Collects what differs between what was calculated and what a case expects.
struct Comparison {
    private(set) var differences: [String] = []

    /// Compares values that must be equal.
    mutating func expect<Value: Equatable>(_ name: String, _ found: Value, _ expected: Value) {
        if found != expected { differences.append("\(name) is \(found), not \(expected)") }
    }

    /// Compares values of which either may be absent.
    mutating func expect<Value: Equatable>(_ name: String, _ found: Value?, _ expected: Value?) {
        guard found != expected else { return }
        let texts = [found, expected].map { value in value.map { "\($0)" } ?? "absent" }
        differences.append("\(name) is \(texts[0]), not \(texts[1])")
    }

    /// Compares numbers that may be `tolerance` apart; what is no number is equal to nothing.
    mutating func expect(_ name: String, _ found: Double, _ expected: Double, within tolerance: Double) {
        if !((found - expected).magnitude <= tolerance) { differences.append("\(name) is \(found), not \(expected)") }
    }
}

/// How far binary numbers may be from the ones that a case expects.
enum Tolerance {
    /// Of a year fraction: absolute below one year, relative above.
    static func yearFraction(_ expected: Double) -> Double { 1e-14 * max(1, expected.magnitude) }
    /// Of an amount for each 100 of face.
    static let amountPer100 = 1e-9
    static let yield = 1e-9
    /// Of durations and convexity, relative.
    static func risk(_ expected: Double) -> Double { 1e-8 * expected.magnitude }
}
