import Testing
import Tokenize

@Suite("Pause of an asset")
struct PauseTests {
    @Test("TRF-004: while a pause stands nothing moves but by order; afterwards everything does")
    func pause() async throws {
        let scene = try await RuleScene()
        let asset = scene.asset
        let pause = try await scene.encumber(.asset(asset), rank: 5, by: scene.regulator)
        try await scene.expectRefusal(.assetPaused) {
            try await scene.alice.transfer(1, of: asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetPaused) {
            try await scene.alice.transfer(of: asset, to: [.init(recipient: scene.bob.account, units: 1)])
        }
        try await scene.expectRefusal(.assetPaused) {
            try await scene.issuer.issue(1, of: asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetPaused) { try await scene.issuer.redeem(1, of: asset, from: scene.alice) }
        try await scene.expectRefusal(.assetPaused) { try await scene.issuer.cancel(1, of: asset) }
        try await scene.expectRefusal(.assetPaused) {
            let change = Reclassification(asset: asset, holder: scene.alice.account, from: 0, to: 1, units: 1)
            let agent = scene.fixture.authority(.transferAgent)
            try await agent.submit([.reclassify(change, under: agent.reference)])
        }
        try await scene.force(10, from: scene.alice, to: scene.bob, rank: 4)
        try await scene.regulator.release(pause, on: .asset(asset))
        try await scene.alice.transfer(1, of: asset, to: scene.bob.account)
    }

    @Test("a pause of the payment stops a settlement")
    func paymentPaused() async throws {
        let scene = try await RuleScene()
        let cash = try await scene.fixture.makeCash()
        try await scene.fixture.ministry.transfer(100, of: cash, to: scene.bob.account)
        let pause = try await scene.encumber(.asset(cash))
        let delivery = Settlement.Side(asset: scene.asset, units: 10)
        let payment = Settlement.Side(asset: cash, units: 100)
        try await scene.expectRefusal(.assetPaused) {
            try await scene.alice.sell(delivery, to: scene.bob, for: payment)
        }
        try await scene.court.release(pause, on: .asset(cash))
        try await scene.alice.sell(delivery, to: scene.bob, for: payment)
    }

    @Test("a pause lapses after its last date")
    func lapses() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(.asset(scene.asset), until: Fixture.date(2026, 1, 6))
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.assetPaused) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.pass(days: 1)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
    }
}
