import Tokenize

/// A ledger as chapters 3, 4, 5 and 15 of Specs describe it, and persons of several parties (14.2.4): plain dictionaries
/// and plain loops, no rule and no arithmetic of the engine.
///
/// It is slow, and keeps everything in memory. Of the engine it takes the forms of values, their encoding, and the
/// verification of one signature. Section 11.7 of Specs says what it does not model.
///
/// ```swift
/// var model = try LedgerModel(genesis: genesis, sealing: 3, time: 1_767_600_000)
/// let answer = model.submit(bytes, time: 1_767_600_000)
/// ```
public struct LedgerModel: Sendable {
    /// What the model says to a transaction.
    public enum Answer: Hashable, Sendable {
        /// It is committed.
        case committed(ModelReceipt)
        /// A rule refuses it: the rule's code, and the operation that it refuses, if it is one.
        case refused(RejectionCode, operation: Int?)
        /// It does something that the model does not know.
        case notModelled
    }

    let ledger: LedgerID
    let parameters: LedgerParameters
    /// Entries after which a block is closed.
    let sealing: Int
    var logKeys: LogKeys

    // Where the log and the calendar stand
    var size: UInt64 = 0
    var height: UInt64 = 1
    var unsealedCount = 0
    var today: CalendarDate
    var openedDays: UInt64 = 0
    var sealingTime: UInt64 = 0
    var receipts: [TransactionID: ModelReceipt] = [:]
    var usedSequences: [Lane: Set<UInt64>] = [:]

    // Who and what there is
    var parties: [PartyID: PartyRegistration] = [:]
    var partyOrder: [PartyID] = []
    var accounts: [AccountID: Account] = [:]
    var accountOrder: [AccountID] = []
    /// Keys that are in a policy, or were.
    var everKnownKeys: Set<EncodedPublicKey> = []
    var authorities: [AuthorityReference: Authority] = [:]
    var assets: [AssetID: Asset] = [:]
    var assetOrder: [AssetID] = []
    var holdings: [Place: Holding] = [:]
    var payments: Set<PaymentName> = []

    // Chapter 15
    var partyClaims: [PartyID: [Claim]] = [:]
    var orders: [OrderID: Order] = [:]
    var mandates: [AuthorityReference: Mandate] = [:]
    var proposals: [ProposalID: OpenProposal] = [:]
    var documents: [Digest: Document] = [:]
    var recoveries: [AccountID: Recovery] = [:]
    var allowances: [AllowanceName: OpenAllowance] = [:]
    var precommitments: [AccountID: Digest] = [:]
    var emergencies: [EmergencyName: CalendarDate] = [:]
    var custodies: [AuthorityReference: AccountID] = [:]

    /// Of each party that was joined to another, the other (14.2.4): all of chapter 14 that the model knows.
    var heads: [PartyID: PartyID] = [:]

    // Of the transaction that is being decided
    /// Joins of the transaction; they count from the next one on.
    var joining: [PartyID: PartyID] = [:]
    var effects: [Effect] = []
    var transaction = TransactionID(digest: .zero)
    var position = 0
    var principals: [AccountID] = []
    var hasOpenedDay = false
    /// Bonds' own effects of the opening of a day are not modelled.
    var mayHaveMoreEffects = false

    /// The ledger that a genesis founds.
    ///
    /// - Parameters:
    ///   - genesis: the founding values.
    ///   - sealing: transactions after which a block is closed; `Int.max` if ``seal(time:)`` alone closes blocks.
    ///   - time: what the clock says when the first block is closed; nil to leave it open.
    /// - Throws: ``AuditFailure`` if the genesis contradicts itself.
    public init(genesis: Genesis, sealing: Int, time: UInt64?) throws {
        ledger = LedgerID(digest: ModelHash.tagged("Tokenize/ledger", genesis.canonicalBytes))
        parameters = genesis.parameters
        self.sealing = sealing
        logKeys = genesis.logKeys
        today = genesis.parameters.firstBusinessDate
        do {
            for party in genesis.parties { try register(party) }
            for account in genesis.accounts { try open(account) }
        } catch {
            throw AuditFailure(reason: "the genesis is refused: \(error)")
        }
        for one in genesis.authorities {
            authorities[one.reference] = Authority(quorum: one.quorum, members: Set(one.members))
        }
        effects = []
        size = 1
        unsealedCount = 1
        if let time { seal(time: time) }
    }

    /// Closes the open block, if it has entries.
    public mutating func seal(time: UInt64) {
        guard unsealedCount > 0 else { return }
        size += 1
        height += 1
        unsealedCount = 0
        sealingTime = max(sealingTime, time)
    }

    /// From when a notice counts that begins now.
    var now: Moment { Moment(openedDays: openedDays, height: height, sealingTime: nil) }

    /// Whether a notice of so many days and seconds has run since a moment.
    func hasRun(days: UInt64, seconds: UInt64, since moment: Moment) -> Bool {
        let passed = moment.sealingTime.map { sealingTime - $0 } ?? 0
        return openedDays >= moment.openedDays + days && passed >= seconds
    }

    /// Enters the sealing time of the block before into the notices that began in it.
    mutating func sealNotices() {
        for (id, proposal) in proposals {
            guard let agreed = proposal.agreed, agreed.sealingTime == nil, agreed.height < height else { continue }
            proposals[id]?.agreed?.sealingTime = sealingTime
        }
        for (id, recovery) in recoveries where recovery.since.sealingTime == nil && recovery.since.height < height {
            recoveries[id]?.since.sealingTime = sealingTime
        }
    }
}

/// What the model answers for a committed transaction.
public struct ModelReceipt: Hashable, Sendable {
    /// The transaction's name.
    public let transaction: TransactionID
    /// Position of its entry in the log.
    public let position: UInt64
    /// Height of the block that it is part of.
    public let height: UInt64
    /// What it did, in order, but for what is not modelled.
    public let effects: [Effect]
    /// Whether the life of a bond may have added effects.
    public let mayHaveMoreEffects: Bool
}
