/// What the stored tiles do not hold yet: the partial tile of each level, with the size they belong to.
///
/// With the complete tiles it gives every hash of the log. Its root is the log's, so all that is read from a store
/// can be checked against it. A value: a reader keeps its own while the writer goes on.
struct LogEdge: Sendable {
    /// Entries in the log.
    let size: UInt64
    /// The log's root at `size`.
    let root: Digest
    /// The hashes of the partial tile, a level each.
    let partialTiles: [[Digest]]
}

extension LogEdge {
    /// The partial tiles as a tiled log publishes them at this size.
    var partialTileFiles: [(resource: LogResource, bytes: [UInt8])] {
        partialTiles.enumerated().filter { !$0.element.isEmpty }.map { level, hashes in
            let index = LogTiling.hashCount(level: level + 1, size: size)
            return (.tile(level: level, index: index, width: hashes.count), LogTiling.bytes(of: hashes))
        }
    }
}
