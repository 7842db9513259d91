import Dispatch
import GRDB
import Tokenize

/// The writing connection, the mark and the lock: everything that changes a store goes through here, one at a time.
actor StoreWriter {
    /// What is open while the store is.
    struct Resources {
        let connection: DatabaseQueue
        let pages: PageCacheAdvice
        let mark: MarkFile
        /// The mark as the opening found it, before it was brought forward.
        let foundMark: DurableMark
        let lock: StoreLock
        /// Entries and blocks in the store.
        var entryCount: UInt64
        var blockHeight: UInt64
    }

    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var resources: Resources?
    /// Bytes appended since the system was told to let go of pages.
    private var cachedByteCount = 0
    private var poison: String?

    init(queue: DispatchQueue? = nil) {
        executor = QueueExecutor(label: "tokenize.store.writer", queue: queue)
    }

    /// Opens or creates the store, and checks it against its mark.
    func open(_ paths: StorePaths, _ options: StoreOptions) throws(LedgerFailure) -> StoreExtent {
        let opened = try StoreOpening(paths: paths, options: options).open()
        resources = opened
        let mark = opened.foundMark
        return StoreExtent(
            entryCount: opened.entryCount,
            markedRoot: mark.entryCount == 0 ? nil : mark.logRoot,
            markedEntryCount: mark.entryCount
        )
    }

    /// Closes the connection and lets go of the lock. Idempotent.
    func close() {
        // What cannot be closed now is closed with the last reference.
        try? resources?.connection.close()
        resources = nil
    }

    /// Blocks that the store holds.
    var blockHeight: UInt64 { resources?.blockHeight ?? 0 }

    /// The bytes that name the store.
    var identity: [UInt8] { resources?.mark.mark.identity ?? [] }

    /// What the writing connection says of one of its settings, outside a transaction.
    func setting(_ name: String) -> String? {
        try? resources?.connection.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    }

    /// Makes the group durable, then the mark. Nothing is written of a group that does not follow.
    func append(_ group: EntryGroup) throws(LedgerFailure) {
        let resources = try writable()
        try group.requireFollowing(entryCount: resources.entryCount, blockHeight: resources.blockHeight)
        guard group.records.count <= StoreOptions.groupByteCountMax else {
            throw .limitExceeded(limit: "groupByteCountMax", maximum: UInt64(StoreOptions.groupByteCountMax))
        }
        guard group.endPosition <= UInt64(Int64.max), group.blocks.allSatisfy({ $0.sealingTime <= UInt64(Int64.max) })
        else { throw .limitExceeded(limit: "storedIntegerMax", maximum: UInt64(Int64.max)) }
        let height = resources.blockHeight + UInt64(group.blocks.count)
        try poisoning("append") {
            try resources.connection.inTransaction(.immediate) { database in
                try GroupInsertion(database: database).insert(group, blockHeight: height)
                return .commit
            }
            try resources.mark.advance(entryCount: group.endPosition, logRoot: group.logRoot)
        }
        self.resources?.entryCount = group.endPosition
        self.resources?.blockHeight = height
        cachedByteCount += group.records.count
        if cachedByteCount >= StoreOptions.cachedByteCountMax {
            resources.pages.letGo()
            cachedByteCount = 0
        }
    }

    /// Brings the mark to the end of what is stored, durably.
    func confirm(logRoot: Digest) throws(LedgerFailure) {
        let resources = try writable()
        try poisoning("confirm") {
            try resources.mark.advance(entryCount: resources.entryCount, logRoot: logRoot)
        }
    }

    /// Runs `body` in a transaction of its own.
    func transaction<Value: Sendable>(
        _ operation: String,
        _ body: @Sendable (Database) throws -> Value
    ) throws(LedgerFailure) -> Value {
        let resources = try writable()
        return try poisoning(operation) {
            var value: Value?
            try resources.connection.inTransaction(.immediate) { database in
                value = try body(database)
                return .commit
            }
            guard let value else { throw LedgerFailure.inputOutput(operation: operation, reason: "nothing was run") }
            return value
        }
    }

    private func writable() throws(LedgerFailure) -> Resources {
        if let poison { throw .storePoisoned(reason: poison) }
        guard let resources else { throw .storeClosed }
        return resources
    }

    /// Runs a write; after one that failed, none is tried again.
    private func poisoning<Value>(_ operation: String, _ body: () throws -> Value) throws(LedgerFailure) -> Value {
        do {
            return try typed(operation, body)
        } catch {
            if error.poisons { poison = String(describing: error) }
            throw error
        }
    }
}
