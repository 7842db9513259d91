/// How an encumbrance's amount counts against a holding (Specs/05).
public enum EncumbranceKind: UInt8, Hashable, Sendable, CaseIterable {
    /// Reserved: set aside by the holder for a settlement or a counterparty. Adds up.
    case hold = 1
    /// Reserved: security for a debt. Adds up.
    case pledge = 2
    /// Attached: a prohibition to dispose. Stays with the holder and covers units that arrive later.
    case freeze = 3
    /// Attached: a charge on the units. Follows them when they are moved by order.
    case lien = 4

    /// True if amounts of this kind add up; attached amounts may cover the same units.
    public var isReserved: Bool { self == .hold || self == .pledge }
    /// True if the amount may exceed the units held, since it covers units to come.
    public var coversFutureUnits: Bool { self == .freeze }
    /// True if the encumbrance goes with the units.
    public var followsUnits: Bool { self == .lien }
}

/// What an encumbrance weighs on.
public enum EncumbranceTarget: Hashable, Sendable {
    /// Every outgoing act of an account.
    case account(AccountID)
    /// Units of a holding.
    case holding(asset: AssetID, account: AccountID, partition: Partition)
    /// Every movement of an asset (a pause).
    case asset(AssetID)
    /// Every outgoing act of every account of a party, those that are opened later too.
    case party(PartyID)
}

/// Names a part of an asset's units that differ in a right (a tranche, say); 0 is the ordinary one.
public struct Partition: Hashable, Sendable, Comparable, ExpressibleByIntegerLiteral {
    /// The number as it is encoded.
    public let number: UInt32
    /// The partition of this number.
    public init(_ number: UInt32) { self.number = number }
    public init(integerLiteral value: UInt32) { number = value }
    /// The partition of units without a difference, 0.
    public static let ordinary = Partition(0)
    public static func < (left: Partition, right: Partition) -> Bool { left.number < right.number }
}

extension Partition: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) { encoder.encode(UInt64(number)) }
    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        self.init(UInt32(try decoder.unsigned(max: UInt64(UInt32.max))))
    }
}

/// The order or contract under which an act is done: its reference, the digest of its document, and what it stands on.
public struct OrderReference: Hashable, Sendable {
    /// The number under which the document is filed, 1 ... 64 bytes.
    public let reference: String
    /// SHA-256 of the document.
    public let documentDigest: Digest
    /// The ground in law of an authority's order; nil for a contract. A coercive act without it does not decode.
    public let legalBasis: LegalBasis?

    /// An order, or nil if the reference is empty, too long or holds control characters.
    public init?(reference: String, documentDigest: Digest, legalBasis: LegalBasis? = nil) {
        let bytes = Array(reference.utf8)
        guard (1...TransactionLimits.referenceByteCountMax).contains(bytes.count), reference.isCanonicalText else {
            return nil
        }
        self.reference = reference
        self.documentDigest = documentDigest
        self.legalBasis = legalBasis
    }
}

extension OrderReference {
    /// References are compared byte by byte, so that no Unicode table decides.
    public static func == (left: OrderReference, right: OrderReference) -> Bool {
        left.documentDigest == right.documentDigest && left.legalBasis == right.legalBasis
            && left.reference.isSameBytes(as: right.reference)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(documentDigest)
        hasher.combine(legalBasis)
        reference.hashBytes(into: &hasher)
    }
}

extension OrderReference: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: legalBasis == nil ? 2 : 3)
        encoder.encode(text: reference)
        encoder.encode(documentDigest)
        if let legalBasis { encoder.encode(UInt64(legalBasis.rawValue)) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        let text = try decoder.text(byteCountMax: TransactionLimits.referenceByteCountMax)
        let digest = try decoder.digest()
        var basis: LegalBasis?
        if count == 3 {
            basis = LegalBasis(rawValue: UInt8(try decoder.unsigned(max: 255)))
            guard basis != nil else { throw decoder.failure(.outOfRange) }
        }
        decoder.leave()
        guard let order = OrderReference(reference: text, documentDigest: digest, legalBasis: basis) else {
            throw decoder.failure(.outOfRange)
        }
        self = order
    }

    /// The order of a coercive act: one without a legal basis is none.
    init(lawfulFrom decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        self = try OrderReference(from: &decoder)
        guard legalBasis != nil else { throw decoder.failure(.outOfRange) }
    }
}

extension EncumbranceTarget: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .account(let account):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(account)
        case .holding(let asset, let account, let partition):
            encoder.encodeArray(count: 4)
            encoder.encode(2 as UInt64)
            encoder.encode(asset)
            encoder.encode(account)
            partition.encode(into: &encoder)
        case .asset(let asset):
            encoder.encodeArray(count: 2)
            encoder.encode(3 as UInt64)
            encoder.encode(asset)
        case .party(let party):
            encoder.encodeArray(count: 2)
            encoder.encode(4 as UInt64)
            encoder.encode(party)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        switch (try decoder.unsigned(), count) {
        case (1, 2): self = .account(try decoder.identifier())
        case (2, 4):
            let asset: AssetID = try decoder.identifier()
            let account: AccountID = try decoder.identifier()
            self = .holding(asset: asset, account: account, partition: try Partition(from: &decoder))
        case (3, 2): self = .asset(try decoder.identifier())
        case (4, 2): self = .party(try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}
