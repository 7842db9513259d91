/// Makes values from choices. The choice of all zeros makes the simplest value.
public struct Generator<Value>: Sendable {
    /// Makes one value.
    let make: @Sendable (inout ChoiceSource) throws(Discard) -> Value

    /// A generator that draws what it needs. A closure that throws says so, `throws(Discard)`: the compiler does not
    /// infer which type of error it is.
    ///
    /// ```swift
    /// let evenUnits = Generator<UInt64> { (choices: inout ChoiceSource) throws(Discard) in
    ///     try choices.choose(upTo: 75) * 2
    /// }
    /// ```
    public init(_ make: @escaping @Sendable (inout ChoiceSource) throws(Discard) -> Value) {
        self.make = make
    }

    /// What becomes of each value.
    public func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Generator<Other> {
        Generator<Other> { (choices: inout ChoiceSource) throws(Discard) in transform(try choices.draw(self)) }
    }

    /// A generator that depends on a value drawn before; both stay small when they shrink.
    public func flatMap<Other>(_ next: @escaping @Sendable (Value) -> Generator<Other>) -> Generator<Other> {
        Generator<Other> { (choices: inout ChoiceSource) throws(Discard) in
            let value = try choices.draw(self)
            return try choices.draw(next(value))
        }
    }

    /// Values of which `isWanted` is true; gives the case up after ``AuditLimits/filterTryCountMax`` others.
    public func filter(_ isWanted: @escaping @Sendable (Value) -> Bool) -> Generator {
        Generator { (choices: inout ChoiceSource) throws(Discard) in
            for _ in 0..<AuditLimits.filterTryCountMax {
                let value = try choices.draw(self)
                if isWanted(value) { return value }
            }
            throw .filterExhausted
        }
    }

    /// A value or nil, which is the simpler and comes one time in four.
    public var optional: Generator<Value?> {
        Generator<Value?> { (choices: inout ChoiceSource) throws(Discard) in
            try choices.chance(perMille: 750) ? try choices.draw(self) : nil
        }
    }

    /// Arrays with so many values. The shortest is the simplest; each further value is asked for by a choice of its
    /// own, so that any value can be left out.
    public func array(count: ClosedRange<Int>) -> Generator<[Value]> {
        Generator<[Value]> { (choices: inout ChoiceSource) throws(Discard) in
            var values: [Value] = []
            let extra = UInt64(count.upperBound - count.lowerBound)
            // About half of what is allowed, and never so few that long arrays are not seen.
            let share = 1_000 - 1_000 / (extra / 2 + 2)
            while values.count < count.upperBound {
                let minimum = count.lowerBound
                let isShort = values.count < minimum
                let next = try choices.span { (choices: inout ChoiceSource) throws(Discard) -> Value? in
                    if !isShort, try !choices.chance(perMille: share) { return nil }
                    return try choices.draw(self)
                }
                guard let next else { break }
                values.append(next)
            }
            return values
        }
    }
}

extension Generator where Value: Sendable {
    /// Always the same value.
    public static func just(_ value: Value) -> Generator {
        Generator { (_: inout ChoiceSource) throws(Discard) in value }
    }

    /// One of the values, equally likely; the first is the simplest.
    ///
    /// - Precondition: there is at least one.
    public static func element(of values: [Value]) -> Generator {
        precondition(!values.isEmpty, "nothing to choose from")
        return Generator { (choices: inout ChoiceSource) throws(Discard) in
            values[Int(try choices.choose(upTo: UInt64(values.count - 1)))]
        }
    }
}

extension Generator {
    /// A value of one of the generators, equally likely; the first is the simplest.
    ///
    /// - Precondition: there is at least one.
    public static func oneOf(_ generators: [Generator]) -> Generator {
        frequency(generators.map { (1, $0) })
    }

    /// A value of one of the generators, as often as its weight says; the first is the simplest.
    ///
    /// - Precondition: there is a weight above 0, and the sum fits 64 bits.
    public static func frequency(_ weighted: [(weight: UInt64, generator: Generator)]) -> Generator {
        let total = weighted.reduce(0) { $0 + $1.weight }
        precondition(total > 0, "nothing to choose from")
        return Generator { (choices: inout ChoiceSource) throws(Discard) in
            var left = try choices.choose(upTo: total - 1)
            for (weight, generator) in weighted {
                if left < weight { return try choices.draw(generator) }
                left -= weight
            }
            throw .filterExhausted
        }
    }
}

extension Generator<Bool> {
    /// False, the simpler, or true.
    public static var bool: Generator { .element(of: [false, true]) }
}

extension Generator where Value: FixedWidthInteger & Sendable {
    /// Integers of a range of any width, with its ends, zero and powers of two more often than chance has them.
    ///
    /// - Parameters:
    ///   - range: what may come; all values of the type unless it is said.
    ///   - origin: the simplest value, towards which others shrink; the one nearest to zero unless it is said.
    public static func integer(in range: ClosedRange<Value> = Value.min...Value.max, towards origin: Value? = nil)
        -> Generator
    {
        let (lowest, highest) = (range.lowerBound, range.upperBound)
        let start = min(max(origin ?? 0, lowest), highest)
        let below = distance(from: lowest, to: start)
        let above = distance(from: start, to: highest)
        return Generator { (choices: inout ChoiceSource) throws(Discard) in
            // How far first, then which way: nearer is simpler, and above is simpler than below.
            let steps = try choices.chooseWide(upTo: max(below, above))
            var goesDown = below > 0
            if below > 0, above > 0 {
                goesDown = try choices.chooseFlag(only: steps > above ? true : steps > below ? false : nil)
            }
            let wrapped = Value(truncatingIfNeeded: steps)
            return goesDown ? start &- wrapped : start &+ wrapped
        }
    }

    /// Steps between two values of any width of up to 128 bits.
    private static func distance(from low: Value, to high: Value) -> UInt128 {
        UInt128(truncatingIfNeeded: Value.Magnitude(truncatingIfNeeded: high &- low))
    }
}
