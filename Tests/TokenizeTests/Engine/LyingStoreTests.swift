import Testing

@testable import Tokenize

/// A store that answers, and answers wrongly: the engine says so, and neither crashes, hangs nor believes it.
@Suite("Lying store")
struct LyingStoreTests {
    static let blockEntryCount = 16

    /// A closed ledger of a hundred transfers; the first person gives so many units each time, the others one.
    private func closed(units: Quantity) async throws -> MemoryStore {
        let store = MemoryStore()
        let market = try await Market(store: store) { $0.sealing = .every(LyingStoreTests.blockEntryCount) }
        for number in 0..<100 {
            let signed = try await market.transfer(
                from: number % 4,
                sequence: UInt64(number / 4),
                units: number % 4 == 0 ? units : 1
            )
            _ = try await market.ledger.submit(signed.bytes)
        }
        try await market.ledger.close()
        return await MemoryStore(reopening: store)
    }

    private func opening(_ store: MemoryStore, _ hooks: HookedStore.Hooks) async throws -> FailurePlace? {
        let configuration = try Fixture.configuration(try Fixture.makeGenesis())
        let hooked = HookedStore(base: await MemoryStore(reopening: store), hooks: hooks)
        return try await FailurePlace.of {
            _ = try await TokenLedger.open(store: hooked, configuration: configuration)
        }
    }

    @Test("a snapshot of another history, with the block that fits it")
    func otherHistory() async throws {
        let ours = try await closed(units: 1)
        let theirs = try await closed(units: 2)
        let descriptor = try #require(try await theirs.snapshot(atOrBefore: .max))
        let block = try #require(try await theirs.block(height: descriptor.height))
        let mine = try #require(try await ours.snapshot(atOrBefore: .max))
        #expect(mine.height == descriptor.height)
        #expect(mine.entryCount == descriptor.entryCount)
        #expect(mine.stateRoot != descriptor.stateRoot)
        let chunk = try #require(try await theirs.snapshotChunk(height: descriptor.height, index: 0))
        var hooks = HookedStore.Hooks()
        hooks.snapshot = { _, found in found.map { _ in descriptor } }
        hooks.snapshotChunk = { index, _ in index == 0 ? chunk : nil }
        hooks.block = { height, found in height == block.height ? block : found }
        // It is passed over; and the block that fits it is not what the log says.
        #expect(try await opening(ours, hooks) == nil)
        let configuration = try Fixture.configuration(try Fixture.makeGenesis())
        let opened = try await TokenLedger.open(
            store: HookedStore(base: await MemoryStore(reopening: ours), hooks: hooks),
            configuration: configuration
        )
        #expect(await opened.writer.tree.root == mine.stateRoot)
        try await opened.close()
    }

    @Test("the first group for every other", arguments: [true, false])
    func wrongGroup(hasSnapshot: Bool) async throws {
        let store = try await closed(units: 1)
        let first = try await store.group(containing: 0)
        var hooks = HookedStore.Hooks()
        hooks.group = { group in group == nil ? nil : first }
        if !hasSnapshot { hooks.snapshot = { _, _ in nil } }
        let size = try await store.extent().entryCount
        // The log is shorter than a tile, so that its edge is made from all entries, and replay reads all too.
        #expect(size < 256)
        #expect(try await opening(store, hooks) == .corrupted("group", try #require(first).endPosition))
    }

    @Test("groups with impossible numbers", arguments: [Int.min, -1, 0, 1 << 40, Int.max])
    func impossibleCount(_ count: Int) async throws {
        let store = try await closed(units: 1)
        let size = try await store.extent().entryCount
        var hooks = HookedStore.Hooks()
        hooks.snapshot = { _, _ in nil }
        hooks.group = { group in
            guard let group, group.firstPosition > 0 else { return group }
            return EntryGroup(
                firstPosition: group.firstPosition,
                entryCount: count,
                records: group.records,
                logRoot: group.logRoot,
                tiles: group.tiles,
                blocks: group.blocks
            )
        }
        let second = try #require(try await store.group(containing: 0)).endPosition
        #expect(second < size)
        #expect(try await opening(store, hooks) == .corrupted("group", second))
        let audited = try await FailurePlace.of {
            let hooked = HookedStore(base: await MemoryStore(reopening: store), hooks: hooks)
            _ = try await LedgerAuditor.audit(store: hooked, secret: Fixture.secret)
        }
        #expect(audited == .corrupted("group", second))
    }

    @Test("a snapshot of impossible size is not used")
    func impossibleSnapshot() async throws {
        let store = try await closed(units: 1)
        var hooks = HookedStore.Hooks()
        hooks.snapshot = { bound, found in
            guard bound == .max, let found else { return found }
            return SnapshotDescriptor(height: .max, entryCount: .max, stateRoot: found.stateRoot)
        }
        #expect(try await opening(store, hooks) == nil)
    }
}
