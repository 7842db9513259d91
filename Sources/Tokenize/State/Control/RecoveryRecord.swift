/// A recovery that was filed: until it is carried out, ended or lapsed the account does no outgoing act.
public struct RecoveryRecord: Hashable, Sendable {
    /// The keys that the account is to have.
    public let policy: KeyPolicy
    /// The authorities that filed it together.
    public let filers: [AuthorityReference]
    /// From when the notice counts: the filing, or the objection.
    public internal(set) var since: LedgerMoment
    /// What must have run since then before it is carried out: as it was laid down when it was filed, three times over
    /// after an objection.
    public internal(set) var notice: Notice
    /// Whether the present keys have objected, which lengthens the notice and calls for a court.
    public internal(set) var isObjected: Bool
    /// Whether a court has allowed it.
    public internal(set) var isAllowed: Bool

    /// How long it can be carried out once its notice has run: 90 opened days and as many days of sealing time. Then it
    /// lapses by itself, so that nobody's account is frozen for ever by what nobody carries out.
    public static let term = Notice(openedDays: 90, seconds: 7_776_000)

    /// Whether it has lapsed at a moment. What has lapsed stays so: both parts of the clock go one way.
    func hasLapsed(at now: LedgerMoment.Present) -> Bool { since.hasPassed(notice, and: Self.term, at: now) }
}

extension RecoveryRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        policy.encode(into: &encoder)
        encoder.encode(array: filers)
        since.encode(into: &encoder)
        notice.encode(into: &encoder)
        encoder.encode(isObjected)
        encoder.encode(isAllowed)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        policy = try KeyPolicy(from: &decoder)
        filers = try decoder.array(of: AuthorityReference.self, min: 2, max: 2, limit: "filerCount")
        since = try LedgerMoment(from: &decoder)
        notice = try Notice(from: &decoder)
        isObjected = try decoder.bool()
        isAllowed = try decoder.bool()
        decoder.leave()
    }
}
