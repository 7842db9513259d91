/// Writes a ledger's log out as a tiled log (C2SP tlog-tiles): tiles, entry bundles and, by the caller, the checkpoint.
///
/// Nothing is taken from stored tiles: every hash is computed from the entries again, and the root must be the
/// checkpoint's. At most a bundle of entries and a tile a level are in memory.
public enum LogExport {
    /// One file of a tiled log.
    public struct File: Hashable, Sendable {
        /// Which file it is; it knows its path.
        public let resource: LogResource
        /// The file's content.
        public let bytes: [UInt8]
    }

    /// The files of a log at a checkpoint's size, in an order in which each can be published as it comes.
    ///
    /// The checkpoint itself is not among them: it is published last, by the one who has it signed.
    public struct Files: Sendable {
        /// Entries whose bundle has been given.
        public var exportedEntryCount: UInt64 { builder.size }

        private let store: any LedgerStore
        private let checkpoint: Checkpoint
        private var builder = LogBuilder()
        private var ready: ArraySlice<File> = []
        private var group: (endPosition: UInt64, records: [GroupRecords.Record])?
        private var isComplete = false

        /// The files of the log in `store` at the checkpoint's size.
        public init(of store: any LedgerStore, under checkpoint: Checkpoint) {
            self.store = store
            self.checkpoint = checkpoint
        }

        /// The next file, or nil after the last.
        ///
        /// - Throws: ``LedgerFailure/lostTail(entryCount:expected:source:)`` if the store ends before the checkpoint,
        ///   ``LedgerFailure/rootMismatch(entryCount:source:)`` if it holds another log; what the store throws.
        public mutating func next() async throws(LedgerFailure) -> File? {
            while ready.isEmpty {
                guard !isComplete else { return nil }
                if builder.size < checkpoint.size { try await addBundle() } else { try complete() }
            }
            return ready.popFirst()
        }

        private mutating func addBundle() async throws(LedgerFailure) {
            let index = builder.size / UInt64(EntryBundle.entryCountMax)
            var entries: [[UInt8]] = []
            while entries.count < EntryBundle.entryCountMax, builder.size < checkpoint.size {
                let entry = try await entry(at: builder.size)
                builder.append(MerkleTree.leafHash(entry))
                entries.append(entry)
            }
            let bundle = try EntryBundle(entries: entries)
            ready.append(File(resource: .entries(index: index, width: entries.count), bytes: bundle.bytes))
            for tile in builder.takeTiles() {
                ready.append(
                    File(
                        resource: .tile(level: tile.level, index: tile.index, width: LogTiling.tileWidth),
                        bytes: tile.hashes
                    )
                )
            }
        }

        private mutating func complete() throws(LedgerFailure) {
            guard builder.root == checkpoint.root else {
                throw .rootMismatch(entryCount: checkpoint.size, source: "checkpoint")
            }
            ready += builder.edge.partialTileFiles.map { File(resource: $0.resource, bytes: $0.bytes) }
            isComplete = true
        }

        private mutating func entry(at position: UInt64) async throws(LedgerFailure) -> [UInt8] {
            if group.map({ position >= $0.endPosition }) ?? true {
                guard let next = try await store.group(containing: position) else {
                    throw .lostTail(entryCount: position, expected: checkpoint.size, source: "checkpoint")
                }
                group = (next.endPosition, try GroupRecords.records(of: next))
            }
            guard let records = group?.records, let first = records.first?.position, position >= first,
                position - first < UInt64(records.count)
            else { throw .corrupted(what: "group", position: position, reason: "does not hold the position") }
            return records[Int(position - first)].entry
        }
    }
}
