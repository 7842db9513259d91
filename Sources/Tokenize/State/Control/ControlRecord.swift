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

extension ControlRecord {
    /// From when its notice counts, where it has one that has begun.
    var noticeBegin: LedgerMoment? {
        switch self {
        case .proposal(let record): record.ready
        case .recovery(let record): record.since
        default: nil
        }
    }

    /// The record with its notice as it is known on a ledger that has come so far.
    func sealed(by clock: LedgerClock) -> ControlRecord {
        switch self {
        case .proposal(var record):
            record.ready = record.ready?.sealed(by: clock)
            return .proposal(record)
        case .recovery(var record):
            record.since = record.since.sealed(by: clock)
            return .recovery(record)
        default: return self
        }
    }
}
