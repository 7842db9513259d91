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
                order: Fixture.contract("contract"),
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
        // Nor for another account of one's own: it would stand before those who come by law.
        let opening = try Fixture.opening(15, party: Fixture.citizen(10))
        try await scene.fixture.authority(.registrar).open([opening])
        try await scene.expectRefusal(.targetNotAllowed) { try await reserve(own, for: opening.account) }
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

    @Test("TRF-003: whose account is frozen cannot give up a pledge; an authority still can lift its own order")
    func frozenBeneficiary() async throws {
        let scene = try await RuleScene()
        let target = scene.target(scene.alice)
        let pledge = try await scene.reserve(10, of: scene.alice, for: scene.bob, kind: .pledge)
        let freeze = try await scene.encumber(.account(scene.bob.account))
        let release = Release(target: target, encumbrance: pledge)
        try await scene.expectRefusal(.accountFrozen) {
            _ = try await scene.bob.submit([Operation(.release(release, under: nil))])
        }
        #expect(try await scene.available(scene.alice) == 990)
        try await scene.court.release(freeze, on: .account(scene.bob.account))
        _ = try await scene.bob.submit([Operation(.release(release, under: nil))])
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
}
