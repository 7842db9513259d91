import Testing

@testable import Tokenize

/// Live running, replay from genesis, and snapshot with the entries after it are one and the same.
@Suite("Restart")
struct RestartTests {
    /// The root and the records of a state: equal bytes are equal decisions.
    struct Image: Hashable, Sendable {
        let header: BlockHeader?
        let logRoot: Digest
        let snapshot: [UInt8]

        init(_ writer: LedgerWriter) {
            header = writer.lastHeader
            logRoot = writer.log.root
            var encoder = SnapshotEncoder(writer.state, clock: writer.state.clock, chunkByteCount: 1 << 16)
            var bytes: [UInt8] = []
            while let chunk = encoder.nextChunk() { bytes += chunk }
            snapshot = bytes
        }
    }

    @Test("live, replayed from genesis, and from a snapshot", arguments: StoreKind.allCases)
    func threeWays(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open()) { $0.sealing = .every(16) }
        try await market.run(60)
        // A first snapshot, then a tail after it.
        try await market.ledger.close()
        let configuration = try Fixture.configuration(market.fixture.genesis, sealing: .every(16))
        let opened = try await TokenLedger.open(store: try await place.open(), configuration: configuration)
        let signed = try await market.transfers(40, firstSequence: 15)
        for result in await opened.submit(signed) { _ = try result.get() }
        try await Self.act(opened, market)
        try await opened.seal()
        let live = Image(await opened.writer)
        await opened.store.close()

        let fromSnapshot = try await TokenLedger.open(store: try await place.open(), configuration: configuration)
        #expect(Image(await fromSnapshot.writer) == live)
        #expect(try await fromSnapshot.store.snapshot(atOrBefore: .max) != nil)
        await fromSnapshot.store.close()

