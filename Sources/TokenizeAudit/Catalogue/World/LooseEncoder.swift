import Tokenize

/// Encodes values of the profile by code of its own, and at one place in a way that the profile excludes.
struct LooseEncoder {
    /// What RFC 8949 allows and the profile does not (Specs/01), and what is no CBOR at all.
    enum Deviation: CaseIterable, Sendable {
        case longHead, indefiniteLength, tag, float, null, undefined, simpleValue, reservedHead
        case keysOutOfOrder, keyTwice, keyTooLarge, keyNegative
        case controlCharacter, brokenUTF8, trailingByte, cutShort, tooDeep

        /// True of what only maps have: no form of the ledger has one.
        var isOfMaps: Bool {
            switch self {
            case .keysOutOfOrder, .keyTwice, .keyTooLarge, .keyNegative: true
            default: false
            }
        }
    }

    private(set) var bytes: [UInt8] = []
    private(set) var isApplied = false
    private let deviation: Deviation?
    /// Which of the places that a value has for it.
    private let place: Int
    /// Places that were passed.
    private(set) var placeCount = 0
    /// Which of several deviations of a kind it is.
    private let variant: Int

    /// A value with one deviation, at the place that is drawn among those that it has, if it has any.
    static func encode(_ value: CanonicalValue, _ kind: Deviation, _ trial: inout Trial) throws -> LooseEncoder {
        var counter = LooseEncoder(kind, place: -1, variant: 0)
        counter.append(value)
        let place = counter.placeCount > 0 ? try trial.number(0...counter.placeCount - 1) : 0
        let variants = kind == .brokenUTF8 ? broken.count : kind == .controlCharacter ? controls.count : 1
        var encoder = LooseEncoder(kind, place: place, variant: try trial.number(0...variants - 1))
        encoder.append(value)
        switch kind {
        case .trailingByte: encoder.finish { $0.append(0) }
        case .cutShort: encoder.finish { $0.removeLast() }
        default: break
        }
        return encoder
    }

    /// A value as it should be.
    static func encode(_ value: CanonicalValue) -> [UInt8] {
        var encoder = LooseEncoder(nil, place: 0, variant: 0)
        encoder.append(value)
        return encoder.bytes
    }

    private init(_ deviation: Deviation?, place: Int, variant: Int) {
        self.deviation = deviation
        self.place = place
        self.variant = variant
    }

    private mutating func finish(_ change: (inout [UInt8]) -> Void) {
        change(&bytes)
        isApplied = true
    }

    /// True at the place of the deviation, once.
    private mutating func deviates(_ kind: Deviation) -> Bool {
        guard deviation == kind else { return false }
        placeCount += 1
        guard placeCount - 1 == place else { return false }
        isApplied = true
        return true
    }

    private mutating func append(_ value: CanonicalValue) {
        if deviates(.tag) { bytes.append(0xC1) }
        if deviates(.float) { return bytes += [0xF9, 0x3C, 0x00] }
        if deviates(.null) { return bytes.append(0xF6) }
        if deviates(.undefined) { return bytes.append(0xF7) }
        if deviates(.simpleValue) { return bytes += [0xF8, 0x20] }
        if deviates(.reservedHead) { return bytes.append(0x1C) }
        if deviates(.tooDeep) {
            let levels = EncodingLimits.nestingDepthMax + 1
            return bytes += [UInt8](repeating: 0x81, count: levels) + [0x00]
        }
        switch value {
        case .unsigned(let number): head(0, number)
        case .negative(let number): head(1, number)
        case .bool(let isTrue): bytes.append(isTrue ? 0xF5 : 0xF4)
        case .bytes(let content): string(2, content)
        case .text(let text): self.text(text)
        case .array(let elements):
            let isOpen = deviates(.indefiniteLength)
            if isOpen { bytes.append(0x9F) } else { head(4, UInt64(elements.count)) }
            for element in elements { append(element) }
            if isOpen { bytes.append(0xFF) }
        case .map(let pairs): map(pairs)
        }
    }

    private mutating func text(_ text: String) {
        if deviates(.controlCharacter) { return string(3, Array(text.utf8) + Self.controls[variant]) }
        if deviates(.brokenUTF8) { return string(3, Array(text.utf8) + Self.broken[variant]) }
        string(3, Array(text.utf8))
    }

