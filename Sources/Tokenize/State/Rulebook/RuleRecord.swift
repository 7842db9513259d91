/// A rulebook in force.
public struct RulebookRecord: Hashable, Sendable {
    /// Counted from 1.
    public let version: UInt64
    /// The business date on which it was laid down.
    public let since: CalendarDate
    /// The encoded rulebook, as it was received.
    public let rulebook: [UInt8]
}

/// What an authority says of a party.
public struct AttestationRecord: Hashable, Sendable {
    /// What it says.
    public let value: AttestationValue
    /// The first business date on which it counts.
    public let validFrom: CalendarDate
    /// The last one.
    public let validUntil: CalendarDate

    /// Whether it counts on a date.
    @inline(__always)
    func counts(on date: CalendarDate) -> Bool { validFrom <= date && date <= validUntil }
}

/// A movement that its holder has asked for.
public struct RequestRecord: Hashable, Sendable {
    /// Accounts that approve it, or that refuse it: those of all rules of approval that a rulebook can have.
    static let approverCountMax = Rulebook.ruleCountMax * ApprovalRule.approverCountMax

    /// Exactly so many units.
    public let units: Quantity
    /// The last business date on which they may move.
    public let lastDate: CalendarDate
    /// When it was asked for; from then on silence counts, where it counts.
    public internal(set) var since: LedgerMoment
    /// The version of the rulebook under which it was asked for: under another one silence does not count, since those
    /// who would have to speak were not told.
    public let version: UInt64
    /// Who has approved it, ascending.
    public internal(set) var approvals: [AccountID]
    /// Who has refused it, ascending.
    public internal(set) var refusals: [AccountID]
}

/// What stands under a ``RuleKey``.
public enum RuleRecord: Hashable, Sendable {
    case rulebook(RulebookRecord)
    case attestation(AttestationRecord)
    case volume(DaySums)
    case listed
    case join(PartyID)
    case trust([AuthorityReference])
    case optedIn
    case request(RequestRecord)

    /// The record with its notice as it is known on a ledger that has come so far.
    func sealed(by clock: LedgerClock) -> RuleRecord {
        guard case .request(var record) = self else { return self }
        record.since = record.since.sealed(by: clock)
        return .request(record)
    }

    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .rulebook(let record): record.encode(into: &encoder)
        case .attestation(let record): record.encode(into: &encoder)
        case .volume(let sums): sums.encode(into: &encoder)
        case .listed, .optedIn: encoder.encode(true)
        case .join(let head): encoder.encode(head)
        case .trust(let issuers): encoder.encode(array: issuers)
        case .request(let record): record.encode(into: &encoder)
        }
    }

    init(of key: RuleKey, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch key {
        case .rulebook: self = .rulebook(try RulebookRecord(from: &decoder))
        case .attestation: self = .attestation(try AttestationRecord(from: &decoder))
        case .volume: self = .volume(try DaySums(from: &decoder))
        case .listing, .optIn:
            guard try decoder.bool() else { throw decoder.failure(.outOfRange) }
            if case .listing = key { self = .listed } else { self = .optedIn }
        case .join: self = .join(try decoder.identifier())
        case .trust: self = .trust(try decoder.trustedIssuers())
        case .request: self = .request(try RequestRecord(from: &decoder))
        }
    }
}

extension RulebookRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(version)
        since.encode(into: &encoder)
        encoder.encode(bytes: rulebook)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        version = try decoder.unsigned()
        guard version >= 1 else { throw decoder.failure(.outOfRange) }
        since = try CalendarDate(from: &decoder)
        rulebook = try decoder.bytes(countMax: TransactionLimits.rulebookByteCountMax)
        decoder.leave()
    }
}

extension AttestationRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        value.encode(into: &encoder)
        validFrom.encode(into: &encoder)
        validUntil.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        value = try AttestationValue(from: &decoder)
        validFrom = try CalendarDate(from: &decoder)
        validUntil = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}

extension RequestRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(units)
        lastDate.encode(into: &encoder)
        since.encode(into: &encoder)
        encoder.encode(version)
        for list in [approvals, refusals] {
            encoder.encodeArray(count: list.count)
            for account in list { encoder.encode(account) }
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        units = try decoder.quantity()
        lastDate = try CalendarDate(from: &decoder)
        since = try LedgerMoment(from: &decoder)
        version = try decoder.unsigned()
        approvals = try RequestRecord.accounts(&decoder)
        refusals = try RequestRecord.accounts(&decoder)
        decoder.leave()
    }

    private static func accounts(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> [AccountID] {
        let count = try decoder.arrayCount(max: approverCountMax)
        var list: [AccountID] = []
        for index in 0..<count {
            let account: AccountID = try decoder.identifier()
            if index > 0, !(list[index - 1] < account) { throw decoder.failure(.keyOrder) }
            list.append(account)
        }
        decoder.leave()
        return list
    }
}
