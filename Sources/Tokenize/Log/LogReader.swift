/// Computes roots and proofs of a log at any size up to its edge, from stored tiles.
///
/// Whatever it returns has been verified against the edge's root, so a damaged store makes a typed failure, never a
/// wrong proof.
struct LogReader: Sendable {
    private let edge: LogEdge
    private let loadTile: LogTileLoader

    init(edge: LogEdge, loadTile: @escaping LogTileLoader) {
        self.edge = edge
        self.loadTile = loadTile
    }

    /// Entries in the log.
    var size: UInt64 { edge.size }

    /// The root that the log had at `size`.
    ///
    /// - Throws: ``LedgerFailure/limitExceeded(limit:maximum:)`` above the log's size;
    ///   ``LedgerFailure/corrupted(what:position:reason:)`` if the tiles do not lead to the edge's root; what the
    ///   loader throws.
    func root(atSize size: UInt64) async throws(LedgerFailure) -> Digest {
        try checkSize(size)
        var hashes = LogHashes(edge: edge, loadTile: loadTile)
        return try await verifiedRoot(atSize: size, from: &hashes)
    }

    /// Proof that the entry at `index` is in the log as it was at `size`.
    ///
    /// - Throws: as ``root(atSize:)``; ``LedgerFailure/limitExceeded(limit:maximum:)`` if `index` is not below `size`.
    func inclusionProof(index: UInt64, size: UInt64) async throws(LedgerFailure) -> LogInclusionProof {
        try checkSize(size)
        guard index < size else { throw .limitExceeded(limit: "log index", maximum: size) }
        var hashes = LogHashes(edge: edge, loadTile: loadTile)
        let root = try await verifiedRoot(atSize: size, from: &hashes)
        let leafHash = try await hashes.hash(of: index..<index + 1)
        let path = try await hashes.hashes(of: MerkleTree.inclusionRanges(index: index, size: size))
        let proof = LogInclusionProof(index: index, size: size, path: path)
        do {
            try proof.verify(leafHash: leafHash, root: root)
        } catch {
            throw Self.damaged(position: index)
        }
        return proof
    }

    /// Proof that the log at `old` entries is the beginning of the log at `new` entries.
    ///
    /// - Throws: as ``root(atSize:)``; ``LedgerFailure/limitExceeded(limit:maximum:)`` if `old` is 0 or above `new`.
    func consistencyProof(old: UInt64, new: UInt64) async throws(LedgerFailure) -> LogConsistencyProof {
        try checkSize(new)
        guard old > 0, old <= new else { throw .limitExceeded(limit: "log size", maximum: new) }
        var hashes = LogHashes(edge: edge, loadTile: loadTile)
        let oldRoot = try await verifiedRoot(atSize: old, from: &hashes)
        let newRoot = try await verifiedRoot(atSize: new, from: &hashes)
        let path = try await hashes.hashes(of: MerkleTree.consistencyRanges(old: old, new: new))
        let proof = LogConsistencyProof(oldSize: old, newSize: new, path: path)
        do {
            try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
        } catch {
            throw Self.damaged(position: old)
        }
        return proof
    }

    /// The root at `size`, with a consistency proof between it and the edge's root, which is known to be right.
    private func verifiedRoot(atSize size: UInt64, from hashes: inout LogHashes) async throws(LedgerFailure) -> Digest {
        if size == edge.size { return edge.root }
        if size == 0 { return MerkleTree.emptyRoot }
        let root = try await hashes.hash(of: 0..<size)
        let path = try await hashes.hashes(of: MerkleTree.consistencyRanges(old: size, new: edge.size))
        let proof = LogConsistencyProof(oldSize: size, newSize: edge.size, path: path)
        do {
            try proof.verify(oldRoot: root, newRoot: edge.root)
        } catch {
            throw Self.damaged(position: size)
        }
        return root
    }

    private func checkSize(_ size: UInt64) throws(LedgerFailure) {
        guard size <= edge.size else { throw .limitExceeded(limit: "log size", maximum: edge.size) }
    }

    private static func damaged(position: UInt64) -> LedgerFailure {
        .corrupted(what: "log tiles", position: position, reason: "they do not lead to the log's root")
    }
}
