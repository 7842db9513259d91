import Testing
import Tokenize

@Suite("Partitions of a holding")
struct PartitionTests {
    private func reclassify(
        _ scene: RuleScene,
        _ units: Quantity,
        from source: Partition = 0,
        to destination: Partition = 1,
        of holder: AccountID? = nil
    ) async throws {
        let agent = scene.fixture.authority(.transferAgent)
        let change = Reclassification(
            asset: scene.asset,
            holder: holder ?? scene.alice.account,
            from: source,
            to: destination,
            units: units
        )
        try await agent.submit([.reclassify(change, under: agent.reference)])
    }

    @Test("units of one partition are not those of another")
    func separate() async throws {
        let scene = try await RuleScene()
        try await reclassify(scene, 400)
        #expect(try await scene.units(scene.alice) == 600)
        #expect(try await scene.units(scene.alice, partition: 1) == 400)
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.alice.transfer(401, of: scene.asset, to: scene.bob.account, partition: 1)
        }
        try await scene.alice.transfer(400, of: scene.asset, to: scene.bob.account, partition: 1)
        #expect(try await scene.units(scene.bob) == 0)
        #expect(try await scene.units(scene.bob, partition: 1) == 400)
        try await scene.issuer.issue(5, of: scene.asset, to: scene.bob.account, partition: Partition(.max))
        try await scene.issuer.redeem(5, of: scene.asset, from: scene.bob, partition: Partition(.max))
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("TRF-008: from one partition to another, available units, at least one, of a known account")
    func samePartition() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.samePartition) { try await reclassify(scene, 1, to: 0) }
        try await scene.expectRefusal(.zeroUnits) { try await reclassify(scene, 0) }
        try await scene.expectRefusal(.insufficientUnits) { try await reclassify(scene, 1_001) }
        try await scene.expectRefusal(.unknownAccount) {
            try await reclassify(scene, 1, of: AccountID(digest: Fixture.digest(99)))
        }
        try await scene.encumber(scene.target(scene.alice), 1)
        try await scene.expectRefusal(.unitsEncumbered) { try await reclassify(scene, 1_000) }
        try await reclassify(scene, 999)
    }

    @Test("a frozen account's units stay in their partition")
    func frozen() async throws {
        let scene = try await RuleScene()
        let target = EncumbranceTarget.account(scene.alice.account)
        let freeze = try await scene.encumber(target)
        try await scene.expectRefusal(.accountFrozen) { try await reclassify(scene, 1) }
        try await scene.court.release(freeze, on: target)
        try await reclassify(scene, 1)
    }

    @Test("a freeze weighs on its partition alone")
    func freezeOfOnePartition() async throws {
        let scene = try await RuleScene()
        try await reclassify(scene, 400)
        try await scene.encumber(scene.target(scene.alice, partition: 1), 400)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account, partition: 1)
        }
        try await scene.alice.transfer(600, of: scene.asset, to: scene.bob.account)
    }
}
