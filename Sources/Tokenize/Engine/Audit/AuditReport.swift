/// What a ledger holds in which an audit found no difference.
public struct AuditReport: Hashable, Sendable {
    /// The ledger's name: the tagged hash of its genesis.
    public let ledger: LedgerID
    /// What people call the ledger.
    public let name: String
    /// Entries in the log: the genesis, transactions and headers.
    public let entryCount: UInt64
    /// Transactions in the log.
    public let transactionCount: UInt64
    /// Signatures verified.
    public let signatureCount: UInt64
    /// Blocks sealed; the height of the last.
    public let blockCount: UInt64
    /// Entries after the last header: a crash leaves some, and the ledger seals them when it is opened.
    public let unsealedEntryCount: Int
    /// Root of the state tree after all entries. It is the last header's if no entry is unsealed.
    public let stateRoot: Digest
    /// Root of the log over all entries.
    public let logRoot: Digest
    /// The business date that stands open at the end.
    public let businessDate: CalendarDate
    /// Snapshots in the store, all equal to the replayed state.
    public let snapshotCount: Int
    /// Entries that the store's tables for readers reflect; each of their receipts was compared.
    public let projectedEntryCount: UInt64
    /// Accounts opened.
    public let accountCount: Int
    /// Assets created.
    public let assetCount: Int
    /// Assets whose holdings do not add up to what is outstanding. Such a ledger is consistent with itself, but its
    /// rules did not hold: there must be none.
    public let assetsOutOfBalance: [AssetID]
    /// Business days that were opened faster than real time, in order. A finding and no difference: notices and
    /// timelocks count sealing time too.
    public let daysOpenedFast: [CalendarDate]

    /// The height of the last block; 0 if there is none.
    public var height: UInt64 { blockCount }
}
