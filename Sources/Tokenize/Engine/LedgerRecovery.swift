/// Brings a writer to where the store's log ends: the last verified snapshot, then every entry after it.
struct LedgerRecovery {
    let store: any LedgerStore
    let secret: DisclosureSecret

    /// A writer at the end of a non-empty log, checked against the durable mark and, if given, a checkpoint.
    ///
    /// It begins no later than the projection ended, so that it knows everything that changed since.
    func writer(
        extent: StoreExtent,
        expecting: Checkpoint?,
        projectedEntryCount: UInt64
    ) async throws(LedgerFailure) -> LedgerWriter {
        let witnesses = try LogWitnesses(extent: extent, expecting: expecting)
        // A projection of nothing is built anew, from wherever.
        let startMax = projectedEntryCount > 0 ? projectedEntryCount : UInt64.max
        var writer = try await start(notAbove: UInt64.max, entryCountMax: startMax)
        try await witnesses.checkBefore(writer, loadTile: tileLoader)
        try await replay(into: &writer, until: { $0.size >= extent.entryCount }, witnesses: witnesses)
        return writer
    }

    /// The writer after the block of `height`.
    func writer(atHeight height: UInt64) async throws(LedgerFailure) -> LedgerWriter {
        guard let block = try await store.block(height: height) else {
            throw .limitExceeded(limit: "height", maximum: try await store.lastBlock()?.height ?? 0)
        }
        var writer = try await start(notAbove: height)
        try await replay(into: &writer, until: { $0.size > block.headerPosition }, witnesses: nil)
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
    ) async throws(LedgerFailure) -> LedgerWriter {
        var bound = height
        while let descriptor = try await store.snapshot(atOrBefore: bound), descriptor.height <= bound {
            if descriptor.entryCount <= entryCountMax { return try await writer(from: descriptor) }
            guard descriptor.height > 0 else { break }
            bound = descriptor.height - 1
        }
        guard let group = try await store.group(containing: 0), let first = try GroupRecords.records(of: group).first
        else { throw .corrupted(what: "group", position: 0, reason: "missing") }
        var writer = try LedgerWriter(founding: first, secret: secret)
        writer.dropGroup()
        return writer
    }

    private func writer(from descriptor: SnapshotDescriptor) async throws(LedgerFailure) -> LedgerWriter {
        let what = "snapshot"
        var decoder = SnapshotDecoder()
        var index = 0
        while let chunk = try await store.snapshotChunk(height: descriptor.height, index: index) {
            do {
                try decoder.add(chunk)
            } catch {
                throw .corrupted(what: what, position: descriptor.height, reason: "chunk \(index): \(error)")
            }
            index += 1
        }
        guard var state = decoder.state, let block = try await store.block(height: descriptor.height),
            block.stateRoot == descriptor.stateRoot, block.headerPosition + 1 == descriptor.entryCount,
            let date = CalendarDate(daysSinceEpoch: block.businessDate)
        else { throw .corrupted(what: what, position: descriptor.height, reason: "no state or no block") }
        try secret.require(commitment: state.disclosureCommitment)
        var tree = StateTree()
        state.markEverythingChanged()
        var updates = StateLeaves(secret: secret).updates(for: state.changes, in: state)
        tree.apply(&updates)
        guard tree.root == descriptor.stateRoot else {
            throw .corrupted(what: what, position: descriptor.height, reason: "state root differs")
        }
        state.changes.removeAll()
        guard state.clock.height == block.height, state.clock.businessDate == date else {
            throw .corrupted(what: what, position: descriptor.height, reason: "clock and block differ")
        }
        let sealedClock = state.clock
        state.applyHeader(sealingTime: block.sealingTime)
        let header = BlockHeader(
            height: block.height,
            previousSize: block.headerPosition,
            stateRoot: block.stateRoot,
            businessDate: date,
            sealingTime: block.sealingTime
        )
        let log = try await logBuilder(size: descriptor.entryCount)
        try await requireHeader(header, lastIn: log)
        return LedgerWriter(
            state: state,
            tree: tree,
            log: log,
            secret: secret,
            lastHeader: header,
            sealedClock: sealedClock
        )
    }

    /// Ties a snapshot to the log: its block's header is the log's last entry there.
    private func requireHeader(_ header: BlockHeader, lastIn log: LogBuilder) async throws(LedgerFailure) {
        let reader = LogReader(edge: log.edge, loadTile: tileLoader)
        let inclusion = try await reader.inclusionProof(index: log.size - 1, size: log.size)
        do throws(ProofFailure) {
            try inclusion.verify(entry: LogEntry.header(header).canonicalBytes, root: log.root)
        } catch {
            throw .corrupted(what: "block", position: header.height, reason: "not the header in the log")
        }
    }

    /// The log's edge at `size`, from tiles and the entries after the last complete one.
    private func logBuilder(size: UInt64) async throws(LedgerFailure) -> LogBuilder {
        var tail: [Digest] = []
        var position = size - UInt64(LogTiling.partialWidth(level: 0, size: size))
        while position < size {
            for record in try await records(from: position) where record.position < size {
                tail.append(MerkleTree.leafHash(record.entry))
                position += 1
            }
        }
        return try await LogBuilder(size: size, tailLeafHashes: tail, loadTile: tileLoader)
    }

    /// The records of one group from `position` on.
    private func records(from position: UInt64) async throws(LedgerFailure) -> [GroupRecords.Record] {
        guard let group = try await store.group(containing: position) else {
            throw .corrupted(what: "group", position: position, reason: "missing")
        }
        return try GroupRecords.records(of: group).filter { $0.position >= position }
    }

    private func replay(
        into writer: inout LedgerWriter,
        until isDone: (LedgerWriter) -> Bool,
        witnesses: LogWitnesses?
    ) async throws(LedgerFailure) {
        while !isDone(writer) {
            for record in try await records(from: writer.size) {
                try writer.replay(StoredEntry(record).map { .replayed($0) })
                try witnesses?.check(writer)
                if isDone(writer) { break }
            }
            writer.dropGroup()
        }
    }
}
