import Testing

@testable import Tokenize

@Suite("Coercive orders")
struct CoerciveOrderTests {
    @Test("a coercive act without a legal basis does not decode, and a contract with one does not either")
    func noOrderNoAct() async throws {
        let scene = try await RuleScene()
        func freeze(_ order: OrderReference, for beneficiary: AccountID? = nil) -> Encumbering {
            Encumbering(
                target: scene.target(scene.alice),
                kind: beneficiary == nil ? .freeze : .hold,
                amount: 1,
                rank: 1,
                lastDate: Fixture.firstDate,
                order: order,
                beneficiary: beneficiary
            )
        }
        let contract = Fixture.contract("contract")
        try await scene.expectRefusal(.malformed) { try await scene.court.encumber(freeze(contract)) }
        try await scene.expectRefusal(.malformed) {
            let act = Act.encumber(freeze(Fixture.order("order"), for: scene.bob.account), under: nil)
            _ = try await scene.alice.submit([Operation(act)])
        }
        let bare = Taking(
            asset: scene.asset,
            from: scene.alice.account,
            units: 1,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: contract
        )
        for act in [ControlAct.seize(bare), .forceRedeem(bare)] {
            try await scene.expectRefusal(.malformed) { try await scene.court.control(act) }
        }
        let emergency = EmergencyFreeze(
            target: .asset(scene.asset),
            rank: 1,
            lastDate: Fixture.firstDate,
            order: contract
        )
        try await scene.expectRefusal(.malformed) { try await scene.court.control(.emergencyFreeze(emergency)) }
        try await scene.court.encumber(freeze(Fixture.order("order")))
    }

    @Test("the first act under an order puts it on record, with its authority and its legal basis")
    func onRecord() async throws {
        let scene = try await RuleScene()
        let order = Fixture.order("7/2026", .taxEnforcement)
        let id = order.id(of: scene.court.reference)
        #expect(id != order.id(of: scene.regulator.reference))
        #expect(try await scene.ledger.read { $0.control(.order(id)) } == nil)
        let encumbering = Encumbering(
            target: scene.target(scene.alice),
            kind: .lien,
            amount: 10,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: order
        )
        try await scene.court.encumber(encumbering)
        let expected = OrderRecord(authority: scene.court.reference, order: order, appeal: .none)
        #expect(try await scene.ledger.read { $0.control(.order(id)) } == .order(expected))
    }

    @Test("ENB-004: an order that has expired is not carried out")
    func expired() async throws {
        let scene = try await RuleScene()
        let yesterday = Fixture.date(2026, 1, 4)
        try await scene.court.control(.nameCustody(scene.fixture.ministry.account))
        for act in [
            ControlAct.seize(scene.taking(1, until: yesterday)), .forceRedeem(scene.taking(1, until: yesterday)),
        ] {
            try await scene.expectRefusal(.alreadyLapsed) { try await scene.court.control(act) }
        }
        try await scene.expectRefusal(.alreadyLapsed) {
            let forced = ForcedTransfer(
                asset: scene.asset,
                from: scene.alice.account,
                to: scene.bob.account,
                units: 1,
                rank: 1,
                lastDate: yesterday,
                order: Fixture.order("order")
            )
            try await scene.court.forceTransfer(forced)
        }
        try await scene.court.control(.seize(scene.taking(1, until: Fixture.firstDate)))
    }

    @Test("a freeze of a party stands on all its accounts, those that are opened later too, until it lapses")
    func partyFreeze() async throws {
        let scene = try await RuleScene()
        let unknown = EncumbranceTarget.party(PartyID(digest: Fixture.digest(77)))
        try await scene.expectRefusal(.unknownParty) { try await scene.encumber(unknown) }
        let target = EncumbranceTarget.party(Fixture.citizen(10))
        try await scene.expectRefusal(.kindNotAllowed) { try await scene.encumber(target, 5) }
        let freeze = try await scene.encumber(target, until: Fixture.date(2026, 1, 6))
        try await scene.expectRefusal(.accountFrozen) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        let later = try await scene.fixture.open(20..<21, party: Fixture.citizen(10))[0]
        try await scene.issuer.issue(5, of: scene.asset, to: later.account)
        try await scene.expectRefusal(.accountFrozen) {
            try await later.transfer(1, of: scene.asset, to: scene.foreigner.account)
        }
        // Somebody else's party is free, and gives to the frozen one.
        try await scene.issuer.issue(5, of: scene.asset, to: scene.foreigner.account)
        try await scene.foreigner.transfer(1, of: scene.asset, to: scene.alice.account)
        try await scene.expectRefusal(.notOwner) { try await scene.regulator.release(freeze, on: target) }
        try await scene.pass(days: 2)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        let again = try await scene.encumber(target)
        try await scene.court.release(again, on: target)
        try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        #expect(try await scene.ledger.read { $0.encumbrances(ofParty: Fixture.citizen(10)) } == [])
    }