        var hooks = HookedStore.Hooks()
        hooks.snapshot = { _, _ in nil }
        let bare = HookedStore(base: try await place.open(), hooks: hooks)
        let fromGenesis = try await TokenLedger.open(store: bare, configuration: configuration)
        #expect(Image(await fromGenesis.writer) == live)
        try await fromGenesis.close()

        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.stateRoot == live.header?.stateRoot)
        #expect(report.logRoot == live.logRoot)
    }

    /// Acts of other kinds than transfers: an order, a business day, new keys.
    private static func act(_ ledger: TokenLedger, _ market: Market) async throws {
        let genesis = market.fixture.genesis
        let ministry = try Fixture.client(ledger, 0, genesis.accounts[0].account)
        let judges = try [1, 2].map { try Fixture.client(ledger, $0, genesis.accounts[$0].account) }
        let order = try #require(
            OrderReference(reference: "1/2026", documentDigest: Fixture.digest(5), legalBasis: .taxEnforcement)
        )
        try await AuthorityClient(AuthorityReference(.court), members: judges).encumber(
            Encumbering(
                target: .holding(asset: market.asset, account: market.people[0].account, partition: 0),
                kind: .freeze,
                amount: 100,
                rank: 1,
                lastDate: Fixture.date(2026, 1, 6),
                order: order,
                beneficiary: nil
            )
        )
        let operators = AuthorityClient(AuthorityReference(.operator), members: [ministry])
        try await operators.openBusinessDay(Fixture.date(2026, 1, 6))
        let person = try Fixture.client(ledger, Market.firstKey, market.people[0].account)
        try await person.rotateKeys(to: KeyPolicy(try Fixture.signer(99).publicKey))
    }

    @Test("what a crash left without a header is sealed", arguments: StoreKind.allCases)
    func unsealedTail(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open()) { $0.sealing = .onRequest }
        let receipts = try await market.run(10)
        let size = try await market.ledger.size()
        let header = try await market.ledger.lastHeader()
        // No close: the process is gone, and its files stay.
        await market.ledger.store.close()

        let crashed = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(crashed.entryCount == size)
        #expect(crashed.unsealedEntryCount > 10)
        if kind == .sqlite { await (try await place.open()).close() }

        let configuration = try Fixture.configuration(market.fixture.genesis)
        let opened = try await TokenLedger.open(store: try await place.open(), configuration: configuration)
        #expect(try await opened.size() == size + 1)
        let sealed = try #require(try await opened.lastHeader())
        #expect(sealed.previousSize == size)
        #expect(sealed.height == (header?.height ?? 0) + 1)
        #expect(sealed.stateRoot == crashed.stateRoot)
        for receipt in receipts { #expect(try await opened.receipt(of: receipt.transaction) == receipt) }
        try await opened.close()
        let report = try await LedgerAuditor.audit(store: try await place.open(), secret: Fixture.secret)
        #expect(report.unsealedEntryCount == 0)
    }

    @Test("a committed transaction gives its first receipt after any restart", arguments: StoreKind.allCases)
    func resubmission(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open())
        let signed = try await market.transfer(from: 0, sequence: 0).bytes
        let first = try await market.ledger.submit(signed)
        #expect(try await market.ledger.submit(signed) == first)
        try await market.ledger.close()
        let configuration = try Fixture.configuration(market.fixture.genesis)
        for isLost in [false, true] {
            var hooks = HookedStore.Hooks()
            // The second time without any projection: it is built anew.
            if isLost { hooks.projectedEntryCount = { _ in 0 } }
            let store = HookedStore(base: try await place.open(), hooks: hooks)
            let opened = try await TokenLedger.open(store: store, configuration: configuration)
            #expect(try await opened.submit(signed) == first)
            #expect(try await opened.receipt(of: first.transaction) == first)
            try await opened.close()
        }
    }

    @Test("a checkpoint that is kept", arguments: StoreKind.allCases)
    func expecting(_ kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let market = try await Market(store: try await place.open())
        var kept = [try await market.fixture.checkpoint()]
        try await market.run(300)
        kept.append(try await market.fixture.checkpoint())
        try await market.ledger.close()
        let configuration = try Fixture.configuration(market.fixture.genesis)

        func failure(expecting checkpoint: Checkpoint) async throws -> FailurePlace? {
            let store = try await place.open()
            let found = try await FailurePlace.of {
                _ = try await TokenLedger.open(store: store, configuration: configuration, expecting: checkpoint)
            }
            await store.close()
            return found
        }
        for checkpoint in kept { #expect(try await failure(expecting: checkpoint) == nil) }
        let origin = kept[1].origin
        let longer = Checkpoint(origin: origin, size: kept[1].size + 1, root: kept[1].root)
        #expect(try await failure(expecting: longer) == .lostTail("checkpoint"))
        for size in [kept[0].size, 1, 0] {
            let other = Checkpoint(origin: origin, size: size, root: kept[1].root)
            #expect(try await failure(expecting: other) == .rootMismatch(size, "checkpoint"))
        }
    }

    @Test("stores that are no ledger of ours", arguments: StoreKind.allCases)
    func foreign(_ kind: StoreKind) async throws {
        let genesis = try Fixture.makeGenesis()
        let configuration = try Fixture.configuration(genesis)
        let empty = try StorePlace(kind)
        #expect(
            try await FailurePlace.of {
                _ = try await TokenLedger.open(store: try await empty.open(), configuration: configuration)
            } == .foreign
        )
        let strange = try StorePlace(kind)
        let store = try await strange.open()
        var records: [UInt8] = []
        for _ in 0..<2 { ByteStrings.append([1, 2, 3], to: &records) }
        try await store.append(
            EntryGroup(firstPosition: 0, entryCount: 1, records: records, logRoot: .zero, tiles: [], blocks: [])
        )
        await store.close()
        #expect(
            try await FailurePlace.of {
                _ = try await TokenLedger.open(store: try await strange.open(), configuration: configuration)
            } == .foreign
        )
        let ours = try StorePlace(kind)
        try await Fixture(store: try await ours.open()).ledger.close()
        var other = configuration
        other.disclosureSecret = DisclosureSecret(Fixture.digest(8))
        let found = try await ours.open()
        #expect(
            try await FailurePlace.of { _ = try await TokenLedger.open(store: found, configuration: other) }
                == .misconfigured
        )
        #expect(
            try await FailurePlace.of {
                _ = try await TokenLedger.create(genesis: genesis, store: found, configuration: configuration)
            } == .misconfigured
        )
        #expect(
            try await FailurePlace.of {
                _ = try await TokenLedger.create(genesis: genesis, store: MemoryStore(), configuration: other)
            } == .misconfigured
        )
        await found.close()
    }
}
