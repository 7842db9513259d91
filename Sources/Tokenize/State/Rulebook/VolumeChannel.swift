/// Which movements of a person a volume adds up.
public enum VolumeChannel: Hashable, Sendable {
    /// Units given to other persons.
    case given
    /// Units got from other persons, or by issue.
    case got
    /// Units got by issue.
    case issued
    /// Units given to one account.
    case towards(AccountID)
}

extension VolumeChannel: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .given: VolumeChannel.encode(1, into: &encoder)
        case .got: VolumeChannel.encode(2, into: &encoder)
        case .issued: VolumeChannel.encode(3, into: &encoder)
        case .towards(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(4 as UInt64)
            encoder.encode(account)
        }
    }

    private static func encode(_ code: UInt64, into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 1)
        encoder.encode(code)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 2)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 1): self = .given
        case (2, 1): self = .got
        case (3, 1): self = .issued
        case (4, 2): self = .towards(try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}
