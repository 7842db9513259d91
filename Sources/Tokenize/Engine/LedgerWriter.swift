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
    private var lookAhead = LookAhead()
    /// Policies whose keys the key directory must learn before the group's receipts are delivered.
    private var newPolicies: [KeyPolicy] = []
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
    /// True if the group is to be taken before anything else is decided.
    var isGroupFull: Bool {
        groupEntryCount >= EngineLimits.groupEntryCountTarget || groupByteCount >= EngineLimits.groupByteCountMax
    }

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
        noteNewPolicies()
        appendEntry(.transaction(bytes: signed.bytes, effectsRoot: effectsRoot, effectCount: effectCount))
        return receipt
    }

    /// Sees to it that what deciding `items` will read is at hand.
    mutating func lookAhead(_ items: ArraySlice<VerifiedChunk.Item>) { lookAhead.read(items, in: state) }

    private mutating func noteNewPolicies() {
        if !transition.newAccounts.isEmpty { newPolicies += transition.newAccounts.map { $0.record.policy } }
        if !transition.accounts.isEmpty { newPolicies += transition.accounts.map { $0.record.policy } }
    }

    /// The policies that the group's transactions have brought into the state.
    mutating func takePolicies() -> [KeyPolicy] {
        defer { newPolicies.removeAll(keepingCapacity: true) }
        return newPolicies
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
        newPolicies.removeAll()
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
        log.append(group.append(entry, effects: encoding.effects.bytes))
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
