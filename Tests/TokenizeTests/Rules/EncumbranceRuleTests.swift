import Testing

@testable import Tokenize

@Suite("Encumbrance rules")
struct EncumbranceRuleTests {
    @Test("ENB-001: a holder encumbers its own units, for somebody else, and nothing more")
    func targetNotAllowed() async throws {
        let scene = try await RuleScene()
        func reserve(
            _ target: EncumbranceTarget,
            _ kind: EncumbranceKind = .hold,
            for beneficiary: AccountID?,
            amount: Quantity = 1
        ) async throws {
            let encumbering = Encumbering(
                target: target,
                kind: kind,
                amount: amount,
                rank: 1,
                lastDate: Fixture.firstDate,
                order: Fixture.order("contract"),
                beneficiary: beneficiary
            )
            _ = try await scene.alice.submit([Operation(.encumber(encumbering, under: nil))])
        }
        let own = scene.target(scene.alice)
        for target in [EncumbranceTarget.account(scene.alice.account), .asset(scene.asset), scene.target(scene.bob)] {
            try await scene.expectRefusal(.targetNotAllowed) { try await reserve(target, for: scene.bob.account) }
        }
        try await scene.expectRefusal(.targetNotAllowed) { try await reserve(own, for: nil) }
        try await scene.expectRefusal(.targetNotAllowed) { try await reserve(own, for: scene.alice.account) }
        try await scene.expectRefusal(.unknownAccount) {
            try await reserve(own, for: AccountID(digest: Fixture.digest(99)))
        }
        try await reserve(own, for: scene.bob.account)
        let named = Encumbering(
            target: own,
            kind: .freeze,
            amount: 1,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: Fixture.order("order"),
            beneficiary: scene.bob.account
        )
        try await scene.expectRefusal(.targetNotAllowed) { try await scene.court.encumber(named) }
    }

    @Test("ENB-002: holders reserve, authorities attach, and an account or asset is frozen as a whole")
    func kindNotAllowed() async throws {
        let scene = try await RuleScene()
        for kind in [EncumbranceKind.freeze, .lien] {
            try await scene.expectRefusal(.kindNotAllowed) {
                try await scene.reserve(1, of: scene.alice, for: scene.bob, kind: kind)
            }
        }
        for kind in [EncumbranceKind.hold, .pledge] {
            try await scene.expectRefusal(.kindNotAllowed) {
                try await scene.encumber(scene.target(scene.alice), 1, kind: kind)
            }
            try await scene.reserve(1, of: scene.alice, for: scene.bob, kind: kind)
        }
        for target in [EncumbranceTarget.account(scene.alice.account), .asset(scene.asset)] {
            for kind in [EncumbranceKind.hold, .pledge, .lien] {
                try await scene.expectRefusal(.kindNotAllowed) { try await scene.encumber(target, kind: kind) }
            }
            try await scene.expectRefusal(.kindNotAllowed) { try await scene.encumber(target, 1) }
            try await scene.encumber(target, 0)
        }
    }

