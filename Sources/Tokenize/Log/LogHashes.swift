/// The hashes of a log's subtrees, read from tiles and from the edge; keeps the tiles of one request.
struct LogHashes {
    private struct TileKey: Hashable {
        let level: Int
        let index: UInt64
    }

    private let edge: LogEdge
    private let loadTile: LogTileLoader
    private var tiles: [TileKey: [Digest]] = [:]

    init(edge: LogEdge, loadTile: @escaping LogTileLoader) {
        self.edge = edge
        self.loadTile = loadTile
    }

    /// The Merkle tree hash of each range; the ranges must be such as RFC 6962 cuts out, within the edge's size.
    mutating func hashes(of ranges: [Range<UInt64>]) async throws(LedgerFailure) -> [Digest] {
        var hashes: [Digest] = []
        for range in ranges { hashes.append(try await hash(of: range)) }
        return hashes
    }

    /// The Merkle tree hash of one range.
    mutating func hash(of range: Range<UInt64>) async throws(LedgerFailure) -> Digest {
        var hashes: [Digest] = []
        for node in MerkleNode.covering(range) { hashes.append(try await hash(of: node)) }
        return MerkleNode.fold(hashes)
    }

    /// The root of a perfect subtree: that of the `2^(level mod 8)` hashes of one tile that lie below it.
    private mutating func hash(of node: MerkleNode) async throws(LedgerFailure) -> Digest {
        let tileLevel = node.level / LogTiling.tileHeight
        let levelsAboveTile = UInt64(node.level % LogTiling.tileHeight)
        let first = node.index << levelsAboveTile
        let tile = try await tile(level: tileLevel, index: first / UInt64(LogTiling.tileWidth))
        let start = Int(first % UInt64(LogTiling.tileWidth))
        return MerkleTree.root(ofLeafHashes: tile[start..<start + (1 << Int(levelsAboveTile))])
    }

    private mutating func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [Digest] {
        if index == LogTiling.hashCount(level: level + 1, size: edge.size) { return edge.partialTiles[level] }
        let key = TileKey(level: level, index: index)
        if let known = tiles[key] { return known }
        let hashes = try await LogBuilder.completeTile(level: level, index: index, loadTile: loadTile)
        tiles[key] = hashes
        return hashes
    }
}
