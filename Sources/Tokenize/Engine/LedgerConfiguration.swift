import Logging

/// What an engine needs to know beside its store.
public struct LedgerConfiguration: Sendable {
    /// When blocks are closed by a header.
    public enum Sealing: Hashable, Sendable {
        /// When nothing is waiting, and at the latest after ``EngineLimits/blockEntryCountMax`` entries.
        case adaptive
        /// After this many transactions, and when asked. For runs that must write the same bytes again.
        case every(Int)
        /// Only when asked, and at the latest after ``EngineLimits/blockEntryCountMax`` entries.
        case onRequest
    }

    /// The secret that genesis commits to.
    public var disclosureSecret: DisclosureSecret
    /// Signs checkpoints; without it none are given.
    public var checkpointSigner: (any CheckpointSigner)?
    /// When blocks are closed.
    public var sealing: Sealing
    /// Seconds since 1970-01-01T00:00:00Z, for the sealing times of headers; notices count these beside opened days, and no
    /// other rule asks them.
    public var clock: @Sendable () -> UInt64
    /// Entries after which a snapshot is written when the ledger is closed; 0 for never.
    public var snapshotEntryCountMin: UInt64
    /// Entries after which a running ledger writes a snapshot in the background; 0 for never.
    public var snapshotEntryInterval: UInt64
    /// Where the engine reports failures, for operators.
    public var logger: Logger

    /// A configuration; what is left out has the value that a ledger in service wants.
    public init(
        disclosureSecret: DisclosureSecret,
        checkpointSigner: (any CheckpointSigner)? = nil,
        sealing: Sealing = .adaptive,
        clock: @escaping @Sendable () -> UInt64 = SystemClock.seconds,
        snapshotEntryCountMin: UInt64 = 1,
        snapshotEntryInterval: UInt64 = 500_000,
        logger: Logger = Logger(label: "tokenize.ledger")
    ) {
        self.disclosureSecret = disclosureSecret
        self.checkpointSigner = checkpointSigner
        self.sealing = sealing
        self.clock = clock
        self.snapshotEntryCountMin = snapshotEntryCountMin
        self.snapshotEntryInterval = snapshotEntryInterval
        self.logger = logger
    }
}

/// Bounds on the engine's buffers. Not part of any format.
public enum EngineLimits {
    /// Chunks of a snapshot that an opening reads: a store that always has one more is damaged.
    static let snapshotChunkCountMax = 1 << 20

    /// Entries that become durable together under load.
    public static let groupEntryCountTarget = 4_096
    /// Results that may wait for a group to fill before it is written as it is.
    public static let undeliveredCountMax = 4_096
    /// Bytes of records from which on a group is written; one transaction with many effects may take it beyond.
    public static let groupByteCountMax = 64 << 20
    /// Entries in a block.
    public static let blockEntryCountMax = 131_072
    /// Entries of a block up to which its results wait for the header; those of a larger one go out before it.
    public static let promptHeaderEntryCountMax = 1_024
    /// Transactions decoded and verified by one task.
    public static let verificationChunkCount = 128
    /// Transactions whose records are read ahead of their decisions, together: what they need fits the nearest cache.
    public static let lookAheadCount = 16
    /// Verification tasks of one submission that are under way at once.
    public static let verificationTaskCount = 4
    /// Verified transactions that may wait for the writer before submitters are held back.
    public static let queuedTransactionCountMax = 16_384
    /// Refused transactions that may wait to be looked up among the committed ones; for more the answer is this limit,
    /// and the receipt, if there is one, is there when asked for again.
    public static let lookUpCountMax = 16_384
    /// Verified transactions that are worth a turn of the writer while more are on their way.
    public static let writerTurnCount = 1_024
    /// Blocks for which a signed question may be valid.
    public static let questionHeightMax: UInt64 = 1_024
    /// Signed questions that are remembered until they are no longer valid, so that none is answered twice.
    public static let answeredQuestionCountMax = 65_536
    /// Signed questions of one account that are remembered at once: nobody takes the room of all.
    public static let answeredQuestionCountMaxOfAccount = 256
    /// Bytes of a snapshot chunk, about.
    public static let snapshotChunkByteCount = 1 << 20
    /// Entries after which a projection that could not be written is tried again.
    public static let projectionRetryEntryCount: UInt64 = 16_384
    /// Rows of one projection batch, about.
    public static let projectionEntryCountMax: UInt64 = 1 << 20
}
