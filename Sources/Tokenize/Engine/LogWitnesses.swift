/// What the log must agree with: the durable mark, and a checkpoint that the caller holds.
struct LogWitnesses: Sendable {
    private let roots: [(size: UInt64, root: Digest, source: String)]

    /// - Throws: ``LedgerFailure/lostTail(entryCount:expected:source:)`` if the store ends before one of them.
    init(extent: StoreExtent, expecting: Checkpoint?) throws(LedgerFailure) {
        var roots: [(size: UInt64, root: Digest, source: String)] = []
        if let root = extent.markedRoot { roots.append((extent.markedEntryCount, root, "mark")) }
        if let expecting { roots.append((expecting.size, expecting.root, "checkpoint")) }
        for witness in roots {
            guard witness.size <= extent.entryCount else {
                throw .lostTail(entryCount: extent.entryCount, expected: witness.size, source: witness.source)
            }
            guard witness.size > 0 || witness.root == MerkleTree.emptyRoot else {
                throw .rootMismatch(entryCount: 0, source: witness.source)
            }
        }
        self.roots = roots
    }

    /// Checks those that lie at or before the place where replay begins.
    func checkBefore(_ writer: LedgerWriter, loadTile: @escaping LogTileLoader) async throws(LedgerFailure) {
        let reader = LogReader(edge: writer.log.edge, loadTile: loadTile)
        for witness in roots where witness.size > 0 && witness.size <= writer.size {
            guard try await reader.root(atSize: witness.size) == witness.root else {
                throw .rootMismatch(entryCount: witness.size, source: witness.source)
            }
        }
    }

    /// Checks those that lie exactly where replay has come to.
    func check(_ writer: LedgerWriter) throws(LedgerFailure) {
        for witness in roots where witness.size == writer.size && writer.log.root != witness.root {
            throw .rootMismatch(entryCount: witness.size, source: witness.source)
        }
    }
}
