/// What an act of chapter 15 did, beside the movements that it made.
public enum ControlEffect: Hashable, Sendable {
    case orderAppealed(OrderID, AppealStatus)
    /// Units were taken out of a holding under an order.
    case orderExecuted(OrderID, AssetID, from: AccountID, partition: Partition, units: Quantity)
    case custodyNamed(AuthorityReference, AccountID)
    case mandateSet(AuthorityReference)
    case proposed(ProposalID)
    case approved(ProposalID, by: AccountID)
    case approvalWithdrawn(ProposalID, by: AccountID)
    /// The effects of the act follow.
    case proposalExecuted(ProposalID)
    case vetoed(ProposalID)
    case renounced(AuthorityReference, AccountID)
    case assetDeactivated(AssetID)
    case documentFiled(Digest)
    case recoveryFiled(AccountID)
    case recoveryObjected(AccountID)
    case recoveryDecided(AccountID, isAllowed: Bool)
    case recoveryExecuted(AccountID)
    case precommitted(AccountID)
    case allowanceSet(AssetID, owner: AccountID, operator: AccountID, units: Quantity)
    case allowanceUsed(AssetID, owner: AccountID, operator: AccountID, units: Quantity)

    /// Codes on the wire.
    static let codes: ClosedRange<UInt64> = 70...99

    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .orderAppealed(let order, let status):
            encoder.encodeArray(count: 3)
            encoder.encode(70 as UInt64)
            encoder.encode(order)
            encoder.encode(UInt64(status.rawValue))
        case .orderExecuted(let order, let asset, let account, let partition, let units):
            encoder.encodeArray(count: 6)
            encoder.encode(71 as UInt64)
            encoder.encode(order)
            encoder.encode(asset)
            encoder.encode(account)
            partition.encode(into: &encoder)
            encoder.encode(units)
        case .custodyNamed(let authority, let account): Self.encode(72, authority, account, into: &encoder)
        case .mandateSet(let authority):
            encoder.encodeArray(count: 2)
            encoder.encode(73 as UInt64)
            authority.encode(into: &encoder)
        case .proposed(let id): Self.encode(74, id.digest, into: &encoder)
        case .approved(let id, let account): Self.encode(75, id.digest, account.digest, into: &encoder)
        case .approvalWithdrawn(let id, let account): Self.encode(76, id.digest, account.digest, into: &encoder)
        case .proposalExecuted(let id): Self.encode(77, id.digest, into: &encoder)
        case .vetoed(let id): Self.encode(78, id.digest, into: &encoder)
        case .renounced(let authority, let account): Self.encode(79, authority, account, into: &encoder)
        case .assetDeactivated(let asset): Self.encode(80, asset.digest, into: &encoder)
        case .documentFiled(let digest): Self.encode(81, digest, into: &encoder)
        case .recoveryFiled(let account): Self.encode(82, account.digest, into: &encoder)
        case .recoveryObjected(let account): Self.encode(83, account.digest, into: &encoder)
        case .recoveryDecided(let account, let isAllowed):
            encoder.encodeArray(count: 3)
            encoder.encode(84 as UInt64)
            encoder.encode(account)
            encoder.encode(isAllowed)
        case .recoveryExecuted(let account): Self.encode(85, account.digest, into: &encoder)
        case .precommitted(let account): Self.encode(86, account.digest, into: &encoder)
        case .allowanceSet(let asset, let owner, let trustee, let units):
            Self.encode(87, asset, owner, trustee, units, into: &encoder)
        case .allowanceUsed(let asset, let owner, let trustee, let units):
            Self.encode(88, asset, owner, trustee, units, into: &encoder)
        }
    }

    private static func encode(_ code: UInt64, _ digests: Digest..., into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: digests.count + 1)
        encoder.encode(code)
        for digest in digests { encoder.encode(digest) }
    }

    private static func encode(
        _ code: UInt64,
        _ authority: AuthorityReference,
        _ account: AccountID,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: 3)
        encoder.encode(code)
        authority.encode(into: &encoder)
        encoder.encode(account)
    }

    private static func encode(
        _ code: UInt64,
        _ asset: AssetID,
        _ owner: AccountID,
        _ trustee: AccountID,
        _ units: Quantity,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: 5)
        encoder.encode(code)
        encoder.encode(asset)
        encoder.encode(owner)
        encoder.encode(trustee)
        encoder.encode(units)
    }
}

extension ControlEffect {
    /// The rest of an effect of which the array's head and the code are read.
    init(code: UInt64, count: Int, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch (code, count) {
        case (70, 3):
            let order: OrderID = try decoder.identifier()
            guard let status = AppealStatus(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
                throw decoder.failure(.outOfRange)
            }
            self = .orderAppealed(order, status)
        case (71, 6):
            let order: OrderID = try decoder.identifier()
            let asset: AssetID = try decoder.identifier()
            let account: AccountID = try decoder.identifier()
            let partition = try Partition(from: &decoder)
            let units = try decoder.quantity()
            self = .orderExecuted(order, asset, from: account, partition: partition, units: units)
        case (72, 3), (79, 3):
            let authority = try AuthorityReference(from: &decoder)
            let account: AccountID = try decoder.identifier()
            self = code == 72 ? .custodyNamed(authority, account) : .renounced(authority, account)
        case (73, 2): self = .mandateSet(try AuthorityReference(from: &decoder))
        case (75, 3), (76, 3):
            let id: ProposalID = try decoder.identifier()
            let account: AccountID = try decoder.identifier()
            self = code == 75 ? .approved(id, by: account) : .approvalWithdrawn(id, by: account)
        case (84, 3):
            let account: AccountID = try decoder.identifier()
            self = .recoveryDecided(account, isAllowed: try decoder.bool())
        case (87, 5), (88, 5):
            let asset: AssetID = try decoder.identifier()
            let owner: AccountID = try decoder.identifier()
            let trustee: AccountID = try decoder.identifier()
            let units = try decoder.quantity()
            self =
                code == 87
                ? .allowanceSet(asset, owner: owner, operator: trustee, units: units)
                : .allowanceUsed(asset, owner: owner, operator: trustee, units: units)
        case (_, 2): self = try ControlEffect(code: code, of: try decoder.digest(), decoder)
        default: throw decoder.failure(.outOfRange)
        }
    }

    /// An effect that is a code and 32 bytes.
    private init(code: UInt64, of digest: Digest, _ decoder: CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case 74: self = .proposed(ProposalID(digest: digest))
        case 77: self = .proposalExecuted(ProposalID(digest: digest))
        case 78: self = .vetoed(ProposalID(digest: digest))
        case 80: self = .assetDeactivated(AssetID(digest: digest))
        case 81: self = .documentFiled(digest)
        case 82: self = .recoveryFiled(AccountID(digest: digest))
        case 83: self = .recoveryObjected(AccountID(digest: digest))
        case 85: self = .recoveryExecuted(AccountID(digest: digest))
        case 86: self = .precommitted(AccountID(digest: digest))
        default: throw decoder.failure(.outOfRange)
        }
    }
}