    @Test("ORD-002: another authority's senior freeze of the party stops an order")
    func partyFreezeIsSenior() async throws {
        for (rank, stops) in [(2, true), (3, false)] as [(UInt16, Bool)] {
            let scene = try await RuleScene()
            try await scene.encumber(.party(Fixture.citizen(10)), rank: rank, by: scene.regulator)
            if stops {
                try await scene.expectRefusal(.seniorEncumbrance) {
                    try await scene.force(1, from: scene.alice, to: scene.bob, rank: 2)
                }
            } else {
                try await scene.force(1, from: scene.alice, to: scene.bob, rank: 2)
            }
        }
    }

    @Test("COE-005: a seizure goes into the custody that the authority has named, and nowhere else")
    func seizure() async throws {
        let scene = try await RuleScene(rules: [.allowedClasses([.citizen])])
        try await scene.expectRefusal(.noCustody) { try await scene.court.control(.seize(scene.taking(300))) }
        let nobody = AccountID(digest: Fixture.digest(99))
        try await scene.expectRefusal(.unknownAccount) { try await scene.court.control(.nameCustody(nobody)) }
        try await scene.court.control(.nameCustody(scene.fixture.ministry.account))
        try await scene.expectRefusal(.noCustody) { try await scene.regulator.control(.seize(scene.taking(300))) }
        let freeze = try await scene.encumber(scene.target(scene.alice), 500, order: "seizure")
        let lien = try await scene.encumber(scene.target(scene.alice), 900, kind: .lien, rank: 4, by: scene.regulator)
        try await scene.court.control(.seize(scene.taking(300, order: "seizure", executing: freeze)))
        // Custody is of another class than the asset allows: a lawful order is not stopped by that.
        #expect(try await scene.units(scene.fixture.ministry) == 300)
        let left = try await scene.holding(scene.alice)
        #expect(left.units == 700)
        #expect(left.encumbrances.map { $0.id } == [freeze, lien])
        #expect(left.encumbrances.map { $0.amount } == [200, 700])
        #expect(try await scene.holding(scene.fixture.ministry).encumbrances.map { $0.amount } == [200])
        try await scene.expectRefusal(.orderDoesNotCover) {
            try await scene.court.control(.seize(scene.taking(201, order: "seizure", executing: freeze)))
        }
        try await scene.court.control(.nameCustody(scene.alice.account))
        try await scene.expectRefusal(.selfTransfer) { try await scene.court.control(.seize(scene.taking(1))) }
    }

    @Test("a forced redemption takes units out of being and leaves every other order as it was")
    func forcedRedemption() async throws {
        let scene = try await RuleScene(rules: [.classShareLimit([.foreignPerson], numerator: 10, denominator: 100)])
        try await scene.alice.transfer(100, of: scene.asset, to: scene.foreigner.account)
        let target = scene.target(scene.alice)
        let senior = try await scene.encumber(target, 400, rank: 1, by: scene.regulator, order: "senior")
        let junior = try await scene.encumber(target, 800, kind: .lien, rank: 9, by: scene.regulator, order: "junior")
        try await scene.expectRefusal(.seniorEncumbrance) {
            try await scene.court.control(.forceRedeem(scene.taking(501, rank: 2)))
        }
        // Foreigners then hold a fifth of what is left: no economic rule stops it.
        try await scene.court.control(.forceRedeem(scene.taking(500, rank: 2)))
        let left = try await scene.holding(scene.alice)
        #expect(left.units == 400)
        #expect(left.encumbrances.map { $0.id } == [senior, junior])
        #expect(left.encumbrances.map { $0.amount } == [400, 800])
        #expect(left.available == 0)
        // What comes later is covered too: the order that destroyed units freed none.
        try await scene.issuer.issue(100, of: scene.asset, to: scene.alice.account)
        #expect(try await scene.available(scene.alice) == 0)
        let record = try #require(try await scene.ledger.read { $0.asset(scene.asset) })
        #expect(record.outstanding == 600)
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("a seizure and a forced redemption need units, accounts, rank and an open asset")
    func forms() async throws {
        let scene = try await RuleScene()
        let nobody = try Fixture.client(scene.ledger, 10, AccountID(digest: Fixture.digest(99)))
        for act in [ControlAct.forceRedeem(scene.taking(0)), .forceRedeem(scene.taking(0, rank: 0))] {
            try await scene.expectRefusal(.zeroUnits) { try await scene.court.control(act) }
        }
        try await scene.expectRefusal(.rankZero) {
            try await scene.court.control(.forceRedeem(scene.taking(1, rank: 0)))
        }
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.court.control(.forceRedeem(scene.taking(1_001)))
        }
        try await scene.expectRefusal(.unknownAccount) {
            try await scene.court.control(.forceRedeem(scene.taking(1, from: nobody)))
        }
        try await scene.court.control(.forceRedeem(scene.taking(1_000)))
        try await scene.issuer.control(.deactivateAsset(scene.asset))
        try await scene.expectRefusal(.assetClosed) { try await scene.court.control(.forceRedeem(scene.taking(1))) }
    }
}
