import Tokenize

/// Everything that a store holds, as values: what somebody who holds the file, and no key, can put together otherwise.
///
/// Roots, the mark, and where transactions stand follow from the entries and are computed anew; so a change of an entry
/// is a change of everything that depends on it, as far as that takes no key and no secret.
struct StoreContents: Sendable {
    /// A group: entries, and the effects beside each.
    struct Group: Sendable {
        var entries: [[UInt8]]
        var effects: [[UInt8]]
        var tiles: [LogTile]
        var blocks: [BlockRow]
        /// The root that stands there, if it is not that of the entries.
        var wrongRoot: Digest?
    }

    /// A snapshot with its chunks; the last is the seal.
    struct Snapshot: Sendable {
        var descriptor: SnapshotDescriptor
        var chunks: [[UInt8]]
    }

    var groups: [Group] = []
    /// From the newest back.
    var snapshots: [Snapshot] = []
    var projectedEntryCount: UInt64

    init(of store: MemoryStore) async throws {
        projectedEntryCount = try await store.projectedEntryCount()
        var position: UInt64 = 0
        while let group = try await store.group(containing: position) {
            let log = try StoredLog(group)
            groups.append(
                Group(entries: log.entries, effects: log.effects, tiles: group.tiles, blocks: group.blocks)
            )
            position = group.endPosition
        }
        var bound = UInt64.max
        while let descriptor = try await store.snapshot(atOrBefore: bound) {
            var chunks: [[UInt8]] = []
            while let chunk = try await store.snapshotChunk(height: descriptor.height, index: chunks.count) {
                chunks.append(chunk)
            }
            snapshots.append(Snapshot(descriptor: descriptor, chunks: chunks))
            guard descriptor.height > 0 else { break }
            bound = descriptor.height - 1
        }
    }

    /// All entries, in order.
    var entries: [[UInt8]] { groups.flatMap { $0.entries } }

    /// The group that an entry stands in, and its place there.
    func place(of position: Int) -> (group: Int, index: Int) {
        var index = position
        for (group, one) in groups.enumerated() {
            if index < one.entries.count { return (group, index) }
            index -= one.entries.count
        }
        preconditionFailure("a position beyond the log")
    }

    /// The first positions of groups, the first and those beyond the last left out: where a log can be cut.
    var cuts: [Int] {
        var positions = [0]
        for group in groups { positions.append((positions.last ?? 0) + group.entries.count) }
        return Array(positions.dropFirst().dropLast())
    }

    /// A store that holds this.
    func store() async throws -> MemoryStore {
        let store = MemoryStore()
        let leaves = entries.map(MerkleTree.leafHash)
        var receipts: [ProjectionBatch.ReceiptRow] = []
        var position = 0
        for group in groups {
            var encoder = CanonicalEncoder()
            for (index, (entry, effects)) in zip(group.entries, group.effects).enumerated() {
                encoder.encode(bytes: entry)
                encoder.encode(bytes: effects)
                if case .transaction(let bytes, _, _)? = try? LogEntry(canonicalBytes: entry),
                    let id = try? SignedTransaction(bytes: bytes).id
                {
                    receipts.append(.init(transaction: id, position: UInt64(position + index)))
                }
            }
            let end = position + group.entries.count
            try await store.append(
                EntryGroup(
                    firstPosition: UInt64(position),
                    entryCount: group.entries.count,
                    records: encoder.bytes,
                    logRoot: group.wrongRoot ?? MerkleTree.root(ofLeafHashes: leaves[..<end]),
                    tiles: group.tiles,
                    blocks: group.blocks
                )
            )
            position = end
        }
        try await store.project(
            ProjectionBatch(
                entryCount: min(projectedEntryCount, UInt64(position)),
                isRebuild: true,
                accounts: [],
                assets: [],
                holdings: [],
                receipts: receipts
            )
        )
        for snapshot in snapshots.reversed() {
            let chunks = ChunkList(snapshot.chunks)
            try await store.writeSnapshot(snapshot.descriptor) { () async throws(LedgerFailure) in await chunks.next() }
        }
        return store
    }
}

/// Chunks, one at a time.
private actor ChunkList {
    private var rest: ArraySlice<[UInt8]>

    init(_ chunks: [[UInt8]]) { rest = chunks[...] }

    func next() -> [UInt8]? { rest.popFirst() }
}

/// A store whose look-ups of rows may differ from its groups, and that shows no snapshot above a height.
struct AlteredStore: StoreOverlay {
    let base: MemoryStore
    var snapshotHeightMax = UInt64.max
    /// What a look-up of a block gives, by height, where it is not what its group holds.
    var blocks: [UInt64: BlockRow] = [:]
    /// What a look-up of a tile gives, where it is not what its group holds.
    var tiles: [LogTile] = []
    /// The position that a look-up of a transaction gives, where it is another than the log's.
    var receipts: [TransactionID: UInt64] = [:]

    func block(height: UInt64) async throws(LedgerFailure) -> BlockRow? {
        if let block = blocks[height] { return block }
        return try await base.block(height: height)
    }

    func lastBlock() async throws(LedgerFailure) -> BlockRow? {
        let last = try await base.lastBlock()
        return last.flatMap { blocks[$0.height] } ?? last
    }

    func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [UInt8]? {
        if let tile = tiles.first(where: { $0.level == level && $0.index == index }) { return tile.hashes }
        return try await base.tile(level: level, index: index)
    }

    func position(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64? {
        if let position = receipts[transaction] { return position }
        return try await base.position(of: transaction)
    }

    func snapshot(atOrBefore height: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? {
        guard snapshotHeightMax > 0 else { return nil }
        return try await base.snapshot(atOrBefore: min(height, snapshotHeightMax))
    }
}
