import Testing

@testable import Tokenize

@Suite("RBK-020 to RBK-026: how much is held, and by how many")
struct QuantityRuleTests {
    @Test("RBK-020: a person's accounts count together, and between them nothing is capped")
    func balance() async throws {
        let scene = try await RulebookScene([.balanceMax(1_000)])
        try await scene.move(400, from: scene.alice, to: scene.aliceToo)
        try await scene.issuer.issue(1_000, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.balanceExceeded) {
            try await scene.move(1, from: scene.bob, to: scene.aliceToo)
        }
        try await scene.expectRefusal(.balanceExceeded) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.alice.account)
        }
        try await scene.move(100, from: scene.alice, to: scene.carol)
        try await scene.move(100, from: scene.bob, to: scene.aliceToo)
    }

    @Test("RBK-020: earlier legs and operations of a transaction count")
    func balanceOfBatches() async throws {
        let scene = try await RulebookScene([.balanceMax(1_000)])
        let (bob, foreigner) = (scene.bob, scene.foreigner)
        try await scene.issuer.issue(900, of: scene.asset, to: bob.account)
        try await scene.issuer.issue(1_000, of: scene.asset, to: foreigner.account)
        let legs = [60, 60].map { BatchTransfer.Leg(recipient: bob.account, units: Quantity($0)) }
        let batch = BatchTransfer(asset: scene.asset, partition: 0, legs: legs)
        try await scene.expectRefusal(.balanceExceeded) {
            _ = try await foreigner.submit([Operation(.batchTransfer(batch))])
        }
        let give = Transfer(asset: scene.asset, recipient: scene.carol.account, partition: 0, units: 200)
        let get = Transfer(asset: scene.asset, recipient: bob.account, partition: 0, units: 300)
        let (giving, getting) = (Operation(.transfer(give)), Operation(.transfer(get), principal: 1))
        try await scene.expectRefusal(.balanceExceeded) {
            _ = try await bob.submit([getting, giving], with: [foreigner])
        }
        _ = try await bob.submit([giving, getting], with: [foreigner])
        #expect(try await scene.units(bob) == 1_000)
    }

    @Test("RBK-021: who gives keeps enough, or nothing")
    func remainder() async throws {
        let scene = try await RulebookScene([.remainderMin(100)])
        try await scene.expectRefusal(.remainderTooSmall) {
            try await scene.move(901, from: scene.alice, to: scene.bob)
        }
        // Between own accounts nothing is asked, and both together are what is left.
        try await scene.move(950, from: scene.alice, to: scene.aliceToo)
        try await scene.move(700, from: scene.aliceToo, to: scene.bob)
        try await scene.expectRefusal(.remainderTooSmall) {
            try await scene.move(250, from: scene.aliceToo, to: scene.bob)
        }
        try await scene.move(50, from: scene.alice, to: scene.aliceToo)
        try await scene.move(300, from: scene.aliceToo, to: scene.bob)
    }

    @Test("RBK-021: who redeems keeps enough, or nothing; an order and a payment leave what they leave")
    func remainderOfRedemption() async throws {
        let scene = try await RulebookScene([.remainderMin(100)])
        try await scene.expectRefusal(.remainderTooSmall) {
            try await scene.issuer.redeem(901, of: scene.asset, from: scene.alice)
        }
        try await scene.issuer.redeem(100, of: scene.asset, from: scene.alice)
        // Both accounts of the person are what is left.
        try await scene.move(850, from: scene.alice, to: scene.aliceToo)
        try await scene.issuer.redeem(50, of: scene.asset, from: scene.alice)
        try await scene.expectRefusal(.remainderTooSmall) {
            try await scene.issuer.redeem(751, of: scene.asset, from: scene.aliceToo)
        }
        let redemption = Act.redeem(
            Redemption(asset: scene.asset, holder: 1, partition: 0, units: 800),
            under: AuthorityReference(.issuer)
        )
        let body = try await scene.fixture.body(
            [Tokenize.Operation(redemption)],
            [scene.fixture.ministry, scene.aliceToo]
        )
        let explanation = try await scene.ledger.read { $0.explanation(ofDraft: body) }
        #expect(explanation.finding(.remainderTooSmall)?.remedy == .amountThatFits(750))
        // By order it goes below.
        try await scene.force(60, from: scene.aliceToo, to: scene.bob)
        try await scene.force(700, from: scene.aliceToo, to: scene.bob)
        #expect(try await scene.units(scene.aliceToo) == 90)
        try await scene.issuer.redeem(90, of: scene.asset, from: scene.aliceToo)
        #expect(try await scene.units(scene.aliceToo) == 0)
    }

    @Test("RBK-022: a person's part of the supply")
    func partyShare() async throws {
        let scene = try await RulebookScene([.partyShareMax(numerator: 1, denominator: 3)])
        try await scene.expectRefusal(.partyShareExceeded) {
            try await scene.move(334, from: scene.alice, to: scene.bob)
        }
        try await scene.move(333, from: scene.alice, to: scene.bob)
        // 333 and 1 of 1,001: above a third.
        try await scene.expectRefusal(.partyShareExceeded) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.issuer.issue(3, of: scene.asset, to: scene.carol.account)
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-023: classes keep their part, in transfer, issue and redemption")
    func classShare() async throws {
        let scene = try await RulebookScene([.classShareMin(.citizen, numerator: 51, denominator: 100)])
        try await scene.expectRefusal(.classShareTooSmall) {
            try await scene.move(491, from: scene.alice, to: scene.foreigner)
        }
        try await scene.move(490, from: scene.alice, to: scene.foreigner)
        try await scene.expectRefusal(.classShareTooSmall) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.expectRefusal(.classShareTooSmall) {
            try await scene.issuer.redeem(3, of: scene.asset, from: scene.alice)
        }
        try await scene.issuer.redeem(5, of: scene.asset, from: scene.foreigner)
        try await scene.move(10, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-024: persons are counted, not accounts; the count never drifts")
    func holderCount() async throws {
        let scene = try await RulebookScene([.holderCountMax(2)])
        func count() async throws -> UInt64? {
            let asset = scene.asset
            return try await scene.ledger.read { $0.holderCount(of: asset) }
        }
        #expect(try await count() == 1)
        try await scene.move(100, from: scene.alice, to: scene.aliceToo)
        #expect(try await count() == 1)
        try await scene.move(100, from: scene.alice, to: scene.bob)
        #expect(try await count() == 2)
        try await scene.expectRefusal(.tooManyHolders) { try await scene.move(1, from: scene.alice, to: scene.carol) }
        // Who gives all makes room in the same movement; a person with another account does not.
        try await scene.expectRefusal(.tooManyHolders) {
            try await scene.move(100, from: scene.aliceToo, to: scene.carol)
        }
        try await scene.move(100, from: scene.bob, to: scene.carol)
        #expect(try await count() == 2)
        try await scene.force(50, from: scene.carol, to: scene.bob)
        #expect(try await count() == 3)
        try await scene.issuer.redeem(50, of: scene.asset, from: scene.bob)
        #expect(try await count() == 2)
        try await scene.registrar.regulate(
            .joinParties(PartyJoin(RulebookScene.carolParty, to: RulebookScene.aliceParty))
        )
        #expect(try await count() == 1)
        try await scene.move(1, from: scene.carol, to: scene.bob)
        #expect(try await count() == 2)
    }

    @Test("RBK-025: holders of some classes")
    func classHolderCount() async throws {
        let scene = try await RulebookScene([.classHolderCountMax(.foreign, 0), .classHolderCountMax(.citizen, 2)])
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.tooManyHoldersOfClass) {
            try await scene.move(1, from: scene.alice, to: scene.foreigner)
        }
        try await scene.expectRefusal(.tooManyHoldersOfClass) {
            try await scene.move(1, from: scene.alice, to: scene.carol)
        }
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-026: units outstanding, so that redemption makes room")
    func supply() async throws {
        let scene = try await RulebookScene([.supplyMax(1_100)])
        try await scene.expectRefusal(.supplyExceeded) {
            try await scene.issuer.issue(101, of: scene.asset, to: scene.bob.account)
        }
        try await scene.issuer.issue(100, of: scene.asset, to: scene.bob.account)
        try await scene.expectRefusal(.supplyExceeded) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.issuer.redeem(1, of: scene.asset, from: scene.bob)
        try await scene.issuer.issue(1, of: scene.asset, to: scene.bob.account)
    }

    @Test("HLD-001, HLD-002: holding rules stand in a rulebook as in a charter")
    func holdingRules() async throws {
        let foreignCap = HoldingRule.classShareLimit(.foreign, numerator: 1, denominator: 10)
        let scene = try await RulebookScene([.holding(foreignCap)])
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.move(101, from: scene.alice, to: scene.foreigner)
        }
        try await scene.move(100, from: scene.alice, to: scene.foreigner)
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.issuer.redeem(10, of: scene.asset, from: scene.alice)
        }
        try await scene.lay([.holding(.allowedClasses(.citizen))])
        try await scene.expectRefusal(.classNotAllowed) {
            try await scene.move(1, from: scene.alice, to: scene.foreigner)
        }
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }
}
