import Testing

@testable import Tokenize

/// The past as it was: states at heights, headers, heights of receipts, and the snapshots that lead there.
@Suite("History")
struct HistoryTests {
    /// The root of a state, from its records alone.
    static func root(_ state: LedgerState) -> Digest {
        var state = state
        state.markEverythingChanged()
        var tree = StateTree()
        var updates = StateLeaves(secret: Fixture.secret).updates(for: state.changes, in: state)
        tree.apply(&updates)
        return tree.root
    }

    @Test("the state at a height is the state at the time", arguments: StoreKind.allCases)
    func stateAtHeight(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open()) { $0.sealing = .onRequest }
        let ledger = market.ledger
        let asset = market.asset
        var images: [UInt64: (root: Digest, holdings: [LedgerState.HoldingView])] = [:]
        for round in 0..<8 {
            try await market.run(4 * (round + 1), firstSequence: UInt64(round * (round + 1) / 2))
            let holdings = try await ledger.read { $0.holdings(of: asset) }
            let header = try #require(try await ledger.seal())
            images[header.height] = (header.stateRoot, holdings)
            let last = try #require(try await ledger.lastHeader())
            #expect(last == header)
            #expect(try await ledger.state(atHeight: header.height).holdings(of: asset) == holdings)
        }
        for (height, image) in images {
            let state = try await ledger.state(atHeight: height)
            #expect(state.holdings(of: asset) == image.holdings)
            #expect(state.clock.height == height + 1)
            let block = try #require(try await ledger.store.block(height: height))
            #expect(block.stateRoot == image.root)
        }
        let last = try #require(images.keys.max())
        let beyond = LedgerFailure.limitExceeded(limit: "height", maximum: last)
        await #expect(throws: beyond) { _ = try await ledger.state(atHeight: last + 1) }
        await #expect(throws: beyond) { _ = try await ledger.state(atHeight: 0) }
        try await ledger.close()
    }

    @Test("receipts name the block that they are in")
    func heights() async throws {
        let store = MemoryStore()
        let market = try await Market(store: store) { $0.sealing = .every(7) }
        let receipts = try await market.run(100)
        try await market.ledger.seal()
        for receipt in receipts {
            let block = try #require(try await store.block(height: receipt.height))
            #expect(block.headerPosition > receipt.position)
            #expect(block.headerPosition - receipt.position <= 7)
            #expect(try await market.ledger.receipt(of: receipt.transaction) == receipt)
        }
        // One whose block is still open.
        let open = try await market.run(4, firstSequence: 25)[3]
        #expect(try await market.ledger.receipt(of: open.transaction) == open)
        let unknown = try await market.transfer(from: 0, sequence: 60).id
        #expect(try await market.ledger.receipt(of: unknown) == nil)
        try await market.ledger.close()
    }

    @Test("snapshots are written while the ledger runs", arguments: StoreKind.allCases)
    func backgroundSnapshots(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open()) { configuration in
            configuration.sealing = .every(10)
            configuration.snapshotEntryInterval = 100
            configuration.snapshotEntryCountMin = 0
        }
        for round in 0..<6 {
            try await market.run(80, firstSequence: UInt64(round * 20))
            await market.ledger.snapshotTask?.value
        }
        let size = try await market.ledger.size()
        try await market.ledger.close()
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.snapshotCount >= 3)
        if kind == .sqlite { return }
        let store = try await place.open()
        let newest = try #require(try await store.snapshot(atOrBefore: .max))
        #expect(newest.entryCount + 200 > size)
        let configuration = try Fixture.configuration(market.fixture.genesis)
        let opened = try await TokenLedger.open(store: store, configuration: configuration)
        #expect(await opened.writer.lastHeader?.stateRoot == report.stateRoot)
        try await opened.close()
    }

    @Test("a snapshot ahead of the projection does not hide what the projection lacks", arguments: StoreKind.allCases)
    func projectionBehindSnapshot(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let isBroken = Locked(false)
        var hooks = HookedStore.Hooks()
        hooks.beforeProject = { _ throws(LedgerFailure) in
            if isBroken.value { throw .inputOutput(operation: "project", reason: "locked") }
        }
        let market = try await Market(store: HookedStore(base: try await place.open(), hooks: hooks))
        try await market.run(20)
        // The projection stays behind while a holding is emptied, and a snapshot is written after that.
        isBroken.withLock { $0 = true }
        let held = try await market.ledger.read { [asset = market.asset, person = market.people[3].account] in
            $0.holding(asset: asset, account: person).units
        }
        try await market.people[3].transfer(held, of: market.asset, to: market.people[0].account)
        try await market.ledger.close()

        let rows = Locked<[ProjectionBatch]>([])
        var seen = HookedStore.Hooks()
        seen.beforeProject = { batch in rows.withLock { $0.append(batch) } }
        let opened = try await TokenLedger.open(
            store: HookedStore(base: try await place.open(), hooks: seen),
            configuration: try Fixture.configuration(market.fixture.genesis)
        )
        try await opened.close()
        let emptied = rows.value.flatMap(\.holdings).contains { $0.account == market.people[3].account && $0.isEmpty }
        #expect(emptied)
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.projectedEntryCount == report.entryCount)
    }

    @Test("the projection follows what a business day ends")
    func expiry() async throws {
        let rows = Locked<[ProjectionBatch.HoldingRow]>([])
        var hooks = HookedStore.Hooks()
        hooks.beforeProject = { batch in rows.withLock { $0 += batch.holdings } }
        let market = try await Market(store: HookedStore(base: MemoryStore(), hooks: hooks))
        let holder = market.people[0].account
        let order = try #require(OrderReference(reference: "1/2026", documentDigest: Fixture.digest(5)))
        try await market.people[0].reserve(
            100,
            of: market.asset,
            kind: .pledge,
            for: market.people[1].account,
            until: Fixture.date(2026, 1, 6),
            order: order
        )
        func available() -> Quantity? { rows.value.last { $0.account == holder }?.available }
        await market.ledger.projectIfPossible()
        #expect(available() == 900)
        let operators = market.fixture.authority(.operator)
        try await operators.openBusinessDay(Fixture.date(2026, 1, 6))
        await market.ledger.projectIfPossible()
        #expect(available() == 900)
        try await operators.openBusinessDay(Fixture.date(2026, 1, 7))
        await market.ledger.projectIfPossible()
        #expect(available() == 1_000)
        try await market.ledger.close()
    }
}
