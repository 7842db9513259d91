import Testing

@testable import Tokenize

/// 14.3.2: which movements a rulebook is asked about, and which it is not.
@Suite("What a rulebook is asked about")
struct RuledMovementTests {
    private func paid(_ scene: RulebookScene) async throws {
        for client in [scene.alice, scene.bob] {
            try await scene.fixture.ministry.transfer(100, of: scene.kip, to: client.account)
        }
    }

    /// Alice sells to Bob, or the units are what she pays with.
    private func settle(_ units: Quantity, _ scene: RulebookScene, isPayment: Bool) async throws {
        let asset = Settlement.Side(asset: scene.asset, units: units)
        let cash = Settlement.Side(asset: scene.kip, units: 1)
        let settlement = Settlement(buyer: 1, delivery: isPayment ? cash : asset, payment: isPayment ? asset : cash)
        let (seller, buyer) = isPayment ? (scene.bob, scene.alice) : (scene.alice, scene.bob)
        _ = try await seller.submit([Operation(.settle(settlement))], with: [buyer])
    }

    @Test("settlement: each side that moves, delivered or paid with", arguments: [false, true])
    func settlement(isPayment: Bool) async throws {
        let scene = try await RulebookScene([.balanceMax(100), .lot(10)])
        try await paid(scene)
        try await scene.expectRefusal(.balanceExceeded) { try await settle(110, scene, isPayment: isPayment) }
        try await scene.expectRefusal(.notWholeLots) { try await settle(15, scene, isPayment: isPayment) }
        #expect(try await scene.units(scene.bob) == 0)
        try await settle(100, scene, isPayment: isPayment)
        #expect(try await scene.units(scene.bob) == 100)
    }

    @Test("an order is stopped by no rule, and nothing of it fills a window; what it moved counts in what is held")
    func forcedTransfer() async throws {
        let scene = try await RulebookScene([
            .balanceMax(100), .volume(days: 5, 60), .holdingPeriod(days: 5), .memo, .nonTransferable,
        ])
        try await scene.force(300, from: scene.alice, to: scene.bob)
        #expect(try await scene.units(scene.bob) == 300)
        try await scene.lay([.balanceMax(310), .volume(days: 5, 60), .holdingPeriod(days: 5)])
        // What the order took fills nobody's window, and what it brought is held by nobody too short.
        try await scene.move(60, from: scene.bob, to: scene.carol)
        try await scene.expectRefusal(.balanceExceeded) { try await scene.move(71, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.volumeExceeded) { try await scene.move(61, from: scene.alice, to: scene.bob) }
        try await scene.move(60, from: scene.alice, to: scene.bob)
    }

    @Test("seizure and forced redemption are stopped by no rule either")
    func takings() async throws {
        let scene = try await RulebookScene([.balanceMax(100), .remainderMin(900), .lot(1_000), .nonTransferable])
        let court = scene.fixture.authority(.court)
        try await court.control(.nameCustody(scene.fixture.ministry.account))
        func taking(_ units: Quantity, _ order: String) -> Taking {
            Taking(
                asset: scene.asset,
                from: scene.alice.account,
                partition: 0,
                units: units,
                rank: 1,
                lastDate: RulebookScene.far,
                order: Fixture.order(order),
                executing: nil
            )
        }
        try await court.control(.seize(taking(150, "seize")))
        try await court.control(.forceRedeem(taking(7, "redeem")))
        #expect(try await scene.units(scene.alice) == 843)
        #expect(try await scene.units(scene.fixture.ministry) == 150)
    }

    @Test("a holder who redeems is asked what stays, and nothing else")
    func redemption() async throws {
        let scene = try await RulebookScene([.remainderMin(100), .lot(1_000), .memo, .nonTransferable])
        func redeem(_ units: Quantity) async throws {
            let redemption = Redemption(asset: scene.asset, holder: 1, units: units)
            let act = Act.redeem(redemption, under: scene.issuer.reference)
            _ = try await scene.fixture.ministry.submit([Operation(act)], with: [scene.alice])
        }
        try await scene.expectRefusal(.remainderTooSmall) { try await redeem(901) }
        try await redeem(900)
        try await redeem(100)
    }
}

/// A bond under a rulebook that is sold and bought back.
@Suite("What a rulebook is asked about when a bond is sold and bought back")
struct RuledSaleTests {
    /// Alice holds 600 units, and has cash.
    private func ruled(_ rules: [Rule]) async throws -> ServicingScene {
        let one = try await ServicingScene(units: [600, 300])
        let book = Rulebook(rules: rules).canonicalBytes
        let setting = RulebookSetting(asset: one.bond, version: 1, rulebook: book)
        try await one.scene.issuer.regulate(.setRulebook(setting))
        try await one.scene.fixture.ministry.transfer(1_000_000, of: one.cash, to: one.alice.account)
        return one
    }

    @Test("subscription: whoever gets the units; what asks of a giver is not asked of the issuer")
    func subscription() async throws {
        let one = try await ruled([.balanceMax(615), .lot(1_000), .nonTransferable])
        let issuer = one.scene.issuer
        try await one.expectRefusal(.balanceExceeded) {
            try await issuer.subscribe(20, of: one.bond, to: one.alice, at: .price(.hundred))
        }
        try await issuer.subscribe(15, of: one.bond, to: one.alice, at: .price(.hundred))
        #expect(try await one.scene.units(one.alice, of: one.bond) == 615)
    }

    @Test("buyback: what stays with the seller; the units go out of being, and to nobody")
    func buyBack() async throws {
        let one = try await ruled([.remainderMin(500), .lot(1_000), .balanceMax(1), .nonTransferable])
        let issuer = one.scene.issuer
        try await one.expectRefusal(.remainderTooSmall) {
            try await issuer.buyBack(102, of: one.bond, from: one.alice, at: .price(.hundred))
        }
        try await issuer.buyBack(100, of: one.bond, from: one.alice, at: .price(.hundred))
        #expect(try await one.scene.units(one.alice, of: one.bond) == 500)
    }

    @Test("the cash of a sale moves as any cash does: under its own rulebook")
    func ruledCash() async throws {
        let one = try await ruled([])
        let book = Rulebook(rules: [.transferMin(20_000)]).canonicalBytes
        try await one.scene.issuer.regulate(.setRulebook(RulebookSetting(asset: one.cash, version: 1, rulebook: book)))
        let issuer = one.scene.issuer
        try await one.expectRefusal(.transferTooSmall) {
            try await issuer.subscribe(15, of: one.bond, to: one.alice, at: .price(.hundred))
        }
        try await issuer.subscribe(20, of: one.bond, to: one.alice, at: .price(.hundred))
        try await one.expectRefusal(.transferTooSmall) {
            try await issuer.buyBack(10, of: one.bond, from: one.alice, at: .price(.hundred))
        }
    }
}
