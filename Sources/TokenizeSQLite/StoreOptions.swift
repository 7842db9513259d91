import Dispatch

/// How a store uses its device. The defaults are measured; see `Specs/08-storage.md`.
struct StoreOptions: Sendable {
    /// What the log database's connection is told. Large pages: it is written in groups of a megabyte or so.
    var log = ConnectionOptions(pageByteCount: 32_768, checkpointByteCount: 8 << 20, cacheByteCount: 16 << 20)
    /// What the projection's is told. Small pages: its rows lie anywhere, and a page is written for each.
    var projection = ConnectionOptions(pageByteCount: 4_096, checkpointByteCount: 32 << 20, cacheByteCount: 32 << 20)
    /// Pages that the database may have, to act out a full disk; nil for SQLite's own limit.
    var pageCountMax: Int?
    /// What writes and syncs the mark, and gives files their names.
    var fileOperations = FileOperations.system
    /// Where all files are read and written, to have every call to the system on one thread; nil for queues of the
    /// store's own.
    var queue: DispatchQueue?

    /// Bytes of records in one group: what a writer collects at most, and one transaction with as many effects as the
    /// rules allow; far below the billion bytes that SQLite takes.
    static let groupByteCountMax = 1 << 29
    /// Bytes of the log that are appended before the system is told to let go of the pages.
    static let cachedByteCountMax = 8 << 20
    /// Milliseconds for which a statement waits for another process (a backup, say) to let go of the database.
    static let busyMilliseconds = 5_000
    /// Milliseconds for which a batch of the projection waits for another process.
    static let projectionBusyMilliseconds = 50
}

/// How a connection uses its database.
struct ConnectionOptions: Sendable {
    /// Bytes in a page of a new database.
    var pageByteCount: Int
    /// Bytes of write-ahead log after which a commit copies it into the database.
    var checkpointByteCount: Int
    /// Bytes of page cache of the writing connection: what one transaction writes should not spill.
    var cacheByteCount: Int

    /// The settings, as SQL for a database with pages of `pageByteCount` bytes.
    func settings(pageByteCount: Int) -> String {
        """
        PRAGMA wal_autocheckpoint = \(max(1, checkpointByteCount / pageByteCount));
        PRAGMA cache_size = -\(cacheByteCount / 1024);
        """
    }
}

/// The files of a store: the database's path, and what lies beside it.
struct StorePaths: Sendable {
    let database: String

    /// SQLite's write-ahead log.
    var writeAheadLog: String { database + "-wal" }
    var mark: String { database + ".mark" }
    var lock: String { database + ".lock" }
    /// The projection, a database of its own.
    var projection: String { database + ".projection" }
    /// A new database before it gets its name.
    var creation: String { database + ".creating" }
    /// A new mark before it gets its name.
    var markCreation: String { mark + ".creating" }
}
