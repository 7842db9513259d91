import Testing

@testable import Tokenize

/// What a running ledger proves to an outsider who has its log key and nothing else.
@Suite("Proofs of a running ledger")
struct EngineProofTests {
    @Test("an entry, with a checkpoint that somebody signed")
    func inclusion() async throws {
        let market = try await Market { $0.sealing = .onRequest }
        let policy = try market.fixture.policy
        let receipts = try await market.run(300)
        for position in [0, 1, receipts[0].position, receipts[299].position] {
            let proof = try await market.ledger.proveInclusion(of: position)
            let record = try #require(
                try await market.ledger.store.group(containing: position).map {
                    try GroupRecords.records(of: $0)[Int(position - $0.firstPosition)]
                }
            )
            let file = try TransparencyProof(parsing: proof.bytes)
            let verified = try file.verify(entry: record.entry, under: policy)
            #expect(verified.checkpoint.size == (try await market.ledger.size()))
            #expect(throws: NoteFailure.self) { try file.verify(entry: [1, 2, 3], under: policy) }
        }
        let size = try await market.ledger.size()
        await #expect(throws: LedgerFailure.limitExceeded(limit: "log index", maximum: size)) {
            _ = try await market.ledger.proveInclusion(of: size)
        }
        try await market.ledger.close()
    }

    @Test("the log at one checkpoint is the beginning of the log at another")
    func consistency() async throws {
        let market = try await Market()
        var checkpoints = [try await market.fixture.checkpoint()]
        for round in 0..<4 {
            try await market.run(88, firstSequence: UInt64(round * 22))
            checkpoints.append(try await market.fixture.checkpoint())
        }
        for (older, newer) in zip(checkpoints, checkpoints.dropFirst()) + [(checkpoints[0], checkpoints[4])] {
            let proof = try await market.ledger.proveConsistency(from: older.size, to: newer.size)
            try proof.verify(oldRoot: older.root, newRoot: newer.root)
            #expect(throws: ProofFailure.self) { try proof.verify(oldRoot: newer.root, newRoot: older.root) }
        }
        let size = checkpoints[4].size
        await #expect(throws: LedgerFailure.limitExceeded(limit: "log size", maximum: size)) {
            _ = try await market.ledger.proveConsistency(from: 1, to: size + 1)
        }
        try await market.ledger.close()
    }

    @Test("that an account holds nothing")
    func absence() async throws {
        let market = try await Market()
        let policy = try market.fixture.policy
        let stranger = market.fixture.ministry.account
        let absent = try await market.ledger.proveHolding(asset: market.asset, account: stranger)
        let verdict = try OwnershipProof(canonicalBytes: absent.canonicalBytes).verify(under: policy)
        #expect(verdict.units == .zero)
        #expect(verdict.account == stranger)
        let held = try await market.ledger.proveHolding(asset: market.asset, account: market.people[0].account)
        #expect(try held.verify(under: policy).units == Market.unitsEach)
        // Given away to the last unit, a holder holds nothing too.
        try await market.people[0].transfer(Market.unitsEach, of: market.asset, to: market.people[1].account)
        let emptied = try await market.ledger.proveHolding(asset: market.asset, account: market.people[0].account)
        #expect(try emptied.verify(under: policy).units == .zero)
        try await market.ledger.close()
    }

    @Test("one payment out of many")
    func effect() async throws {
        let market = try await Market(peopleCount: 40)
        let cash = try await market.fixture.makeCash()
        let order = try #require(OrderReference(reference: "coupon 1", documentDigest: Fixture.digest(5)))
        let distribution = Distribution(asset: market.asset, cash: cash, total: 4_000, order: order)
        let receipt = try await market.fixture.authority(.payingAgent).distribute(distribution)
        #expect(receipt.effectCount == 40)
        let policy = try market.fixture.policy
        for index in [0, 17, 39] {
            let proof = try await market.ledger.proveEffect(position: receipt.position, index: index)
            let verdict = try EffectProof(canonicalBytes: proof.canonicalBytes).verify(under: policy)
            #expect(try SignedTransaction(bytes: verdict.transaction).id == receipt.transaction)
            #expect(verdict.effectIndex == UInt64(index))
            #expect(verdict.effectCount == 40)
            guard case .paid(let asset, _, let paidIn, let amount) = try Effect(canonicalBytes: verdict.effect) else {
                Issue.record("no payment")
                continue
            }
            #expect(asset == market.asset)
            #expect(paidIn == cash)
            #expect(amount == 100)
        }
        await #expect(throws: LedgerFailure.limitExceeded(limit: "effect index", maximum: 40)) {
            _ = try await market.ledger.proveEffect(position: receipt.position, index: 40)
        }
        await #expect(throws: LedgerFailure.limitExceeded(limit: "effect index", maximum: 0)) {
            _ = try await market.ledger.proveEffect(position: 0, index: 0)
        }
        try await market.ledger.close()
    }

    @Test("a signer with another key than the ledger's is refused")
    func foreignSigner() async throws {
        let genesis = try Fixture.makeGenesis()
        var configuration = try Fixture.configuration(genesis)
        configuration.checkpointSigner = try SoftwareCheckpointSigner(
            ledger: genesis.ledger,
            name: genesis.name,
            seed: [UInt8](repeating: 1, count: 32)
        )
        let store = MemoryStore()
        let created = try await FailurePlace.of {
            _ = try await TokenLedger.create(genesis: genesis, store: store, configuration: configuration)
        }
        #expect(created == .misconfigured)
        #expect(try await store.extent().entryCount == 0)
        try await Fixture(store: store).ledger.close()
        let opened = try await FailurePlace.of {
            _ = try await TokenLedger.open(
                store: await MemoryStore(reopening: store),
                configuration: configuration
            )
        }
        #expect(opened == .misconfigured)
    }

    @Test("a signer with the ledger's key under another origin is refused")
    func foreignOrigin() async throws {
        let genesis = try Fixture.makeGenesis()
        var configuration = try Fixture.configuration(genesis)
        let name = try #require(NoteName(genesis.name))
        configuration.checkpointSigner = SoftwareCheckpointSigner(
            try NoteSigner(name: name, algorithm: .ed25519, seed: Fixture.logSeed)
        )
        let store = MemoryStore()
        let created = try await FailurePlace.of {
            _ = try await TokenLedger.create(genesis: genesis, store: store, configuration: configuration)
        }
        #expect(created == .misconfigured)
        #expect(try await store.extent().entryCount == 0)
    }

    @Test("without a signer there are no proofs, and a failure says so")
    func noSigner() async throws {
        let market = try await Market { $0.checkpointSigner = nil }
        let expected = FailurePlace.misconfigured
        let ledger = market.ledger
        #expect(try await FailurePlace.of { _ = try await ledger.checkpoint() } == expected)
        #expect(try await FailurePlace.of { _ = try await ledger.proveInclusion(of: 0) } == expected)
        #expect(try await FailurePlace.of { _ = try await ledger.proveEffect(position: 0, index: 0) } == expected)
        try await ledger.close()
    }
}
