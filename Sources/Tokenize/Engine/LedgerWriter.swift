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
        appendEntry(LogEntry.genesis(genesis.canonicalBytes).canonicalBytes, effects: [])
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
        let transition = try state.decide(authorised)
        return append(transition, of: authorised.signed)
    }

    private mutating func append(_ transition: Transition, of signed: SignedTransaction) -> Receipt {
        let effects = EffectsCommitment(transition.effects)
        let entry = LogEntry.transaction(
            bytes: signed.bytes,
            effectsRoot: effects.root,
            effectCount: UInt64(transition.effects.count)
        )
        let receipt = Receipt(
            transaction: signed.id,
            position: log.size,
            height: state.clock.height,
            effectsRoot: effects.root,
            effectCount: UInt64(transition.effects.count)
        )
        state.apply(transition)
        appendEntry(entry.canonicalBytes, effects: effects.bytes)
        return receipt
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
        appendEntry(LogEntry.header(header).canonicalBytes, effects: [])
        state.applyHeader(sealingTime: header.sealingTime)
        lastHeader = header
        unsealedEntryCount = 0
        group.blocks.append(header.row)
        return header
    }

    /// The group since the last was taken, with the tiles that it completed, or nil if there is none.
    mutating func takeGroup() -> EntryGroup? {
        guard group.entryCount > 0 else { return nil }
        let taken = EntryGroup(
            firstPosition: group.firstPosition,
            entryCount: group.entryCount,
            records: group.records,
            logRoot: log.root,
            tiles: log.takeTiles(),
            blocks: group.blocks
        )
        group = GroupBuilder(firstPosition: log.size, expecting: taken.records.count)
        return taken
    }

    /// Forgets the group that replay has built: it is stored already.
    mutating func dropGroup() {
        group = GroupBuilder(firstPosition: log.size)
        _ = log.takeTiles()
    }

    private mutating func appendEntry(_ bytes: [UInt8], effects: [UInt8]) {
        log.append(MerkleTree.leafHash(bytes))
        group.append(entry: bytes, effects: effects)
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
    private(set) var records: [UInt8] = []
    var blocks: [BlockRow] = []

    /// A group that expects about as many bytes as the one before it.
    init(firstPosition: UInt64, expecting byteCount: Int = 0) {
        self.firstPosition = firstPosition
        records.reserveCapacity(byteCount + byteCount / 8)
    }

    mutating func append(entry: [UInt8], effects: [UInt8]) {
        ByteStrings.append(entry, to: &records)
        ByteStrings.append(effects, to: &records)
        entryCount += 1
    }
}

/// A transaction's effects as bytes and as a Merkle root.
struct EffectsCommitment {
    /// A CBOR sequence of byte strings, one for each effect.
    let bytes: [UInt8]
    /// RFC 6962 root over the effects' encodings.
    let root: Digest

    init(_ effects: [Effect]) {
        var sequence: [UInt8] = []
        var hashes: [Digest] = []
        hashes.reserveCapacity(effects.count)
        for effect in effects {
            var encoder = CanonicalEncoder(reservingCapacity: 128)
            effect.encode(into: &encoder)
            hashes.append(MerkleTree.leafHash(encoder.bytes))
            ByteStrings.append(encoder.bytes, to: &sequence)
        }
        bytes = sequence
        root = hashes.count == 1 ? hashes[0] : MerkleTree.root(ofLeafHashes: hashes)
    }
}
