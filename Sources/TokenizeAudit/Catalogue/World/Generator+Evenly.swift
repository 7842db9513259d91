extension Generator<Int> {
    /// Any number of a range, equally likely: which of several things happens is no number with ends to try.
    static func evenly(in range: ClosedRange<Int>) -> Generator {
        Generator { (choices: inout ChoiceSource) throws(Discard) in
            range.lowerBound + Int(try choices.choose(upTo: UInt64(range.upperBound - range.lowerBound)))
        }
    }
}

extension Trial {
    /// Any number of a range, equally likely.
    mutating func number(_ range: ClosedRange<Int>) throws -> Int { try draw(.evenly(in: range)) }
}
