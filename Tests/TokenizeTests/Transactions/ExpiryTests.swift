import Testing
import Tokenize

@Suite("Validity of a transaction")
struct ExpiryTests {
    private func body(
        _ scene: RuleScene,
        until date: CalendarDate = Fixture.firstDate,
        height: UInt64? = nil
    ) async throws -> TransactionBody {
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        return try await scene.fixture.body(
            [Operation(act)],
            [scene.alice],
            lastValidDate: date,
            lastValidHeight: height
        )
    }

    @Test("TXN-001: a body for another ledger")
    func wrongLedger() async throws {
        let scene = try await RuleScene()
        let right = try await body(scene)
        let wrong = TransactionBody(
            ledger: LedgerID(digest: Fixture.digest(5)),
            principals: right.principals,
            lastValidDate: right.lastValidDate,
            operations: right.operations
        )
        try await scene.expectRefusal(.wrongLedger) { try await scene.fixture.submit(wrong, [10]) }
        try await scene.fixture.submit(right, [10])
    }

    @Test("TXN-002: valid on its last date, not on the day after")
    func expired() async throws {
        let scene = try await RuleScene()
        let first = try await body(scene, until: Fixture.date(2026, 1, 6))
        try await scene.pass(days: 1)
        try await scene.fixture.submit(first, [10])
        let second = try await body(scene, until: Fixture.date(2026, 1, 6))
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.expired) { try await scene.fixture.submit(second, [10]) }
    }

    @Test("TXN-003: 31 days ahead and no more")
    func validityTooFar() async throws {
        let scene = try await RuleScene()
        let tooFar = try await body(scene, until: Fixture.date(2026, 2, 6))
        try await scene.expectRefusal(.validityTooFar) { try await scene.fixture.submit(tooFar, [10]) }
        let furthest = try await body(scene, until: Fixture.date(2026, 2, 5))
        try await scene.fixture.submit(furthest, [10])
    }

    @Test("TXN-004: valid at its last height, not above it")
    func heightPassed() async throws {
        let scene = try await RuleScene(sealing: .onRequest)
        _ = try await scene.ledger.seal()
        let height = try #require(try await scene.ledger.lastHeader()).height + 1
        let low = try await body(scene, height: height - 1)
        try await scene.expectRefusal(.heightPassed) { try await scene.fixture.submit(low, [10]) }
        let receipt = try await scene.fixture.submit(try await body(scene, height: height), [10])
        #expect(receipt.height == height)
        let late = try await body(scene, height: height)
        _ = try await scene.ledger.seal()
        try await scene.expectRefusal(.heightPassed) { try await scene.fixture.submit(late, [10]) }
    }

    @Test("TXN-005: a million blocks ahead and no more")
    func heightTooFar() async throws {
        let scene = try await RuleScene(sealing: .onRequest)
        _ = try await scene.ledger.seal()
        let height = try #require(try await scene.ledger.lastHeader()).height + 1
        let tooFar = try await body(scene, height: height + 1_000_001)
        try await scene.expectRefusal(.heightTooFar) { try await scene.fixture.submit(tooFar, [10]) }
        let huge = try await body(scene, height: .max)
        try await scene.expectRefusal(.heightTooFar) { try await scene.fixture.submit(huge, [10]) }
        try await scene.fixture.submit(try await body(scene, height: height + 1_000_000), [10])
    }

    @Test("a refused transaction may pass later, while it is valid")
    func refusedThenCommitted() async throws {
        let scene = try await RuleScene()
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 5))
        let body = try await scene.fixture.body([Operation(act)], [scene.bob], lastValidDate: Fixture.date(2026, 1, 6))
        try await scene.expectRefusal(.insufficientUnits) { try await scene.fixture.submit(body, [11]) }
        try await scene.alice.transfer(5, of: scene.asset, to: scene.bob.account)
        try await scene.pass(days: 1)
        try await scene.fixture.submit(body, [11])
        #expect(try await scene.units(scene.carol) == 5)
    }
}
