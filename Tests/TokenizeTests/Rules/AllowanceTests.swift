import Testing

@testable import Tokenize

@Suite("Allowances and operators")
struct AllowanceTests {
    private static func allow(
        _ scene: RuleScene,
        _ units: Quantity,
        to trustee: LedgerClient,
        until lastDate: CalendarDate = Fixture.date(2027, 1, 1)
    ) async throws {
        let allowance = Allowance(asset: scene.asset, operator: trustee.account, units: units, until: lastDate)
        try await scene.alice.control(.setAllowance(allowance))
    }

    private static func move(
        _ scene: RuleScene,
        _ units: Quantity,
        by trustee: LedgerClient,
        to recipient: LedgerClient? = nil
    ) async throws {
        let transfer = OperatorTransfer(units, of: scene.asset, from: scene.alice, to: (recipient ?? scene.carol))
        try await trustee.control(.transferFrom(transfer))
    }

    @Test("ALW-001 to ALW-003: an operator moves what it is allowed to, until it is used up, taken back or lapsed")
    func amounts() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.bob) }
        try await Self.allow(scene, 100, to: scene.bob)
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.foreigner) }
        try await scene.expectRefusal(.allowanceExceeded) { try await Self.move(scene, 101, by: scene.bob) }
        try await Self.move(scene, 60, by: scene.bob)
        try await scene.expectRefusal(.allowanceExceeded) { try await Self.move(scene, 41, by: scene.bob) }
        try await Self.move(scene, 40, by: scene.bob)
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.bob) }
        #expect(try await scene.units(scene.carol) == 100)
        try await Self.allow(scene, 5, to: scene.bob)
        try await Self.allow(scene, 0, to: scene.bob)
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.bob) }
        try await scene.expectRefusal(.allowanceLapsed) {
            try await Self.allow(scene, 5, to: scene.bob, until: Fixture.date(2026, 1, 4))
        }
        try await Self.allow(scene, 5, to: scene.bob, until: Fixture.firstDate)
        try await scene.pass(days: 1)
        try await scene.expectRefusal(.allowanceLapsed) { try await Self.move(scene, 1, by: scene.bob) }
        try await Self.allow(scene, .max, to: scene.bob)
        try await Self.move(scene, 100, by: scene.bob)
        let key = ControlKey.allowance(asset: scene.asset, owner: scene.alice.account, operator: scene.bob.account)
        guard case .allowance(let record)? = try await scene.ledger.read({ $0.control(key) }) else {
            Issue.record("an allowance without limit is gone")
            return
        }
        #expect(record.units == .max)
    }

    @Test("ALW-004: nobody is its own operator")
    func ownOperator() async throws {
        let scene = try await RuleScene()
        try await scene.expectRefusal(.ownOperator) { try await Self.allow(scene, 1, to: scene.alice) }
        try await scene.expectRefusal(.ownOperator) { try await Self.move(scene, 1, by: scene.alice) }
    }

    @Test("an operator passes the rules that its owner passes: freezes of both, pauses, cover, holding rules")
    func sameRules() async throws {
        let scene = try await RuleScene(rules: [.allowedClasses([.citizen])])
        try await Self.allow(scene, 1_000, to: scene.bob)
        try await scene.expectRefusal(.classNotAllowed) {
            try await Self.move(scene, 1, by: scene.bob, to: scene.foreigner)
        }
        try await scene.expectRefusal(.zeroUnits) { try await Self.move(scene, 0, by: scene.bob) }
        try await scene.expectRefusal(.selfTransfer) { try await Self.move(scene, 1, by: scene.bob, to: scene.alice) }
        let cover = try await scene.encumber(scene.target(scene.alice), 950)
        try await scene.expectRefusal(.unitsEncumbered) { try await Self.move(scene, 51, by: scene.bob) }
        try await scene.court.release(cover, on: scene.target(scene.alice))
        for target in [EncumbranceTarget.account(scene.alice.account), .account(scene.bob.account)] {
            let freeze = try await scene.encumber(target)
            try await scene.expectRefusal(.accountFrozen) { try await Self.move(scene, 1, by: scene.bob) }
            try await scene.court.release(freeze, on: target)
        }
        let pause = try await scene.encumber(.asset(scene.asset))
        try await scene.expectRefusal(.assetPaused) { try await Self.move(scene, 1, by: scene.bob) }
        try await scene.court.release(pause, on: .asset(scene.asset))
        try await Self.move(scene, 1, by: scene.bob)
    }

    @Test("who has no allowance for the units does not learn that their owner is frozen")
    func strangerOfFrozenOwner() async throws {
        let scene = try await RuleScene()
        try await Self.allow(scene, 10, to: scene.bob)
        try await scene.encumber(.account(scene.alice.account))
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.foreigner) }
        try await scene.expectRefusal(.allowanceExceeded) { try await Self.move(scene, 11, by: scene.bob) }
        try await scene.expectRefusal(.accountFrozen) { try await Self.move(scene, 10, by: scene.bob) }
    }

    @Test("a frozen owner gives no allowance, but takes one back")
    func frozenOwner() async throws {
        let scene = try await RuleScene()
        try await Self.allow(scene, 10, to: scene.bob)
        let target = EncumbranceTarget.account(scene.alice.account)
        let freeze = try await scene.encumber(target)
        try await scene.expectRefusal(.accountFrozen) { try await Self.allow(scene, 20, to: scene.bob) }
        try await Self.allow(scene, 0, to: scene.bob)
        try await scene.court.release(freeze, on: target)
        try await scene.expectRefusal(.noAllowance) { try await Self.move(scene, 1, by: scene.bob) }
    }
}
