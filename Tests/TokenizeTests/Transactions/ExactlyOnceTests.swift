import Testing

@testable import Tokenize

@Suite("Exactly once")
struct ExactlyOnceTests {
    private func signed(_ scene: RuleScene) async throws -> SignedTransaction {
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 7))
        return try scene.fixture.sign(try await scene.fixture.body([Operation(act)], [scene.alice]), [10])
    }

    /// Submits once more and expects the first receipt and an unchanged ledger.
    private func expectFirst(_ receipt: Receipt, _ signed: SignedTransaction, _ fixture: Fixture) async throws {
        let before = try await fixture.mark()
        #expect(try await fixture.ledger.submit(signed.bytes) == receipt)
        #expect(try await fixture.ledger.receipt(of: signed.id) == receipt)
        let after = try await fixture.mark()
        #expect(after == before)
    }

    @Test("at once, and after other transactions", arguments: [LedgerConfiguration.Sealing.adaptive, .onRequest])
    func atOnce(sealing: LedgerConfiguration.Sealing) async throws {
        let scene = try await RuleScene(sealing: sealing)
        let signed = try await signed(scene)
        let receipt = try await scene.ledger.submit(signed.bytes)
        try await expectFirst(receipt, signed, scene.fixture)
        for _ in 0..<3 { try await scene.alice.transfer(1, of: scene.asset, to: scene.carol.account) }
        try await expectFirst(receipt, signed, scene.fixture)
        _ = try await scene.ledger.seal()
        try await expectFirst(receipt, signed, scene.fixture)
        #expect(try await scene.units(scene.bob) == 7)
    }

    @Test("in the same batch")
    func sameBatch() async throws {
        let scene = try await RuleScene()
        let signed = try await signed(scene)
        let results = await scene.ledger.submit([signed.bytes, signed.bytes, signed.bytes])
        let receipts = try results.map { try $0.get() }
        #expect(Set(receipts).count == 1)
        #expect(try await scene.units(scene.bob) == 7)
    }

    @Test("by many submitters at the same time")
    func concurrently() async throws {
        let scene = try await RuleScene()
        let signed = try await signed(scene)
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for _ in 0..<50 { group.addTask { try await scene.ledger.submit(signed.bytes) } }
            return try await group.reduce(into: Set<Receipt>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await scene.units(scene.bob) == 7)
    }

    @Test("under another set of signatures that suffices")
    func otherSignatures() async throws {
        let fixture = try await Fixture()
        let policy = try KeyPolicy(
            threshold: 1,
            keys: try [20, 21].map { .init(key: try Fixture.signer($0).publicKey.encoded) }
        )
        let account = try await fixture.open(policy)
        let body = TransactionBody(
            ledger: fixture.ledger.id,
            principals: [Principal(account: account, sequence: 0)],
            lastValidDate: Fixture.firstDate,
            operations: [Operation(.cancelSequence)]
        )
        let receipt = try await fixture.submit(body, [20])
        let other = try fixture.sign(body, [21])
        try await expectFirst(receipt, other, fixture)
        try await expectFirst(receipt, try fixture.sign(body, [20, 21]), fixture)
    }

    @Test("after a restart from a snapshot, and from the log alone", arguments: [true, false])
    func restart(closing: Bool) async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store)
        let signed = try await signed(scene)
        let receipt = try await scene.ledger.submit(signed.bytes)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.carol.account)
        if closing { try await scene.ledger.close() }
        let copy = await MemoryStore(reopening: store)
        let snapshot = try await copy.snapshot(atOrBefore: .max)
        #expect((snapshot != nil) == closing)
        let reopened = try await scene.fixture.reopened(in: copy)
        try await expectFirst(receipt, signed, reopened)
    }

    @Test("before and after the projection knows it")
    func projection() async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store, sealing: .onRequest)
        let signed = try await signed(scene)
        let receipt = try await scene.ledger.submit(signed.bytes)
        try await expectFirst(receipt, signed, scene.fixture)
        await scene.ledger.projectIfPossible()
        #expect(try await store.position(of: signed.id) == receipt.position)
        try await expectFirst(receipt, signed, scene.fixture)
    }

    @Test("after the keys that signed it were rotated away, also after a restart", arguments: [true, false])
    func rotation(restarts: Bool) async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store)
        let signed = try await signed(scene)
        let receipt = try await scene.ledger.submit(signed.bytes)
        try await scene.alice.rotateKeys(to: KeyPolicy(try Fixture.signer(30).publicKey))
        guard restarts else { return try await expectFirst(receipt, signed, scene.fixture) }
        try await scene.ledger.close()
        try await expectFirst(
            receipt,
            signed,
            try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        )
    }

    @Test("after it expired")
    func expiry() async throws {
        let scene = try await RuleScene()
        let signed = try await signed(scene)
        let receipt = try await scene.ledger.submit(signed.bytes)
        try await scene.pass(days: 1)
        try await expectFirst(receipt, signed, scene.fixture)
    }

    @Test("the same act in another body is another transaction")
    func anotherBody() async throws {
        let scene = try await RuleScene()
        let first = try await scene.alice.transfer(7, of: scene.asset, to: scene.bob.account)
        let second = try await scene.alice.transfer(7, of: scene.asset, to: scene.bob.account)
        #expect(first.transaction != second.transaction)
        #expect(try await scene.units(scene.bob) == 14)
    }
}
