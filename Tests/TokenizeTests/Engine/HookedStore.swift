import Tokenize

/// A store that does to its caller what a test asks for, and otherwise what the store below it does.
struct HookedStore: LedgerStore {
    struct Hooks: Sendable {
        /// Runs before a group reaches the store below; what it throws, `append` throws.
        var beforeAppend: @Sendable (EntryGroup) async throws(LedgerFailure) -> Void = { _ in }
        /// Runs after a group has reached the store below; what it throws, `append` throws.
        var afterAppend: @Sendable (EntryGroup) async throws(LedgerFailure) -> Void = { _ in }
        /// Runs before the mark is brought forward.
        var beforeConfirm: @Sendable (Digest) async -> Void = { _ in }
        var extent: @Sendable (StoreExtent) -> StoreExtent = { $0 }
        var group: @Sendable (EntryGroup?) -> EntryGroup? = { $0 }
        var tile: @Sendable (_ level: Int, _ index: UInt64, [UInt8]?) -> [UInt8]? = { $2 }
        var block: @Sendable (_ height: UInt64, BlockRow?) -> BlockRow? = { $1 }
        var lastBlock: @Sendable (BlockRow?) -> BlockRow? = { $0 }
        var snapshot: @Sendable (_ bound: UInt64, SnapshotDescriptor?) -> SnapshotDescriptor? = { $1 }
        var snapshotChunk: @Sendable (_ index: Int, [UInt8]?) -> [UInt8]? = { $1 }
        var snapshotChunkAt: @Sendable (_ height: UInt64, _ index: Int, [UInt8]?) -> [UInt8]? = { $2 }
        var projectedEntryCount: @Sendable (UInt64) -> UInt64 = { $0 }
        /// Runs before a batch reaches the store below; what it throws, `project` throws.
        var beforeProject: @Sendable (ProjectionBatch) async throws(LedgerFailure) -> Void = { _ in }
        /// Runs before the position of a transaction is looked up.
        var beforePosition: @Sendable () async -> Void = {}
        var position: @Sendable (TransactionID, UInt64?) -> UInt64? = { $1 }
    }

    let base: any LedgerStore
    var hooks = Hooks()

    func extent() async throws(LedgerFailure) -> StoreExtent { hooks.extent(try await base.extent()) }

    func append(_ group: EntryGroup) async throws(LedgerFailure) {
        try await hooks.beforeAppend(group)
        try await base.append(group)
        try await hooks.afterAppend(group)
    }

    func confirm(logRoot: Digest) async throws(LedgerFailure) {
        await hooks.beforeConfirm(logRoot)
        try await base.confirm(logRoot: logRoot)
    }

    func group(containing position: UInt64) async throws(LedgerFailure) -> EntryGroup? {
        hooks.group(try await base.group(containing: position))
    }

    func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [UInt8]? {
        hooks.tile(level, index, try await base.tile(level: level, index: index))
    }

    func block(height: UInt64) async throws(LedgerFailure) -> BlockRow? {
        hooks.block(height, try await base.block(height: height))
    }

    func lastBlock() async throws(LedgerFailure) -> BlockRow? { hooks.lastBlock(try await base.lastBlock()) }

    func writeSnapshot(
        _ descriptor: SnapshotDescriptor,
        nextChunk: @Sendable () async throws(LedgerFailure) -> [UInt8]?
    ) async throws(LedgerFailure) {
        try await base.writeSnapshot(descriptor, nextChunk: nextChunk)
    }

    func snapshot(atOrBefore height: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? {
        hooks.snapshot(height, try await base.snapshot(atOrBefore: height))
    }

    func snapshotChunk(height: UInt64, index: Int) async throws(LedgerFailure) -> [UInt8]? {
        let chunk = hooks.snapshotChunkAt(height, index, try await base.snapshotChunk(height: height, index: index))
        return hooks.snapshotChunk(index, chunk)
    }

    func projectedEntryCount() async throws(LedgerFailure) -> UInt64 {
        hooks.projectedEntryCount(try await base.projectedEntryCount())
    }

    func project(_ batch: ProjectionBatch) async throws(LedgerFailure) {
        try await hooks.beforeProject(batch)
        try await base.project(batch)
    }

    func position(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64? {
        await hooks.beforePosition()
        return hooks.position(transaction, try await base.position(of: transaction))
    }

    func close() async { await base.close() }
}

/// A door that a test opens; whoever comes before waits.
actor Gate {
    private var isOpen: Bool
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    /// How many have come to the door.
    private(set) var arrivals = 0

    init(isOpen: Bool = false) { self.isOpen = isOpen }

    func pass() async {
        arrivals += 1
        for watcher in watchers where watcher.count <= arrivals { watcher.continuation.resume() }
        watchers.removeAll { $0.count <= arrivals }
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting.removeAll()
    }

    func shut() { isOpen = false }

    /// Returns once so many have come to the door, counted from its making.
    func arrival(of count: Int) async {
        guard arrivals < count else { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }
}
