/// Who has power over an asset, and the rules for holding it.
public struct Charter: Hashable, Sendable {
    /// Rules in a charter.
    public static let ruleCountMax = 16

    /// Authorities limited to this asset, each once: issuers, transfer agents and paying agents. From them on, the
    /// ledger's authorities of these roles have no say.
    public let authorities: [CharterAuthority]
    /// All of them hold for every movement that is not ordered by law.
    public let rules: [HoldingRule]

    /// A charter with these authorities and rules; whether they fit is decided when the asset is created.
    public init(authorities: [CharterAuthority], rules: [HoldingRule] = []) {
        self.authorities = authorities
        self.rules = rules
    }
}

/// An authority as a charter sets it up; its scope is the asset.
public struct CharterAuthority: Hashable, Sendable {
    /// What it may do.
    public let role: Role
    /// Distinguishes authorities of one role; 0 for the first.
    public let number: UInt16
    /// Members that must sign together.
    public let quorum: Int
    /// Accounts that may sign for it.
    public let members: [AccountID]

    /// An authority with these members; whether they fit is decided when the asset is created.
    public init(_ role: Role, number: UInt16 = 0, quorum: Int = 1, members: [AccountID]) {
        self.role = role
        self.number = number
        self.quorum = quorum
        self.members = members
    }

    /// The appointment for `asset`, or nil if quorum and members do not fit.
    func appointment(over asset: AssetID) -> AuthorityAppointment? {
        AuthorityAppointment(
            AuthorityReference(role, number: number, asset: asset),
            quorum: quorum,
            members: members
        )
    }
}

/// A rule on who may hold, and how much.
public enum HoldingRule: Hashable, Sendable {
    /// Only these classes may receive units.
    case allowedClasses(HolderClassSet)
    /// These classes together hold at most `numerator / denominator` of the units outstanding.
    case classShareLimit(HolderClassSet, numerator: UInt64, denominator: UInt64)

    /// Largest denominator of a share.
    public static let denominatorMax: UInt64 = 1_000_000
}

extension Charter: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(array: authorities)
        encoder.encode(array: rules)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        authorities = try decoder.array(of: CharterAuthority.self, max: 32, limit: "charterAuthorityCountMax")
        rules = try decoder.array(of: HoldingRule.self, max: Charter.ruleCountMax, limit: "ruleCountMax")
        decoder.leave()
    }
}

extension CharterAuthority: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(UInt64(role.rawValue))
        encoder.encode(UInt64(number))
        encoder.encode(UInt64(quorum))
        encoder.encodeArray(count: members.count)
        for member in members.sorted() { encoder.encode(member) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        guard let role = Role(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.role = role
        number = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        quorum = Int(try decoder.unsigned(max: UInt64(TransactionLimits.authorityMemberCountMax)))
        let count = try decoder.arrayCount(max: TransactionLimits.authorityMemberCountMax)
        guard quorum >= 1, quorum <= count else { throw decoder.failure(.outOfRange) }
        var members: [AccountID] = []
        for index in 0..<count {
            let member: AccountID = try decoder.identifier()
            if index > 0, !(members[index - 1] < member) { throw decoder.failure(.keyOrder) }
            members.append(member)
        }
        decoder.leave()
        decoder.leave()
        self.members = members
    }
}

extension HoldingRule: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .allowedClasses(let classes):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(UInt64(classes.rawValue))
        case .classShareLimit(let classes, let numerator, let denominator):
            encoder.encodeArray(count: 4)
            encoder.encode(2 as UInt64)
            encoder.encode(UInt64(classes.rawValue))
            encoder.encode(numerator)
            encoder.encode(denominator)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        let code = try decoder.unsigned()
        let classes = HolderClassSet(rawValue: UInt32(try decoder.unsigned(max: UInt64(UInt32.max))))
        guard HolderClassSet.all.isSuperset(of: classes) else { throw decoder.failure(.outOfRange) }
        switch (code, count) {
        case (1, 2): self = .allowedClasses(classes)
        case (2, 4):
            let numerator = try decoder.unsigned()
            let denominator = try decoder.unsigned(max: HoldingRule.denominatorMax)
            guard denominator >= 1, numerator <= denominator else { throw decoder.failure(.outOfRange) }
            self = .classShareLimit(classes, numerator: numerator, denominator: denominator)
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}
