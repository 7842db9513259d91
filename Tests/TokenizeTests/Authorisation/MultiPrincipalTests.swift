import Testing
import Tokenize

@Suite("Several principals")
struct MultiPrincipalTests {
    private func operations(_ scene: RuleScene) -> [Operation] {
        [
            Operation(.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 10))),
            Operation(.transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 4)), principal: 1),
        ]
    }

    @Test("SIG-004: all of them sign the same id, or nothing happens")
    func missing() async throws {
        let scene = try await RuleScene()
        let body = try await scene.fixture.body(operations(scene), [scene.alice, scene.bob])
        try await scene.expectRefusal(.thresholdNotReached) { try await scene.fixture.submit(body, [10]) }
        try await scene.expectRefusal(.thresholdNotReached) { try await scene.fixture.submit(body, [11]) }
        try await scene.fixture.submit(body, [11, 10])
        #expect(try await scene.units(scene.bob) == 6)
        #expect(try await scene.units(scene.carol) == 4)
    }

    @Test("SIG-003: nobody signs who is no principal")
    func foreignSignature() async throws {
        let scene = try await RuleScene()
        let body = try await scene.fixture.body(operations(scene), [scene.alice, scene.bob])
        try await scene.expectRefusal(.foreignSignature) { try await scene.fixture.submit(body, [10, 11, 12]) }
        try await scene.fixture.submit(body, [10, 11])
    }

    @Test("TXN-006, TXN-007: principals exist, each once")
    func unknownAndDuplicate() async throws {
        let scene = try await RuleScene()
        let right = try await scene.fixture.body(operations(scene), [scene.alice, scene.bob])
        func changed(_ principals: [Principal]) -> TransactionBody {
            TransactionBody(
                ledger: right.ledger,
                principals: principals,
                lastValidDate: right.lastValidDate,
                operations: right.operations
            )
        }
        let nobody = Principal(account: AccountID(digest: Fixture.digest(99)), sequence: 0)
        let again = Principal(account: scene.alice.account, lane: 3, sequence: 0)
        try await scene.expectRefusal(.unknownPrincipal) {
            try await scene.fixture.submit(changed([right.principals[0], nobody]), [10])
        }
        try await scene.expectRefusal(.duplicatePrincipal) {
            try await scene.fixture.submit(changed([right.principals[0], again]), [10])
        }
        try await scene.fixture.submit(right, [10, 11])
    }

    @Test("every principal's sequence is used, whatever it does in the transaction")
    func sequences() async throws {
        let scene = try await RuleScene()
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        let body = try await scene.fixture.body([Operation(act)], [scene.alice, scene.carol])
        try await scene.fixture.submit(body, [10, 12])
        let carol = scene.carol.account
        #expect(try await scene.ledger.read { $0.nextSequence(of: carol) } == 1)
    }

    @Test("an operation acts for its own principal and spends nobody else's units")
    func ownUnits() async throws {
        let scene = try await RuleScene()
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 1))
        try await scene.expectRefusal(.insufficientUnits) {
            _ = try await scene.alice.submit([Operation(act, principal: 1)], with: [scene.bob])
        }
    }

    @Test("sixteen principals act together")
    func sixteen() async throws {
        let fixture = try await Fixture()
        let people = try await fixture.open(100..<116)
        let asset = try await fixture.makeAsset()
        try await fixture.authority(.issuer).issue(1, of: asset, to: people[0].account)
        let round = (0..<16).map { index in
            Operation(
                .transfer(Transfer(asset: asset, recipient: people[(index + 1) % 16].account, units: 1)),
                principal: index
            )
        }
        _ = try await people[0].submit(round, with: Array(people.dropFirst()))
        let first = people[0].account
        #expect(try await fixture.ledger.read { $0.holding(asset: asset, account: first).units } == 1)
    }
}
