/// The shape of tiles (C2SP tlog-tiles): 256 hashes, eight levels of the tree.
enum LogTiling {
    /// Levels of the Merkle tree that one tile spans.
    static let tileHeight = 8
    /// Hashes in a complete tile.
    static let tileWidth = 1 << tileHeight
    /// Bytes in a complete tile.
    static let tileByteCount = tileWidth * Digest.byteCount
    /// Tile levels that 64-bit sizes can need.
    static let levelCountMax = 64 / tileHeight

    /// Hashes at tile level `level` of a log with `size` entries, in complete and partial tiles together.
    static func hashCount(level: Int, size: UInt64) -> UInt64 {
        level < levelCountMax ? size >> UInt64(level * tileHeight) : 0
    }

    /// Hashes in the partial tile at `level` of a log with `size` entries; 0 if there is none.
    static func partialWidth(level: Int, size: UInt64) -> Int {
        Int(hashCount(level: level, size: size) % UInt64(tileWidth))
    }

    /// The hashes that the bytes of a tile hold, or nil if they hold no whole number of them.
    static func hashes(of bytes: [UInt8]) -> [Digest]? {
        guard bytes.count % Digest.byteCount == 0 else { return nil }
        return bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: Digest.byteCount).map { offset in
                Digest(loading: UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + Digest.byteCount]))
            }
        }
    }

    /// The bytes of a tile that holds these hashes.
    static func bytes(of hashes: [Digest]) -> [UInt8] {
        // A digest is 32 bytes in memory, in order.
        hashes.withUnsafeBytes { Array($0) }
    }
}
