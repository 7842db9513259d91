/// Decides a stored ledger again, in order, and compares everything that comes out with what is stored.
struct AuditReplay {
    private let reader: EntryReader
    private let secret: DisclosureSecret
    private let witnesses: LogWitnesses
    private var writer: LedgerWriter
    /// By the height whose state they hold.
    private var snapshots: [UInt64: SnapshotDescriptor]
    private let snapshotCount: Int
    /// Read ahead, in order.
    private var pieces: [EntryReader.Piece] = []
    private var readPosition: UInt64 = 0
    private var transactionCount: UInt64 = 0
    private var signatureCount: UInt64 = 0
    private var pace: DayPace

    private var store: any LedgerStore { reader.store }

    /// At the genesis, with nothing else read yet.
    init(reader: EntryReader, secret: DisclosureSecret, witnesses: LogWitnesses) async throws(LedgerFailure) {
        self.reader = reader
        self.secret = secret
        self.witnesses = witnesses
        let record = try await GroupRecords.record(in: reader.store, at: 0)
        writer = try LedgerWriter(founding: record, secret: secret)
        pace = DayPace(firstDate: writer.state.businessDate)
        try witnesses.check(writer)
        reader.directory.add(writer.state.accounts.records.map { $0.policy })
        snapshots = try await Self.snapshots(in: reader.store)
        snapshotCount = snapshots.count
    }

    private static func snapshots(
        in store: any LedgerStore
    ) async throws(LedgerFailure) -> [UInt64: SnapshotDescriptor] {
        var snapshots: [UInt64: SnapshotDescriptor] = [:]
        var bound = UInt64.max
        while let descriptor = try await store.snapshot(atOrBefore: bound) {
            guard descriptor.height <= bound else {
                throw .corrupted(what: "snapshot", position: descriptor.height, reason: "not at or before \(bound)")
            }
            snapshots[descriptor.height] = descriptor
            guard descriptor.height > 0 else { break }
            bound = descriptor.height - 1
        }
        return snapshots
    }

    /// Entries checked.
    var size: UInt64 { writer.size }

    /// Checks the next chunk of entries, and reads on up to `entryCount` so that no core waits.
    mutating func advance(to entryCount: UInt64) async throws(LedgerFailure) {
        while pieces.count < EngineLimits.verificationTaskCount, readPosition < entryCount {
            let read = try await reader.pieces(at: readPosition, notBeyond: entryCount)
            pieces += read
            for case let group? in read.map(\.group) { readPosition = group.endPosition }
        }
        guard !pieces.isEmpty else { return }
        let piece = pieces.removeFirst()
        let chunk = await piece.chunk.value
        for entry in chunk.entries { try await replay(entry) }
        if let failure = chunk.failure { throw failure }
        if let group = piece.group { try await compare(group) }
    }

    private mutating func replay(_ entry: StoredEntry<VerifiedTransaction>) async throws(LedgerFailure) {
        // The genesis is there already.
        if entry.position == 0 { return }
        let date = writer.state.businessDate
        try writer.replay(entry)
        if writer.state.businessDate != date { pace.open(writer.state.businessDate) }
        try witnesses.check(writer)
        switch entry.content {
        case .genesis: break
        case .transaction(let verified, _, _):
            transactionCount += 1
            signatureCount += UInt64(verified.signed.signatures.count)
            let policies = writer.takePolicies()
            if !policies.isEmpty { reader.directory.add(policies) }
        case .header(let header):
            pace.seal(time: header.sealingTime)
            if let descriptor = snapshots.removeValue(forKey: header.height) {
                try await compare(descriptor, after: header)
            }
        }
    }

    // MARK: Comparing

    /// Compares a group with the one that replay has built: records, effects, root, tiles and block rows.
    private mutating func compare(_ stored: EntryGroup) async throws(LedgerFailure) {
        guard let built = writer.takeGroup(), built.entryCount == stored.entryCount else {
            throw .corrupted(what: "group", position: stored.firstPosition, reason: "holds other entries")
        }
        if built.records != stored.records { throw try Self.difference(built, stored) }
        guard built.logRoot == stored.logRoot else {
            throw .corrupted(what: "group", position: stored.firstPosition, reason: "log root differs")
        }
        guard built.blocks == stored.blocks else {
            throw .corrupted(what: "group", position: stored.firstPosition, reason: "block rows differ")
        }
        guard built.tiles == stored.tiles else {
            throw .corrupted(what: "group", position: stored.firstPosition, reason: "tiles differ")
        }
        // Readers look tiles and blocks up by themselves, not through their group.
        for block in built.blocks {
            guard try await store.block(height: block.height) == block else {
                throw .corrupted(what: "block", position: block.height, reason: "not what the header says")
            }
        }
        for tile in built.tiles {
            guard try await store.tile(level: tile.level, index: tile.index) == tile.hashes else {
                throw .corrupted(what: "log tile of level \(tile.level)", position: tile.index, reason: "hashes differ")
            }
        }
    }

