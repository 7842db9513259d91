import Dispatch
import GRDB
import Tokenize

/// The projection's writing connection.
///
/// Commits are not synced one by one: after a power loss the projection is whole, and perhaps behind. Its cursor
/// says how far, and the caller follows the log from there.
actor ProjectionStore {
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var connection: DatabaseQueue?
    private var poison: String?
    /// Where it lies, and how files are removed there.
    private var place: (path: String, operations: FileOperations)?

    init(queue: DispatchQueue? = nil) {
        executor = QueueExecutor(label: "tokenize.projection.writer", queue: queue)
    }

    /// Opens the projection of the store with this identity and entry count, or begins it anew.
    ///
    /// A projection that is damaged, of another form or another store, or ahead of the log (the log was restored
    /// from a copy) is removed: it holds nothing that the log does not.
    func open(
        _ paths: StorePaths,
        _ options: StoreOptions,
        identity: [UInt8],
        entryCount: UInt64
    ) throws(LedgerFailure) {
        place = (paths.projection, options.fileOperations)
        let opened = try openOrCreate(paths, options, identity: identity, entryCount: entryCount)
        connection = opened
        // The first read makes the write-ahead log. Its name must last: a crash while the log is being copied into the
        // database leaves a whole only together with it, and SQLite does not ask how its own sync of the folder went.
        try typed("read projection") {
            _ = try opened.inDatabase { try LedgerTables(database: $0).projectedEntryCount() }
        }
        try Files.synchronizeDirectory(of: paths.projection, options.fileOperations)
    }

    private func openOrCreate(
        _ paths: StorePaths,
        _ options: StoreOptions,
        identity: [UInt8],
        entryCount: UInt64
    ) throws(LedgerFailure) -> DatabaseQueue {
        if try Files.byteCount(paths.projection) != nil,
            let usable = try? connect(paths, options, identity: identity, entryCount: entryCount)
        {
            return usable
        }
        // Also what lies beside it: a crash may have kept the name of a write-ahead log and not that of its database.
        for suffix in ["-wal", "-shm", "-journal", ""] {
            try Files.remove(paths.projection + suffix, options.fileOperations)
        }
        return try typed("create projection") { try create(paths, options, identity: identity) }
    }

    /// Closes the connection. Idempotent. A projection that could not be written goes: the next opening begins anew.
    func close() {
        // What cannot be closed now is closed with the last reference.
        try? connection?.close()
        connection = nil
        guard poison != nil, let place else { return }
        // What cannot be removed is found damaged, or behind, by the next opening.
        for suffix in ["-wal", "-shm", "-journal", ""] { try? Files.remove(place.path + suffix, place.operations) }
        poison = nil
    }

    /// Writes a batch in one transaction, if it follows the cursor and does not run ahead of `entryCount` entries.
    func project(_ batch: ProjectionBatch, entryCount: UInt64) throws(LedgerFailure) {
        if let poison { throw .storePoisoned(reason: poison) }
        guard let connection else { throw .storeClosed }
        do {
            try connection.inTransaction(.immediate) { database in
                let projected = try LedgerTables(database: database).projectedEntryCount()
                try batch.requireFollowing(projectedCount: projected, entryCount: entryCount)
                try ProjectionWriter(database: database).write(batch)
                return .commit
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Another process has the database: nothing was written, and the batch may come again.
            throw LedgerFailure(error, operation: "project")
        } catch {
            let failure = LedgerFailure(error, operation: "project")
            if failure.poisons { poison = String(describing: failure) }
            throw failure
        }
    }

    private func create(_ paths: StorePaths, _ options: StoreOptions, identity: [UInt8]) throws -> DatabaseQueue {
        try Files.makePrivate(paths.projection, options.fileOperations)
        let created = try DatabaseQueue(path: paths.projection, configuration: configuration())
        try created.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = \(options.projection.pageByteCount)")
            try database.inTransaction(.immediate) {
                try database.execute(sql: Schema.projectionCreation)
                let literal = "x'\(identity.hexadecimal)'"
                try database.execute(
                    sql: "INSERT INTO projection (id, identity, entry_count) VALUES (1, \(literal), 0)"
                )
                return .commit
            }
            try prepare(database, options)
        }
        return created
    }

    private func configuration() -> Configuration {
        var configuration = Connections.configuration(label: "tokenize.projection.writer")
        // A batch may come again later; the ledger does not stand still for a reader's lock.
        configuration.busyMode = .timeout(Double(StoreOptions.projectionBusyMilliseconds) / 1_000)
        return configuration
    }

    /// The open projection, or nil if it is not this store's.
    private func connect(
        _ paths: StorePaths,
        _ options: StoreOptions,
        identity: [UInt8],
        entryCount: UInt64
    ) throws -> DatabaseQueue? {
        let found = try DatabaseQueue(path: paths.projection, configuration: configuration())
        let isUsable = try found.writeWithoutTransaction { database in
            guard try Int64.fetchOne(database, sql: "PRAGMA application_id") == Schema.projectionApplicationID,
                try Int64.fetchOne(database, sql: "PRAGMA user_version") == Schema.version,
                try LedgerTables(database: database).projectionIdentity() == identity,
                try LedgerTables(database: database).projectedEntryCount() <= entryCount
            else { return false }
            try prepare(database, options)
            return true
        }
        return isUsable ? found : nil
    }

    private func prepare(_ database: Database, _ options: StoreOptions) throws {
        let pageByteCount = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? options.projection.pageByteCount
        try database.execute(
            sql: """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                \(options.projection.settings(pageByteCount: pageByteCount))
                """
        )
    }
}
