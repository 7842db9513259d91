import Testing

@testable import Tokenize

@Suite("Default and acceleration")
struct DefaultRuleTests {
    private static func scene(_ acceleration: BondDefaultTerms.Acceleration) async throws -> ServicingScene {
        try await ServicingScene { sheet, _ in
            sheet.defaults = ServicingScene.defaults(acceleration)
        }
    }

    private static func standing(_ one: ServicingScene) async throws -> LedgerState.DueView.Standing {
        try await one.ledger.read { $0.dues(of: one.bond)[0].standing }
    }

    @Test("a due is in default on the day after its days of grace, and can still be paid")
    func grace() async throws {
        let one = try await Self.scene(.none)
        try await one.open("2026-02-09")
        #expect(try await Self.standing(one) == .payable)
        try await one.open("2026-02-10")
        #expect(try await Self.standing(one) == .inDefault)
        try await one.expectSnapshotKeepsEverything()
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await Self.standing(one) == .done)
    }

    @Test("DFT-001 to DFT-004: enough holders make the principal due, once, after an event of default")
    func holders() async throws {
        let one = try await Self.scene(.holders(SampleBond.decimal("0.25")))
        try await one.expectRefusal(.noEventOfDefault) { try await one.alice.accelerate(one.bond) }
        try await one.open("2026-02-10")
        try await one.expectRefusal(.notEnoughUnits) { try await one.foreigner.accelerate(one.bond) }
        try await one.expectRefusal(.accelerationNotAllowed) { try await one.scene.court.accelerate(one.bond) }
        try await one.foreigner.accelerate(one.bond, with: [one.bob])
        try await one.expectRefusal(.alreadyAccelerated) { try await one.alice.accelerate(one.bond) }
        let kinds = try await one.ledger.read { $0.dues(of: one.bond).map(\.due.id.kind) }
        #expect(kinds == [.coupon, .acceleration])
        try await one.expectSnapshotKeepsEverything()
        try await one.expectRefusal(.priceNotKnown) {
            try await one.scene.issuer.subscribe(10, of: one.bond, to: one.alice, at: .price(.hundred))
        }
        try await one.open("2026-02-11")
        try await one.expectRefusal(.earlierDueUnpaid) { try await one.pay(.acceleration, "2026-02-10") }
        try await one.pay(.coupon, "2026-02-05")
        let before = try await one.kip(one.bob)
        try await one.pay(.acceleration, "2026-02-10")
        // Five days of 30: 5/3 of interest on a unit, 100 on 60 units; taxed at 10 %.
        #expect(try await one.kip(one.bob) == Quantity(before.units + 60_000 + 90))
        #expect(try await one.ledger.read { $0.asset(one.bond)?.status } == .redeemed)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("the representative accelerates under a court; automatic acceleration needs nobody")
    func others() async throws {
        let represented = try await Self.scene(.representative)
        try await represented.open("2026-02-10")
        try await represented.expectRefusal(.accelerationNotAllowed) {
            try await represented.alice.accelerate(represented.bond)
        }
        try await represented.scene.court.accelerate(represented.bond)
        let automatic = try await Self.scene(.automatic)
        try await automatic.open("2026-02-10")
        #expect(
            try await automatic.ledger.read { $0.acceleration(of: automatic.bond) } == Fixture.date(2026, 2, 10)
        )
    }
}
