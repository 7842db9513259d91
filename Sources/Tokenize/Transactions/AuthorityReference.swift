/// What an authority may do; the acts of each role are listed in Specs/04.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// Appoints and changes authorities, rotates log keys.
    case governor = 1
    /// Opens business days.
    case `operator` = 2
    /// Registers parties and opens accounts.
    case registrar = 3
    /// Creates assets, issues and cancels units.
    case issuer = 4
    /// Moves units between partitions.
    case transferAgent = 5
    /// Pays income and redemption from its account.
    case payingAgent = 6
    /// Freezes, attaches, pauses and moves by order.
    case regulator = 7
    /// Freezes, attaches, pauses and moves by order.
    case court = 8
    /// Reads; holds no power to change anything.
    case auditor = 9
    /// Attests what it has checked of parties.
    case identityIssuer = 10
}

/// Names an authority: a role over a scope, numbered, since a state has more than one court.
public struct AuthorityReference: Hashable, Sendable, Comparable {
    /// What it may do.
    public let role: Role
    /// Distinguishes authorities of one role and scope; 0 for the first.
    public let number: UInt16
    /// The asset that the authority is limited to, or nil for the whole ledger.
    public let asset: AssetID?

    /// The reference of an authority over the ledger, or over one asset.
    public init(_ role: Role, number: UInt16 = 0, asset: AssetID? = nil) {
        self.role = role
        self.number = number
        self.asset = asset
    }

    public static func < (left: AuthorityReference, right: AuthorityReference) -> Bool {
        if left.role != right.role { return left.role.rawValue < right.role.rawValue }
        if left.number != right.number { return left.number < right.number }
        switch (left.asset, right.asset) {
        case (nil, nil), (_, nil): return false
        case (nil, _): return true
        case (let leftAsset?, let rightAsset?): return leftAsset < rightAsset
        }
    }
}

extension AuthorityReference: CustomStringConvertible {
    /// `court/0`, or `issuer/0@asset1…`.
    public var description: String {
        "\(role)/\(number)" + (asset.map { "@\($0)" } ?? "")
    }
}

extension AuthorityReference: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: asset == nil ? 2 : 3)
        encoder.encode(UInt64(role.rawValue))
        encoder.encode(UInt64(number))
        if let asset { encoder.encode(asset) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        guard let role = Role(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        let number = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        let asset: AssetID? = count == 3 ? try decoder.identifier() : nil
        decoder.leave()
        self.init(role, number: number, asset: asset)
    }
}

/// An authority as it is set up: its members and how many of them must sign together.
public struct AuthorityAppointment: Hashable, Sendable {
    /// The authority that is set up.
    public let reference: AuthorityReference
    /// Members that must be principals of a transaction that acts under this authority, 1 ... member count.
    public let quorum: Int
    /// Accounts in ascending order, each once.
    public let members: [AccountID]

    /// An appointment, or nil if `quorum` is not 1 ... member count, or members repeat or are too many.
    public init?(_ reference: AuthorityReference, quorum: Int, members: [AccountID]) {
        let ordered = members.sorted()
        guard (1...TransactionLimits.authorityMemberCountMax).contains(ordered.count),
            (1...ordered.count).contains(quorum),
            zip(ordered, ordered.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.reference = reference
        self.quorum = quorum
        self.members = ordered
    }
}

extension AuthorityAppointment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        reference.encode(into: &encoder)
        encoder.encode(UInt64(quorum))
        encoder.encodeArray(count: members.count)
        for member in members { encoder.encode(member) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let reference = try AuthorityReference(from: &decoder)
        let quorum = Int(try decoder.unsigned(max: UInt64(TransactionLimits.authorityMemberCountMax)))
        let count = try decoder.arrayCount(max: TransactionLimits.authorityMemberCountMax)
        var members: [AccountID] = []
        for index in 0..<count {
            let member: AccountID = try decoder.identifier()
            if index > 0, !(members[index - 1] < member) { throw decoder.failure(.keyOrder) }
            members.append(member)
        }
        decoder.leave()
        decoder.leave()
        guard let appointment = AuthorityAppointment(reference, quorum: quorum, members: members) else {
            throw decoder.failure(.outOfRange)
        }
        self = appointment
    }
}
