import Testing

@testable import Tokenize

@Suite("Distributions")
struct DistributionTests {
    @Test("shares follow the units and add up to the last unit; ties go to the earlier account")
    func shares() async throws {
        let scene = try await RuleScene(units: 3)
        let cash = try await scene.fixture.makeCash(1_000)
        for client in [scene.carol, scene.bob] {
            try await scene.alice.transfer(1, of: scene.asset, to: client.account)
        }
        try await scene.distribute(cash, 101)
        #expect(try await scene.units(scene.alice, of: cash) == 34)
        #expect(try await scene.units(scene.bob, of: cash) == 34)
        #expect(try await scene.units(scene.carol, of: cash) == 33)
        try await scene.distribute(cash, 1, order: "rest")
        #expect(try await scene.units(scene.alice, of: cash) == 35)
        #expect(try await scene.units(scene.fixture.ministry, of: cash) == 898)
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("partitions of one holder are paid apart, the lower first")
    func partitions() async throws {
        let scene = try await RuleScene(units: 0)
        let cash = try await scene.fixture.makeCash(1_000)
        for partition in [5, 1] as [Partition] {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.alice.account, partition: partition)
        }
        try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        try await scene.distribute(cash, 2)
        #expect(try await scene.units(scene.alice, of: cash) == 2)
        #expect(try await scene.units(scene.bob, of: cash) == 0)
    }

    @Test("PAY-001: one reference is paid once for an asset, also after a restart")
    func alreadyPaid() async throws {
        let store = MemoryStore()
        let scene = try await RuleScene(store: store)
        let cash = try await scene.fixture.makeCash(1_000)
        let other = try await scene.fixture.makeAsset(nonce: 101)
        try await scene.issuer.issue(1, of: other, to: scene.bob.account)
        try await scene.distribute(cash, 100)
        try await scene.expectRefusal(.alreadyPaid) { try await scene.distribute(cash, 100) }
        try await scene.expectRefusal(.alreadyPaid) { try await scene.distribute(cash, 1, by: .issuer) }
        try await scene.distribute(cash, 100, of: other)
        try await scene.distribute(cash, 100, order: "rent 2027")
        try await scene.ledger.close()
        let reopened = try await scene.fixture.reopened(in: await MemoryStore(reopening: store))
        try await reopened.expectRefusal(.alreadyPaid) {
            let again = Distribution(asset: scene.asset, cash: cash, total: 1, order: Fixture.order("rent 2027"))
            try await reopened.authority(.payingAgent).distribute(again)
        }
    }

    @Test("PAY-001: not twice in one transaction either, and a refused payment may be made later")
    func alreadyPaidInOne() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash(1_000)
        let agent = scene.fixture.authority(.payingAgent)
        let distribution = Distribution(asset: scene.asset, cash: cash, total: 1, order: Fixture.order("rent 2026"))
        let act = Act.distribute(distribution, under: agent.reference)
        try await scene.expectRefusal(.alreadyPaid) { try await agent.submit([act, act]) }
        try await scene.expectRefusal(.insufficientUnits) { try await scene.distribute(cash, 1_001) }
        try await scene.distribute(cash, 1_000)
    }

    @Test("PAY-002: an asset of which nobody holds anything pays nobody")
    func nothingOutstanding() async throws {
        let scene = try await RuleScene(units: 0)
        let cash = try await scene.fixture.makeCash(1_000)
        try await scene.expectRefusal(.nothingOutstanding) { try await scene.distribute(cash, 100) }
        try await scene.issuer.issue(1, of: scene.asset, to: scene.alice.account)
        try await scene.expectRefusal(.zeroUnits) { try await scene.distribute(cash, 0) }
        try await scene.distribute(cash, 100)
        #expect(try await scene.units(scene.alice, of: cash) == 100)
    }

    @Test("PAY-004: payments are made in cash, of a bond in its own")
    func amountContradictsTerms() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash(1_000)
        let shares = try await scene.fixture.makeAsset(nonce: 101, rules: [.allowedClasses(.state)])
        try await scene.issuer.issue(100, of: shares, to: scene.fixture.ministry.account)
        try await scene.expectRefusal(.amountContradictsTerms) { try await scene.distribute(shares, 100) }
        try await scene.expectRefusal(.sameAsset) { try await scene.distribute(scene.asset, 100) }
        try await scene.distribute(cash, 100)
    }

    @Test("the payer may be a holder, and frozen holders are paid")
    func payerAndFrozen() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash(1_000)
        try await scene.alice.transfer(500, of: scene.asset, to: scene.fixture.ministry.account)
        try await scene.encumber(scene.target(scene.alice), 500)
        try await scene.encumber(.account(scene.alice.account))
        try await scene.distribute(cash, 1_000)
        #expect(try await scene.units(scene.alice, of: cash) == 500)
        #expect(try await scene.units(scene.fixture.ministry, of: cash) == 500)
    }

    @Test("shares of the largest sums do not overflow")
    func largest() {
        let total = Quantity.max
        let weights = [Quantity(UInt128.max - 2), Quantity(1 as UInt128), Quantity(1 as UInt128)]
        let shares = ProportionalShares.split(total, over: weights)
        #expect(shares == weights)
        #expect(ProportionalShares.split(.max, over: [.max]) == [.max])
        #expect(ProportionalShares.split(1, over: [.max]) == [1])
    }

    @Test("shares are the largest-remainder split, for random sums and weights", arguments: SeededRandom.seeds(20))
    func property(seed: UInt64) {
        var random = SeededRandom(seed)
        let count = Int.random(in: 1...40, using: &random)
        let weights = (0..<count).map { _ in Quantity(UInt128.random(in: 1...1_000, using: &random)) }
        let total = UInt128.random(in: 0...5_000, using: &random)
        let shares = ProportionalShares.split(Quantity(total), over: weights)
        let sum = weights.reduce(0) { $0 + $1.units }
        #expect(shares.reduce(0) { $0 + $1.units } == total, "seed \(seed)")
        // Written down again, the slow way: whole parts, then one unit each by remainder and index.
        var expected = weights.map { $0.units * total / sum }
        let order = weights.indices.sorted {
            let (left, right) = (weights[$0].units * total % sum, weights[$1].units * total % sum)
            return left != right ? left > right : $0 < $1
        }
        let left = Int(total - expected.reduce(0, +))
        for index in order.prefix(left) { expected[index] += 1 }
        #expect(shares.map { $0.units } == expected, "seed \(seed)")
    }
}

extension RuleScene {
    fileprivate func distribute(
        _ cash: AssetID,
        _ total: Quantity,
        order: String = "rent 2026",
        of other: AssetID? = nil,
        by role: Role = .payingAgent
    ) async throws {
        let distribution = Distribution(
            asset: other ?? asset,
            cash: cash,
            total: total,
            order: Fixture.order(order)
        )
        try await fixture.authority(role).distribute(distribution)
    }
}
