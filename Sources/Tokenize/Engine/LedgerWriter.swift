/// The one writer: decides, applies, hashes and seals. Synchronous, in memory, without store or clock.
///
/// Live running, replay and verification all go through it, so that they cannot differ.
struct LedgerWriter: Sendable {
    private(set) var state: LedgerState
    private(set) var tree: StateTree
    private(set) var log: LogBuilder
    let leaves: StateLeaves
    /// The last header, if any block is sealed.
    private(set) var lastHeader: BlockHeader?
    /// Entries since the last header.
    private(set) var unsealedEntryCount = 0
    private var group: GroupBuilder
    private var spareRecords: [UInt8] = []
    /// What the transaction in hand changes; its memory is used again for the next.
    private var transition = Transition()
    private var encoding = RecordEncoding()
    /// Means nothing; without a use of what was read, the compiler would leave the reads out.
    private var lookedAt: UInt64 = 0
    /// The clock as the last header's state root has it.
    private(set) var sealedClock: LedgerClock?
    /// What changed since the projection was brought up to date.
    var unprojected = ChangedRecords()

    /// A ledger at its beginning: the genesis is its first entry.
    init(genesis: Genesis, secret: DisclosureSecret) throws(Rejection) {
        state = try LedgerState(genesis: genesis)
        tree = StateTree()
        log = LogBuilder()
        leaves = StateLeaves(secret: secret)
        group = GroupBuilder(firstPosition: 0)
        appendEntry(.genesis(genesis.canonicalBytes))
    }

    /// A ledger as a snapshot and the log's edge describe it.
    init(
        state: LedgerState,
        tree: StateTree,
        log: LogBuilder,
        secret: DisclosureSecret,
        lastHeader: BlockHeader,
        sealedClock: LedgerClock
    ) {
        self.state = state
        self.tree = tree
        self.log = log
        leaves = StateLeaves(secret: secret)
        self.lastHeader = lastHeader
        self.sealedClock = sealedClock
        group = GroupBuilder(firstPosition: log.size)
    }

    /// Entries so far.
    var size: UInt64 { log.size }

    /// Entries and bytes that wait to be taken as a group.
    var groupEntryCount: Int { group.entryCount }
    var groupByteCount: Int { group.records.count }

    /// Decides a verified transaction on the state as it stands, applies it and appends its entry.
    ///
    /// Throws the rule that refuses it; then nothing has changed.
    mutating func commit(_ verified: VerifiedTransaction) throws(Rejection) -> Receipt {
        let authorised = try AuthorisedTransaction.authorise(verified, on: state)
        transition.removeAll()
        try state.decide(authorised, into: &transition)
        return append(authorised.signed)
    }

    /// Applies the transition and appends the entry of the transaction that it belongs to.
    private mutating func append(_ signed: SignedTransaction) -> Receipt {
        let effectsRoot = encoding.encode(transition, of: state)
        let effectCount = UInt64(transition.effectCount)
        let receipt = Receipt(
            transaction: signed.id,
            position: log.size,
            height: state.clock.height,
            effectsRoot: effectsRoot,
            effectCount: effectCount
        )
        state.apply(transition)
        appendEntry(.transaction(bytes: signed.bytes, effectsRoot: effectsRoot, effectCount: effectCount))
        return receipt
    }

    /// Sees to it that what deciding `transactions` will read is at hand.
    mutating func lookAhead(_ transactions: ArraySlice<VerifiedChunk.Item>) {
        for case .verified(let verified) in transactions { lookedAt &+= state.lookAhead(verified.signed.body) }
    }

    /// Closes the block: brings the tree up to date and appends a header. Does nothing if there is nothing to seal.
    mutating func seal(time: UInt64) -> BlockHeader? {
        guard unsealedEntryCount > 0 else { return nil }
        updateTree()
        let header = BlockHeader(
            height: state.clock.height,
            previousSize: log.size,
            stateRoot: tree.root,
            businessDate: state.clock.businessDate,
            sealingTime: max(time, state.clock.sealingTime)
        )
        sealedClock = state.clock
        appendEntry(.header(header))
        state.applyHeader(sealingTime: header.sealingTime)
        lastHeader = header
        unsealedEntryCount = 0
        group.blocks.append(header.row)
        return header
    }

    /// The group since the last was taken, with the tiles that it completed, or nil if there is none.
    mutating func takeGroup() -> EntryGroup? {
        guard group.entryCount > 0 else { return nil }
        defer { startGroup() }
        return EntryGroup(
            firstPosition: group.firstPosition,
            entryCount: group.entryCount,
            records: group.records,
            logRoot: log.root,
            tiles: log.takeTiles(),
            blocks: group.blocks
        )
    }

    /// Takes back the records of a group that is stored: the next group but one is built in their memory. Pages that
    /// were never touched cost more than what is written to them.
    mutating func reuse(_ records: [UInt8]) { spareRecords = records }

    /// Forgets the group that replay has built: it is stored already.
    mutating func dropGroup() {
        spareRecords = group.records
        startGroup()
        _ = log.takeTiles()
    }

    private mutating func startGroup() {
        var records: [UInt8] = []
        swap(&records, &spareRecords)
        group = GroupBuilder(firstPosition: log.size, in: records)
    }

    /// Appends an entry whose effects, if it has any, were encoded just before.
    private mutating func appendEntry(_ entry: LogEntry) {
        encoding.encode(entry)
        log.append(MerkleTree.leafHash(encoding.entry))
        group.append(encoding)
        encoding.removeAll()
        unsealedEntryCount += 1
    }

    private mutating func updateTree() {
        var updates = leaves.updates(for: state.changes, in: state)
        tree.apply(&updates)
        unprojected.formUnion(state.changes)
        state.changes.removeAll()
    }
}

/// Entries on their way to the store.
private struct GroupBuilder: Sendable {
    let firstPosition: UInt64
    private(set) var entryCount = 0
    private(set) var records: [UInt8]
    var blocks: [BlockRow] = []

    /// An empty group in the memory of an earlier one, if nobody else looks at that any more.
    init(firstPosition: UInt64, in memory: consuming [UInt8] = []) {
        self.firstPosition = firstPosition
        memory.removeAll(keepingCapacity: true)
        records = memory
    }

    mutating func append(_ encoding: RecordEncoding) {
        ByteStrings.append(encoding.entry, to: &records)
        ByteStrings.append(encoding.effects, to: &records)
        entryCount += 1
    }
}
