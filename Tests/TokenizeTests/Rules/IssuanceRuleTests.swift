import Testing
import Tokenize

@Suite("Issue, redemption and cancellation")
struct IssuanceRuleTests {
    @Test("ISS-001: the cap is reached exactly and never passed, nor given back by redemption")
    func capExceeded() async throws {
        let scene = try await RuleScene(cap: 1_500)
        try await scene.expectRefusal(.capExceeded) {
            try await scene.issuer.issue(501, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.capExceeded) {
            try await scene.issuer.issue(.max, of: scene.asset, to: scene.bob.account)
        }
        try await scene.issuer.issue(500, of: scene.asset, to: scene.bob.account)
        try await scene.issuer.redeem(500, of: scene.asset, from: scene.bob)
        try await scene.expectRefusal(.capExceeded) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        let asset = scene.asset
        let record = try #require(try await scene.ledger.read { $0.asset(asset) })
        #expect(record.issued == 1_500)
        #expect(record.redeemed == 500)
        #expect(record.outstanding == 1_000)
    }

    @Test("units are issued to an account that exists, at least one")
    func forms() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.zeroUnits) {
            try await scene.issuer.issue(0, of: scene.asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.unknownAccount) {
            try await scene.issuer.issue(1, of: scene.asset, to: AccountID(digest: Fixture.digest(99)))
        }
        try await scene.expectRefusal(.unknownAsset) {
            try await scene.issuer.issue(1, of: AssetID(digest: Fixture.digest(98)), to: scene.bob.account)
        }
        try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("RDM-001: a holder's units are redeemed with its signature")
    func holderIsNotPrincipal() async throws {
        let scene = try await RuleScene()
        func operation(holder: Int) -> Operation {
            Operation(
                .redeem(
                    Redemption(asset: scene.asset, holder: holder, units: 1),
                    under: AuthorityReference(.issuer)
                )
            )
        }
        try await scene.expectRefusal(.holderIsNotPrincipal) {
            _ = try await scene.fixture.ministry.submit([operation(holder: 1)])
        }
        try await scene.expectRefusal(.thresholdNotReached) {
            let body = try await scene.fixture.body([operation(holder: 1)], [scene.fixture.ministry, scene.alice])
            try await scene.fixture.submit(body, [0])
        }
        _ = try await scene.fixture.ministry.submit([operation(holder: 1)], with: [scene.alice])
        #expect(try await scene.units(scene.alice) == 999)
    }

    @Test("redemption against payment is one transaction; available units only")
    func redemptionAgainstPayment() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash(1_000)
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.issuer.redeem(
                1_000,
                of: scene.asset,
                from: scene.alice,
                paying: .init(asset: cash, units: 1_001)
            )
        }
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.issuer.redeem(1_001, of: scene.asset, from: scene.alice)
        }
        try await scene.encumber(scene.target(scene.alice), 1)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.issuer.redeem(1_000, of: scene.asset, from: scene.alice)
        }
        try await scene.issuer.redeem(999, of: scene.asset, from: scene.alice, paying: .init(asset: cash, units: 1_000))
        #expect(try await scene.units(scene.alice, of: cash) == 1_000)
        #expect(try await scene.units(scene.alice) == 1)
    }

    @Test("a frozen account's units are not redeemed")
    func frozenHolder() async throws {
        let scene = try await RuleScene()
        let target = EncumbranceTarget.account(scene.alice.account)
        let freeze = try await scene.encumber(target)
        try await scene.expectRefusal(.accountFrozen) {
            try await scene.issuer.redeem(1, of: scene.asset, from: scene.alice)
        }
        try await scene.court.release(freeze, on: target)
        try await scene.issuer.redeem(1, of: scene.asset, from: scene.alice)
    }

    @Test("an issuer cancels what it holds itself, and nobody else's units")
    func cancellation() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.insufficientUnits) { try await scene.issuer.cancel(1, of: scene.asset) }
        try await scene.issuer.issue(10, of: scene.asset, to: scene.fixture.ministry.account)
        try await scene.expectRefusal(.insufficientUnits) { try await scene.issuer.cancel(11, of: scene.asset) }
        try await scene.expectRefusal(.zeroUnits) { try await scene.issuer.cancel(0, of: scene.asset) }
        try await scene.issuer.cancel(10, of: scene.asset)
        #expect(try await scene.units(scene.alice) == 1_000)
    }
}
