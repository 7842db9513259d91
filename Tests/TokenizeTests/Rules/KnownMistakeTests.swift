import Testing

@testable import Tokenize

/// What control layers of other ledgers are known to get wrong, each with a name.
@Suite("Mistakes that are known from elsewhere")
struct KnownMistakeTests {
    @Test("a court order is not blocked by a cap on what the recipient's class may hold")
    func courtOrderBlockedByABalanceCap() async throws {
        let cap = HoldingRule.classShareLimit([.foreignPerson], numerator: 1, denominator: 100)
        let scene = try await RuleScene(rules: [cap, .allowedClasses([.citizen])])
        try await scene.expectRefusal(.classShareExceeded) {
            try await scene.alice.transfer(500, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.force(500, from: scene.alice, to: scene.foreigner)
        #expect(try await scene.units(scene.foreigner) == 500)
    }

    @Test("a forced transfer to oneself does not drain the freeze under which it is ordered")
    func forcedSelfTransferDrainsAFreeze() async throws {
        let scene = try await RuleScene()
        let freeze = try await scene.encumber(scene.target(scene.alice), 400)
        try await scene.expectRefusal(.selfTransfer) {
            try await scene.force(400, from: scene.alice, to: scene.alice, executing: freeze)
        }
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.amount } == [400])
        #expect(try await scene.available(scene.alice) == 600)
    }

    @Test("burning units does not unfreeze the rest")
    func burnThatUnfreezes() async throws {
        let scene = try await RuleScene()
        let first = try await scene.encumber(scene.target(scene.alice), 800, rank: 3, by: scene.regulator)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.issuer.redeem(201, of: scene.asset, from: scene.alice)
        }
        try await scene.issuer.redeem(200, of: scene.asset, from: scene.alice)
        try await scene.court.control(.forceRedeem(scene.taking(300)))
        let left = try await scene.holding(scene.alice)
        #expect(left.units == 500)
        #expect(left.encumbrances.map { $0.id } == [first])
        #expect(left.encumbrances.map { $0.amount } == [800])
        #expect(left.available == 0)
        try await scene.issuer.issue(200, of: scene.asset, to: scene.alice.account)
        #expect(try await scene.available(scene.alice) == 0)
    }

    @Test("releasing a hold restores what was available before it, in parts and as a whole")
    func holdReleaseThatDoesNotRestore() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 100)
        let before = try await scene.holding(scene.alice)
        let hold = try await scene.reserve(600, of: scene.alice, for: scene.bob)
        #expect(try await scene.available(scene.alice) == 400)
        let target = scene.target(scene.alice)
        for amount in [250, nil] as [Quantity?] {
            let release = Release(target: target, encumbrance: hold, amount: amount)
            _ = try await scene.bob.submit([Operation(.release(release, under: nil))])
        }
        #expect(try await scene.holding(scene.alice) == before)
    }

    @Test("one authority's order takes nothing off another's, whichever goes first")
    func orderThatEatsAnother() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let court = try await scene.encumber(target, 300, rank: 1, order: "court")
        let regulator = try await scene.encumber(target, 300, rank: 1, by: scene.regulator, order: "regulator")
        try await scene.force(300, from: scene.alice, to: scene.bob, order: "court", executing: court)
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.id } == [regulator])
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.amount } == [300])
        #expect(try await scene.available(scene.alice) == 400)
        try await scene.expectRefusal(.notOwner) { try await scene.court.release(regulator, on: target) }
    }
}
