import Logging

/// Brings a writer to where the store's log ends: the last verified snapshot, then every entry after it.
///
/// A snapshot only saves time. One that is damaged, or that nobody who knows the disclosure secret has sealed, is passed
/// over, with a warning, for the one before it or the genesis. Of every entry after it each signature is verified: who can
/// write to the store, and to nothing else, gets nothing applied that no key has signed.
struct LedgerRecovery {
    let store: any LedgerStore
    let secret: DisclosureSecret
    let logger: Logger

    init(store: any LedgerStore, configuration: LedgerConfiguration) {
        self.store = store
        secret = configuration.disclosureSecret
        logger = configuration.logger
    }

    /// A writer, and how many entries the newest snapshot reflects that was not found damaged on the way; 0 for none.
    struct Recovered {
        var writer: LedgerWriter
        let snapshotEntryCount: UInt64
    }

    /// A writer at the end of a non-empty log, checked against the durable mark and, if given, a checkpoint.
    ///
    /// It begins no later than the projection ended, so that it knows everything that changed since.
    func writer(
        extent: StoreExtent,
        expecting: Checkpoint?,
        projectedEntryCount: UInt64
    ) async throws(LedgerFailure) -> Recovered {
        let witnesses = try LogWitnesses(extent: extent, expecting: expecting)
        // A projection of nothing is built anew, from wherever.
        let startMax = projectedEntryCount > 0 ? min(projectedEntryCount, extent.entryCount) : extent.entryCount
        var recovered = try await start(notAbove: UInt64.max, entryCountMax: startMax)
        try await witnesses.checkBefore(recovered.writer, loadTile: tileLoader)
        try await replay(into: &recovered.writer, to: extent.entryCount, witnesses)
        return recovered
    }

    /// The writer after the block of `height`.
    func writer(atHeight height: UInt64) async throws(LedgerFailure) -> LedgerWriter {
        guard let block = try await store.block(height: height) else {
            throw .limitExceeded(limit: "height", maximum: try await store.lastBlock()?.height ?? 0)
        }
        var writer = try await start(notAbove: height).writer
        try await replay(into: &writer, through: block.headerPosition)
        guard writer.lastHeader?.stateRoot == block.stateRoot else {
            throw .corrupted(what: "block", position: height, reason: "state root differs on replay")
        }
        return writer
    }

    private var tileLoader: LogTileLoader {
        { [store] (level, index) async throws(LedgerFailure) in try await store.tile(level: level, index: index) }
    }

    /// The writer after the greatest snapshot that is neither above `height` nor of more entries, or at genesis.
    private func start(
        notAbove height: UInt64,
        entryCountMax: UInt64 = UInt64.max
    ) async throws(LedgerFailure) -> Recovered {
        var bound = height
        var newest: UInt64?
        while true {
            do throws(LedgerFailure) {
                guard let descriptor = try await store.snapshot(atOrBefore: bound), descriptor.height <= bound else {
                    break
                }
                if descriptor.entryCount <= entryCountMax {
                    let writer = try await writer(from: descriptor)
                    return Recovered(writer: writer, snapshotEntryCount: newest ?? descriptor.entryCount)
                }
                newest = newest ?? descriptor.entryCount
                guard descriptor.height > 0 else { break }
                bound = descriptor.height - 1
            } catch {
                guard let damaged = error.damagedSnapshotHeight else { throw error }
                logger.warning("snapshot passed over", metadata: ["failure": "\(error)"])
                guard damaged > 0, damaged <= bound else { break }
                bound = damaged - 1
            }
        }
        let first = try await GroupRecords.record(in: store, at: 0)
        var writer = try LedgerWriter(founding: first, secret: secret)
        writer.dropGroup()
        return Recovered(writer: writer, snapshotEntryCount: newest ?? 0)
    }

    /// The writer at a snapshot, once its state is known to be the one that the log commits to.
    private func writer(from descriptor: SnapshotDescriptor) async throws(LedgerFailure) -> LedgerWriter {
        let height = descriptor.height
        guard let block = try await store.block(height: height), block.stateRoot == descriptor.stateRoot,
            descriptor.entryCount > 0, block.headerPosition == descriptor.entryCount - 1,
            let header = BlockHeader(block)
        else { throw .corrupted(what: "snapshot", position: height, reason: "it has no block") }
        let log = try await logBuilder(size: descriptor.entryCount)
        var state = try await state(of: descriptor, logRoot: log.root)
        try secret.require(commitment: state.disclosureCommitment)
        var tree = StateTree()
        state.markEverythingChanged()
        var updates = StateLeaves(secret: secret).updates(for: state.changes, in: state)
        tree.apply(&updates)
        guard tree.root == descriptor.stateRoot else {
            throw .corrupted(what: "snapshot", position: height, reason: "state root differs")
        }
        try await require(header, in: log)
        state.changes.removeAll()
        let sealedClock = state.clock
        state.applyHeader(sealingTime: block.sealingTime)
        return LedgerWriter(
            state: state,
            tree: tree,
            log: log,
            secret: secret,
            lastHeader: header,
            sealedClock: sealedClock
        )
    }

