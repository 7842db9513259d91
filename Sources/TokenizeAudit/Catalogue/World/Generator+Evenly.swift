extension Generator<Int> {
    /// Any number of a range, equally likely: which of several things happens is no number with ends to try.
    static func evenly(in range: ClosedRange<Int>) -> Generator { .element(of: Array(range)) }
}

extension Trial {
    /// Any number of a range, equally likely.
    mutating func number(_ range: ClosedRange<Int>) throws -> Int { try draw(.evenly(in: range)) }
}
