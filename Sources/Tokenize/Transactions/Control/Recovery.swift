/// Files the recovery of an account whose keys are lost or stolen: two authorities together.
public struct RecoveryFiling: Hashable, Sendable {
    /// The account.
    public let account: AccountID
    /// The keys that it is to have.
    public let policy: KeyPolicy
    /// The other authority that files it.
    public let second: AuthorityReference

    /// An act with these fields; the rules decide whether it can be done.
    public init(account: AccountID, policy: KeyPolicy, with second: AuthorityReference) {
        self.account = account
        self.policy = policy
        self.second = second
    }
}

/// A court's decision on a recovery.
public struct RecoveryDecision: Hashable, Sendable {
    /// The account that is being recovered.
    public let account: AccountID
    /// Whether it may go on; if not, it is over.
    public let isAllowed: Bool
    /// The court's order.
    public let order: OrderReference

    /// An act with these fields; the rules decide whether it can be done.
    public init(account: AccountID, isAllowed: Bool, order: OrderReference) {
        self.account = account
        self.isAllowed = isAllowed
        self.order = order
    }
}

/// Gives an account the keys to which it committed beforehand, whoever holds the present ones.
public struct PrecommittedRotation: Hashable, Sendable {
    /// The account.
    public let account: AccountID
    /// The keys to which it committed.
    public let policy: KeyPolicy
    /// What made the commitment unguessable.
    public let salt: Digest
    /// The commitment to the keys after these, if there is one.
    public let next: Digest?

    /// An act with these fields; the rules decide whether it can be done.
    public init(account: AccountID, policy: KeyPolicy, salt: Digest, next: Digest? = nil) {
        self.account = account
        self.policy = policy
        self.salt = salt
        self.next = next
    }

    /// What an account commits to: the tagged hash of account, policy, salt, and the commitment after it.
    ///
    /// The next commitment is bound too, so that whoever sees the rotation on its way cannot put in another.
    public var commitment: Digest {
        var encoder = CanonicalEncoder(reservingCapacity: 256)
        encode(into: &encoder)
        return Tags.precommitment.hash(encoder.bytes)
    }
}

extension RecoveryFiling: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(account)
        policy.encode(into: &encoder)
        second.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        account = try decoder.identifier()
        policy = try KeyPolicy(from: &decoder)
        second = try AuthorityReference(from: &decoder)
        decoder.leave()
    }
}

extension RecoveryDecision: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(account)
        encoder.encode(isAllowed)
        order.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        account = try decoder.identifier()
        isAllowed = try decoder.bool()
        order = try OrderReference(lawfulFrom: &decoder)
        decoder.leave()
    }
}

extension PrecommittedRotation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: next == nil ? 3 : 4)
        encoder.encode(account)
        policy.encode(into: &encoder)
        encoder.encode(salt)
        if let next { encoder.encode(next) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 3 else { throw decoder.failure(.outOfRange) }
        account = try decoder.identifier()
        policy = try KeyPolicy(from: &decoder)
        salt = try decoder.digest()
        next = count == 4 ? try decoder.digest() : nil
        decoder.leave()
    }
}
