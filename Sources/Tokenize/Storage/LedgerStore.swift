/// Where a ledger's log lives: groups of entries, the log's tiles, snapshots of state and a projection for readers.
///
/// The log is the truth and the state in memory decides; a store only keeps. It knows nothing of rules, and treats
/// entries, effects and snapshot chunks as opaque bytes. What comes back from it is checked by the caller against
/// what was hashed.
///
/// ## Promises
/// - **Atomicity.** A group is in the store wholly or not at all, after any crash.
/// - **Durability.** When `append` returns, the group, its tiles, its block rows and the mark are on stable storage.
/// - **Order.** `append` is called by one writer, never concurrently with itself. Groups are contiguous: the first
///   position of a group is the number of entries before it. A store refuses any other.
/// - **Isolation.** A read sees whole groups only, and may run while `append`, `project` or `writeSnapshot` runs.
/// - **Poison.** After a failed write or sync the store refuses everything but `close` with
///   `LedgerFailure.storePoisoned`: what the device holds is then unknown until the store is opened anew.
/// - **Nothing silent.** A store that has lost its tail, or whose bytes are damaged, fails with a typed error.
public protocol LedgerStore: Sendable {
    /// What is stored, checked against the durable mark. Called once, before anything else.
    func extent() async throws(LedgerFailure) -> StoreExtent

    /// Appends one group; durable on return.
    ///
    /// - Throws: `LedgerFailure.notContiguous`, with the store as it was, if the group's position, its blocks' heights
    ///   or their headers' positions do not follow what is stored.
    func append(_ group: EntryGroup) async throws(LedgerFailure)

    /// Brings the durable mark to the end of the log, whose root is `logRoot`; durable on return.
    ///
    /// Called once after opening, where groups lie beyond the mark: not before the caller has checked them.
    func confirm(logRoot: Digest) async throws(LedgerFailure)

    /// The group that holds the entry at `position`, or nil if `position` is not below the entry count.
    func group(containing position: UInt64) async throws(LedgerFailure) -> EntryGroup?

    /// A complete log tile (256 hashes of 32 bytes), or nil if there is none at these coordinates.
    func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [UInt8]?

    /// The block with this height (the first is 1), or nil.
    func block(height: UInt64) async throws(LedgerFailure) -> BlockRow?

    /// The block of greatest height, or nil.
    func lastBlock() async throws(LedgerFailure) -> BlockRow?

    /// Writes a snapshot, chunk by chunk as `nextChunk` gives them until nil; visible only once complete.
    ///
    /// No single write holds the store longer than one chunk takes. A snapshot of the same height is replaced. If
    /// `nextChunk` throws, the error is passed on and the snapshot stays invisible; the store remains usable. Of the
    /// complete ones the newest ``SnapshotDescriptor/keptCountMax`` are kept.
    func writeSnapshot(
        _ descriptor: SnapshotDescriptor,
        nextChunk: @Sendable () async throws(LedgerFailure) -> [UInt8]?
    ) async throws(LedgerFailure)

