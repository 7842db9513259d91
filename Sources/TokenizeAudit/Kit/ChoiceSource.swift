/// Where a case gets its choices from: at random, or from a record of an earlier case.
///
/// Everything that a case decides freely is a sequence of numbers. Whoever has the numbers has the case: a shrinker
/// works on them and on nothing else, so that whatever a generator can make, it also makes small.
public struct ChoiceSource: Sendable {
    /// The choices made so far, each as it was used.
    public private(set) var choices: [UInt64] = []
    /// The greatest number that each choice could have been.
    private(set) var bounds: [UInt64] = []
    /// Which runs of choices belong together, outer before inner.
    private(set) var spans: [Range<Int>] = []

    private enum Origin: Sendable {
        case random(RandomStream)
        case record([UInt64])
    }

    private var origin: Origin

    /// Choices at random, those of one case of a run.
    public init(seed: UInt64, caseIndex: UInt64 = 0) {
        origin = .random(RandomStream(seed: seed, caseIndex: caseIndex))
    }

    /// Choices as they were made before. A choice above what is asked for now counts as the greatest, and one that is
    /// not there as 0.
    public init(replaying choices: [UInt64]) {
        origin = .record(choices)
    }

    /// Chooses a number from 0 through `most`, where 0 is the simplest and all are equally likely.
    ///
    /// - Throws: ``Discard/tooManyChoices`` if the case makes too many choices.
    public mutating func choose(upTo most: UInt64) throws(Discard) -> UInt64 {
        try take(upTo: most) { $0.next(upTo: most) }
    }

    /// Chooses a number from 0 through `most`, where small numbers, the ends, and numbers beside powers of two come
    /// often. One of more than 64 bits is two choices, the high half first.
    public mutating func chooseWide(upTo most: UInt128) throws(Discard) -> UInt128 {
        let (highest, lowest) = (UInt64(truncatingIfNeeded: most >> 64), UInt64(truncatingIfNeeded: most))
        var drawn: UInt128 = 0
        if case .random(var stream) = origin {
            drawn = Self.number(upTo: most, &stream)
            origin = .random(stream)
        }
        let high = highest == 0 ? 0 : try take(upTo: highest) { _ in UInt64(truncatingIfNeeded: drawn >> 64) }
        let low = try take(upTo: high == highest ? lowest : .max) { _ in UInt64(truncatingIfNeeded: drawn) }
        return UInt128(high) << 64 | UInt128(low)
    }

    private static func number(upTo most: UInt128, _ stream: inout RandomStream) -> UInt128 {
        let word = UInt128(stream.next()) << 64 | UInt128(stream.next())
        switch stream.next(upTo: 7) {
        case 0: return min(word % 3, most)
        case 1: return most - min(word % 3, most)
        case 2: return min((1 << (word >> 8 & 127)) &+ word % 3 &- 1, most)
        case 3, 4:
            let widthMax = UInt64(128 - most.leadingZeroBitCount)
            let width = stream.next(upTo: widthMax)
            return width == 0 ? 0 : min(word >> (128 - UInt128(width)), most)
        default: return most == .max ? word : word % (most + 1)
        }
    }

    /// Takes the next choice from the record, or at random as `draw` says, and records it.
    private mutating func take(
        upTo most: UInt64,
        _ draw: (inout RandomStream) -> UInt64
    ) throws(Discard) -> UInt64 {
        guard choices.count < AuditLimits.choiceCountMax else { throw .tooManyChoices }
        let choice: UInt64
        switch origin {
        case .record(let record):
            choice = choices.count < record.count ? min(record[choices.count], most) : 0
        case .random(var stream):
            choice = draw(&stream)
            origin = .random(stream)
        }
        choices.append(choice)
        bounds.append(most)
        return choice
    }

    /// True if more was asked for than the record held; what lacked was 0.
    var isPastRecord: Bool {
        if case .record(let record) = origin { choices.count > record.count } else { false }
    }

    /// Whether something happens: 1 so many times in a thousand. False is the simpler.
    public mutating func chance(perMille share: UInt64) throws(Discard) -> Bool {
        try take(upTo: 1) { $0.next(upTo: 999) < share ? 1 : 0 } == 1
    }

    /// Chooses true or false, or records the only one that is possible: it stays what it is when others become possible.
    mutating func chooseFlag(only value: Bool?) throws(Discard) -> Bool {
        let drawn = try choose(upTo: 1) == 1
        guard let value else { return drawn }
        choices[choices.count - 1] = value ? 1 : 0
        return value
    }

    /// Makes the choices of `body` a run that is deleted or zeroed as a whole.
    public mutating func span<Value>(
        _ body: (inout ChoiceSource) throws(Discard) -> Value
    ) throws(Discard) -> Value {
        let (start, index) = (choices.count, spans.count)
        spans.append(start..<start)
        let value = try body(&self)
        spans[index] = start..<choices.count
        return value
    }

    /// Draws one value of a generator, as a run of its own.
    public mutating func draw<Value>(_ generator: Generator<Value>) throws(Discard) -> Value {
        try span(generator.make)
    }
}

/// Why a case is dropped: it says nothing about the property.
public enum Discard: Error, Hashable, Sendable {
    /// The case asks for more than ``AuditLimits/choiceCountMax`` choices.
    case tooManyChoices
    /// A filter refused every value that it was offered.
    case filterExhausted
    /// The property said that the case is not of its kind.
    case assumptionFailed
}
