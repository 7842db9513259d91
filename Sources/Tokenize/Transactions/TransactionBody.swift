/// What principals sign: who acts, for how long it may, and what is done.
public struct TransactionBody: Hashable, Sendable {
    /// The only version there is.
    public static let version: UInt64 = 1

    /// The ledger that the transaction is meant for; it means nothing on any other.
    public let ledger: LedgerID
    /// The accounts that sign, each with the sequence that the transaction uses up.
    public let principals: ShortList<Principal>
    /// The last business date on which it may be committed.
    public let lastValidDate: CalendarDate
    /// The last height at which it may be committed, 1 or above, or nil. On the wire, nil is 0.
    public let lastValidHeight: UInt64?
    /// Done in this order, all or none.
    public let operations: ShortList<Operation>
    /// For people; at most ``TransactionLimits/memoByteCountMax`` bytes.
    public let memo: String

    /// A body with these fields; ``SignedTransaction`` refuses one that breaks a limit when it is decoded.
    public init(
        ledger: LedgerID,
        principals: some Sequence<Principal>,
        lastValidDate: CalendarDate,
        lastValidHeight: UInt64? = nil,
        operations: some Sequence<Operation>,
        memo: String = ""
    ) {
        self.ledger = ledger
        self.principals = ShortList(principals)
        self.lastValidDate = lastValidDate
        self.lastValidHeight = lastValidHeight
        self.operations = ShortList(operations)
        self.memo = memo
    }

    /// The tagged hash of the encoded body, which every principal signs.
    public var id: TransactionID { TransactionID(digest: Tags.transaction.hash(canonicalBytes)) }
}

/// An account that takes part in a transaction, and the sequence that it uses up.
public struct Principal: Hashable, Sendable {
    /// The account that takes part.
    public let account: AccountID
    /// 0 ..< ``TransactionLimits/laneCountMax``; lanes are independent of one another.
    public let lane: UInt16
    /// Used once for ever in its lane; the lane accepts a window of 64 in any order.
    public let sequence: UInt64

    /// A principal that uses up this sequence of this lane.
    public init(account: AccountID, lane: UInt16 = 0, sequence: UInt64) {
        self.account = account
        self.lane = lane
        self.sequence = sequence
    }
}

extension TransactionBody: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 7)
        encoder.encode(TransactionBody.version)
        encoder.encode(ledger)
        encoder.encode(list: principals)
        lastValidDate.encode(into: &encoder)
        encoder.encode(lastValidHeight ?? 0)
        encoder.encode(list: operations)
        encoder.encode(text: memo)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 7)
        guard try decoder.unsigned() == TransactionBody.version else { throw decoder.failure(.outOfRange) }
        ledger = try decoder.identifier()
        principals = try decoder.list(
            of: Principal.self,
            max: TransactionLimits.principalCountMax,
            limit: "principalCountMax"
        )
        lastValidDate = try CalendarDate(from: &decoder)
        let height = try decoder.unsigned()
        lastValidHeight = height == 0 ? nil : height
        operations = try decoder.list(
            of: Operation.self,
            max: TransactionLimits.operationCountMax,
            limit: "operationCountMax"
        )
        memo = try decoder.text(byteCountMax: TransactionLimits.memoByteCountMax)
        decoder.leave()
        for index in 0..<operations.count where operations[index].principal >= principals.count {
            throw decoder.failure(.outOfRange)
        }
    }
}

extension Principal: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(account)
        encoder.encode(UInt64(lane))
        encoder.encode(sequence)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        account = try decoder.identifier()
        lane = UInt16(try decoder.unsigned(max: UInt64(TransactionLimits.laneCountMax - 1)))
        sequence = try decoder.unsigned()
        decoder.leave()
    }
}
