/// What an attestation is about; numbers below 1,000 have the meanings of Specs/14, others are agreed between issuers.
public struct Topic: Hashable, Sendable, Comparable {
    /// The topic's number.
    public let number: UInt32

    /// The topic with this number.
    public init(_ number: UInt32) { self.number = number }

    /// The identity of the person was checked against a document.
    public static let identity = Topic(1)
    /// The person counts as a professional or accredited investor.
    public static let accreditation = Topic(2)
    /// The country of residence, as a number of ISO 3166-1.
    public static let residence = Topic(3)
    /// The person was checked against money laundering.
    public static let dueDiligence = Topic(4)

    public static func < (left: Topic, right: Topic) -> Bool { left.number < right.number }
}

/// What an attestation says of its topic: a number that rules compare, or a commitment that nobody reads.
public enum AttestationValue: Hashable, Sendable {
    /// A number; never one that names a person.
    case number(UInt64)
    /// A salted commitment to a record (``RecordCommitment``).
    case commitment(Digest)
}

/// What a rule asks for: an attestation of a topic, perhaps with one value.
public struct Statement: Hashable, Sendable {
    /// The topic.
    public let topic: Topic
    /// The value that it must have, or nil if any will do.
    public let value: AttestationValue?

    /// A statement on a topic.
    public init(_ topic: Topic, value: AttestationValue? = nil) {
        self.topic = topic
        self.value = value
    }
}

extension Topic: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) { encoder.encode(UInt64(number)) }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        number = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
    }
}

extension AttestationValue: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch self {
        case .number(let number):
            encoder.encode(1 as UInt64)
            encoder.encode(number)
        case .commitment(let digest):
            encoder.encode(2 as UInt64)
            encoder.encode(digest)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        switch try decoder.unsigned() {
        case 1: self = .number(try decoder.unsigned())
        case 2: self = .commitment(try decoder.digest())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension Statement: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: value == nil ? 1 : 2)
        topic.encode(into: &encoder)
        value?.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 2)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        topic = try Topic(from: &decoder)
        value = count == 2 ? try AttestationValue(from: &decoder) : nil
        decoder.leave()
    }
}
