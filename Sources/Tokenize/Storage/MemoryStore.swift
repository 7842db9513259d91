/// A store in memory: the contract without a device, for tests, for replay and for what need not last.
///
/// It keeps of the projection only what can be asked for, the positions of transactions. Nothing is durable:
/// `append` returns when the group is in memory, and the mark always names the last group.
public actor MemoryStore: LedgerStore {
    private struct Snapshot {
        let descriptor: SnapshotDescriptor
        var chunks: [[UInt8]]
    }

    private struct TileCoordinates: Hashable {
        let level: Int
        let index: UInt64
    }

    private var groups: [EntryGroup] = []
    private var tiles: [TileCoordinates: [UInt8]] = [:]
    private var blocks: [BlockRow] = []
    private var snapshots: [UInt64: Snapshot] = [:]
    private var projectedCount: UInt64 = 0
    private var receipts: [TransactionID: UInt64] = [:]
    private var isClosed = false

    /// A new store without entries.
    public init() {}

    /// A store with everything that `other` holds, open even if `other` was closed: what a restart finds.
    public init(reopening other: MemoryStore) async {
        groups = await other.groups
        tiles = await other.tiles
        blocks = await other.blocks
        snapshots = await other.snapshots
        projectedCount = await other.projectedCount
        receipts = await other.receipts
    }

    public func extent() throws(LedgerFailure) -> StoreExtent {
        try requireOpen()
        return StoreExtent(entryCount: entryCount, markedRoot: groups.last?.logRoot, markedEntryCount: entryCount)
    }

    public func append(_ group: EntryGroup) throws(LedgerFailure) {
        try requireOpen()
        try group.requireFollowing(entryCount: entryCount, blockHeight: UInt64(blocks.count))
        groups.append(group)
        blocks.append(contentsOf: group.blocks)
        for tile in group.tiles {
            tiles[TileCoordinates(level: tile.level, index: tile.index)] = tile.hashes
        }
    }

    public func confirm(logRoot: Digest) throws(LedgerFailure) { try requireOpen() }

    public func group(containing position: UInt64) throws(LedgerFailure) -> EntryGroup? {
        try requireOpen()
        guard position < entryCount else { return nil }
        // Groups are contiguous from 0, so the first group that ends after the position holds it.
        var low = 0
        var high = groups.count
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].endPosition <= position { low = middle + 1 } else { high = middle }
        }
        return groups[low]
    }

    public func tile(level: Int, index: UInt64) throws(LedgerFailure) -> [UInt8]? {
        try requireOpen()
        return tiles[TileCoordinates(level: level, index: index)]
    }

    public func block(height: UInt64) throws(LedgerFailure) -> BlockRow? {
        try requireOpen()
        guard height >= 1, height <= UInt64(blocks.count) else { return nil }
        return blocks[Int(height - 1)]
    }

    public func lastBlock() throws(LedgerFailure) -> BlockRow? {
        try requireOpen()
        return blocks.last
    }

    public func writeSnapshot(
        _ descriptor: SnapshotDescriptor,
        nextChunk: @Sendable () async throws(LedgerFailure) -> [UInt8]?
    ) async throws(LedgerFailure) {
        try requireOpen()
        snapshots[descriptor.height] = nil
        var chunks: [[UInt8]] = []
        while let chunk = try await nextChunk() {
            try requireOpen()
            chunks.append(chunk)
        }
        try requireOpen()
        snapshots[descriptor.height] = Snapshot(descriptor: descriptor, chunks: chunks)
        for height in snapshots.keys.sorted().dropLast(SnapshotDescriptor.keptCountMax) { snapshots[height] = nil }
    }

    public func snapshot(atOrBefore height: UInt64) throws(LedgerFailure) -> SnapshotDescriptor? {
        try requireOpen()
        return snapshots.keys.filter { $0 <= height }.max().flatMap { snapshots[$0]?.descriptor }
    }

    public func snapshotChunk(height: UInt64, index: Int) throws(LedgerFailure) -> [UInt8]? {
        try requireOpen()
        guard let snapshot = snapshots[height], snapshot.chunks.indices.contains(index) else { return nil }
        return snapshot.chunks[index]
    }

    public func projectedEntryCount() throws(LedgerFailure) -> UInt64 {
        try requireOpen()
        return projectedCount
    }

    public func project(_ batch: ProjectionBatch) throws(LedgerFailure) {
        try requireOpen()
        try batch.requireFollowing(projectedCount: projectedCount, entryCount: entryCount)
        if batch.isRebuild { receipts.removeAll(keepingCapacity: true) }
        for row in batch.receipts { receipts[row.transaction] = row.position }
        projectedCount = batch.entryCount
    }

    public func position(of transaction: TransactionID) throws(LedgerFailure) -> UInt64? {
        try requireOpen()
        return receipts[transaction]
    }

    public func close() { isClosed = true }

    private var entryCount: UInt64 { groups.last?.endPosition ?? 0 }

    private func requireOpen() throws(LedgerFailure) {
        if isClosed { throw .storeClosed }
    }
}
