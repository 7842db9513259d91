import Foundation
import GRDB
import Tokenize

@testable import TokenizeSQLite

/// A small store's files, older copies of them, and all that a reader can get out of them.
struct DamageSubject: Sendable {
    /// What a reader gets: equal content is an equal log, and so an equal state.
    struct Content: Sendable {
        var groups: [EntryGroup] = []
        var blocks: [BlockRow] = []
        var tiles: [LogTile] = []
        /// Chunks of the newest snapshot. It holds nothing that the log does not: it is whole, or there is none.
        var snapshot: [[UInt8]] = []

        /// True if a reader of `other` learns the same.
        func isSame(as other: Content) -> Bool {
            groups == other.groups && blocks == other.blocks && tiles == other.tiles
                && (snapshot == other.snapshot || other.snapshot.isEmpty)
        }
    }

    static let options: StoreOptions = {
        var options = StoreOptions()
        // As many pages as possible in as few bytes.
        options.log.pageByteCount = 1_024
        return options
    }()

    let name: String
    let crash: StoreCrash
    /// Copies of the same store from before its last groups, oldest first.
    let older: [StoreCrash]
    let content: Content

    /// The three ways in which a store is found: with its newest groups in the write-ahead log; half of them in the
    /// database; all of them, and no log.
    static func all() async throws -> [DamageSubject] {
        [
            try await sample("crashed", closingAfter: nil, isClosed: false),
            try await sample("reopened and crashed", closingAfter: 4, isClosed: false),
            try await sample("closed", closingAfter: 4, isClosed: true),
            try await ledger(),
        ]
    }

    /// A store of sample groups with blocks, tiles and a snapshot.
    private static func sample(_ name: String, closingAfter: Int?, isClosed: Bool) async throws -> DamageSubject {
        let log = SampleGroups(recordByteCount: 700)
        let folder = try TemporaryFolder()
        let path = StoreCrash.path(in: folder)
        var store = try await SQLiteStore.open(path: path, options: options)
        var older: [StoreCrash] = []
        for number in 0..<7 {
            try await store.append(log.group(number))
            if number == 2 { try await StoreContract.writeSample(store, height: 1, chunkCount: 3) }
            if number == closingAfter {
                await store.close()
                store = try await SQLiteStore.open(path: path, options: options)
            }
            if number < 6 { older.append(try StoreCrash(copying: folder)) }
        }
        if isClosed { await store.close() }
        let crash = try StoreCrash(copying: folder)
        await store.close()
        return try DamageSubject(name: name, crash: crash, older: older)
    }

    /// A ledger's store.
    private static func ledger() async throws -> DamageSubject {
        let folder = try TemporaryFolder()
        let store = try await SQLiteStore.open(path: StoreCrash.path(in: folder), options: options)
        let market = try await Market(store: store)
        var older: [StoreCrash] = []
        for number in 0..<5 {
            try await market.run(4, firstSequence: UInt64(number))
            if number < 4 { older.append(try StoreCrash(copying: folder)) }
        }
        let crash = try StoreCrash(copying: folder)
        await store.close()
        return try DamageSubject(name: "a ledger", crash: crash, older: older)
    }

    private init(name: String, crash: StoreCrash, older: [StoreCrash]) throws {
        self.name = name
        self.crash = crash
        self.older = older
        content = try Self.content(of: crash, tiles: nil)
    }

    /// All that is read from these files; `tiles` says which tiles to ask for, nil for those of the groups.
    ///
    /// - Throws: the typed failure that says what is wrong with them.
    static func content(of crash: StoreCrash, tiles: [LogTile]?) throws(LedgerFailure) -> Content {
        let disk: CrashDisk
        do {
            disk = try CrashDisk(CrashImage(crash))
        } catch {
            preconditionFailure("no temporary folder: \(error)")
        }
        var options = options
        options.fileOperations = disk.operations
        let path = StorePaths(database: StoreCrash.path(in: disk.folder))
        let resources = try StoreOpening(paths: path, options: options).open()
        defer { try? resources.connection.close() }
        return try typed("read") {
            try resources.connection.read { database in
                try content(of: LedgerTables(database: database), resources, tiles)
            }
        }
    }

    private static func content(
        of tables: LedgerTables,
        _ resources: StoreWriter.Resources,
        _ tiles: [LogTile]?
    ) throws -> Content {
        var content = Content()
        var position: UInt64 = 0
        while position < resources.entryCount {
            guard let group = try tables.group(startingAtOrBefore: position)?.group, group.endPosition > position else {
                throw LedgerFailure.corrupted(what: "group", position: position, reason: "missing")
            }
            content.groups.append(group)
            position = group.endPosition
        }
        for height in 0..<resources.blockHeight {
            guard let block = try tables.block(height: height + 1) else {
                throw LedgerFailure.corrupted(what: "block", position: height + 1, reason: "missing")
            }
            content.blocks.append(block)
        }
        for tile in tiles ?? content.groups.flatMap(\.tiles) {
            // A tile that must be there and is not fails whoever needs it.
            guard let found = try tables.tile(level: tile.level, index: tile.index) else {
                throw LedgerFailure.corrupted(what: "tile", position: tile.index, reason: "missing")
            }
            content.tiles.append(found)
        }
        if let snapshot = try tables.snapshot(atOrBefore: .max) {
            for index in 0..<snapshot.chunkCount {
                content.snapshot.append(
                    try tables.snapshotChunk(height: snapshot.descriptor.height, index: index) ?? []
                )
            }
        }
        return content
    }
}

extension CrashImage {
    /// The files that a device keeps.
    init(_ crash: StoreCrash) {
        for (file, bytes) in crash.files { files[file.rawValue] = bytes }
    }
}