    @Test("ENB-003, ENB-004: ranks begin at 1, and the last date is today at the earliest")
    func rankAndDate() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        try await scene.expectRefusal(.rankZero) { try await scene.encumber(target, 1, rank: 0) }
        try await scene.expectRefusal(.alreadyLapsed) {
            try await scene.encumber(target, 1, until: Fixture.date(2026, 1, 4))
        }
        try await scene.encumber(target, 1, rank: 1, until: Fixture.firstDate)
        try await scene.encumber(target, 1, rank: .max, until: Fixture.date(9999, 12, 31))
    }

    @Test("ENB-005: what is reserved is available, a lien's units are there, a freeze may cover more")
    func encumbranceExceedsUnits() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        try await scene.expectRefusal(.encumbranceExceedsUnits) {
            try await scene.reserve(1_001, of: scene.alice, for: scene.bob)
        }
        try await scene.expectRefusal(.encumbranceExceedsUnits) {
            try await scene.encumber(target, 1_001, kind: .lien)
        }
        try await scene.encumber(target, 300)
        try await scene.expectRefusal(.encumbranceExceedsUnits) {
            try await scene.reserve(701, of: scene.alice, for: scene.bob)
        }
        try await scene.reserve(700, of: scene.alice, for: scene.bob)
        try await scene.expectRefusal(.zeroUnits) { try await scene.encumber(target, 0) }
        try await scene.encumber(target, 1_000, kind: .lien)
        try await scene.encumber(target, .max)
        #expect(try await scene.available(scene.alice) == 0)
    }

    @Test("ENB-006: 64 of authorities and 64 of the holder, who cannot keep an order out")
    func tooManyEncumbrances() async throws {
        let scene = try await RuleScene()
        let limit = TransactionLimits.encumbranceCountMax
        for index in 0..<limit { try await scene.reserve(1, of: scene.alice, for: scene.bob, rank: UInt16(index + 1)) }
        try await scene.expectRefusal(.tooManyEncumbrances) {
            try await scene.reserve(1, of: scene.alice, for: scene.bob)
        }
        let target = scene.target(scene.alice)
        var last = EncumbranceID(digest: .zero)
        for index in 0..<limit { last = try await scene.encumber(target, 1, order: "order \(index)") }
        try await scene.expectRefusal(.tooManyEncumbrances) { try await scene.encumber(target, 1) }
        try await scene.court.release(last, on: target)
        try await scene.encumber(target, 1)
        #expect(try await scene.holding(scene.alice).encumbrances.count == 2 * limit)
    }

    @Test("ENB-006: 64 on an account; those that have lapsed make room")
    func lapsedMakeRoom() async throws {
        let scene = try await RuleScene()
        let target = EncumbranceTarget.account(scene.alice.account)
        for index in 0..<TransactionLimits.encumbranceCountMax {
            try await scene.encumber(target, until: Fixture.firstDate, order: "order \(index)")
        }
        try await scene.expectRefusal(.tooManyEncumbrances) { try await scene.encumber(target) }
        try await scene.pass(days: 1)
        try await scene.encumber(target)
    }

    @Test("ENB-007, ENB-008: only its owner lifts an encumbrance, and only where it lies")
    func owner() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let freeze = try await scene.encumber(target, 10)
        let hold = try await scene.reserve(10, of: scene.alice, for: scene.bob)
        func release(_ id: EncumbranceID, by client: LedgerClient) async throws {
            let release = Release(target: target, encumbrance: id)
            _ = try await client.submit([Operation(.release(release, under: nil))])
        }
        try await scene.expectRefusal(.unknownEncumbrance) {
            try await scene.court.release(EncumbranceID(digest: .zero), on: target)
        }
        for wrong in [scene.target(scene.alice, partition: 1), scene.target(scene.bob), .account(scene.alice.account)] {
            try await scene.expectRefusal(.unknownEncumbrance) { try await scene.court.release(freeze, on: wrong) }
        }
        try await scene.expectRefusal(.notOwner) { try await scene.regulator.release(freeze, on: target) }
        try await scene.expectRefusal(.notOwner) { try await scene.court.release(hold, on: target) }
        for client in [scene.alice, scene.bob, scene.fixture.judges[0]] {
            try await scene.expectRefusal(.notOwner) { try await release(freeze, by: client) }
        }
        try await scene.expectRefusal(.notOwner) { try await release(hold, by: scene.alice) }
        try await release(hold, by: scene.bob)
        try await scene.court.release(freeze, on: target)
        try await scene.expectRefusal(.unknownEncumbrance) { try await scene.court.release(freeze, on: target) }
        #expect(try await scene.available(scene.alice) == 1_000)
    }

    @Test("a second court is another owner")
    func secondCourt() async throws {
        let scene = try await RuleScene()
        let reference = AuthorityReference(.court, number: 1)
        let appointment = try #require(
            AuthorityAppointment(reference, quorum: 2, members: scene.fixture.judges.map { $0.account })
        )
        try await scene.fixture.authority(.governor).appoint(appointment)
        let freeze = try await scene.encumber(scene.target(scene.alice), 10)
        try await scene.expectRefusal(.notOwner) {
            try await scene.court.acting(as: reference).release(freeze, on: scene.target(scene.alice))
        }
    }

    @Test("ENB-009: released in parts, to the last unit and no further")
    func releaseExceedsAmount() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let freeze = try await scene.encumber(target, 10)
        try await scene.expectRefusal(.releaseExceedsAmount) {
            try await scene.court.release(freeze, on: target, amount: 11)
        }
        try await scene.expectRefusal(.releaseExceedsAmount) {
            try await scene.court.release(freeze, on: target, amount: 0)
        }
        try await scene.court.release(freeze, on: target, amount: 4)
        #expect(try await scene.available(scene.alice) == 994)
        try await scene.expectRefusal(.releaseExceedsAmount) {
            try await scene.court.release(freeze, on: target, amount: 7)
        }
        try await scene.court.release(freeze, on: target, amount: 6)
        #expect(try await scene.holding(scene.alice).encumbrances.isEmpty)
        let whole = EncumbranceTarget.account(scene.alice.account)
        let account = try await scene.encumber(whole)
        try await scene.expectRefusal(.releaseExceedsAmount) {
            try await scene.court.release(account, on: whole, amount: 1)
        }
        try await scene.court.release(account, on: whole)
    }

    @Test("an encumbrance lapses after its last business date, and not before")
    func lapses() async throws {
        let scene = try await RuleScene()
        try await scene.encumber(scene.target(scene.alice), 1_000, until: Fixture.date(2026, 1, 7))
        try await scene.pass(days: 2)
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.alice.transfer(1, of: scene.asset, to: scene.bob.account)
        }
        try await scene.pass(days: 1)
        try await scene.alice.transfer(1_000, of: scene.asset, to: scene.bob.account)
    }

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
