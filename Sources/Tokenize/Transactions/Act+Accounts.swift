/// Opens an account: its first keys and the party behind it.
public struct AccountOpening: Hashable, Sendable {
    /// The account's first keys.
    public let policy: KeyPolicy
    /// 32 bytes that make the account's name unguessable and unique for a policy.
    public let salt: Digest
    /// The person behind the account, registered before.
    public let party: PartyID

    /// An opening; it fixes ``account``.
    public init(policy: KeyPolicy, salt: Digest, party: PartyID) {
        self.policy = policy
        self.salt = salt
        self.party = party
    }

    /// The account's name, which its owner can work out before it is opened: a tagged hash of first keys and salt.
    public var account: AccountID {
        var encoder = CanonicalEncoder(reservingCapacity: 128)
        encoder.encodeArray(count: 2)
        policy.encode(into: &encoder)
        encoder.encode(salt)
        return AccountID(digest: Tags.account.hash(encoder.bytes))
    }
}

/// The keys that sign the log, and those that witness it (Ed25519, RFC 8032).
public struct LogKeys: Hashable, Sendable {
    /// 32 bytes.
    public let log: Digest
    /// Up to 16 keys of 32 bytes, ascending.
    public let witnesses: [Digest]
    /// Cosignatures that a relying party should ask for.
    public let witnessQuorum: Int

    /// Witness keys of a ledger.
    public static let witnessCountMax = 16

    /// Keys of a log, or nil if witnesses repeat or are too many, or if the quorum is above their number.
    public init?(log: Digest, witnesses: [Digest] = [], witnessQuorum: Int = 0) {
        let ordered = witnesses.sorted()
        guard ordered.count <= LogKeys.witnessCountMax, (0...ordered.count).contains(witnessQuorum),
            zip(ordered, ordered.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.log = log
        self.witnesses = ordered
        self.witnessQuorum = witnessQuorum
    }
}
