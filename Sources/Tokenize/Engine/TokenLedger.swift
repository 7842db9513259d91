import Logging
import Metrics

/// A ledger that runs: transactions in, durable receipts, state, events and proofs out.
///
/// Decoding and verification run on all cores; one writer decides and applies; groups of entries become durable
/// together. Whatever is delivered, a receipt, a refusal or a read, was computed at a position that was durable
/// before it was delivered.
///
/// ```swift
/// let ledger = try await TokenLedger.create(genesis: genesis, store: MemoryStore(), configuration: configuration)
/// let receipt = try await ledger.submit(transaction.bytes)
/// ```
public actor TokenLedger {
    /// The ledger's name: the tagged hash of its genesis.
    public nonisolated let id: LedgerID
    /// What people call it.
    public nonisolated let name: String

    nonisolated let store: any LedgerStore
    let configuration: LedgerConfiguration
    /// Signs checkpoints from now on, if anything does.
    var checkpointSigner: (any CheckpointSigner)?
    nonisolated let directory = KeyDirectory()
    nonisolated var verifier: TransactionVerifier { TransactionVerifier(directory: directory) }
    nonisolated let queue = WriterQueue()
    private nonisolated let executor = QueueExecutor(label: "tokenize.ledger.writer")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    var writer: LedgerWriter

    // MARK: Work on its way

    /// Verified transactions that the writer has taken from the queue, oldest first.
    var taken: [VerifiedChunk] = []
    /// Where the writer is: chunk in `taken`, item in the chunk.
    var head = (chunk: 0, item: 0)
    /// Admitted transactions without a result.
    var unfinishedCount = 0
    var drainWaiters: [CheckedContinuation<Void, Never>] = []
    var submissions: [UInt64: Submission] = [:]
    var nextSubmission: UInt64 = 0
    /// Results that are delivered once everything before them is durable, and how many they are.
    var undelivered: [Delivery] = []
    var undeliveredCount = 0
    /// Refused transactions that are looked up among the committed ones.
    var suspects: [Suspect] = []
    /// Those, and the ones that are being looked up.
    var lookUpCount = 0
    var isResolving = false

    var isWriting = false
    var isFlushRequested = false
    var lastFlush: Task<Void, Never>?

    // MARK: What is known to be safe

    /// Entries that are durable.
    var durablePosition: UInt64
    var durabilityWaiters: [UInt64: DurabilityWaiter] = [:]
    var nextDurabilityWaiter: UInt64 = 0
    /// Set by the first failure of the store; nothing is accepted or acknowledged after it.
    var failure: LedgerFailure?
    var isClosed = false
    /// The closing that is under way or done; whoever closes again waits for it.
    var closing: Task<Result<Void, LedgerFailure>, Never>?

    /// Signed questions that were answered.
    var answered = AnsweredQuestions()

    // MARK: Projection

    var projectedEntryCount: UInt64
    /// Entries from which on a projection that could not be written is tried again; 0 if it was written.
    var projectionRetrySize: UInt64 = 0
    /// The batch that is on its way to the store.
    var projection: Task<Void, Never>?
    /// Committed transactions that the projection does not know yet.
    var recent = RecentTransactions()

    /// The business date of the last batch, if this process has projected one.
    var projectedDate: CalendarDate?

    // MARK: Snapshots

    /// The last block whose header is durable.
    var lastDurableBlock: BlockRow?
    /// Entries that the last snapshot reflects; 0 if there is none.
    var lastSnapshotEntryCount: UInt64
    /// The snapshot that is being written in the background.
    var snapshotTask: Task<Void, Never>?

    let metrics = LedgerMetrics()

    init(
        writer: LedgerWriter,
        store: any LedgerStore,
        configuration: LedgerConfiguration,
        durablePosition: UInt64 = 0,
        projectedEntryCount: UInt64 = 0,
        lastSnapshotEntryCount: UInt64 = 0
    ) {
        id = writer.state.ledger
        name = writer.state.name
        self.writer = writer
        self.store = store
        self.configuration = configuration
        checkpointSigner = configuration.checkpointSigner
        self.durablePosition = durablePosition
        self.projectedEntryCount = projectedEntryCount
        self.lastSnapshotEntryCount = lastSnapshotEntryCount
        lastDurableBlock = writer.lastHeader?.row
    }

    /// Founds a ledger in an empty store. The genesis is durable on return.
    ///
    /// - Throws: ``LedgerFailure/misconfigured(reason:)`` if the genesis contradicts itself or the configuration, or
    ///   the store is not empty; what the store throws.
    public static func create(
        genesis: Genesis,
        store: any LedgerStore,
        configuration: LedgerConfiguration
    ) async throws(LedgerFailure) -> TokenLedger {
        guard try await store.extent().entryCount == 0 else {
            throw .misconfigured(reason: "the store is not empty: open it")
        }
        guard genesis.disclosureCommitment == configuration.disclosureSecret.commitment else {
            throw .misconfigured(reason: "the disclosure secret is not the one that genesis commits to")
        }
        let writer: LedgerWriter
        do {
            // The encoded form is what counts: a genesis that would not be read back is refused here.
            let read = try Genesis(canonicalBytes: genesis.canonicalBytes)
            _ = try LogEntry(canonicalBytes: LogEntry.genesis(genesis.canonicalBytes).canonicalBytes)
            writer = try LedgerWriter(genesis: read, secret: configuration.disclosureSecret)
        } catch {
            throw .misconfigured(reason: "genesis: \(error)")
        }
        let ledger = TokenLedger(writer: writer, store: store, configuration: configuration)
        try await ledger.start()
        return ledger
    }

    /// Opens a ledger: restores the last sound snapshot, replays what follows, and checks the result against the durable
    /// mark and, if given, a checkpoint that the caller kept.
    ///
    /// - Throws: ``LedgerFailure`` that says what is damaged, lost or foreign, and where.
    public static func open(
        store: any LedgerStore,
        configuration: LedgerConfiguration,
        expecting: Checkpoint? = nil
    ) async throws(LedgerFailure) -> TokenLedger {
        let extent = try await store.extent()
        guard extent.entryCount > 0 else {
            throw .foreignStore(reason: "the store is empty: create a ledger in it")
        }
        let recovery = LedgerRecovery(store: store, configuration: configuration)
        let projectedEntryCount = try await store.projectedEntryCount()
        let recovered = try await recovery.writer(
            extent: extent,
            expecting: expecting,
            projectedEntryCount: projectedEntryCount
        )
        if extent.entryCount > extent.markedEntryCount {
            // From here on what lies beyond the mark is read and acknowledged like any other entry.
            try await store.confirm(logRoot: recovered.writer.log.root)
        }
        let ledger = TokenLedger(
            writer: recovered.writer,
            store: store,
            configuration: configuration,
            durablePosition: extent.entryCount,
            projectedEntryCount: projectedEntryCount,
            lastSnapshotEntryCount: min(recovered.snapshotEntryCount, extent.entryCount)
        )
        try await ledger.learnRecentTransactions()
        try await ledger.start()
        configuration.logger.info(
            "ledger opened",
            metadata: ["ledger": "\(ledger.id)", "entries": "\(extent.entryCount)"]
        )
        return ledger
    }

    /// Tells the directory every key, and makes durable what recovery or creation left unsealed.
    private func start() async throws(LedgerFailure) {
        try requireLogKey(of: checkpointSigner)
        directory.reserveCapacity(writer.state.accounts.count)
        directory.add(writer.state.accounts.records.map { $0.policy })
        if writer.unsealedEntryCount > 0 { try await seal() }
        try await waitUntilDurable(writer.size)
    }

    /// Finds the names of the transactions that the projection has not reached.
    private func learnRecentTransactions() async throws(LedgerFailure) {
        var position = projectedEntryCount
        while position < durablePosition {
            for record in try await GroupRecords.records(in: store, from: position) {
                if case .transaction(let bytes, _, _)? = try? LogEntry(canonicalBytes: record.entry),
                    let signed = try? SignedTransaction(bytes: bytes)
                {
                    noteRecent(signed.id, at: record.position)
                }
                position = record.position + 1
            }
        }
        writer.unprojected = writer.unprojectedAfterRecovery(isComplete: projectedEntryCount > 0)
    }

    func noteRecent(_ transaction: TransactionID, at position: UInt64) {
        recent.append(transaction, at: position)
    }

    // MARK: Reading

    /// Evaluates `body` on the state as it stands; delivered once that state is durable.
    public func read<Result: Sendable>(
        _ body: @Sendable (LedgerState) -> Result
    ) async throws(LedgerFailure) -> Result {
        let result = body(writer.state)
        try await waitUntilDurable(writer.size)
        return result
    }

    /// The state after the block of `height`, replayed from the nearest snapshot.
    public func state(atHeight height: UInt64) async throws(LedgerFailure) -> LedgerState {
        try await LedgerRecovery(store: store, configuration: configuration).writer(atHeight: height).state
    }

    /// The header of the last sealed block, once it is durable.
    public func lastHeader() async throws(LedgerFailure) -> BlockHeader? {
        let header = writer.lastHeader
        try await waitUntilDurable(header.map { $0.previousSize + 1 } ?? 0)
        return header
    }

    /// Entries in the log, all durable.
    public func size() async throws(LedgerFailure) -> UInt64 {
        let size = writer.size
        try await waitUntilDurable(size)
        return size
    }

}
