/// A value with exactly one encoding in the canonical profile (Specs/01).
public protocol CanonicalCodable: Sendable {
    /// Appends the value's only encoding.
    func encode(into encoder: inout CanonicalEncoder)
    /// Reads the value, refusing whatever `encode(into:)` would not have written.
    init(from decoder: inout CanonicalDecoder) throws(DecodingFailure)
}

extension CanonicalCodable {
    /// The value's encoding.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 256)
        encode(into: &encoder)
        return encoder.bytes
    }

    /// Reads a value that takes up all of `bytes`.
    public init(canonicalBytes bytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(bytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try Self(from: &decoder)
        }
    }
}

extension CanonicalEncoder {
    /// An array of values that encode themselves.
    mutating func encode<Element: CanonicalCodable>(array: [Element]) {
        encodeArray(count: array.count)
        for element in array { element.encode(into: &self) }
    }
}

extension CanonicalEncoder {
    /// As an array of values that encode themselves.
    mutating func encode<Element: CanonicalCodable>(list: ShortList<Element>) {
        encodeArray(count: list.count)
        for element in list { element.encode(into: &self) }
    }
}

extension CanonicalDecoder {
    /// An array of 1 to `max` values that decode themselves; `limit` names the bound.
    mutating func list<Element: CanonicalCodable>(
        of type: Element.Type,
        max: Int,
        limit: String
    ) throws(DecodingFailure) -> ShortList<Element> {
        let count = try arrayCount(max: max)
        guard count >= 1 else { throw failure(.outOfRange) }
        let first = try Element(from: &self)
        var others: [Element] = []
        if count > 1 {
            others.reserveCapacity(count - 1)
            for _ in 1..<count { others.append(try Element(from: &self)) }
        }
        leave()
        return ShortList(first, others)
    }

    /// An array of `min` to `max` values that decode themselves; `limit` names the bound.
    mutating func array<Element: CanonicalCodable>(
        of type: Element.Type,
        min: Int = 0,
        max: Int,
        limit: String
    ) throws(DecodingFailure) -> [Element] {
        let count = try arrayCount(max: max)
        guard count >= min else { throw failure(.outOfRange) }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try Element(from: &self)) }
        leave()
        return elements
    }
}
