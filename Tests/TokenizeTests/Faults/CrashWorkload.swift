import Tokenize

@testable import TokenizeSQLite

/// A life of a store on a ``CrashDisk``: made, appended to, projected, closed and opened again, with snapshots between.
struct CrashWorkload {
    let log: SampleGroups
    let groupCount: Int
    let options: StoreOptions
    private var random: SplitMix

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        log = SampleGroups(recordByteCount: [1, 300, 900, 5_000].randomElement(using: &random) ?? 1)
        groupCount = Int.random(in: 1...7, using: &random)
        var options = StoreOptions()
        options.log.pageByteCount = [512, 1_024, 4_096].randomElement(using: &random) ?? 512
        // Some write-ahead logs are copied into their database in the middle, some only at the end.
        options.log.checkpointByteCount = [8 << 10, 40 << 10, 8 << 20].randomElement(using: &random) ?? 0
        options.projection.pageByteCount = 1_024
        options.projection.checkpointByteCount = [8 << 10, 8 << 20].randomElement(using: &random) ?? 0
        // Some transactions do not fit the cache, and spill before they commit.
        options.log.cacheByteCount = [8 << 10, 1 << 20].randomElement(using: &random) ?? 0
        self.options = options
        self.random = random
    }

    /// Lives it on `disk`, which is told of every entry that is acknowledged.
    func run(on disk: CrashDisk) async throws {
        var random = random
        var store = try await open(disk)
        for number in 0..<groupCount {
            let group = log.group(number)
            try await store.append(group)
            disk.acknowledge(group.endPosition)
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                await store.close()
                store = try await open(disk)
            case 1:
                try await StoreContract.writeSample(store, height: UInt64(number + 1), chunkCount: 3)
            case 2...4:
                let start = try await store.projectedEntryCount()
                let batch = StoreContract.sampleBatch(to: group.endPosition, receipts: start..<group.endPosition)
                try await store.project(batch)
            default: break
            }
        }
        await store.close()
    }

    func open(_ disk: CrashDisk) async throws -> SQLiteStore {
        var options = options
        options.fileOperations = disk.operations
        return try await SQLiteStore.open(path: StoreCrash.path(in: disk.folder), options: options)
    }
}