    /// U+0007, U+0000, U+007F, U+0080, U+0085 and U+009F.
    private static let controls: [[UInt8]] = [[0x07], [0x00], [0x7F], [0xC2, 0x80], [0xC2, 0x85], [0xC2, 0x9F]]
    /// Overlong forms, surrogates, what is above the last scalar, heads without their tails, and tails without a head.
    private static let broken: [[UInt8]] = [
        [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE1, 0x80], [0xF1, 0x80, 0x80],
        [0xA9], [0xC3, 0x41], [0xE1, 0x80, 0x41], [0xF1, 0x80, 0x80, 0xC0],
    ]

    /// Texts of nothing but what the profile excludes, each by itself.
    static var brokenTexts: [[UInt8]] { (controls + broken).map { [0x60 | UInt8($0.count)] + $0 } }

    private mutating func string(_ major: UInt8, _ content: [UInt8]) {
        if deviates(.indefiniteLength) {
            bytes.append(major << 5 | 31)
            head(major, UInt64(content.count))
            bytes += content + [0xFF]
        } else {
            head(major, UInt64(content.count))
            bytes += content
        }
    }

    private mutating func map(_ pairs: [CanonicalValue.Pair]) {
        var pairs = pairs.map { (key: UInt64($0.key), value: $0.value) }
        if pairs.count > 1, deviates(.keysOutOfOrder) { pairs.reverse() }
        if let last = pairs.last, deviates(.keyTwice) { pairs.append(last) }
        if deviates(.keyTooLarge) { pairs.append((UInt64(EncodingLimits.mapKeyMax) + 1, .unsigned(0))) }
        let isNegative = deviates(.keyNegative)
        let isOpen = deviates(.indefiniteLength)
        if isOpen { bytes.append(0xBF) } else { head(5, UInt64(pairs.count + (isNegative ? 1 : 0))) }
        for (key, value) in pairs {
            head(0, key)
            append(value)
        }
        if isNegative { bytes += [0x20, 0x00] }
        if isOpen { bytes.append(0xFF) }
    }

    /// A head of the shortest form, or at the place of the deviation of the next longer.
    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        var width = argument < 24 ? 0 : argument <= 0xFF ? 1 : argument <= 0xFFFF ? 2 : argument <= 0xFFFF_FFFF ? 4 : 8
        if width < 8, deviates(.longHead) { width = width == 0 ? 1 : 2 * width }
        guard width > 0 else { return bytes.append(major << 5 | UInt8(argument)) }
        let information: UInt8 = width == 1 ? 24 : width == 2 ? 25 : width == 4 ? 26 : 27
        bytes.append(major << 5 | information)
        for index in (0..<width).reversed() { bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(8 * index))) }
    }

    /// Values of the profile, with lists and maps within one another to a depth.
    static func value(depth: Int) -> Generator<CanonicalValue> {
        let number = Generator<UInt64>.integer()
        let byte = Generator<UInt8>.integer()
        let letters = Generator<Character>.element(of: ["a", "é", "ກ", "z", "0", " "])
        var kinds: [Generator<CanonicalValue>] = [
            number.map { .unsigned($0) }, number.map { .negative($0) }, Generator<Bool>.bool.map { .bool($0) },
            byte.array(count: 0...30).map { .bytes($0) }, letters.array(count: 0...30).map { .text(String($0)) },
        ]
        guard depth > 0 else { return .oneOf(kinds) }
        let inner = value(depth: depth - 1)
        kinds.append(inner.array(count: 0...5).map { .array($0) })
        let key = Generator<UInt8>.integer(in: 0...EncodingLimits.mapKeyMax)
        kinds.append(
            key.array(count: 0...5).flatMap { keys in
                let ordered = Set(keys).sorted()
                return inner.array(count: ordered.count...ordered.count).map { values in
                    .map(zip(ordered, values).map { CanonicalValue.Pair(key: $0, value: $1) })
                }
            }
        )
        // What holds others is worth more, and keys are what most can be wrong with.
        return .oneOf(kinds + kinds.suffix(2) + kinds.suffix(1) + kinds.suffix(1))
    }
}
