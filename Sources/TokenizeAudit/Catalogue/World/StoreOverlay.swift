import Tokenize

/// A store that does what the store below it does, but for what it says itself.
protocol StoreOverlay: LedgerStore {
    var base: MemoryStore { get }
}

extension StoreOverlay {
    func extent() async throws(LedgerFailure) -> StoreExtent { try await base.extent() }
    func append(_ group: EntryGroup) async throws(LedgerFailure) { try await base.append(group) }
    func confirm(logRoot: Digest) async throws(LedgerFailure) { try await base.confirm(logRoot: logRoot) }
    func group(containing position: UInt64) async throws(LedgerFailure) -> EntryGroup? {
        try await base.group(containing: position)
    }
    func tile(level: Int, index: UInt64) async throws(LedgerFailure) -> [UInt8]? {
        try await base.tile(level: level, index: index)
    }
    func block(height: UInt64) async throws(LedgerFailure) -> BlockRow? { try await base.block(height: height) }
    func lastBlock() async throws(LedgerFailure) -> BlockRow? { try await base.lastBlock() }
    func writeSnapshot(
        _ descriptor: SnapshotDescriptor,
        nextChunk: @Sendable () async throws(LedgerFailure) -> [UInt8]?
    ) async throws(LedgerFailure) {
        try await base.writeSnapshot(descriptor, nextChunk: nextChunk)
    }
    func snapshot(atOrBefore height: UInt64) async throws(LedgerFailure) -> SnapshotDescriptor? {
        try await base.snapshot(atOrBefore: height)
    }
    func snapshotChunk(height: UInt64, index: Int) async throws(LedgerFailure) -> [UInt8]? {
        try await base.snapshotChunk(height: height, index: index)
    }
    func projectedEntryCount() async throws(LedgerFailure) -> UInt64 { try await base.projectedEntryCount() }
    func project(_ batch: ProjectionBatch) async throws(LedgerFailure) { try await base.project(batch) }
    func position(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64? {
        try await base.position(of: transaction)
    }
    func close() async { await base.close() }
}
