@testable import Tokenize

/// Ministry (registrar) and court file the recovery of Alice's account for key 60; a second court hears objections.
struct RecoveryScene {
    let timed: TimedScene
    let secondCourt: AuthorityClient
    let newPolicy: KeyPolicy

    var scene: RuleScene { timed.scene }
    var account: AccountID { scene.alice.account }
    var registrar: AuthorityReference { AuthorityReference(.registrar) }

    init(store: any LedgerStore = MemoryStore(), units: Quantity = 1_000) async throws {
        timed = try await TimedScene(store: store, units: units)
        secondCourt = try await timed.scene.appoint(.court, number: 1, [timed.scene.carol])
        newPolicy = KeyPolicy(try Fixture.signer(60).publicKey)
    }

    func filing(with second: AuthorityReference? = nil) -> Act {
        let filing = RecoveryFiling(account: account, policy: newPolicy, with: second ?? scene.court.reference)
        return .control(.fileRecovery(filing), under: registrar)
    }

    func file() async throws {
        _ = try await scene.fixture.ministry.submit([Operation(filing())], with: scene.fixture.judges)
    }

    func execute() async throws { try await scene.fixture.authority(.registrar).control(.executeRecovery(account)) }

    func decide(_ isAllowed: Bool, by court: AuthorityClient? = nil) async throws {
        let order = Fixture.order("recovery")
        let decision = RecoveryDecision(account: account, isAllowed: isAllowed, order: order)
        try await (court ?? secondCourt).control(.decideRecovery(decision))
    }

    func renewed() throws -> LedgerClient { try Fixture.client(scene.ledger, 60, account) }
}
