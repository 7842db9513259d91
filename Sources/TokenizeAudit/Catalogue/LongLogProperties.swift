import Tokenize

/// A log that is longer than a tile is the same log.
enum LongLogProperties {
    static let all = [AuditCatalogue.Entry(longLogs, usualCaseCount: 4)]

    static let longLogs = Property(
        "PRP-049",
        "Of a log of several tiles every tile, root and proof is what the definition gives, across restarts.",
        coverage: [.init("two tiles", perMille: 300)]
    ) { trial in
        let place = MemoryPlace()
        var world = try await AuditWorld(in: await place.open(), sealing: .every(try trial.number(20...150)))
        // What comes after a restart is hashed into what was read back.
        for count in [try trial.number(200...320), try trial.number(260...330)] {
            try await submit(count, to: world, &trial)
            try await world.ledger.close()
            world = try await world.reopened(in: await place.open())
            try await requireProofs(of: world, in: await place.fork(), &trial)
        }
        let picture = LedgerPicture(try await world.ledger.read { $0 })
        try await world.ledger.close()
        let contents = try await StoreContents(of: await place.fork())
        var tree = ModelLogTree(contents.entries)
        trial.label("two tiles", when: tree.size > 2 * ModelLogTree.tileWidth)
        try await requireReopened(contents, &tree, world, picture, &trial)
        try await requireAudited(contents, world, picture, &trial)
    }

    /// So many transfers in one submission, each after the one before it.
    private static func submit(_ count: Int, to world: AuditWorld, _ trial: inout Trial) async throws {
        trial.note("\(count) transfers at once")
        let state = try await world.ledger.read { $0 }
        let transfer = Transfer(
            asset: world.assets[AuditWorld.cash],
            recipient: world.cast.members[Cast.bob].account,
            units: 1
        )
        var transactions: [[UInt8]] = []
        for number in 0..<count {
            var plan = TransactionPlan(principals: [Cast.ministry], operations: [Operation(.transfer(transfer))])
            plan.ahead = UInt64(number)
            transactions.append(try plan.bytes(for: state, world.cast))
        }
        var last: UInt64 = 0
        for (number, result) in await world.ledger.submit(transactions).enumerated() {
            let receipt = try result.get()
            try trial.require(
                receipt.position > last,
                "transfer \(number) at \(receipt.position), after \(last)"
            )
            last = receipt.position
        }
    }

    // MARK: While it is open

    private static func requireProofs(
        of world: AuditWorld,
        in store: MemoryStore,
        _ trial: inout Trial
    ) async throws {
        let log = try await StoredLog(of: store)
        var tree = ModelLogTree(log.entries)
        let policy = try world.cast.checkpointPolicy()
        let checkpoint = try await world.ledger.checkpoint().verify(under: policy).checkpoint
        try trial.require(checkpoint.size == UInt64(tree.size), "a checkpoint of \(checkpoint.size) entries")
        try trial.require(checkpoint.root.bytes == tree.root(0..<tree.size), "a checkpoint of another root")
        for _ in 0..<6 {
            let (one, other) = (try size(of: tree, &trial), try size(of: tree, &trial))
            let (start, end) = (min(one, other), max(one, other))
            let proof = try await world.ledger.proveConsistency(from: UInt64(start), to: UInt64(end))
            let path = tree.consistencyPath(to: start, in: 0..<end)
            try trial.require(proof.path.map(\.bytes) == path, "from \(start) to \(end): another proof")
            let position = try size(of: tree, &trial) - 1
            let inclusion = try await world.ledger.proveInclusion(of: UInt64(position))
            let expected = tree.path(of: position, in: 0..<tree.size)
            try trial.require(inclusion.path.map(\.bytes) == expected, "of entry \(position): another proof")
        }
        try await requireTiles(of: store, under: checkpoint, log, &tree, trial)
    }

    /// A size, near the end of a tile as often as not.
    private static func size(of tree: ModelLogTree, _ trial: inout Trial) throws -> Int {
        if try trial.draw(.bool) { return try trial.number(1...tree.size) }
        let end = ModelLogTree.tileWidth * (try trial.number(1...max(tree.size / ModelLogTree.tileWidth, 1)))
        return min(tree.size, end + (try trial.number(0...2)) - 1)
    }

