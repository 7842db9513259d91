/// An act that waits for approvals.
public struct ProposalRecord: Hashable, Sendable {
    /// The authority under which the act is to be done.
    public let authority: AuthorityReference
    /// The act as an encoded operation.
    public let act: [UInt8]
    /// The member who proposed it, and who acts when it is done.
    public let proposer: AccountID
    /// The last business date on which it may be approved or done.
    public let lastDate: CalendarDate
    /// Members who approve it, ascending.
    public internal(set) var approvals: [AccountID]
    /// When the approvals reached the quorum, from which a timelock counts; nil while they do not.
    public internal(set) var ready: LedgerMoment?
}

extension ProposalRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: ready == nil ? 5 : 6)
        authority.encode(into: &encoder)
        encoder.encode(bytes: act)
        encoder.encode(proposer)
        lastDate.encode(into: &encoder)
        encoder.encodeArray(count: approvals.count)
        for account in approvals { encoder.encode(account) }
        ready?.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 6)
        guard count >= 5 else { throw decoder.failure(.outOfRange) }
        authority = try AuthorityReference(from: &decoder)
        act = try decoder.bytes(countMax: TransactionLimits.proposedActByteCountMax)
        proposer = try decoder.identifier()
        lastDate = try CalendarDate(from: &decoder)
        let approvalCount = try decoder.arrayCount(max: TransactionLimits.authorityMemberCountMax)
        var approvals: [AccountID] = []
        for index in 0..<approvalCount {
            let account: AccountID = try decoder.identifier()
            if index > 0, !(approvals[index - 1] < account) { throw decoder.failure(.keyOrder) }
            approvals.append(account)
        }
        decoder.leave()
        self.approvals = approvals
        ready = count == 6 ? try LedgerMoment(from: &decoder) : nil
        decoder.leave()
    }
}