    private static func difference(_ built: EntryGroup, _ stored: EntryGroup) throws(LedgerFailure) -> LedgerFailure {
        for (built, stored) in zip(try GroupRecords.records(of: built), try GroupRecords.records(of: stored)) {
            if built.entry != stored.entry {
                return .corrupted(what: "entry", position: stored.position, reason: "not what replay writes")
            }
            if built.effects != stored.effects {
                return .corrupted(what: "effects", position: stored.position, reason: "not what replay writes")
            }
        }
        return .corrupted(what: "group", position: stored.firstPosition, reason: "records differ")
    }

    /// Compares a snapshot, byte by byte, with one of the replayed state.
    private func compare(_ descriptor: SnapshotDescriptor, after header: BlockHeader) async throws(LedgerFailure) {
        let height = descriptor.height
        guard descriptor.stateRoot == header.stateRoot, descriptor.entryCount == header.previousSize + 1,
            let clock = writer.sealedClock
        else { throw .corrupted(what: "snapshot", position: height, reason: "descriptor differs from the block") }
        let encoder = SnapshotEncoder(writer.state, clock: clock, chunkByteCount: EngineLimits.snapshotChunkByteCount)
        var stream = SnapshotStream(encoder, of: descriptor, logRoot: writer.log.root, secret: secret)
        var expected: ArraySlice<UInt8> = []
        var index = 0
        while let chunk = try await store.snapshotChunk(height: height, index: index) {
            // Chunks may have been cut elsewhere; their rows have one order.
            while expected.count < chunk.count, let next = stream.nextChunk() { expected += next }
            guard expected.starts(with: chunk) else {
                throw .corrupted(what: "snapshot", position: height, reason: "chunk \(index) differs from the state")
            }
            expected = expected.dropFirst(chunk.count)
            index += 1
        }
        guard expected.isEmpty, stream.nextChunk() == nil else {
            throw .corrupted(what: "snapshot", position: height, reason: "ends early")
        }
    }

    // MARK: The end

    /// Checks what can be checked only once every entry is there, and says what the ledger holds.
    consuming func finish() async throws(LedgerFailure) -> AuditReport {
        try await checkEnd()
        var sealed = writer
        // Brings the tree up to date as the next opening will; the header goes nowhere.
        _ = sealed.seal(time: 0)
        guard Self.rebuiltStateRoot(sealed, secret) == sealed.tree.root else {
            throw .corrupted(what: "state tree", position: size, reason: "differs from a tree built anew")
        }
        return AuditReport(
            ledger: writer.state.ledger,
            name: writer.state.name,
            entryCount: size,
            transactionCount: transactionCount,
            signatureCount: signatureCount,
            blockCount: writer.lastHeader?.height ?? 0,
            unsealedEntryCount: writer.unsealedEntryCount,
            stateRoot: sealed.tree.root,
            logRoot: writer.log.root,
            businessDate: writer.state.businessDate,
            snapshotCount: snapshotCount,
            projectedEntryCount: reader.projectedEntryCount ?? 0,
            accountCount: writer.state.accounts.count,
            assetCount: writer.state.assets.count,
            assetsOutOfBalance: writer.state.assetsOutOfBalance(),
            daysOpenedFast: pace.fastDays
        )
    }

    private func checkEnd() async throws(LedgerFailure) {
        let height = writer.lastHeader?.height ?? 0
        if let stray = snapshots.keys.min() {
            throw .corrupted(what: "snapshot", position: stray, reason: "there is no such block")
        }
        let last = try await store.lastBlock()
        guard last == writer.lastHeader?.row else {
            throw .corrupted(what: "block", position: last?.height ?? height, reason: "not the log's last header")
        }
        for level in 0..<LogTiling.levelCountMax {
            let index = LogTiling.hashCount(level: level + 1, size: size)
            guard try await store.tile(level: level, index: index) == nil else {
                throw .corrupted(what: "log tile of level \(level)", position: index, reason: "beyond the log's end")
            }
        }
    }

    /// The state root from the records and the definition alone.
    private static func rebuiltStateRoot(_ writer: LedgerWriter, _ secret: DisclosureSecret) -> Digest {
        var state = writer.state
        if let clock = writer.sealedClock { state.clock = clock }
        state.changes.removeAll()
        state.markEverythingChanged()
        var leaves: [StateProofPath.Leaf] = []
        for update in StateLeaves(secret: secret).updates(for: state.changes, in: state) {
            guard let valueHash = update.valueHash else { continue }
            leaves.append(StateProofPath.Leaf(keyHash: update.keyHash, valueHash: valueHash))
        }
        leaves.sort { $0.keyHash < $1.keyHash }
        return StateTree.root(of: leaves)
    }
}
