/// Names a list: the authority that keeps it, and a number of its choice.
public struct ListReference: Hashable, Sendable, Comparable {
    /// Who keeps the list; nobody else changes it.
    public let keeper: AuthorityReference
    /// Distinguishes the lists of one keeper.
    public let number: UInt16

    /// The list of a keeper with this number.
    public init(_ keeper: AuthorityReference, number: UInt16 = 0) {
        self.keeper = keeper
        self.number = number
    }

    public static func < (left: ListReference, right: ListReference) -> Bool {
        left.keeper == right.keeper ? left.number < right.number : left.keeper < right.keeper
    }
}

/// Who stands on a list.
public enum ListMember: Hashable, Sendable {
    /// A person, with all accounts.
    case party(PartyID)
    /// One account.
    case account(AccountID)
}

/// Puts parties and accounts on a list of the acting authority, or takes them off.
public struct ListChange: Hashable, Sendable {
    /// Entries that one act changes.
    public static let memberCountMax = 512

    /// Which list of the authority.
    public let number: UInt16
    /// Whether they are put on it.
    public let isAdding: Bool
    /// 1 to ``memberCountMax`` of them.
    public let members: [ListMember]

    /// An act with these fields; the rules decide whether it can be done.
    public init(number: UInt16 = 0, isAdding: Bool = true, _ members: [ListMember]) {
        self.number = number
        self.isAdding = isAdding
        self.members = members
    }
}

extension ListReference: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        keeper.encode(into: &encoder)
        encoder.encode(UInt64(number))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        keeper = try AuthorityReference(from: &decoder)
        number = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        decoder.leave()
    }
}

extension ListMember: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch self {
        case .party(let party):
            encoder.encode(1 as UInt64)
            encoder.encode(party)
        case .account(let account):
            encoder.encode(2 as UInt64)
            encoder.encode(account)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        switch try decoder.unsigned() {
        case 1: self = .party(try decoder.identifier())
        case 2: self = .account(try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension ListChange: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(UInt64(number))
        encoder.encode(isAdding)
        encoder.encode(array: members)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        number = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        isAdding = try decoder.bool()
        members = try decoder.array(
            of: ListMember.self,
            min: 1,
            max: ListChange.memberCountMax,
            limit: "listMemberCountMax"
        )
        decoder.leave()
    }
}