    /// The state that a snapshot's chunks hold, once they are known to be what this ledger has sealed.
    private func state(
        of descriptor: SnapshotDescriptor,
        logRoot: Digest
    ) async throws(LedgerFailure) -> LedgerState {
        let height = descriptor.height
        // Not one row is looked into before the seal: whoever made other rows may have made them to be looked into.
        let digests = try await sealedChunks(of: descriptor, logRoot: logRoot)
        var decoder = SnapshotDecoder()
        for (index, digest) in digests.enumerated() {
            guard let rows = try await store.snapshotChunk(height: height, index: index),
                Hashing.sha256(rows) == digest
            else { throw .corrupted(what: "snapshot", position: height, reason: "chunk \(index) is not as sealed") }
            do {
                try decoder.add(rows)
            } catch {
                throw .corrupted(what: "snapshot", position: height, reason: "chunk \(index): \(error)")
            }
        }
        guard var state = decoder.state else {
            throw .corrupted(what: "snapshot", position: height, reason: "it holds no state")
        }
        guard state.finishSnapshot() else {
            throw .corrupted(what: "snapshot", position: height, reason: "a bond's record contradicts it")
        }
        return state
    }

    /// Digests of the chunks that hold rows, once the last chunk is the seal over them.
    private func sealedChunks(
        of descriptor: SnapshotDescriptor,
        logRoot: Digest
    ) async throws(LedgerFailure) -> [Digest] {
        var content = SnapshotContent(descriptor, logRoot: logRoot)
        var digests: [Digest] = []
        var last: [UInt8]?
        while let chunk = try await store.snapshotChunk(
            height: descriptor.height,
            index: digests.count + (last == nil ? 0 : 1)
        ) {
            if let rows = last {
                content.add(rows)
                let digest = Hashing.sha256(rows)
                // No two rows are alike, and so no two chunks.
                guard digest != digests.last, digests.count < EngineLimits.snapshotChunkCountMax else {
                    throw .corrupted(
                        what: "snapshot",
                        position: descriptor.height,
                        reason: "chunk \(digests.count): one more than there can be"
                    )
                }
                digests.append(digest)
            }
            last = chunk
        }
        guard last == SnapshotContent.sealingChunk(secret.seal(of: content.digest)) else {
            throw .corrupted(
                what: "snapshot",
                position: descriptor.height,
                reason: "it has no seal of this ledger's"
            )
        }
        return digests
    }

    /// Checks that `header` is the last entry of `log`: else the snapshot is of another history.
    private func require(_ header: BlockHeader, in log: LogBuilder) async throws(LedgerFailure) {
        let reader = LogReader(edge: log.edge, loadTile: tileLoader)
        let inclusion = try await reader.inclusionProof(index: header.previousSize, size: log.size)
        let entry = LogEntry.header(header).canonicalBytes
        guard (try? inclusion.verify(entry: entry, root: log.root)) != nil else {
            throw .corrupted(what: "snapshot", position: header.height, reason: "its block's header is not in the log")
        }
    }

    /// The log's edge at `size`, from tiles and the entries after the last complete one.
    private func logBuilder(size: UInt64) async throws(LedgerFailure) -> LogBuilder {
        var tail: [Digest] = []
        var position = size - UInt64(LogTiling.partialWidth(level: 0, size: size))
        while position < size {
            for record in try await GroupRecords.records(in: store, from: position) where record.position < size {
                tail.append(MerkleTree.leafHash(record.entry))
                position += 1
            }
        }
        return try await LogBuilder(size: size, tailLeafHashes: tail, loadTile: tileLoader)
    }

    /// Replays the rest of the log, with every signature, and compares the root after each group.
    private func replay(
        into writer: inout LedgerWriter,
        to entryCount: UInt64,
        _ witnesses: LogWitnesses
    ) async throws(LedgerFailure) {
        let reader = EntryReader(store: store, projectedEntryCount: nil)
        var pieces: [EntryReader.Piece] = []
        var readPosition = writer.size
        while writer.size < entryCount {
            while pieces.count < EngineLimits.verificationTaskCount, readPosition < entryCount {
                let read = try await reader.pieces(at: readPosition, notBeyond: entryCount)
                pieces += read
                for case let group? in read.map(\.group) { readPosition = group.endPosition }
            }
            let piece = pieces.removeFirst()
            let chunk = await piece.chunk.value
            for entry in chunk.entries {
                try writer.replay(entry)
                try witnesses.check(writer)
            }
            if let failure = chunk.failure { throw failure }
            if let group = piece.group {
                guard group.logRoot == writer.log.root else {
                    throw .corrupted(what: "group", position: group.firstPosition, reason: "log root differs")
                }
                writer.dropGroup()
            }
        }
    }

    /// Replays up to and with the entry at `position` of a log that was checked when it was opened.
    private func replay(into writer: inout LedgerWriter, through position: UInt64) async throws(LedgerFailure) {
        while writer.size <= position {
            for record in try await GroupRecords.records(in: store, from: writer.size) {
                try writer.replay(StoredEntry(record).map { .replayed($0) })
                if writer.size > position { break }
            }
            writer.dropGroup()
        }
    }
}

extension LedgerFailure {
    /// The height of the snapshot that is damaged, if that is what failed; anything else concerns the log or the store.
    fileprivate var damagedSnapshotHeight: UInt64? {
        guard case .corrupted(let what, let height, _) = self, what.hasPrefix("snapshot") else { return nil }
        return height
    }
}

extension BlockHeader {
    /// The header that a block's row tells of, or nil if its date is none.
    init?(_ row: BlockRow) {
        guard let date = CalendarDate(daysSinceEpoch: row.businessDate) else { return nil }
        self.init(
            height: row.height,
            previousSize: row.headerPosition,
            stateRoot: row.stateRoot,
            businessDate: date,
            sealingTime: row.sealingTime
        )
    }
}
