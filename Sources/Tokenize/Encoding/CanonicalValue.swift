/// Any value of the canonical profile, whatever its schema: for tools that print bytes, and for tests.
///
/// The engine never decides by one; it reads each schema with ``CanonicalDecoder`` itself.
public indirect enum CanonicalValue: Sendable {
    case unsigned(UInt64)
    /// -1 - n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case bool(Bool)
    case array([CanonicalValue])
    /// Keys ascend.
    case map([Pair])

    /// A key of a map and what it stands for.
    public struct Pair: Hashable, Sendable {
        /// 0 ... ``EncodingLimits/mapKeyMax``.
        public let key: UInt8
        /// What the key stands for.
        public let value: CanonicalValue

        /// A pair; encoding a key out of range is a mistake of the programmer.
        public init(key: UInt8, value: CanonicalValue) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a value that takes up all of `bytes`. Throws what ``CanonicalDecoder`` throws.
    public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.value()
        }
    }

    /// The value's only encoding.
    ///
    /// Throws ``DecodingFailure`` at the byte where a decoder would refuse it: keys out of order or range, control
    /// characters in text, or more than ``EncodingLimits/nestingDepthMax`` levels.
    public func encoded() throws(DecodingFailure) -> [UInt8] {
        var encoder = CanonicalEncoder()
        try encode(into: &encoder, depth: 0)
        _ = try CanonicalDecoder.decode(encoder.bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try decoder.skip()
        }
        return encoder.bytes
    }

    private func encode(into encoder: inout CanonicalEncoder, depth: Int) throws(DecodingFailure) {
        switch self {
        case .unsigned(let value): encoder.encode(value)
        case .negative(let value): encoder.encode(negative: value)
        case .bytes(let value): encoder.encode(bytes: value)
        case .text(let value): encoder.encode(text: value)
        case .bool(let value): encoder.encode(value)
        case .array(let elements):
            let inner = try enter(depth, encoder)
            encoder.encodeArray(count: elements.count)
            for element in elements { try element.encode(into: &encoder, depth: inner) }
        case .map(let pairs):
            let inner = try enter(depth, encoder)
            encoder.encodeMap(count: pairs.count)
            for pair in pairs {
                encoder.encode(UInt64(pair.key))
                try pair.value.encode(into: &encoder, depth: inner)
            }
        }
    }

    /// Checked before the descent, so that no value can exhaust the stack.
    private func enter(_ depth: Int, _ encoder: CanonicalEncoder) throws(DecodingFailure) -> Int {
        guard depth < EncodingLimits.nestingDepthMax else {
            throw DecodingFailure(.depthExceeded, offset: encoder.bytes.count)
        }
        return depth + 1
    }
}

extension CanonicalValue: Hashable {
    /// Equal values have equal encodings: text is compared by its bytes, not by Unicode's equivalences.
    public static func == (left: CanonicalValue, right: CanonicalValue) -> Bool {
        switch (left, right) {
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.negative(let left), .negative(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        case (.text(let left), .text(let right)): left.isSameBytes(as: right)
        case (.bool(let left), .bool(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .unsigned(let value): hasher.combine(value)
        case .negative(let value): hasher.combine(~value)
        case .bytes(let value): hasher.combine(value)
        case .text(let value): value.hashBytes(into: &hasher)
        case .bool(let value): hasher.combine(value)
        case .array(let elements): hasher.combine(elements)
        case .map(let pairs): hasher.combine(pairs)
        }
    }
}

extension CanonicalValue: CustomStringConvertible {
    /// Diagnostic notation (RFC 8949, section 8).
    public var description: String {
        switch self {
        case .unsigned(let value): "\(value)"
        case .negative(let value): "\(-1 - Int128(value))"
        case .bytes(let value): "h'\(value.hexadecimal)'"
        case .text(let value): "\"\(CanonicalValue.escaped(value))\""
        case .bool(let value): "\(value)"
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
        case .map(let pairs): "{" + pairs.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if scalar == "\"" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
    }
}

extension CanonicalDecoder {
    /// The next item, of whatever type.
    public mutating func value() throws(DecodingFailure) -> CanonicalValue {
        switch try peekMajor() {
        case 0: return .unsigned(try unsigned())
        case 1: return .negative(try negative())
        case 2: return .bytes(try bytes(countMax: Int.max))
        case 3: return .text(try text(byteCountMax: Int.max))
        case 4:
            // Grows with what is read, not by what the head claims.
            var elements: [CanonicalValue] = []
            for _ in 0..<(try arrayCount(max: Int.max)) { elements.append(try value()) }
            leave()
            return .array(elements)
        case 5:
            var pairs: [CanonicalValue.Pair] = []
            for _ in 0..<(try mapCount(max: Int(EncodingLimits.mapKeyMax) + 1)) {
                let key = try mapKey(after: pairs.last?.key)
                pairs.append(CanonicalValue.Pair(key: key, value: try value()))
            }
            leave()
            return .map(pairs)
        default: return .bool(try bool())
        }
    }
}
