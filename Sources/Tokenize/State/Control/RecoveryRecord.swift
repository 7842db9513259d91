/// A recovery that is under way: the account does no outgoing act meanwhile.
public struct RecoveryRecord: Hashable, Sendable {
    /// The keys that the account is to have.
    public let policy: KeyPolicy
    /// The authorities that filed it together.
    public let filers: [AuthorityReference]
    /// From when the notice counts: the filing, or the objection.
    public internal(set) var since: LedgerMoment
    /// Whether the present keys have objected, which lengthens the notice and calls for a court.
    public internal(set) var isObjected: Bool
    /// Whether a court has allowed it.
    public internal(set) var isAllowed: Bool
}

extension RecoveryRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        policy.encode(into: &encoder)
        encoder.encode(array: filers)
        since.encode(into: &encoder)
        encoder.encode(isObjected)
        encoder.encode(isAllowed)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        policy = try KeyPolicy(from: &decoder)
        filers = try decoder.array(of: AuthorityReference.self, min: 2, max: 2, limit: "filerCount")
        since = try LedgerMoment(from: &decoder)
        isObjected = try decoder.bool()
        isAllowed = try decoder.bool()
        decoder.leave()
    }
}
