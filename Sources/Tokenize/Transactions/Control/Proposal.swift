/// Puts an act before the other members of an authority, to be approved over time.
public struct Proposal: Hashable, Sendable {
    /// The operation to be done, encoded: an act under an authority, by principal 0.
    public let act: [UInt8]
    /// The last business date on which it may be approved or done.
    public let lastDate: CalendarDate

    /// A proposal of `act`, to be approved until `lastDate`.
    public init(_ act: Act, until lastDate: CalendarDate) {
        self.init(act: Operation(act).canonicalBytes, until: lastDate)
    }

    /// A proposal of bytes as they are; the rules decide whether they are an act.
    public init(act: [UInt8], until lastDate: CalendarDate) {
        self.act = act
        self.lastDate = lastDate
    }

    /// The act in the bytes, or nil if they hold none that can be proposed: an act under an authority, by principal 0,
    /// that neither names other principals nor is itself about members or proposals.
    static func act(in bytes: [UInt8]) -> Act? {
        guard let operation = try? Operation(canonicalBytes: bytes), operation.principal == 0,
            operation.act.authority != nil, operation.act.code.isProposable
        else { return nil }
        return operation.act
    }
}

extension ActCode {
    /// Whether an act may be done by way of a proposal: not one that another principal or another authority signs. The
    /// principals of a proposal are its approvers, and an approval is no consent to give one's own.
    var isProposable: Bool {
        switch self {
        case .redeem, .subscribe, .buyBack, .veto, .fileRecovery, .emergencyFreeze: false
        default: true
        }
    }
}

extension ActCode {
    /// Whether a timelock may be laid on an act: what cannot be proposed could then not be done at all, and a recovery
    /// has a notice of its own, which the timelock of an objection sets.
    ///
    /// No day waits for a notice, since notices count opened days.
    var mayWait: Bool { isProposable && self != .executeRecovery && self != .openBusinessDay }

    /// The acts by whose quorums, separations and timelocks it goes: whoever names the custody decides where units that
    /// are seized go, also by a seizure that others have agreed to already.
    var governing: [ActCode] { self == .nameCustody ? [.nameCustody, .seize] : [self] }
}

extension Proposal: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(bytes: act)
        lastDate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        act = try decoder.bytes(countMax: TransactionLimits.proposedActByteCountMax)
        lastDate = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}
