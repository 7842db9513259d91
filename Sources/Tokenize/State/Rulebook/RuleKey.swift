/// Names a record of chapter 14's part of the state.
public enum RuleKey: Hashable, Sendable {
    /// An asset's rulebook.
    case rulebook(AssetID)
    /// What an authority says of a party, for an asset or for all.
    case attestation(PartyID, Topic, AuthorityReference, scope: AssetID?)
    /// What a person has moved, per business date.
    case volume(AssetID, PartyID, VolumeChannel)
    /// Somebody on a list.
    case listing(ListReference, ListMember)
    /// The party under which a party counts.
    case join(PartyID)
    /// Whose attestations of a topic count for an asset.
    case trust(AssetID, Topic)
    /// A party that takes an asset.
    case optIn(AssetID, PartyID)
    /// A movement that its holder has asked for.
    case request(asset: AssetID, from: AccountID, to: AccountID)

    /// First element of the state key and of the snapshot row.
    enum Kind: UInt64, CaseIterable {
        case rulebook = 30
        case attestation = 31
        case volume = 32
        case listing = 33
        case standing = 34
        case request = 35
    }

    var kind: Kind {
        switch self {
        case .rulebook: .rulebook
        case .attestation: .attestation
        case .volume: .volume
        case .listing: .listing
        case .join, .trust, .optIn: .standing
        case .request: .request
        }
    }

    /// The key in the state tree.
    var stateKey: StateKey { .control(kind.rawValue, nameBytes) }

    /// What the kind is of, encoded.
    var nameBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 128)
        switch self {
        case .rulebook(let asset): encoder.encode(asset)
        case .attestation(let party, let topic, let issuer, let scope):
            encoder.encodeArray(count: scope == nil ? 3 : 4)
            encoder.encode(party)
            topic.encode(into: &encoder)
            issuer.encode(into: &encoder)
            if let scope { encoder.encode(scope) }
        case .volume(let asset, let party, let channel):
            encoder.encodeArray(count: 3)
            encoder.encode(asset)
            encoder.encode(party)
            channel.encode(into: &encoder)
        case .listing(let list, let member):
            encoder.encodeArray(count: 2)
            list.encode(into: &encoder)
            member.encode(into: &encoder)
        case .join(let party):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(party)
        case .trust(let asset, let topic):
            encoder.encodeArray(count: 3)
            encoder.encode(2 as UInt64)
            encoder.encode(asset)
            topic.encode(into: &encoder)
        case .optIn(let asset, let party):
            encoder.encodeArray(count: 3)
            encoder.encode(3 as UInt64)
            encoder.encode(asset)
            encoder.encode(party)
        case .request(let asset, let source, let destination):
            encoder.encodeArray(count: 3)
            encoder.encode(asset)
            encoder.encode(source)
            encoder.encode(destination)
        }
        return encoder.bytes
    }

    /// The key of a kind whose name is these bytes.
    init(_ kind: Kind, nameBytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(nameBytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try RuleKey(kind, from: &decoder)
        }
    }

    private init(_ kind: Kind, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        if kind == .rulebook {
            self = .rulebook(try decoder.identifier())
            return
        }
        let count = try decoder.arrayCount(max: 4)
        switch (kind, count) {
        case (.attestation, 3), (.attestation, 4):
            let party: PartyID = try decoder.identifier()
            let topic = try Topic(from: &decoder)
            let issuer = try AuthorityReference(from: &decoder)
            self = .attestation(party, topic, issuer, scope: count == 4 ? try decoder.identifier() : nil)
        case (.volume, 3):
            let asset: AssetID = try decoder.identifier()
            let party: PartyID = try decoder.identifier()
            self = .volume(asset, party, try VolumeChannel(from: &decoder))
        case (.listing, 2):
            let list = try ListReference(from: &decoder)
            self = .listing(list, try ListMember(from: &decoder))
        case (.standing, _): try self.init(standing: count, from: &decoder)
        case (.request, 3):
            let asset: AssetID = try decoder.identifier()
            let source: AccountID = try decoder.identifier()
            self = .request(asset: asset, from: source, to: try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }

    private init(standing count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 2): self = .join(try decoder.identifier())
        case (2, 3):
            let asset: AssetID = try decoder.identifier()
            self = .trust(asset, try Topic(from: &decoder))
        case (3, 3):
            let asset: AssetID = try decoder.identifier()
            self = .optIn(asset, try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
    }
}
