import Testing

@testable import Tokenize

@Suite("Movement by order")
struct OrderRuleTests {
    @Test("moves units against the holder's will, frozen account or not, whatever the recipient's class")
    func moves() async throws {
        let scene = try await RuleScene(rules: [.allowedClasses([.citizen, .state])])
        try await scene.encumber(.account(scene.alice.account))
        try await scene.expectRefusal(.insufficientUnits) {
            try await scene.force(1_001, from: scene.alice, to: scene.foreigner)
        }
        try await scene.force(1_000, from: scene.alice, to: scene.foreigner)
        #expect(try await scene.units(scene.foreigner) == 1_000)
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("the forms of an order: units, rank, two accounts, an open asset")
    func forms() async throws {
        let scene = try await RuleScene()
        let nobody = try Fixture.client(scene.ledger, 10, AccountID(digest: Fixture.digest(99)))
        try await scene.expectRefusal(.zeroUnits) { try await scene.force(0, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.rankZero) { try await scene.force(1, from: scene.alice, to: scene.bob, rank: 0) }
        try await scene.expectRefusal(.selfTransfer) { try await scene.force(1, from: scene.alice, to: scene.alice) }
        try await scene.expectRefusal(.unknownAccount) { try await scene.force(1, from: scene.alice, to: nobody) }
        try await scene.expectRefusal(.unknownAccount) { try await scene.force(1, from: nobody, to: scene.alice) }
        try await scene.force(1, from: scene.alice, to: scene.bob)
    }

    @Test("ORD-001: executes the authority's own freeze of the same order and rank, as far as it goes")
    func executing() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let freeze = try await scene.encumber(target, 400, rank: 2)
        let other = try await scene.encumber(target, 400, rank: 9, by: scene.regulator)
        func force(
            _ units: Quantity,
            rank: UInt16 = 2,
            order: String = "order",
            executing: EncumbranceID
        ) async throws {
            try await scene.force(
                units,
                from: scene.alice,
                to: scene.bob,
                rank: rank,
                order: order,
                executing: executing
            )
        }
        try await scene.expectRefusal(.orderDoesNotCover) { try await force(401, executing: freeze) }
        try await scene.expectRefusal(.orderDoesNotCover) { try await force(1, rank: 1, executing: freeze) }
        try await scene.expectRefusal(.orderDoesNotCover) { try await force(1, order: "other", executing: freeze) }
        try await scene.expectRefusal(.notOwner) { try await force(1, rank: 9, executing: other) }
        try await scene.expectRefusal(.unknownEncumbrance) {
            try await force(1, executing: EncumbranceID(digest: .zero))
        }
        try await force(150, executing: freeze)
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.amount } == [250, 400])
        try await force(250, executing: freeze)
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.id } == [other])
        #expect(try await scene.units(scene.bob) == 400)
    }

    @Test("ORD-001: a freeze that has lapsed is not executed")
    func executingLapsed() async throws {
        let scene = try await RuleScene()
        let freeze = try await scene.encumber(scene.target(scene.alice), 400, until: Fixture.firstDate)
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.orderDoesNotCover) {
            try await scene.force(1, from: scene.alice, to: scene.bob, executing: freeze)
        }
        try await scene.force(1, from: scene.alice, to: scene.bob)
    }

    @Test("ORD-002: another's freeze as senior, or more, keeps its units; a junior one stands over what stays")
    func seniorEncumbrance() async throws {
        for (freezeRank, orderRank, stops) in [(1, 2, true), (2, 2, true), (3, 2, false)] as [(UInt16, UInt16, Bool)] {
            let scene = try await RuleScene()
            let freeze = try await scene.encumber(scene.target(scene.alice), 700, rank: freezeRank, by: scene.regulator)
            if stops {
                try await scene.expectRefusal(.seniorEncumbrance) {
                    try await scene.force(301, from: scene.alice, to: scene.bob, rank: orderRank)
                }
                try await scene.force(300, from: scene.alice, to: scene.bob, rank: orderRank)
            } else {
                try await scene.force(1_000, from: scene.alice, to: scene.bob, rank: orderRank)
            }
            let left = try await scene.holding(scene.alice).encumbrances
            #expect(left.map { $0.id } == [freeze])
            #expect(left.map { $0.amount } == [700])
        }
    }

    @Test("ORD-002: a holder's reservation stops an order only if it is more senior")
    func reservation() async throws {
        for (reservationRank, stops) in [(1, true), (2, false)] as [(UInt16, Bool)] {
            let scene = try await RuleScene()
            try await scene.reserve(1_000, of: scene.alice, for: scene.bob, kind: .pledge, rank: reservationRank)
            if stops {
                try await scene.expectRefusal(.seniorEncumbrance) {
                    try await scene.force(1, from: scene.alice, to: scene.carol, rank: 2)
                }
            }
            // No holder can shield its units from an order of the first rank.
            try await scene.force(1, from: scene.alice, to: scene.carol, rank: 1)
            if !stops { try await scene.force(1, from: scene.alice, to: scene.carol, rank: 2) }
        }
    }

    @Test("ORD-002: another authority's senior freeze of the account, or pause of the asset, stops an order")
    func seniorFreezeOfAllOfIt() async throws {
        for (rank, stops) in [(2, true), (3, false)] as [(UInt16, Bool)] {
            for isPause in [true, false] {
                let scene = try await RuleScene()
                let target: EncumbranceTarget = isPause ? .asset(scene.asset) : .account(scene.alice.account)
                try await scene.encumber(target, rank: rank, by: scene.regulator)
                if stops {
                    try await scene.expectRefusal(.seniorEncumbrance) {
                        try await scene.force(1, from: scene.alice, to: scene.bob, rank: 2)
                    }
                } else {
                    try await scene.force(1, from: scene.alice, to: scene.bob, rank: 2)
                }
            }
        }
    }

    @Test("an authority's own freeze of the account does not stop its order")
    func ownFreeze() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(.account(scene.alice.account), rank: 1)
        try await scene.encumber(.asset(scene.asset), rank: 1)
        try await scene.force(1_000, from: scene.alice, to: scene.bob, rank: 1)
        try await scene.expectRefusal(.accountFrozen) {
            try await scene.alice.rotateKeys(to: KeyPolicy(try Fixture.signer(30).publicKey))
        }
    }

    @Test("a lien follows the units that leave beyond those that it leaves alone")
    func lienFollows() async throws {
        let scene = try await RuleScene()
        let lien = try await scene.encumber(scene.target(scene.alice), 600, kind: .lien, rank: 5, by: scene.regulator)
        try await scene.force(400, from: scene.alice, to: scene.bob)
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.amount } == [600])
        #expect(try await scene.holding(scene.bob).encumbrances.isEmpty)
        try await scene.force(250, from: scene.alice, to: scene.bob)
        let stays = try await scene.holding(scene.alice).encumbrances
        let follows = try await scene.holding(scene.bob).encumbrances
        #expect(stays.map { $0.id } == [lien])
        #expect(stays.map { $0.amount } == [350])
        #expect(follows.map { $0.amount } == [250])
        #expect(follows.map { $0.owner } == stays.map { $0.owner })
        #expect(follows.map { $0.order } == stays.map { $0.order })
        #expect(follows.map { $0.rank } == [5])
        #expect(try await scene.available(scene.bob) == 400)
        try await scene.regulator.release(try #require(follows.first).id, on: scene.target(scene.bob))
        #expect(try await scene.available(scene.bob) == 650)
    }

    @Test("parts of a lien that meet again cover as much as before")
    func lienInParts() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 1_000, kind: .lien, rank: 5, by: scene.regulator)
        try await scene.force(300, from: scene.alice, to: scene.bob)
        try await scene.force(300, from: scene.alice, to: scene.bob)
        #expect(try await scene.available(scene.bob) == 0)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.bob.transfer(1, of: scene.asset, to: scene.carol.account)
        }
        try await scene.force(450, from: scene.bob, to: scene.alice)
        #expect(try await scene.available(scene.alice) == 0)
        #expect(try await scene.available(scene.bob) == 0)
        let held = try await scene.ledger.read { state in state.holdings(of: scene.asset) }
        #expect(held.flatMap { $0.encumbrances }.reduce(0) { $0 + $1.amount.units } == 1_000)
    }

    @Test("liens of two debtors that meet in one holding do not overlap")
    func twoDebtors() async throws {
        let scene = try await RuleScene()
        try await scene.alice.transfer(400, of: scene.asset, to: scene.bob.account)
        try await scene.encumber(scene.target(scene.alice), 600, kind: .lien, rank: 5, by: scene.regulator)
        try await scene.encumber(scene.target(scene.bob), 400, kind: .lien, rank: 5, by: scene.regulator)
        try await scene.force(600, from: scene.alice, to: scene.carol)
        try await scene.force(400, from: scene.bob, to: scene.carol)
        #expect(try await scene.units(scene.carol) == 1_000)
        #expect(try await scene.available(scene.carol) == 0)
        let proof = try await scene.ledger.proveHolding(asset: scene.asset, account: scene.carol.account)
        let key = try #require(Fixture.configuration(scene.fixture.genesis).checkpointSigner?.verifierKey)
        let verdict = try OwnershipProof(canonicalBytes: proof.canonicalBytes)
            .verify(under: try CheckpointPolicy(origin: key.name, logKeys: [key]))
        #expect(verdict.units == 1_000)
        #expect(verdict.available == 0)
        #expect(Set(verdict.encumbrances.map { $0.layer }) == [1, 2])
    }

    @Test("two liens on the same units overlap there, and where they go together")
    func twoLiens() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 1_000, kind: .lien, rank: 5, by: scene.regulator)
        try await scene.encumber(scene.target(scene.alice), 800, kind: .lien, rank: 6, by: scene.regulator)
        try await scene.issuer.issue(50, of: scene.asset, to: scene.bob.account)
        try await scene.force(400, from: scene.alice, to: scene.bob)
        #expect(try await scene.holding(scene.alice).encumbrances.map { $0.amount } == [600, 600])
        #expect(try await scene.holding(scene.bob).encumbrances.map { $0.amount } == [400, 200])
        #expect(try await scene.available(scene.bob) == 50)
    }
}