    /// The complete snapshot of greatest height not above `height`, or nil.
    func snapshot(atOrBefore height: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor?

    /// Chunk `index` of a complete snapshot, or nil past its end.
    func snapshotChunk(height: UInt64, index: Int) async throws(LedgerFailure) -> [UInt8]?

    /// How far the projection follows the log: the number of entries it reflects.
    func projectedEntryCount() async throws(LedgerFailure) -> UInt64

    /// Brings the projection from its cursor to `batch.entryCount`, atomically. Need not be durable on return.
    ///
    /// A store may lose its projection; then the cursor is 0 when it is opened.
    /// - Throws: `LedgerFailure.notContiguous`, with the projection as it was, if the batch goes back and is no rebuild,
    ///   or goes past the log's end.
    func project(_ batch: ProjectionBatch) async throws(LedgerFailure)

    /// The projected position of a committed transaction, or nil if the projection does not know it.
    func position(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64?

    /// Closes files. Idempotent; every other call afterwards fails with `LedgerFailure.storeClosed`.
    func close() async
}

/// What a store holds when it is opened.
public struct StoreExtent: Hashable, Sendable {
    /// Entries in complete groups; 0 for a new store.
    public let entryCount: UInt64
    /// The log root at `markedEntryCount`, as the durable mark names it; nil for a new store.
    public let markedRoot: Digest?
    /// The entry count that the durable mark names; never above `entryCount`.
    public let markedEntryCount: UInt64

    /// An extent with these counts.
    public init(entryCount: UInt64, markedRoot: Digest?, markedEntryCount: UInt64) {
        self.entryCount = entryCount
        self.markedRoot = markedRoot
        self.markedEntryCount = markedEntryCount
    }
}

/// A run of entries that becomes durable at once.
public struct EntryGroup: Hashable, Sendable {
    /// Position of the first entry in the log.
    public let firstPosition: UInt64
    /// Entries in the group, at least 1.
    public let entryCount: Int
    /// A CBOR sequence of `2 * entryCount` byte strings: entry, effects, entry, effects, …
    public let records: [UInt8]
    /// The log's root over all entries up to and with this group.
    public let logRoot: Digest
    /// Tiles of the log that this group completed.
    public let tiles: [LogTile]
    /// Blocks that headers in this group sealed.
    public let blocks: [BlockRow]

    /// A group with these parts; a store checks that it continues the log.
    public init(
        firstPosition: UInt64,
        entryCount: Int,
        records: [UInt8],
        logRoot: Digest,
        tiles: [LogTile],
        blocks: [BlockRow]
    ) {
        self.firstPosition = firstPosition
        self.entryCount = entryCount
        self.records = records
        self.logRoot = logRoot
        self.tiles = tiles
        self.blocks = blocks
    }

    /// The number of entries in the log after this group.
    public var endPosition: UInt64 { firstPosition + UInt64(entryCount) }
}

/// Names a snapshot: the state after the block of a height.
public struct SnapshotDescriptor: Hashable, Sendable {
    /// Complete snapshots that a store keeps: the newest, and some before it in case it is damaged.
    public static let keptCountMax = 4

    /// Height of the block after which the state stands so.
    public let height: UInt64
    /// Entries that the snapshot reflects: the header's position + 1.
    public let entryCount: UInt64
    /// Root of the state tree at that height.
    public let stateRoot: Digest

    /// A descriptor with these fields.
    public init(height: UInt64, entryCount: UInt64, stateRoot: Digest) {
        self.height = height
        self.entryCount = entryCount
        self.stateRoot = stateRoot
    }
}

/// Rows that people query, as they stand after `entryCount` entries. Every row replaces the row of the same key.
public struct ProjectionBatch: Sendable {
    /// Entries that the projection reflects afterwards.
    public let entryCount: UInt64
    /// True if everything projected before must be dropped first.
    public let isRebuild: Bool
    /// Accounts that are new or changed.
    public let accounts: [AccountRow]
    /// Assets that are new or changed.
    public let assets: [AssetRow]
    /// Holdings that are new, changed or gone.
    public let holdings: [HoldingRow]
    /// Transactions that were committed, in log order.
    public let receipts: [ReceiptRow]

    /// A batch with these rows.
    public init(
        entryCount: UInt64,
        isRebuild: Bool,
        accounts: [AccountRow],
        assets: [AssetRow],
        holdings: [HoldingRow],
        receipts: [ReceiptRow]
    ) {
        self.entryCount = entryCount
        self.isRebuild = isRebuild
        self.accounts = accounts
        self.assets = assets
        self.holdings = holdings
        self.receipts = receipts
    }

    /// An account, keyed by its name.
    public struct AccountRow: Hashable, Sendable {
        /// The account's name.
        public let account: AccountID
        /// Its number in order of opening, from 0.
        public let index: UInt32
        /// The person behind it.
        public let party: PartyID?
        /// True if a freeze of the whole account stands.
        public let isFrozen: Bool

        /// A row with these fields.
        public init(account: AccountID, index: UInt32, party: PartyID?, isFrozen: Bool) {
            self.account = account
            self.index = index
            self.party = party
            self.isFrozen = isFrozen
        }
    }

    /// An asset, keyed by its name.
    public struct AssetRow: Hashable, Sendable {
        /// The asset's name.
        public let asset: AssetID
        /// Its number in order of creation, from 0.
        public let index: UInt32
        /// The name by which the world knows it, after its scheme: `isin:…`.
        public let identification: String
        /// Units ever issued.
        public let issued: Quantity
        /// Units ever redeemed or cancelled.
        public let redeemed: Quantity
        /// True if a pause stands.
        public let isPaused: Bool

        /// A row with these fields.
        public init(
            asset: AssetID,
            index: UInt32,
            identification: String,
            issued: Quantity,
            redeemed: Quantity,
            isPaused: Bool
        ) {
            self.asset = asset
            self.index = index
            self.identification = identification
            self.issued = issued
            self.redeemed = redeemed
            self.isPaused = isPaused
        }
    }

    /// A holding; one with no units and no encumbrances is a row to delete.
    public struct HoldingRow: Hashable, Sendable {
        /// The asset that is held.
        public let asset: AssetID
        /// The account that holds.
        public let account: AccountID
        /// The number of the asset's part, 0 for the ordinary one.
        public let partition: UInt32
        /// Units held.
        public let units: Quantity
        /// Units that the holder may dispose of on the business date of the batch.
        public let available: Quantity
        /// True if there are no units and no encumbrances: the row goes.
        public let isEmpty: Bool

        /// A row with these fields.
        public init(
            asset: AssetID,
            account: AccountID,
            partition: UInt32,
            units: Quantity,
            available: Quantity,
            isEmpty: Bool
        ) {
            self.asset = asset
            self.account = account
            self.partition = partition
            self.units = units
            self.available = available
            self.isEmpty = isEmpty
        }
    }

    /// A committed transaction and where it stands.
    public struct ReceiptRow: Hashable, Sendable {
        /// The transaction's name.
        public let transaction: TransactionID
        /// Position of its entry in the log.
        public let position: UInt64

        /// A row with these fields.
        public init(transaction: TransactionID, position: UInt64) {
            self.transaction = transaction
            self.position = position
        }
    }
}
