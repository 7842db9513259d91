import GRDB
import Testing
import TokenizeSQLite

@testable import Tokenize

/// A snapshot only saves time: one that is damaged is passed over, as long as the log itself is sound.
@Suite("Damaged snapshots")
struct DamagedSnapshotTests {
    /// A closed ledger with several snapshots, and what its state is.
    private static func closed(_ place: StorePlace) async throws -> (heights: [UInt64], root: Digest?, Genesis) {
        let market = try await Market(store: try await place.open())
        let genesis = market.fixture.genesis
        let configuration = try Fixture.configuration(genesis)
        var root = try await market.ledger.lastHeader()?.stateRoot
        try await market.ledger.close()
        for round in 0..<3 {
            let ledger = try await TokenLedger.open(store: try await place.open(), configuration: configuration)
            for result in await ledger.submit(try await market.transfers(8, firstSequence: UInt64(2 * round))) {
                _ = try result.get()
            }
            root = try await ledger.lastHeader()?.stateRoot
            try await ledger.close()
        }
        let store = try await place.open()
        var heights: [UInt64] = []
        var bound = UInt64.max
        while let height = try await store.snapshot(atOrBefore: bound)?.height {
            heights.append(height)
            bound = height - 1
        }
        await store.close()
        return (heights, root, genesis)
    }

    @Test("the ledger opens from the snapshot before, or from the genesis, and writes a sound one", arguments: 0...4)
    func fallback(damagedCount: Int) async throws {
        let place = try StorePlace(.memory)
        let (heights, root, genesis) = try await Self.closed(place)
        try #require(heights.count == 4)
        let damaged = Set(heights.prefix(damagedCount))
        let base = try await place.open()
        let tried = Locked<[UInt64]>([])
        var hooks = HookedStore.Hooks()
        hooks.snapshotChunkAt = { height, index, chunk in
            // Each is read once for its seal, and again for what it says.
            if index == 0 { tried.withLock { if $0.last != height { $0.append(height) } } }
            return damaged.contains(height) && index == 0 ? [0x41] : chunk
        }
        let opened = try await TokenLedger.open(
            store: HookedStore(base: base, hooks: hooks),
            configuration: try Fixture.configuration(genesis)
        )
        #expect(await opened.writer.tree.root == root)
        #expect(tried.value == Array(heights.prefix(min(damagedCount + 1, heights.count))))
        #expect(await opened.lastSnapshotEntryCount < opened.writer.size || damagedCount == 0)
        try await opened.close()

        // The state of the past comes from a sound one as well.
        let again = try await TokenLedger.open(
            store: try await place.open(),
            configuration: try Fixture.configuration(genesis)
        )
        #expect(try await again.state(atHeight: heights[3]).businessDate == Fixture.firstDate)
        try await again.close()
    }

    @Test("a log that is damaged too is not believed")
    func damagedLog() async throws {
        let place = try StorePlace(.memory)
        let (_, _, genesis) = try await Self.closed(place)
        var hooks = HookedStore.Hooks()
        hooks.snapshotChunk = { _, _ in [0x41] }
        hooks.group = { group in group.flatMap { $0.firstPosition > 0 ? nil : $0 } }
        let base = try await place.open()
        let found = try await FailurePlace.of {
            _ = try await TokenLedger.open(
                store: HookedStore(base: base, hooks: hooks),
                configuration: try Fixture.configuration(genesis)
            )
        }
        guard case .corrupted("group", _)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test(
        "in a database",
        arguments: [
            "UPDATE snapshot_chunks SET bytes = x'41'", "UPDATE snapshots SET state_root = zeroblob(32)",
            "DELETE FROM snapshots",
        ]
    )
    func database(change: String) async throws {
        let place = try StorePlace(.sqlite)
        let (heights, root, genesis) = try await Self.closed(place)
        let path = StoreCrash.path(in: place.folder)
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "\(change) WHERE height = ?", arguments: [Int64(heights[0])])
        }
        try queue.close()
        let configuration = try Fixture.configuration(genesis)
        for _ in 0..<2 {
            let opened = try await TokenLedger.open(store: try await place.open(), configuration: configuration)
            #expect(await opened.writer.tree.root == root)
            try await opened.close()
        }
        // The one that was written on closing is sound.
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.snapshotCount == SnapshotDescriptor.keptCountMax)
    }
}
