import Tokenize

extension StoreContract {
    static let snapshotChecks = [
        Check(name: "a snapshot is read back, and found by height") { subject in
            let store = try await subject.make()
            for height in [4, 9] as [UInt64] { try await writeSample(store, height: height, chunkCount: 3) }
            try await requireSample(store, height: 4, chunkCount: 3)
            try await requireSample(store, height: 9, chunkCount: 3)
            try require(try await store.snapshot(atOrBefore: 3)?.height, nil, "before the first")
            try require(try await store.snapshot(atOrBefore: 8)?.height, 4, "between")
            try require(try await store.snapshot(atOrBefore: .max)?.height, 9, "after the last")
            try require(try await store.snapshotChunk(height: 5, index: 0), nil, "chunk without a snapshot")
            await store.close()
            let restarted = try await subject.reopen(store)
            try await requireSample(restarted, height: 9, chunkCount: 3)
            await restarted.close()
        },
        Check(name: "a snapshot is invisible until complete, and for ever if it fails") { subject in
            let store = try await subject.make()
            try await writeSample(store, height: 2, chunkCount: 1)
            let failure = LedgerFailure.inputOutput(operation: "make a chunk", reason: "on purpose")
            let source = ChunkSource(height: 6, chunkCount: 2, failure: failure)
            try await requireFailure(failure, "a failing source") { () async throws(LedgerFailure) in
                try await store.writeSnapshot(sampleDescriptor(6)) { () async throws(LedgerFailure) in
                    // What is written already must not be seen.
                    guard try await store.snapshot(atOrBefore: 9)?.height == 2 else {
                        throw .corrupted(what: "snapshot", position: 6, reason: "visible too early")
                    }
                    return try await source.next()
                }
            }
            try require(try await store.snapshot(atOrBefore: 9)?.height, 2, "after the failure")
            try require(try await store.snapshotChunk(height: 6, index: 0), nil, "chunk of it")
            await store.close()
            let restarted = try await subject.reopen(store)
            try require(try await restarted.snapshot(atOrBefore: 9)?.height, 2, "after the restart")
            try await writeSample(restarted, height: 6, chunkCount: 3)
            try await requireSample(restarted, height: 6, chunkCount: 3)
            await restarted.close()
        },
        Check(name: "a snapshot written again replaces the one before") { subject in
            let store = try await subject.make()
            try await writeSample(store, height: 2, chunkCount: 5)
            try await writeSample(store, height: 2, chunkCount: 2)
            try await requireSample(store, height: 2, chunkCount: 2)
            try await writeSample(store, height: 2, chunkCount: 0)
            try await requireSample(store, height: 2, chunkCount: 0)
            await store.close()
        },
        Check(name: "the newest snapshots are kept, and no others") { subject in
            let store = try await subject.make()
            let heights = Array(1...UInt64(SnapshotDescriptor.keptCountMax + 3))
            for height in heights { try await writeSample(store, height: height, chunkCount: 2) }
            let kept = heights.suffix(SnapshotDescriptor.keptCountMax)
            for height in kept { try await requireSample(store, height: height, chunkCount: 2) }
            try require(try await store.snapshot(atOrBefore: (kept.first ?? 1) - 1), nil, "an old one")
            for height in heights.dropLast(kept.count) {
                try require(try await store.snapshotChunk(height: height, index: 0), nil, "chunk of an old one")
            }
            // One that is written again is not one more.
            try await writeSample(store, height: heights.last ?? 1, chunkCount: 3)
            try require(try await store.snapshot(atOrBefore: kept.first ?? 1)?.height, kept.first, "the first kept")
            await store.close()
        },
        Check(name: "groups are appended while a snapshot is written") { subject in
            let log = SampleGroups()
            let store = try await subject.make()
            let source = ChunkSource(height: 1, chunkCount: 4, failure: nil)
            let appended = Counter()
            try await store.writeSnapshot(sampleDescriptor(1)) { () async throws(LedgerFailure) in
                try await store.append(log.group(await appended.next()))
                return try await source.next()
            }
            try await requireSample(store, height: 1, chunkCount: 4)
            try await requireContent(store, log.groups(5))
            await store.close()
        },
    ]

    static let projectionChecks = [
        Check(name: "the projection follows from its cursor, and survives a restart") { subject in
            let store = try await subject.make()
            for group in SampleGroups().groups(4) { try await store.append(group) }
            try await store.project(sampleBatch(to: 5, receipts: 0..<5))
            try require(try await store.projectedEntryCount(), 5, "cursor")
            try await store.project(sampleBatch(to: 12, receipts: 5..<12))
            for position in UInt64(0)..<12 {
                try require(try await store.position(of: sampleTransaction(position)), position, "receipt")
            }
            try require(try await store.position(of: sampleTransaction(12)), nil, "receipt that is not there")
            try await requireFailure(.notContiguous(expected: 12, found: 11), "back") {
                () async throws(LedgerFailure) in try await store.project(sampleBatch(to: 11, receipts: 0..<1))
            }
            try await requireFailure(.notContiguous(expected: 12, found: 13), "ahead of the log") {
                () async throws(LedgerFailure) in try await store.project(sampleBatch(to: 13, receipts: 12..<13))
            }
            try require(try await store.position(of: sampleTransaction(12)), nil, "receipt of a refused batch")
            await store.close()
            let restarted = try await subject.reopen(store)
            // It need not have been durable; what there is must agree with the cursor.
            let cursor = try await restarted.projectedEntryCount()
            for position in UInt64(0)..<cursor {
                try require(try await restarted.position(of: sampleTransaction(position)), position, "receipt")
            }
            await restarted.close()
        },
        Check(name: "a rebuild drops what was projected before") { subject in
            let store = try await subject.make()
            for group in SampleGroups().groups(4) { try await store.append(group) }
            try await store.project(sampleBatch(to: 12, receipts: 0..<12))
            try await store.project(sampleBatch(to: 6, receipts: 3..<6, isRebuild: true))
            try require(try await store.projectedEntryCount(), 6, "cursor")
            try require(try await store.position(of: sampleTransaction(2)), nil, "dropped receipt")
            try require(try await store.position(of: sampleTransaction(4)), 4, "receipt")
            try await store.project(sampleBatch(to: 12, receipts: 6..<12))
            try require(try await store.position(of: sampleTransaction(11)), 11, "receipt")
            await store.close()
        },
    ]

