import GRDB
import Tokenize

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Opens a store, or makes a new one, and checks what it holds against the mark.
struct StoreOpening {
    let paths: StorePaths
    let options: StoreOptions

    func open() throws(LedgerFailure) -> StoreWriter.Resources {
        let lock = try StoreLock(path: paths.lock)
        if try Files.byteCount(paths.database) == nil { try create() }
        guard let mark = try MarkFile.read(path: paths.mark) else {
            throw .corrupted(what: "mark", position: 0, reason: "no mark beside the database")
        }
        try checkHeader(mark)
        let stored: StoreCheck.Content
        let pages = try PageCacheAdvice(path: paths.database)
        let connection: DatabaseQueue
        do {
            stored = try inspect(mark)
            connection = try connect()
        } catch {
            throw error.onOpening(path: paths.database)
        }
        try typed("checkpoint") { try emptyLog(connection) }
        let markFile = try MarkFile.open(path: paths.mark, mark: mark, operations: options.fileOperations)
        try markFile.renew()
        return StoreWriter.Resources(
            connection: connection,
            pages: pages,
            mark: markFile,
            foundMark: mark,
            lock: lock,
            entryCount: stored.entryCount,
            blockHeight: stored.blockHeight
        )
    }

    /// Copies the write-ahead log into the database and empties it, durably.
    ///
    /// After a crash it may be in the system's memory only, and after a failed sync the system may never write it. So
    /// what is built upon now is written anew, into the database; and no part of the old log may come back over it.
    private func emptyLog(_ connection: DatabaseQueue) throws {
        do {
            _ = try connection.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Somebody reads the database, and the log stays until he is done.
            _ = try connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
        }
        if try Files.byteCount(paths.writeAheadLog) != nil {
            let operations = options.fileOperations
            try Files.synchronize(try OpenFile(path: paths.writeAheadLog, flags: O_RDWR, operations), operations)
            // SQLite syncs the folder when it makes the log, and does not ask how that went.
            try Files.synchronizeDirectory(of: paths.writeAheadLog, operations)
        }
    }

    /// Makes an empty store under another name and gives it its own at the end, so that there is never half a store.
    private func create() throws(LedgerFailure) {
        if let mark = try MarkFile.read(path: paths.mark), mark.entryCount > 0 {
            throw .lostTail(entryCount: 0, expected: mark.entryCount, source: "mark")
        }
        if try (Files.byteCount(paths.writeAheadLog) ?? 0) > 0 {
            throw .corrupted(what: "database", position: 0, reason: "a write-ahead log without its database")
        }
        let operations = options.fileOperations
        for suffix in ["", "-journal", "-wal", "-shm"] { try Files.remove(paths.creation + suffix, operations) }
        var generator = SystemRandomNumberGenerator()
        let identity = (0..<DurableMark.identityByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator)
        }
        do {
            try typed("create") { try createDatabase(identity: identity) }
        } catch {
            throw error.onOpening(path: paths.database)
        }
        try Files.synchronize(try OpenFile(path: paths.creation, flags: O_RDWR, operations), operations)
        // Under another name too, so that there is never half a mark.
        try MarkFile.create(path: paths.markCreation, identity: identity, operations: operations)
        try Files.rename(paths.markCreation, to: paths.mark, operations)
        try Files.synchronizeDirectory(of: paths.database, operations)
        try Files.rename(paths.creation, to: paths.database, operations)
        try Files.synchronizeDirectory(of: paths.database, operations)
    }

    private func createDatabase(identity: [UInt8]) throws {
        var configuration = Connections.configuration(label: "tokenize.store.creation")
        let pageByteCount = options.log.pageByteCount
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA page_size = \(pageByteCount)")
        }
        try Files.makePrivate(paths.creation, options.fileOperations)
        let connection = try DatabaseQueue(path: paths.creation, configuration: configuration)
        try connection.inDatabase { database in
            try database.execute(sql: Schema.creation)
            try database.execute(sql: "INSERT INTO meta (id, identity) VALUES (1, x'\(identity.hexadecimal)')")
            // The header says from now on that the database has a write-ahead log.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try connection.close()
    }

    /// Looks at the file before SQLite does: SQLite may write to a database that it opens, and a foreign one must
    /// stay as it is.
    private func checkHeader(_ mark: DurableMark) throws(LedgerFailure) {
        let header = try OpenFile(path: paths.database, flags: O_RDONLY).read(upTo: 100)
        if header.isEmpty, mark.entryCount > 0 {
            throw .lostTail(entryCount: 0, expected: mark.entryCount, source: "mark")
        }
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .foreignStore(reason: "not an SQLite database")
        }
        let application = header[68..<72].reduce(0) { $0 << 8 | Int64($1) }
        let version = header[60..<64].reduce(0) { $0 << 8 | Int64($1) }
        guard application == Schema.applicationID else {
            throw .foreignStore(reason: "not a ledger: application id \(application)")
        }
        guard version == Schema.version else {
            throw .foreignStore(reason: "form \(version); this version reads form \(Schema.version)")
        }
    }

    /// Checks what the store holds, on a connection that cannot write.
    ///
    /// A writing connection copies the write-ahead log into the database when it closes, and removes it. Of a store
    /// that does not pass, every byte must stay where it is, for those who try to save it.
    private func inspect(_ mark: DurableMark) throws(LedgerFailure) -> StoreCheck.Content {
        try typed("open") {
            var configuration = Connections.configuration(label: "tokenize.store.inspection")
            configuration.readonly = true
            let connection = try DatabaseQueue(path: paths.database, configuration: configuration)
            return try connection.read { try StoreCheck(tables: LedgerTables(database: $0), mark: mark).check() }
        }
    }

    private func connect() throws(LedgerFailure) -> DatabaseQueue {
        try typed("open") {
            let connection = try DatabaseQueue(
                path: paths.database,
                configuration: Connections.configuration(label: "tokenize.store.writer")
            )
            try connection.writeWithoutTransaction { try prepare($0) }
            return connection
        }
    }

    private func prepare(_ database: Database) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw LedgerFailure.cannotOpen(path: paths.database, reason: "no write-ahead log: \(mode ?? "nothing")")
        }
        let pageByteCount = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? options.log.pageByteCount
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA checkpoint_fullfsync = ON;
                \(options.log.settings(pageByteCount: pageByteCount))
                """
        )
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            throw LedgerFailure.cannotOpen(path: paths.database, reason: "synchronous is not FULL")
        }
        if let pageCountMax = options.pageCountMax {
            try database.execute(sql: "PRAGMA max_page_count = \(pageCountMax)")
        }
    }
}
