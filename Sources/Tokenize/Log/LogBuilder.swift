/// The writer's end of the log: takes leaf hashes, knows the root, and gives tiles as they fill.
///
/// The Merkle tree and the tiles share every hash: one node hash a leaf on average.
struct LogBuilder: Sendable {
    private var frontier: MerkleFrontier
    // The partial tile of each level; full ones move to `completedTiles`.
    private var partialTiles: [[Digest]]
    private var completedTiles: [LogTile] = []

    /// A log without entries.
    init() {
        frontier = MerkleFrontier()
        partialTiles = (0..<LogTiling.levelCountMax).map { _ in [] }
    }

    /// The builder of a log whose partial tiles are these, one list for each level.
    init(size: UInt64, partialTiles: [[Digest]]) {
        var peaks: [Digest] = []
        for (level, hashes) in partialTiles.enumerated().reversed() {
            let width = LogTiling.partialWidth(level: level, size: size)
            precondition(hashes.count == width, "a partial tile has another width")
            for node in MerkleNode.covering(0..<UInt64(width)) {
                let start = Int(node.index << UInt64(node.level))
                peaks.append(MerkleTree.root(ofLeafHashes: hashes[start..<start + (1 << node.level)]))
            }
        }
        guard let frontier = MerkleFrontier(size: size, peaks: peaks) else {
            preconditionFailure("a perfect subtree for each set bit of the size")
        }
        self.frontier = frontier
        self.partialTiles = partialTiles
    }

    /// Entries in the log.
    var size: UInt64 { frontier.size }

    /// The log's root; hashes at most 63 nodes anew.
    var root: Digest { frontier.root }

    /// What a reader needs besides the stored tiles.
    var edge: LogEdge { LogEdge(size: size, root: root, partialTiles: partialTiles) }

    /// Appends one leaf. Tiles that it completes wait for ``takeTiles()``.
    mutating func append(_ leafHash: Digest) {
        frontier.append(leafHash)
        keep(leafHash, level: 0)
        var level = 1
        while level < LogTiling.levelCountMax,
            let root = frontier.completedSubtree(level: level * LogTiling.tileHeight)
        {
            keep(root, level: level)
            level += 1
        }
    }

    /// The tiles completed since the last call, in the order of completion.
    mutating func takeTiles() -> [LogTile] {
        let tiles = completedTiles
        completedTiles = []
        return tiles
    }

    private mutating func keep(_ hash: Digest, level: Int) {
        partialTiles[level].append(hash)
        guard partialTiles[level].count == LogTiling.tileWidth else { return }
        let index = LogTiling.hashCount(level: level + 1, size: size) - 1
        completedTiles.append(
            LogTile(level: level, index: index, hashes: LogTiling.bytes(of: partialTiles[level]))
        )
        partialTiles[level].removeAll(keepingCapacity: true)
    }
}
