import GRDB
import Tokenize

extension LedgerTables {
    /// A snapshot's row.
    struct StoredSnapshot {
        let descriptor: SnapshotDescriptor
        let chunkCount: Int

        /// The digest that the row carries; an incomplete snapshot has none.
        var digest: [UInt8] {
            let integers = [Int64(descriptor.height), Int64(descriptor.entryCount), Int64(chunkCount)]
            return RecordDigest.snapshot(integers, descriptor.stateRoot.bytes)
        }
    }

    /// The complete snapshot of greatest height not above `height`, or nil.
    func snapshot(atOrBefore height: UInt64) throws -> StoredSnapshot? {
        try database.run(
            """
            SELECT height, entry_count, chunk_count, state_root, digest FROM snapshots
            WHERE complete = 1 AND height <= ? ORDER BY height DESC LIMIT 1
            """
        ) { statement in
            try statement.bind(Int64(clamping: height), at: 1)
            guard try statement.next() else { return nil }
            let integers = [statement.integer(0), statement.integer(1), statement.integer(2)]
            let root = statement.bytes(3)
            guard RecordDigest.snapshot(integers, root) == statement.bytes(4), let stateRoot = Digest(root) else {
                let position = UInt64(clamping: integers[0])
                throw LedgerFailure.corrupted(what: "snapshot", position: position, reason: Self.digestDiffers)
            }
            let numbers = try Self.unsigned(integers, of: "snapshot")
            let descriptor = SnapshotDescriptor(height: numbers[0], entryCount: numbers[1], stateRoot: stateRoot)
            return StoredSnapshot(descriptor: descriptor, chunkCount: Int(integers[2]))
        }
    }

    /// Chunk `index` of the complete snapshot of `height`; nil past its end or without such a snapshot.
    func snapshotChunk(height: UInt64, index: Int) throws -> [UInt8]? {
        guard let snapshot = try snapshot(atOrBefore: height), snapshot.descriptor.height == height else { return nil }
        guard index >= 0, index < snapshot.chunkCount else { return nil }
        return try database.run(
            "SELECT digest, bytes FROM snapshot_chunks WHERE height = ? AND idx = ?"
        ) { statement in
            try statement.bind(Int64(clamping: height), at: 1)
            try statement.bind(Int64(index), at: 2)
            guard try statement.next() else {
                throw LedgerFailure.corrupted(
                    what: "snapshot chunk",
                    position: height,
                    reason: "chunk \(index) is missing"
                )
            }
            let bytes = statement.bytes(1)
            let computed = bytes.withUnsafeBytes {
                RecordDigest.chunk([Int64(clamping: height), Int64(index)], [], $0)
            }
            guard computed == statement.bytes(0) else {
                throw LedgerFailure.corrupted(what: "snapshot chunk", position: height, reason: Self.digestDiffers)
            }
            return bytes
        }
    }

    /// Heights of snapshots that were begun and not completed.
    func incompleteSnapshots() throws -> [UInt64] { try heights(isComplete: false) }

    /// Heights of complete snapshots, ascending.
    func completeSnapshots() throws -> [UInt64] { try heights(isComplete: true) }

    private func heights(isComplete: Bool) throws -> [UInt64] {
        try database.run("SELECT height FROM snapshots WHERE complete = ? ORDER BY height") { statement in
            try statement.bind(Int64(isComplete ? 1 : 0), at: 1)
            var heights: [UInt64] = []
            while try statement.next() { heights.append(UInt64(clamping: statement.integer(0))) }
            return heights
        }
    }
}