    /// Tiles as they are stored, and tiles and entries as they are published.
    private static func requireTiles(
        of store: MemoryStore,
        under checkpoint: Checkpoint,
        _ log: StoredLog,
        _ tree: inout ModelLogTree,
        _ trial: Trial
    ) async throws {
        let width = ModelLogTree.tileWidth
        for index in 0...tree.size / width {
            let stored = try await store.tile(level: 0, index: UInt64(index))
            let isComplete = index < tree.size / width
            let expected = isComplete ? tree.tile(level: 0, index: index, size: tree.size) : nil
            try trial.require(stored == expected, "the stored tile \(index) is another")
        }
        try trial.require(try await store.tile(level: 1, index: 0) == nil, "there is a tile that is not complete")
        var files: [LogResource: [UInt8]] = [:]
        var export = LogExport.Files(of: store, under: checkpoint)
        while let file = try await export.next() { files[file.resource] = file.bytes }
        var expected: [LogResource: [UInt8]] = [:]
        for index in 0..<(tree.size + width - 1) / width {
            let range = width * index..<min(width * (index + 1), tree.size)
            let bundle = log.entries[range].flatMap { [UInt8($0.count >> 8), UInt8($0.count & 0xFF)] + $0 }
            expected[.entries(index: UInt64(index), width: range.count)] = bundle
            expected[.tile(level: 0, index: UInt64(index), width: range.count)] =
                tree.tile(level: 0, index: index, size: tree.size)
        }
        if tree.size >= width {
            expected[.tile(level: 1, index: 0, width: tree.size / width)] =
                tree.tile(level: 1, index: 0, size: tree.size)
        }
        try requirePaths(files, trial)
        let differing = Set(files.keys).union(expected.keys).filter { files[$0] != expected[$0] }
        try trial.require(differing.isEmpty, "files differ: \(differing.map(\.path).sorted())")
    }

    // MARK: After it is closed

    /// Restored from any snapshot or replayed as a whole, under any checkpoint of the log, the state is the same.
    private static func requireReopened(
        _ contents: StoreContents,
        _ tree: inout ModelLogTree,
        _ world: AuditWorld,
        _ picture: LedgerPicture,
        _ trial: inout Trial
    ) async throws {
        let origin = try world.cast.checkpointSigner().verifierKey.name
        for height in contents.snapshots.map(\.descriptor.height) + [0] {
            let size = try size(of: tree, &trial)
            trial.note("restored from height \(height), expecting \(size) entries")
            let root = ModelHash.digest(tree.root(0..<size))
            let opened = try await world.reopened(
                inOrder: AlteredStore(base: try await contents.store(), snapshotHeightMax: height),
                expecting: Checkpoint(origin: origin, size: UInt64(size), root: root),
                trial
            )
            let state = try await opened.ledger.read { $0 }
            try trial.require(LedgerPicture(state) == picture, "the state from \(height) on differs")
            try await opened.ledger.close()
        }
    }

    /// An audit finds nothing, and a tile that is another or gone: with its group, or where it is looked up. A ledger
    /// opens to the same state or not at all.
    private static func requireAudited(
        _ contents: StoreContents,
        _ world: AuditWorld,
        _ picture: LedgerPicture,
        _ trial: inout Trial
    ) async throws {
        let whole = AlteredStore(base: try await contents.store())
        let report = try await LedgerAuditor.audit(store: whole, secret: Cast.secret)
        try trial.require(report.entryCount == UInt64(contents.entries.count), "\(report.entryCount) are audited")
        for isInGroup in [true, false] {
            let groups = contents.groups.indices.filter { !contents.groups[$0].tiles.isEmpty }
            let group = groups[try trial.number(0...groups.count - 1)]
            let tile = contents.groups[group].tiles[0]
            let bit = try trial.number(0...8 * tile.hashes.count - 1)
            var hashes = tile.hashes
            hashes[bit / 8] ^= 1 << UInt8(bit % 8)
            trial.note("tile \(tile.index) with bit \(bit) flipped\(isInGroup ? " in its group" : "")")
            let altered = LogTile(level: tile.level, index: tile.index, hashes: hashes)
            var changed = contents
            if isInGroup { changed.groups[group].tiles[0] = altered }
            let shown = isInGroup ? tile : altered
            let store = AlteredStore(base: try await changed.store(), tiles: [shown])
            let isFound = (try? await LedgerAuditor.audit(store: store, secret: Cast.secret)) == nil
            try trial.require(isFound, "an audit does not find it")
            guard let opened = try? await world.reopened(in: store) else { continue }
            let state = try await opened.ledger.read { $0 }
            try trial.require(LedgerPicture(state) == picture, "another state opens")
            try? await opened.ledger.close()
        }
    }
}
