/// Lays down an asset's rulebook, in the place of the one before.
public struct RulebookSetting: Hashable, Sendable {
    /// The asset.
    public let asset: AssetID
    /// One more than the version that is in force; 1 for the first.
    public let version: UInt64
    /// An encoded rulebook.
    public let rulebook: [UInt8]

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, version: UInt64, rulebook: [UInt8]) {
        self.asset = asset
        self.version = version
        self.rulebook = rulebook
    }
}

/// Says whose attestations of a topic count for an asset, from now on.
public struct TrustSetting: Hashable, Sendable {
    /// Issuers trusted for one topic.
    public static let issuerCountMax = 32

    /// The asset.
    public let asset: AssetID
    /// The topic.
    public let topic: Topic
    /// Who is trusted, ascending, each once; nobody if it is empty.
    public let issuers: [AuthorityReference]

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, _ topic: Topic, issuers: [AuthorityReference]) {
        self.asset = asset
        self.topic = topic
        self.issuers = Set(issuers).sorted()
    }
}

/// Says that two parties are one person: from now on they count as one.
public struct PartyJoin: Hashable, Sendable {
    /// The party that is joined to the other.
    public let party: PartyID
    /// The party under which both count.
    public let head: PartyID

    /// An act with these fields; the rules decide whether it can be done.
    public init(_ party: PartyID, to head: PartyID) {
        self.party = party
        self.head = head
    }
}

/// Says whether the acting account's party takes an asset.
public struct OptIn: Hashable, Sendable {
    /// The asset.
    public let asset: AssetID
    /// Whether the party takes it.
    public let isWanted: Bool

    /// An act with these fields; the rules decide whether it can be done.
    public init(_ asset: AssetID, isWanted: Bool = true) {
        self.asset = asset
        self.isWanted = isWanted
    }
}

extension RulebookSetting: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        encoder.encode(version)
        encoder.encode(bytes: rulebook)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        version = try decoder.unsigned()
        rulebook = try decoder.bytes(countMax: TransactionLimits.rulebookByteCountMax)
        decoder.leave()
    }
}

extension TrustSetting: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        topic.encode(into: &encoder)
        encoder.encode(array: issuers)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        topic = try Topic(from: &decoder)
        issuers = try decoder.trustedIssuers()
        decoder.leave()
    }
}

extension CanonicalDecoder {
    /// Trusted issuers: ascending, each once.
    mutating func trustedIssuers() throws(DecodingFailure) -> [AuthorityReference] {
        let issuers = try array(
            of: AuthorityReference.self,
            max: TrustSetting.issuerCountMax,
            limit: "trustedIssuerCountMax"
        )
        guard zip(issuers, issuers.dropFirst()).allSatisfy({ $0 < $1 }) else { throw failure(.keyOrder) }
        return issuers
    }
}

extension PartyJoin: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(party)
        encoder.encode(head)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        party = try decoder.identifier()
        head = try decoder.identifier()
        decoder.leave()
    }
}

extension OptIn: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(asset)
        encoder.encode(isWanted)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        asset = try decoder.identifier()
        isWanted = try decoder.bool()
        decoder.leave()
    }
}
