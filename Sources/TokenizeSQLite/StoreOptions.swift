/// How a store uses its device. The defaults are measured; see `Specs/08-storage.md`.
struct StoreOptions: Sendable {
    /// Bytes in a page of a new database.
    var pageByteCount = 16_384
    /// Bytes of write-ahead log after which a commit copies it into the database.
    var checkpointByteCount = 32 << 20
    /// Bytes of page cache of the writing connection: a saturated group must not spill.
    var cacheByteCount = 16 << 20
    /// Pages that the database may have, to act out a full disk; nil for SQLite's own limit.
    var pageCountMax: Int?
    /// What writes and syncs the mark.
    var markOperations = FileOperations.system

    /// Bytes of records in one group; far above what a saturated writer makes, far below what SQLite takes.
    static let groupByteCountMax = 1 << 28
    /// Milliseconds for which a statement waits for another process (a backup, say) to let go of the database.
    static let busyMilliseconds = 5_000
}

/// The files of a store: the database's path, and what lies beside it.
struct StorePaths: Sendable {
    let database: String

    /// SQLite's write-ahead log.
    var writeAheadLog: String { database + "-wal" }
    var mark: String { database + ".mark" }
    var lock: String { database + ".lock" }
    /// A new database before it gets its name.
    var creation: String { database + ".creating" }
}
