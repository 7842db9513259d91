import Tokenize

/// The promises of `LedgerStore` as checks that any store can be put through. No test framework is needed.
///
/// A check throws ``StoreContractViolation`` where a store breaks a promise.
struct StoreContract {
    /// A kind of store: how to make a new one, and how to open again what an earlier one held.
    struct Subject: Sendable {
        let name: String
        let make: @Sendable () async throws -> any LedgerStore
        /// Called with a store that was closed.
        let reopen: @Sendable (any LedgerStore) async throws -> any LedgerStore
    }

    /// One promise.
    struct Check: Sendable {
        let name: String
        let run: @Sendable (Subject) async throws -> Void
    }

    /// Every promise that can be checked without injected failures.
    static let checks = logChecks + snapshotChecks + projectionChecks + closingChecks
}

/// A broken promise.
struct StoreContractViolation: Error, CustomStringConvertible {
    let description: String
}

extension StoreContract {
    static func require<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        if found != expected { throw StoreContractViolation(description: "\(what): \(found), not \(expected)") }
    }

    static func requireFailure<Value>(
        _ expected: LedgerFailure,
        _ what: String,
        _ body: () async throws(LedgerFailure) -> Value
    ) async throws {
        do {
            _ = try await body()
        } catch {
            return try require(error, expected, what)
        }
        throw StoreContractViolation(description: "\(what): no failure, not \(expected)")
    }

    /// Checks that the store holds exactly these groups, in every way one can ask.
    static func requireContent(_ store: any LedgerStore, _ groups: [EntryGroup]) async throws {
        let end = groups.last?.endPosition ?? 0
        for group in groups {
            for position in group.firstPosition..<group.endPosition {
                try require(try await store.group(containing: position), group, "group of \(position)")
            }
            for tile in group.tiles {
                try require(try await store.tile(level: tile.level, index: tile.index), tile.hashes, "tile")
            }
            for block in group.blocks {
                try require(try await store.block(height: block.height), block, "block \(block.height)")
            }
        }
        let blocks = groups.flatMap(\.blocks)
        for position in [end, end + 1, UInt64(Int64.max), .max] {
            try require(try await store.group(containing: position), nil, "group past the end")
        }
        for height in [0, UInt64(blocks.count) + 1, .max] {
            try require(try await store.block(height: height), nil, "block \(height)")
        }
        try require(try await store.lastBlock(), blocks.last, "last block")
        try require(try await store.tile(level: 63, index: .max), nil, "tile that is not there")
    }
}

extension StoreContract {
    static let logChecks = [
        Check(name: "a new store is empty") { subject in
            let store = try await subject.make()
            let empty = StoreExtent(entryCount: 0, markedRoot: nil, markedEntryCount: 0)
            try require(try await store.extent(), empty, "extent")
            try require(try await store.projectedEntryCount(), 0, "cursor")
            try require(try await store.snapshot(atOrBefore: .max), nil, "snapshot")
            try await requireContent(store, [])
            await store.close()
        },
        Check(name: "what was appended is read, now and after a restart") { subject in
            let log = SampleGroups()
            let store = try await subject.make()
            for count in 1...7 {
                try await store.append(log.group(count - 1))
                try await requireContent(store, log.groups(count))
            }
            await store.close()
            let restarted = try await subject.reopen(store)
            let extent = StoreExtent(entryCount: 21, markedRoot: log.group(6).logRoot, markedEntryCount: 21)
            try require(try await restarted.extent(), extent, "extent after the restart")
            try await requireContent(restarted, log.groups(7))
            try await restarted.append(log.group(7))
            try await requireContent(restarted, log.groups(8))
            await restarted.close()
        },
        Check(name: "a group that does not follow is refused, and changes nothing") { subject in
            let log = SampleGroups()
            let store = try await subject.make()
            try await requireFailure(.notContiguous(expected: 0, found: 3), "a gap at the start") {
                () async throws(LedgerFailure) in try await store.append(log.group(1))
            }
            try await store.append(log.group(0))
            try await requireFailure(.notContiguous(expected: 3, found: 0), "a group again") {
                () async throws(LedgerFailure) in try await store.append(log.group(0))
            }
            try await requireFailure(.notContiguous(expected: 3, found: 6), "a gap") {
                () async throws(LedgerFailure) in try await store.append(log.group(2))
            }
            try await requireContent(store, log.groups(1))
            try await store.append(log.group(1))
            try await requireContent(store, log.groups(2))
            await store.close()
        },
        Check(name: "blocks that do not follow are refused, and change nothing") { subject in
            let log = SampleGroups()
            let store = try await subject.make()
            try await store.append(log.group(0))
            try await requireFailure(.notContiguous(expected: 1, found: 2), "a skipped height") {
                () async throws(LedgerFailure) in try await store.append(log.group(1, height: 2, header: 5))
            }
            try await requireFailure(.notContiguous(expected: 3, found: 6), "a header past the group") {
                () async throws(LedgerFailure) in try await store.append(log.group(1, height: 1, header: 6))
            }
            try await requireFailure(.notContiguous(expected: 3, found: 2), "a header before the group") {
                () async throws(LedgerFailure) in try await store.append(log.group(1, height: 1, header: 2))
            }
            try await store.append(log.group(1))
            try await requireContent(store, log.groups(2))
            await store.close()
        },
        Check(name: "a read during appends sees whole groups") { subject in
            let log = SampleGroups(recordByteCount: 50_000)
            let store = try await subject.make()
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { for number in 0..<24 { try await store.append(log.group(number)) } }
                tasks.addTask {
                    for position in UInt64(0)..<72 {
                        guard let group = try await store.group(containing: position) else { continue }
                        try require(group, log.group(Int(position / 3)), "group of \(position)")
                    }
                }
                try await tasks.waitForAll()
            }
            try await requireContent(store, log.groups(24))
            await store.close()
        },
    ]
}

extension SampleGroups {
    /// Group `number` with one block of this height and header position.
    func group(_ number: Int, height: UInt64, header: UInt64) -> EntryGroup {
        let plain = group(number)
        let block = BlockRow(
            height: height,
            headerPosition: header,
            stateRoot: .zero,
            businessDate: -1,
            sealingTime: 0
        )
        return EntryGroup(
            firstPosition: plain.firstPosition,
            entryCount: plain.entryCount,
            records: plain.records,
            logRoot: plain.logRoot,
            tiles: plain.tiles,
            blocks: [block]
        )
    }
}
