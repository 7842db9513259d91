import Testing
import Tokenize

@Suite("Delivery versus payment")
struct SettlementTests {
    private struct Market {
        let scene: RuleScene
        let cash: AssetID

        init(rules: [HoldingRule] = []) async throws {
            scene = try await RuleScene(rules: rules)
            cash = try await scene.fixture.makeCash(10_000)
            for buyer in [scene.bob, scene.foreigner] {
                try await scene.fixture.ministry.transfer(500, of: cash, to: buyer.account)
            }
        }

        func sell(_ units: Quantity, for price: Quantity, to buyer: LedgerClient? = nil) async throws {
            try await scene.alice.sell(
                .init(asset: scene.asset, units: units),
                to: buyer ?? scene.bob,
                for: .init(asset: cash, units: price)
            )
        }
    }

    @Test("both sides move, or neither")
    func atomic() async throws {
        let market = try await Market()
        let scene = market.scene
        try await scene.expectRefusal(.insufficientUnits) { try await market.sell(10, for: 501) }
        try await scene.expectRefusal(.insufficientUnits) { try await market.sell(1_001, for: 500) }
        try await scene.expectRefusal(.zeroUnits) { try await market.sell(0, for: 500) }
        try await scene.expectRefusal(.zeroUnits) { try await market.sell(10, for: 0) }
        try await market.sell(1_000, for: 500)
        #expect(try await scene.units(scene.bob) == 1_000)
        #expect(try await scene.units(scene.alice, of: market.cash) == 500)
        #expect(try await scene.units(scene.bob, of: market.cash) == 0)
    }

    @Test("a frozen side, or frozen cash, stops it")
    func frozen() async throws {
        let market = try await Market()
        let scene = market.scene
        for client in [scene.alice, scene.bob] {
            let target = EncumbranceTarget.account(client.account)
            let freeze = try await scene.encumber(target)
            try await scene.expectRefusal(.accountFrozen) { try await market.sell(10, for: 100) }
            try await scene.court.release(freeze, on: target)
        }
        try await scene.encumber(scene.target(scene.bob, of: market.cash), 401)
        try await scene.expectRefusal(.unitsEncumbered) { try await market.sell(10, for: 100) }
        try await market.sell(10, for: 99)
    }

    @Test("STL-001: the buyer is another principal, who signs")
    func buyerIsSeller() async throws {
        let market = try await Market()
        let scene = market.scene
        func operation(buyer: Int, by principal: Int = 0) -> Operation {
            let settlement = Settlement(
                buyer: buyer,
                delivery: .init(asset: scene.asset, units: 1),
                payment: .init(asset: market.cash, units: 1)
            )
            return Operation(.settle(settlement), principal: principal)
        }
        try await scene.expectRefusal(.buyerIsSeller) {
            _ = try await scene.alice.submit([operation(buyer: 0)], with: [scene.bob])
        }
        try await scene.expectRefusal(.buyerIsSeller) {
            _ = try await scene.alice.submit([operation(buyer: 2)], with: [scene.bob])
        }
        try await scene.expectRefusal(.thresholdNotReached) {
            let body = try await scene.fixture.body([operation(buyer: 1)], [scene.alice, scene.bob])
            try await scene.fixture.submit(body, [10])
        }
        _ = try await scene.bob.submit([operation(buyer: 0, by: 1)], with: [scene.alice])
    }

    @Test("STL-002: units are not paid for with the same asset")
    func sameAsset() async throws {
        let market = try await Market()
        let scene = market.scene
        try await scene.expectRefusal(.sameAsset) {
            try await scene.alice.sell(
                .init(asset: scene.asset, units: 1),
                to: scene.bob,
                for: .init(asset: scene.asset, partition: 1, units: 1)
            )
        }
        try await market.sell(1, for: 1)
    }

    @Test("holding rules hold for the buyer")
    func holdingRules() async throws {
        let market = try await Market(rules: [.allowedClasses([.citizen, .state])])
        try await market.scene.expectRefusal(.classNotAllowed) {
            try await market.sell(1, for: 1, to: market.scene.foreigner)
        }
        try await market.sell(1, for: 1)
    }
}
