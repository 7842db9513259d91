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

    @Test("SRV-021 after the record date of what is called, whatever else is wrong with it")
    func recorded() async throws {
        let one = try await ServicingScene { sheet, _ in
            sheet.calls = SampleBond.options([("2026-03-05", "101")], notice: 0, allowsPart: false)
        }
        let issuer = one.scene.issuer
        try await issuer.call(one.bond, on: Self.day)
        try await one.expectRefusal(.alreadyNotified) { try await issuer.call(one.bond, on: Self.day) }
        try await one.open("2026-03-05")
        try await one.expectRefusal(.noticeTooLate) { try await issuer.call(one.bond, on: Self.day, part: .zero) }
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

    @Test("what weighs on units that stay stays there; cash for units that were free is free")
    func putBesideAPledge() async throws {
        let one = try await Self.scene()
        try await one.pledge(40, by: one.bob, to: one.carol)
        try await one.bob.put(20, of: one.bond, on: Self.day)
        try await one.open("2026-03-05")
        for date in ["2026-02-05", "2026-03-05"] { try await one.pay(.coupon, date) }
        try await one.pay(.put, "2026-03-05")
        let units = try await one.scene.holding(one.bob, of: one.bond)
        #expect(units.units == 40)
        #expect(units.encumbrances.map(\.amount) == [40])
        let kip = try await one.scene.holding(one.bob, of: one.cash)
        #expect(kip.encumbrances.isEmpty)
        #expect(kip.available == kip.units)
    }

    @Test("a freeze of more than the units that stay goes over to the cash as far as they have no room for it")
    func putUnderAFreeze() async throws {
        let one = try await Self.scene()
        try await one.bob.put(20, of: one.bond, on: Self.day)
        let target = one.scene.target(one.bob, of: one.bond)
        let freeze = try await one.scene.encumber(target, 50)
        try await one.open("2026-03-05")
        for date in ["2026-02-05", "2026-03-05"] { try await one.pay(.coupon, date) }
        try await one.pay(.put, "2026-03-05")
        let units = try await one.scene.holding(one.bob, of: one.bond)
        #expect(units.units == 40)
        #expect(units.available == 0)
        let kip = try await one.scene.holding(one.bob, of: one.cash)
        #expect(kip.encumbrances.map(\.id) == [freeze])
        // 10 of the 50 units have no room among the 40 that stay: half of what is paid for 20, less tax of nothing.
        #expect(kip.encumbrances.map(\.amount) == [9_900])
    }
}
