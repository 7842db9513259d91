import Testing
import Tokenize

@Suite("Cancelling a sequence")
struct CancellationTests {
    @Test("a cancelled sequence makes a signed transaction unusable for ever")
    func cancelled() async throws {
        let scene = try await RuleScene()
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        let body = try await scene.fixture.body([Operation(act)], [scene.alice], ahead: 2)
        try await scene.alice.cancel(sequence: 2, lastValidDate: Fixture.firstDate)
        try await scene.expectRefusal(.sequenceUsed) { try await scene.fixture.submit(body, [10]) }
        let signed = try scene.fixture.sign(body, [10])
        #expect(try await scene.ledger.receipt(of: signed.id) == nil)
        let neighbour = try await scene.fixture.body([Operation(act)], [scene.alice], ahead: 1)
        try await scene.fixture.submit(neighbour, [10])
        #expect(try await scene.units(scene.bob) == 1)
    }

    @Test("one of several principals can withdraw alone")
    func ofSeveral() async throws {
        let scene = try await RuleScene()
        let act = Act.transfer(Transfer(asset: scene.asset, recipient: scene.carol.account, units: 1))
        let body = try await scene.fixture.body([Operation(act)], [scene.alice, scene.bob])
        try await scene.bob.cancel(sequence: body.principals[1].sequence, lastValidDate: Fixture.firstDate)
        try await scene.expectRefusal(.sequenceUsed) { try await scene.fixture.submit(body, [10, 11]) }
    }

    @Test("a committed transaction cannot be cancelled, and a frozen account can cancel")
    func limits() async throws {
        let scene = try await RuleScene()
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.sequenceUsed) {
            try await scene.alice.cancel(sequence: 0, lastValidDate: Fixture.firstDate)
        }
        try await scene.encumber(.account(scene.alice.account))
        try await scene.alice.cancel(sequence: 1, lastValidDate: Fixture.firstDate)
    }
}
