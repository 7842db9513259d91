/// What an act of chapter 14 did.
public enum RulebookEffect: Hashable, Sendable {
    case attested(PartyID, Topic, by: AuthorityReference)
    case attestationRevoked(PartyID, Topic, by: AuthorityReference)
    case rulebookSet(AssetID, version: UInt64)
    case trustedIssuersSet(AssetID, Topic)
    case partiesJoined(PartyID, to: PartyID)
    /// Somebody was put on a list, or taken off.
    case listed(ListReference, ListMember, isListed: Bool)
    case optedIn(AssetID, PartyID, isWanted: Bool)
    /// A holder has asked for a movement; where silence approves, `told` is the authority that is told.
    case movementRequested(AssetID, from: AccountID, to: AccountID, units: Quantity, told: AuthorityReference?)
    case movementApproved(AssetID, from: AccountID, to: AccountID, by: AccountID)
    case movementRefused(AssetID, from: AccountID, to: AccountID, by: AccountID)
    /// A movement that was asked for is done.
    case requestUsed(AssetID, from: AccountID, to: AccountID)
    /// A request is gone without a movement.
    case requestWithdrawn(AssetID, from: AccountID, to: AccountID, by: AccountID)

    /// Codes on the wire.
    static let codes: ClosedRange<UInt64> = 50...61

    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .attested(let party, let topic, let issuer): Self.encode(50, party, topic, issuer, into: &encoder)
        case .attestationRevoked(let party, let topic, let issuer):
            Self.encode(51, party, topic, issuer, into: &encoder)
        case .rulebookSet(let asset, let version):
            encoder.encodeArray(count: 3)
            encoder.encode(52 as UInt64)
            encoder.encode(asset)
            encoder.encode(version)
        case .trustedIssuersSet(let asset, let topic):
            encoder.encodeArray(count: 3)
            encoder.encode(53 as UInt64)
            encoder.encode(asset)
            topic.encode(into: &encoder)
        case .partiesJoined(let party, let head):
            encoder.encodeArray(count: 3)
            encoder.encode(54 as UInt64)
            encoder.encode(party)
            encoder.encode(head)
        case .listed(let list, let member, let isListed):
            encoder.encodeArray(count: 4)
            encoder.encode(55 as UInt64)
            list.encode(into: &encoder)
            member.encode(into: &encoder)
            encoder.encode(isListed)
        case .optedIn(let asset, let party, let isWanted):
            encoder.encodeArray(count: 4)
            encoder.encode(56 as UInt64)
            encoder.encode(asset)
            encoder.encode(party)
            encoder.encode(isWanted)
        case .movementRequested(let asset, let source, let destination, let units, let told):
            encoder.encodeArray(count: told == nil ? 5 : 6)
            Self.encode(57, asset, source, destination, into: &encoder)
            encoder.encode(units)
            told?.encode(into: &encoder)
        case .movementApproved(let asset, let source, let destination, let account):
            encoder.encodeArray(count: 5)
            Self.encode(58, asset, source, destination, into: &encoder)
            encoder.encode(account)
        case .movementRefused(let asset, let source, let destination, let account):
            encoder.encodeArray(count: 5)
            Self.encode(59, asset, source, destination, into: &encoder)
            encoder.encode(account)
        case .requestUsed(let asset, let source, let destination):
            encoder.encodeArray(count: 4)
            Self.encode(60, asset, source, destination, into: &encoder)
        case .requestWithdrawn(let asset, let source, let destination, let account):
            encoder.encodeArray(count: 5)
            Self.encode(61, asset, source, destination, into: &encoder)
            encoder.encode(account)
        }
    }

    private static func encode(
        _ code: UInt64,
        _ party: PartyID,
        _ topic: Topic,
        _ issuer: AuthorityReference,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: 4)
        encoder.encode(code)
        encoder.encode(party)
        topic.encode(into: &encoder)
        issuer.encode(into: &encoder)
    }

    private static func encode(
        _ code: UInt64,
        _ asset: AssetID,
        _ source: AccountID,
        _ destination: AccountID,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encode(code)
        encoder.encode(asset)
        encoder.encode(source)
        encoder.encode(destination)
    }

    /// The rest of an effect of which the array's head and the code are read.
    init(code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch (code, count) {
        case (50, 4), (51, 4):
            let party: PartyID = try decoder.identifier()
            let topic = try Topic(from: &decoder)
            let issuer = try AuthorityReference(from: &decoder)
            self = code == 50 ? .attested(party, topic, by: issuer) : .attestationRevoked(party, topic, by: issuer)
        case (52, 3):
            let asset: AssetID = try decoder.identifier()
            self = .rulebookSet(asset, version: try decoder.unsigned())
        case (53, 3):
            let asset: AssetID = try decoder.identifier()
            self = .trustedIssuersSet(asset, try Topic(from: &decoder))
        case (54, 3):
            let party: PartyID = try decoder.identifier()
            self = .partiesJoined(party, to: try decoder.identifier())
        case (55, 4):
            let list = try ListReference(from: &decoder)
            let member = try ListMember(from: &decoder)
            self = .listed(list, member, isListed: try decoder.bool())
        case (56, 4):
            let asset: AssetID = try decoder.identifier()
            let party: PartyID = try decoder.identifier()
            self = .optedIn(asset, party, isWanted: try decoder.bool())
        default: self = try RulebookEffect(movement: code, count: count, from: &decoder)
        }
    }

    private init(movement code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let asset: AssetID = try decoder.identifier()
        let source: AccountID = try decoder.identifier()
        let destination: AccountID = try decoder.identifier()
        switch (code, count) {
        case (57, 5), (57, 6):
            let units = try decoder.quantity()
            let told = count == 6 ? try AuthorityReference(from: &decoder) : nil
            self = .movementRequested(asset, from: source, to: destination, units: units, told: told)
        case (58, 5): self = .movementApproved(asset, from: source, to: destination, by: try decoder.identifier())
        case (59, 5): self = .movementRefused(asset, from: source, to: destination, by: try decoder.identifier())
        case (60, 4): self = .requestUsed(asset, from: source, to: destination)
        case (61, 5): self = .requestWithdrawn(asset, from: source, to: destination, by: try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
    }
}
