import Testing

@testable import Tokenize

@Suite("Calls and puts")
struct OptionRuleTests {
    private static let day = Fixture.date(2026, 3, 5)

    private static func scene() async throws -> ServicingScene {
        try await ServicingScene { sheet, _ in
            sheet.calls = SampleBond.options([("2026-03-05", "101")], notice: 5, allowsPart: true)
            sheet.puts = SampleBond.options([("2026-03-05", "99")], notice: 5)
        }
    }

    @Test("SRV-020 to SRV-023: a part is called with notice, and later dues follow from what is left")
    func call() async throws {
        let one = try await Self.scene()
        let issuer = one.scene.issuer
        try await one.expectRefusal(.noOption) { try await issuer.call(one.bond, on: Fixture.date(2026, 2, 5)) }
        try await one.expectRefusal(.partNotAllowed) { try await issuer.call(one.bond, on: Self.day, part: .zero) }
        try await one.expectRefusal(.partNotAllowed) { try await issuer.call(one.bond, on: Self.day, part: .hundred) }
        try await issuer.call(one.bond, on: Self.day, part: SampleBond.decimal("0.5"))
        try await one.expectRefusal(.alreadyNotified) { try await issuer.call(one.bond, on: Self.day) }
        try await one.expectSnapshotKeepsEverything()
        try await one.open("2026-03-05")
        for date in ["2026-02-05", "2026-03-05"] { try await one.pay(.coupon, date) }
        let before = try await one.kip(one.bob)
        try await one.pay(.call, "2026-03-05")
        // 505 on each of 60 units, of which 5 are a premium that is taxed at 10 %.
        #expect(try await one.kip(one.bob) == Quantity(before.units + 60 * 505 - 30))
        try await one.open("2026-04-06")
        try await one.pay(.coupon, "2026-04-05")
        #expect(try await one.kip(one.bob) == Quantity(before.units + 60 * 505 - 30 + 270))
    }

    @Test("SRV-021: no notice after the last day for it")
    func late() async throws {
        let one = try await Self.scene()
        try await one.open("2026-02-27")
        try await one.expectRefusal(.noticeTooLate) { try await one.scene.issuer.call(one.bond, on: Self.day) }
        try await one.expectRefusal(.noticeTooLate) { try await one.bob.put(1, of: one.bond, on: Self.day) }
    }

    @Test("units that are put are blocked, paid at their price, and gone")
    func put() async throws {
        let one = try await Self.scene()
        try await one.expectRefusal(.encumbranceExceedsUnits) { try await one.bob.put(61, of: one.bond, on: Self.day) }
        try await one.expectRefusal(.zeroUnits) { try await one.bob.put(0, of: one.bond, on: Self.day) }
        try await one.bob.put(20, of: one.bond, on: Self.day)
        try await one.expectRefusal(.alreadyNotified) { try await one.bob.put(5, of: one.bond, on: Self.day) }
        try await one.expectRefusal(.unitsEncumbered) {
            try await one.bob.transfer(41, of: one.bond, to: one.carol.account)
        }
        try await one.expectSnapshotKeepsEverything()
        try await one.open("2026-03-05")
        for date in ["2026-02-05", "2026-03-05"] { try await one.pay(.coupon, date) }
        let before = try await one.kip(one.bob)
        try await one.pay(.put, "2026-03-05")
        #expect(try await one.kip(one.bob) == Quantity(before.units + 20 * 990))
        let left = try await one.scene.holding(one.bob, of: one.bond)
        #expect(left.units == 40)
        #expect(left.available == 40)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
        try await one.expectRefusal(.dueAlreadyPaid) { try await one.pay(.put, "2026-03-05") }
    }
}
