import Dispatch
import GRDB
import Tokenize

/// A ledger's store in one SQLite database, with a durable mark and a projection beside it.
///
/// The database has a write-ahead log and syncs at every commit. The mark, a file of two slots, names the entry
/// count and log root of the last group that was acknowledged: SQLite cannot tell a database that lost its tail
/// from a shorter one, and the mark can. `Specs/08-storage.md` has the exact form of both.
///
/// The projection is a database of its own: it is written row by row all over the place, which inside the log's
/// database would hold up every append. It is made from the log, so it is dropped and begun anew if it is damaged.
///
/// One opener at a time owns a store. Files are read and written on threads of the store's own, never on Swift's
/// cooperative pool. The database may be read meanwhile with the `sqlite3` shell; it must not be written with it.
public actor SQLiteStore: LedgerStore {
    private enum Phase {
        case open
        case poisoned(reason: String)
        case closed
    }

    let writer: StoreWriter
    let reader: StoreReader
    let projection: ProjectionStore
    let projectionReader: StoreReader
    private var phase = Phase.open
    private var opened = StoreExtent(entryCount: 0, markedRoot: nil, markedEntryCount: 0)
    /// Entries and blocks that readers may see: those that are durable.
    private var published: (entryCount: UInt64, blockHeight: UInt64) = (0, 0)

    private init(queue: DispatchQueue?) {
        writer = StoreWriter(queue: queue)
        reader = StoreReader(label: "tokenize.store.reader", queue: queue)
        projection = ProjectionStore(queue: queue)
        projectionReader = StoreReader(label: "tokenize.projection.reader", queue: queue)
    }

    /// Opens the store at `path`, or makes a new one if there is no file.
    ///
    /// Beside the database lie `path.mark`, `path.lock`, `path.projection` and, while it is open, SQLite's
    /// `-wal` and `-shm` files.
    /// - Throws: `LedgerFailure.cannotOpen` if the files cannot be opened or another opener has the store,
    ///   `foreignStore` if the database is not a ledger of this form, `lostTail` or `rootMismatch` if it does not
    ///   hold what the mark says, `corrupted` if the mark is missing or bytes are damaged.
    public static func open(path: String) async throws(LedgerFailure) -> SQLiteStore {
        try await open(path: path, options: StoreOptions())
    }

    /// As ``open(path:)``, with every call to the system made on the main queue: a tracer that counts the calls of one
    /// thread then counts them all.
    package static func openOnMainQueue(path: String) async throws(LedgerFailure) -> SQLiteStore {
        var options = StoreOptions()
        options.queue = .main
        return try await open(path: path, options: options)
    }

    static func open(path: String, options: StoreOptions) async throws(LedgerFailure) -> SQLiteStore {
        let store = SQLiteStore(queue: options.queue)
        do {
            try await store.start(StorePaths(database: path), options)
        } catch {
            await store.close()
            throw error
        }
        return store
    }

    private func start(_ paths: StorePaths, _ options: StoreOptions) async throws(LedgerFailure) {
        opened = try await writer.open(paths, options)
        published = (opened.entryCount, await writer.blockHeight)
        do {
            try await reader.open(paths.database)
            let identity = await writer.identity
            try await projection.open(paths, options, identity: identity, entryCount: opened.entryCount)
            try await projectionReader.open(paths.projection)
        } catch {
            throw error.onOpening(path: paths.database)
        }
    }

    public func extent() throws(LedgerFailure) -> StoreExtent {
        try requireUsable()
        return opened
    }

    // MARK: The log

    public func append(_ group: EntryGroup) async throws(LedgerFailure) {
        try requireUsable()
        do { try await writer.append(group) } catch { throw noted(error) }
        published = (group.endPosition, published.blockHeight + UInt64(group.blocks.count))
        opened = StoreExtent(
            entryCount: group.endPosition,
            markedRoot: group.logRoot,
            markedEntryCount: group.endPosition
        )
    }

    public func confirm(logRoot: Digest) async throws(LedgerFailure) {
        try requireUsable()
        do { try await writer.confirm(logRoot: logRoot) } catch { throw noted(error) }
        opened = StoreExtent(
            entryCount: published.entryCount,
            markedRoot: logRoot,
            markedEntryCount: published.entryCount
        )
    }

    public func group(containing position: UInt64) async throws(LedgerFailure) -> EntryGroup? {
        try requireUsable()
        guard position < published.entryCount else { return nil }
        return try await reader.read("read group") { tables in
            guard let group = try tables.group(startingAtOrBefore: position)?.group, group.endPosition > position else {
                throw LedgerFailure.corrupted(what: "group", position: position, reason: "missing")
            }
            return group
        }
    }

    public func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [UInt8]? {
        try requireUsable()
        return try await reader.read("read tile") { try $0.tile(level: level, index: index)?.hashes }
    }

    public func block(height: UInt64) async throws(LedgerFailure) -> BlockRow? {
        try requireUsable()
        guard height >= 1, height <= published.blockHeight else { return nil }
        return try await reader.read("read block") { tables in
            guard let block = try tables.block(height: height) else {
                throw LedgerFailure.corrupted(what: "block", position: height, reason: "missing")
            }
            return block
        }
    }

    public func lastBlock() async throws(LedgerFailure) -> BlockRow? {
        try await block(height: published.blockHeight)
    }

    // MARK: Snapshots

    public func writeSnapshot(
        _ descriptor: SnapshotDescriptor,
        nextChunk: @Sendable () async throws(LedgerFailure) -> [UInt8]?
    ) async throws(LedgerFailure) {
        let height = descriptor.height
        let unfinished = try await write("hide snapshot") { database in
            try SnapshotWriter(database: database).hide(height: height)
            return try LedgerTables(database: database).incompleteSnapshots()
        }
        for height in unfinished {
            try await removeSnapshot(height: height)
        }
        try await write("begin snapshot") { database in try SnapshotWriter(database: database).begin(descriptor) }
        var count = 0
        while let chunk = try await nextChunk() {
            let index = count
            try await write("write snapshot") { database in
                try SnapshotWriter(database: database).insertChunk(chunk, height: height, index: index)
            }
            count += 1
        }
        let chunkCount = count
        try await write("complete snapshot") { database in
            try SnapshotWriter(database: database).complete(descriptor, chunkCount: chunkCount)
        }
        let old = try await write("hide old snapshots") { database in
            let heights = try LedgerTables(database: database).completeSnapshots().dropLast(
                SnapshotDescriptor.keptCountMax
            )
            for height in heights { try SnapshotWriter(database: database).hide(height: height) }
            return heights
        }
        for height in old { try await removeSnapshot(height: height) }
    }

    /// Removes a hidden snapshot, a chunk at a time, so that `append` never waits for more than one.
    private func removeSnapshot(height: UInt64) async throws(LedgerFailure) {
        var isLeft = true
        while isLeft {
            isLeft = try await write("remove snapshot") { database in
                try SnapshotWriter(database: database).removeLastChunk(height: height)
            }
        }
    }

    public func snapshot(atOrBefore height: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? {
        try requireUsable()
        return try await reader.read("read snapshot") { try $0.snapshot(atOrBefore: height)?.descriptor }
    }

    public func snapshotChunk(height: UInt64, index: Int) async throws(LedgerFailure) -> [UInt8]? {
        try requireUsable()
        return try await reader.read("read snapshot") { try $0.snapshotChunk(height: height, index: index) }
    }

    // MARK: The projection

    public func projectedEntryCount() async throws(LedgerFailure) -> UInt64 {
        try requireUsable()
        return try await projectionReader.read("read projection") { try $0.projectedEntryCount() }
    }

    public func project(_ batch: ProjectionBatch) async throws(LedgerFailure) {
        try requireUsable()
        // What the projection's device does concerns its readers alone: the log is another database.
        try await projection.project(batch, entryCount: published.entryCount)
    }

    public func position(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64? {
        try requireUsable()
        return try await projectionReader.read("read receipt") { tables in
            try ReceiptIndex(database: tables.database).position(of: transaction)
        }
    }

    // MARK: Closing

    public func close() async {
        let wasPoisoned = if case .poisoned = phase { true } else { false }
        phase = .closed
        // The last connection to close copies the write-ahead log into the database. After a failed write that must
        // not happen, and a reading connection cannot do it.
        await projectionReader.close()
        await projection.close()
        if wasPoisoned {
            await writer.close()
            await reader.close()
        } else {
            await reader.close()
            await writer.close()
        }
    }

    private func requireUsable() throws(LedgerFailure) {
        switch phase {
        case .open: return
        case .poisoned(let reason): throw .storePoisoned(reason: reason)
        case .closed: throw .storeClosed
        }
    }

    private func write<Value: Sendable>(
        _ operation: String,
        _ body: @Sendable (Database) throws -> Value
    ) async throws(LedgerFailure) -> Value {
        try requireUsable()
        do { return try await writer.transaction(operation, body) } catch { throw noted(error) }
    }

    /// Remembers that a write failed, so that nothing is read from or written to the store afterwards.
    private func noted(_ failure: LedgerFailure) -> LedgerFailure {
        if case .open = phase, failure.poisons { phase = .poisoned(reason: String(describing: failure)) }
        return failure
    }
}
