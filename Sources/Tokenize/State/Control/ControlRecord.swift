/// What stands under a ``ControlKey``.
public enum ControlRecord: Hashable, Sendable {
    case partyEncumbrances([EncumbranceRecord])
    case order(OrderRecord)
    case mandate(Mandate)
    case proposal(ProposalRecord)
    case document(DocumentRecord)
    case recovery(RecoveryRecord)
    case allowance(AllowanceRecord)
    case precommitment(Digest)
    /// The last business date on which the power must not be used again.
    case emergency(CalendarDate)
    case custody(AccountID)

    func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .partyEncumbrances(let list): encoder.encode(array: list)
        case .order(let record): record.encode(into: &encoder)
        case .mandate(let mandate): mandate.encode(into: &encoder)
        case .proposal(let record): record.encode(into: &encoder)
        case .document(let record): record.encode(into: &encoder)
        case .recovery(let record): record.encode(into: &encoder)
        case .allowance(let record): record.encode(into: &encoder)
        case .precommitment(let digest): encoder.encode(digest)
        case .emergency(let date): date.encode(into: &encoder)
        case .custody(let account): encoder.encode(account)
        }
    }

    init(_ kind: ControlKey.Kind, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch kind {
        case .partyEncumbrances:
            self = .partyEncumbrances(
                try decoder.array(
                    of: EncumbranceRecord.self,
                    min: 1,
                    max: TransactionLimits.encumbranceCountMax,
                    limit: "encumbranceCountMax"
                )
            )
        case .order: self = .order(try OrderRecord(from: &decoder))
        case .mandate: self = .mandate(try Mandate(from: &decoder))
        case .proposal: self = .proposal(try ProposalRecord(from: &decoder))
        case .document: self = .document(try DocumentRecord(from: &decoder))
        case .recovery: self = .recovery(try RecoveryRecord(from: &decoder))
        case .allowance: self = .allowance(try AllowanceRecord(from: &decoder))
        case .precommitment: self = .precommitment(try decoder.digest())
        case .emergency: self = .emergency(try CalendarDate(from: &decoder))
        case .custody: self = .custody(try decoder.identifier())
        }
    }
}

/// An order as the ledger knows it: whose it is, on what it stands, and whether it is appealed against.
public struct OrderRecord: Hashable, Sendable {
    /// The authority that made it.
    public let authority: AuthorityReference
    /// Its number, document and legal basis.
    public let order: OrderReference
    /// Where an appeal against it stands.
    public internal(set) var appeal: AppealStatus
}

extension OrderRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        authority.encode(into: &encoder)
        order.encode(into: &encoder)
        encoder.encode(UInt64(appeal.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        authority = try AuthorityReference(from: &decoder)
        order = try OrderReference(lawfulFrom: &decoder)
        guard let appeal = AppealStatus(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.appeal = appeal
        decoder.leave()
    }
}

/// A moment on the ledger: business days opened since genesis, and the sealing time of the last header before it.
///
/// A notice has run when both have advanced, so that opening days fast gains nothing.
public struct LedgerMoment: Hashable, Sendable {
    /// Business days opened since genesis.
    public let openedDayCount: UInt64
    /// Seconds since 1970-01-01T00:00:00Z.
    public let sealingTime: UInt64

    /// Whether so many opened days and so many seconds lie between this moment and `later`.
    func hasPassed(_ notice: Notice, at later: LedgerMoment) -> Bool {
        later.openedDayCount.subtractingReportingOverflow(openedDayCount).partialValue >= UInt64(notice.openedDays)
            && later.openedDayCount >= openedDayCount && later.sealingTime >= sealingTime
            && later.sealingTime - sealingTime >= UInt64(notice.seconds)
    }
}

extension LedgerMoment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(openedDayCount)
        encoder.encode(sealingTime)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        openedDayCount = try decoder.unsigned()
        sealingTime = try decoder.unsigned()
        decoder.leave()
    }
}
