import Testing
import Tokenize

@Suite("What encumbrances cover, and that nobody gets around them")
struct EncumbranceCoverTests {
    @Test("two freezes of all units overlap: both must be lifted")
    func twoFreezes() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let first = try await scene.encumber(target, 1_000, order: "first")
        let second = try await scene.encumber(target, 1_000, by: scene.regulator, order: "second")
        #expect(try await scene.available(scene.alice) == 0)
        try await scene.court.release(first, on: target)
        #expect(try await scene.available(scene.alice) == 0)
        try await scene.regulator.release(second, on: target)
        #expect(try await scene.available(scene.alice) == 1_000)
    }

    @Test("a freeze larger than the units covers those that arrive later, also in an empty holding")
    func futureUnits() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.bob), 300)
        try await scene.alice.transfer(200, of: scene.asset, to: scene.bob.account)
        #expect(try await scene.available(scene.bob) == 0)
        try await scene.alice.transfer(200, of: scene.asset, to: scene.bob.account)
        #expect(try await scene.available(scene.bob) == 100)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.bob.transfer(101, of: scene.asset, to: scene.carol.account)
        }
        try await scene.bob.transfer(100, of: scene.asset, to: scene.carol.account)
    }

    @Test("hold and pledge add up; a freeze overlaps them")
    func sums() async throws {
        let scene = try await RuleScene()
        try await scene.reserve(300, of: scene.alice, for: scene.bob, kind: .hold)
        try await scene.reserve(200, of: scene.alice, for: scene.carol, kind: .pledge)
        #expect(try await scene.available(scene.alice) == 500)
        try await scene.encumber(scene.target(scene.alice), 400)
        #expect(try await scene.available(scene.alice) == 500)
        try await scene.encumber(scene.target(scene.alice), 600, kind: .lien)
        #expect(try await scene.available(scene.alice) == 400)
    }

    @Test("no act of the holder, the issuer or the agents takes a frozen unit away")
    func noEscape() async throws {
        let scene = try await RuleScene()
        let (asset, alice) = (scene.asset, scene.alice)
        let cash = try await scene.fixture.makeCash()
        try await scene.fixture.ministry.transfer(100, of: cash, to: scene.bob.account)
        try await scene.encumber(scene.target(alice), 1_000)
        let agent = scene.fixture.authority(.transferAgent)
        let attempts: [() async throws -> Void] = [
            { try await alice.transfer(1, of: asset, to: scene.bob.account) },
            { try await alice.transfer(of: asset, to: [.init(recipient: scene.bob.account, units: 1)]) },
            { try await alice.sell(.init(asset: asset, units: 1), to: scene.bob, for: .init(asset: cash, units: 1)) },
            { try await scene.bob.sell(.init(asset: cash, units: 1), to: alice, for: .init(asset: asset, units: 1)) },
            { try await scene.issuer.redeem(1, of: asset, from: alice) },
            {
                let change = Reclassification(asset: asset, holder: alice.account, from: 0, to: 1, units: 1)
                try await agent.submit([.reclassify(change, under: agent.reference)])
            },
        ]
        for attempt in attempts { try await scene.expectRefusal(.unitsEncumbered, attempt) }
        try await scene.expectRefusal(.encumbranceExceedsUnits) {
            try await scene.reserve(1, of: alice, for: scene.bob)
        }
        try await alice.rotateKeys(to: KeyPolicy(try Fixture.signer(30).publicKey))
        let renewed = try Fixture.client(scene.ledger, 30, alice.account)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await renewed.transfer(1, of: asset, to: scene.bob.account)
        }
    }

    @Test("an issuer's own units and a payer's cash are frozen like anybody's")
    func officialsAreFrozenToo() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash(1_000)
        let ministry = scene.fixture.ministry
        try await scene.issuer.issue(5, of: scene.asset, to: ministry.account)
        try await scene.encumber(scene.target(ministry), 5)
        try await scene.encumber(scene.target(ministry, of: cash), 1_000)
        try await scene.expectRefusal(.unitsEncumbered) { try await scene.issuer.cancel(1, of: scene.asset) }
        let distribution = Distribution(asset: scene.asset, cash: cash, total: 1, order: Fixture.order("rent"))
        let agent = scene.fixture.authority(.payingAgent)
        try await scene.expectRefusal(.unitsEncumbered) { try await agent.distribute(distribution) }
        try await scene.encumber(.account(ministry.account))
        try await scene.expectRefusal(.accountFrozen) { try await scene.issuer.cancel(1, of: scene.asset) }
        try await scene.expectRefusal(.accountFrozen) { try await agent.distribute(distribution) }
    }

    @Test("holdings of two assets are frozen in one transaction")
    func twoAssets() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash()
        let acts = [scene.asset, cash].map { asset in
            let freeze = Encumbering(
                target: scene.target(scene.alice, of: asset),
                kind: .freeze,
                amount: 10,
                rank: 1,
                lastDate: Fixture.firstDate,
                order: Fixture.order("order")
            )
            return Act.encumber(freeze, under: scene.court.reference)
        }
        let receipt = try await scene.court.submit(acts)
        #expect(receipt.effectCount == 2)
        #expect(try await scene.available(scene.alice) == 990)
    }

    @Test("a freeze within a transaction binds the operations after it")
    func sameTransaction() async throws {
        let scene = try await RuleScene()
        let encumbering = Encumbering(
            target: scene.target(scene.alice),
            kind: .freeze,
            amount: 1_000,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: Fixture.order("order")
        )
        let transfer = Act.transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, units: 1))
        let freeze = Operation(.encumber(encumbering, under: AuthorityReference(.court)))
        try await scene.expectRefusal(.unitsEncumbered) {
            _ = try await scene.fixture.judges[0]
                .submit([freeze, Operation(transfer, principal: 2)], with: [scene.fixture.judges[1], scene.alice])
        }
        _ = try await scene.fixture.judges[0]
            .submit([Operation(transfer, principal: 2), freeze], with: [scene.fixture.judges[1], scene.alice])
    }
}