    static let closingChecks = [
        Check(name: "a closed store refuses everything, and closes again") { subject in
            let store = try await subject.make()
            try await store.append(SampleGroups().group(0))
            await store.close()
            await store.close()
            try await requireFailure(.storeClosed, "extent") {
                () async throws(LedgerFailure) in try await store.extent()
            }
            try await requireFailure(.storeClosed, "append") {
                () async throws(LedgerFailure) in try await store.append(SampleGroups().group(1))
            }
            try await requireFailure(.storeClosed, "group") {
                () async throws(LedgerFailure) in try await store.group(containing: 0)
            }
            try await requireFailure(.storeClosed, "tile") {
                () async throws(LedgerFailure) in try await store.tile(level: 0, index: 0)
            }
            try await requireFailure(.storeClosed, "block") {
                () async throws(LedgerFailure) in try await store.block(height: 1)
            }
            try await requireFailure(.storeClosed, "last block") {
                () async throws(LedgerFailure) in try await store.lastBlock()
            }
            try await requireFailure(.storeClosed, "snapshot") {
                () async throws(LedgerFailure) in try await store.snapshot(atOrBefore: 0)
            }
            try await requireFailure(.storeClosed, "write snapshot") {
                () async throws(LedgerFailure) in try await store.writeSnapshot(sampleDescriptor(1)) { nil }
            }
            try await requireFailure(.storeClosed, "cursor") {
                () async throws(LedgerFailure) in try await store.projectedEntryCount()
            }
            try await requireFailure(.storeClosed, "project") {
                () async throws(LedgerFailure) in try await store.project(sampleBatch(to: 1, receipts: 0..<1))
            }
        }
    ]
}

extension StoreContract {
    static func sampleDescriptor(_ height: UInt64) -> SnapshotDescriptor {
        var random = SplitMix(seed: height)
        return SnapshotDescriptor(height: height, entryCount: height * 3, stateRoot: random.digest())
    }

    static func writeSample(_ store: any LedgerStore, height: UInt64, chunkCount: Int) async throws {
        let source = ChunkSource(height: height, chunkCount: chunkCount, failure: nil)
        try await store.writeSnapshot(sampleDescriptor(height)) { () async throws(LedgerFailure) in
            try await source.next()
        }
    }

    static func requireSample(_ store: any LedgerStore, height: UInt64, chunkCount: Int) async throws {
        try require(try await store.snapshot(atOrBefore: height), sampleDescriptor(height), "descriptor")
        for index in 0..<chunkCount {
            let chunk = ChunkSource.chunk(height: height, index: index)
            try require(try await store.snapshotChunk(height: height, index: index), chunk, "chunk \(index)")
        }
        for index in [-1, chunkCount, Int.max] {
            try require(try await store.snapshotChunk(height: height, index: index), nil, "chunk \(index)")
        }
    }

    static func sampleTransaction(_ position: UInt64) -> TransactionID {
        var random = SplitMix(seed: position &+ 1_000_000)
        return TransactionID(digest: random.digest())
    }

    static func sampleBatch(to end: UInt64, receipts: Range<UInt64>, isRebuild: Bool = false) -> ProjectionBatch {
        ProjectionBatch(
            entryCount: end,
            isRebuild: isRebuild,
            accounts: [],
            assets: [],
            holdings: [],
            receipts: receipts.map { .init(transaction: sampleTransaction($0), position: $0) }
        )
    }
}

/// Gives the chunks of a sample snapshot, and then nil or a failure.
actor ChunkSource {
    private let height: UInt64
    private let chunkCount: Int
    private let failure: LedgerFailure?
    private var given = 0

    init(height: UInt64, chunkCount: Int, failure: LedgerFailure?) {
        self.height = height
        self.chunkCount = chunkCount
        self.failure = failure
    }

    func next() throws(LedgerFailure) -> [UInt8]? {
        guard given < chunkCount else {
            if let failure { throw failure }
            return nil
        }
        given += 1
        return Self.chunk(height: height, index: given - 1)
    }

    static func chunk(height: UInt64, index: Int) -> [UInt8] {
        var random = SplitMix(seed: height * 100 + UInt64(index))
        return random.bytes(5_000 + index)
    }
}

/// Counts from 0.
actor Counter {
    private var count = 0

    func next() -> Int {
        defer { count += 1 }
        return count
    }
}
