/// Reads a complete tile from a store: 8,192 bytes, or nil if there is none at these coordinates.
typealias LogTileLoader = @Sendable (_ level: Int, _ index: UInt64) async throws(LedgerFailure) -> [UInt8]?

extension LogBuilder {
    /// The builder of a log of `size` entries, from stored tiles and the leaf hashes after the last complete tile.
    ///
    /// The caller compares ``root`` with a root that it trusts: what a damaged tile changes shows there.
    ///
    /// - Throws: ``LedgerFailure/corrupted(what:position:reason:)`` if a tile is missing or has another size, or if
    ///   there are not exactly `size % 256` tail hashes; what `loadTile` throws.
    init(size: UInt64, tailLeafHashes: [Digest], loadTile: LogTileLoader) async throws(LedgerFailure) {
        guard tailLeafHashes.count == LogTiling.partialWidth(level: 0, size: size) else {
            throw .corrupted(what: "log tail", position: size, reason: "wrong number of leaf hashes")
        }
        var partialTiles = [tailLeafHashes]
        for level in 1..<LogTiling.levelCountMax {
            let end = LogTiling.hashCount(level: level, size: size)
            let width = LogTiling.partialWidth(level: level, size: size)
            var roots: [Digest] = []
            for index in end - UInt64(width)..<end {
                let hashes = try await Self.completeTile(level: level - 1, index: index, loadTile: loadTile)
                roots.append(MerkleTree.root(ofLeafHashes: hashes))
            }
            partialTiles.append(roots)
        }
        self.init(size: size, partialTiles: partialTiles)
    }

    /// Reads a complete tile and refuses one that is missing or has another size.
    static func completeTile(
        level: Int,
        index: UInt64,
        loadTile: LogTileLoader
    ) async throws(LedgerFailure) -> [Digest] {
        guard let bytes = try await loadTile(level, index) else {
            throw .corrupted(what: "log tile of level \(level)", position: index, reason: "missing")
        }
        guard bytes.count == LogTiling.tileByteCount, let hashes = LogTiling.hashes(of: bytes) else {
            throw .corrupted(what: "log tile of level \(level)", position: index, reason: "wrong length")
        }
        return hashes
    }
}
