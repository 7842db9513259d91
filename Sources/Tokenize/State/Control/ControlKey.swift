/// Names a record of lawful control: chapter 15's part of the state.
public enum ControlKey: Hashable, Sendable {
    /// What weighs on all accounts of a party.
    case partyEncumbrances(PartyID)
    /// An order that an authority has made.
    case order(OrderID)
    /// Quorums, separations, timelocks and emergency powers of an authority.
    case mandate(AuthorityReference)
    /// A proposal that waits.
    case proposal(ProposalID)
    /// A filed document, by its digest.
    case document(Digest)
    /// A recovery that is under way.
    case recovery(AccountID)
    /// What an operator may move for an owner.
    case allowance(asset: AssetID, owner: AccountID, operator: AccountID)
    /// The next key policy of an account, hashed.
    case precommitment(AccountID)
    /// When an emergency power may be used again on a target.
    case emergency(AuthorityReference, EncumbranceTarget)
    /// The account into which an authority seizes.
    case custody(AuthorityReference)

    /// First element of the state key and of the snapshot row.
    enum Kind: UInt64, CaseIterable {
        case partyEncumbrances = 40
        case order = 41
        case mandate = 42
        case proposal = 43
        case document = 44
        case recovery = 45
        case allowance = 46
        case precommitment = 47
        case emergency = 48
        case custody = 49
    }

    var kind: Kind {
        switch self {
        case .partyEncumbrances: .partyEncumbrances
        case .order: .order
        case .mandate: .mandate
        case .proposal: .proposal
        case .document: .document
        case .recovery: .recovery
        case .allowance: .allowance
        case .precommitment: .precommitment
        case .emergency: .emergency
        case .custody: .custody
        }
    }

    /// The key in the state tree.
    var stateKey: StateKey { .control(kind.rawValue, nameBytes) }

    /// What the kind is of, encoded.
    var nameBytes: [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 128)
        switch self {
        case .partyEncumbrances(let party): encoder.encode(party)
        case .order(let order): encoder.encode(order)
        case .mandate(let authority), .custody(let authority): authority.encode(into: &encoder)
        case .proposal(let proposal): encoder.encode(proposal)
        case .document(let digest): encoder.encode(digest)
        case .recovery(let account), .precommitment(let account): encoder.encode(account)
        case .allowance(let asset, let owner, let trustee):
            encoder.encodeArray(count: 3)
            encoder.encode(asset)
            encoder.encode(owner)
            encoder.encode(trustee)
        case .emergency(let authority, let target):
            encoder.encodeArray(count: 2)
            authority.encode(into: &encoder)
            target.encode(into: &encoder)
        }
        return encoder.bytes
    }

    /// The key of a kind whose name is these bytes.
    init(_ kind: Kind, nameBytes: [UInt8]) throws(DecodingFailure) {
        self = try CanonicalDecoder.decode(nameBytes) { (decoder: inout CanonicalDecoder) throws(DecodingFailure) in
            try ControlKey(kind, from: &decoder)
        }
    }

    private init(_ kind: Kind, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch kind {
        case .partyEncumbrances: self = .partyEncumbrances(try decoder.identifier())
        case .order: self = .order(try decoder.identifier())
        case .mandate: self = .mandate(try AuthorityReference(from: &decoder))
        case .proposal: self = .proposal(try decoder.identifier())
        case .document: self = .document(try decoder.digest())
        case .recovery: self = .recovery(try decoder.identifier())
        case .precommitment: self = .precommitment(try decoder.identifier())
        case .custody: self = .custody(try AuthorityReference(from: &decoder))
        case .allowance:
            try decoder.array(count: 3)
            let asset: AssetID = try decoder.identifier()
            let owner: AccountID = try decoder.identifier()
            self = .allowance(asset: asset, owner: owner, operator: try decoder.identifier())
            decoder.leave()
        case .emergency:
            try decoder.array(count: 2)
            let authority = try AuthorityReference(from: &decoder)
            self = .emergency(authority, try EncumbranceTarget(from: &decoder))
            decoder.leave()
        }
    }
}

extension ControlKey: Comparable {
    /// By kind, then by the bytes of the name.
    public static func < (left: ControlKey, right: ControlKey) -> Bool {
        left.kind == right.kind
            ? left.nameBytes.lexicographicallyPrecedes(right.nameBytes) : left.kind.rawValue < right.kind.rawValue
    }
}
