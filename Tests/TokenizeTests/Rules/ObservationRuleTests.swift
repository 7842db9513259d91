import Testing

@testable import Tokenize

@Suite("Observations")
struct ObservationRuleTests {
    private static func floating(observer: AccountID) -> (inout BondTermSheet) -> Void {
        { sheet in
            sheet.interest = .floating(
                FloatingRate(
                    reference: "RATE",
                    observer: observer,
                    margin: .zero,
                    floor: .zero,
                    cap: nil,
                    timing: .arrears,
                    lagBusinessDays: 1,
                    fallbacks: [.rate(SampleBond.decimal("0.24"))]
                )
            )
        }
    }

    private static func scene() async throws -> ServicingScene {
        try await ServicingScene { sheet, scene in Self.floating(observer: scene.carol.account)(&sheet) }
    }

    @Test("SRV-005, OBS-001 to OBS-004: who reports what, and when; a coupon waits for its fixing")
    func fixings() async throws {
        let one = try await Self.scene()
        let day = Fixture.date(2026, 2, 4)
        let rate = SampleBond.decimal("0.12")
        try await one.expectRefusal(.notTheObserver) {
            try await one.bob.observe("RATE", on: Fixture.firstDate, rate, for: one.bond)
        }
        try await one.expectRefusal(.notObservable) {
            try await one.carol.observe("OTHER", on: Fixture.firstDate, rate, for: one.bond)
        }
        try await one.expectRefusal(.notObservable) {
            try await one.carol.observe("RATE", on: day, rate, for: one.bond)
        }
        try await one.open("2026-02-05")
        try await one.expectRefusal(.amountNotKnown) { try await one.pay(.coupon, "2026-02-05") }
        try await one.carol.observe("RATE", on: day, rate, for: one.bond)
        try await one.expectRefusal(.alreadyObserved) {
            try await one.carol.observe("RATE", on: day, rate, for: one.bond)
        }
        try await one.expectSnapshotKeepsEverything()
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.kip(one.bob) == 540)
    }

    @Test("OBS-002, OBS-005: a day that is closed without a fixing has the fallback")
    func closing() async throws {
        let one = try await Self.scene()
        try await one.open("2026-02-05")
        try await one.expectRefusal(.closingOutOfRange) {
            try await one.carol.closeObservations(through: Fixture.date(2026, 2, 6), for: one.bond)
        }
        try await one.carol.closeObservations(through: Fixture.date(2026, 2, 4), for: one.bond)
        try await one.expectRefusal(.closingOutOfRange) {
            try await one.carol.closeObservations(through: Fixture.date(2026, 2, 4), for: one.bond)
        }
        try await one.expectRefusal(.dayClosed) {
            try await one.carol.observe("RATE", on: Fixture.date(2026, 2, 4), .zero, for: one.bond)
        }
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.kip(one.bob) == 1_080)
        try await one.expectSnapshotKeepsEverything()
    }

    @Test("no observer holds up a bond by silence: the fallback holds once the payment day is past")
    func silence() async throws {
        let one = try await Self.scene()
        try await one.open("2026-02-05")
        try await one.expectRefusal(.amountNotKnown) { try await one.pay(.coupon, "2026-02-05") }
        try await one.open("2026-02-06")
        try await one.expectSnapshotKeepsEverything()
        try await one.expectRefusal(.dayClosed) {
            try await one.carol.observe("RATE", on: Fixture.date(2026, 2, 4), .zero, for: one.bond)
        }
        // 24 % a year by the fallback, for 30 days on 60 units of 1,000, less 10 %; and one day late at 36.5 %.
        try await one.pay(.coupon, "2026-02-05")
        #expect(try await one.kip(one.bob) == 1_081)
        // Days that were not needed yet stay open.
        try await one.open("2026-03-05")
        try await one.carol.observe("RATE", on: Fixture.date(2026, 3, 4), SampleBond.decimal("0.12"), for: one.bond)
        try await one.pay(.coupon, "2026-03-05")
        #expect(try await one.kip(one.bob) == 1_621)
    }

    @Test("nor does silence hold up a bond that is accelerated, once the fixing day of its last interest is past")
    func silenceAfterAcceleration() async throws {
        let one = try await ServicingScene { sheet, scene in
            Self.floating(observer: scene.carol.account)(&sheet)
            sheet.defaults = ServicingScene.defaults(.automatic)
        }
        try await one.open("2026-02-06")
        try await one.open("2026-02-10")
        #expect(try await one.ledger.read { $0.acceleration(of: one.bond) } == Fixture.date(2026, 2, 10))
        try await one.open("2026-03-04")
        try await one.pay(.coupon, "2026-02-05")
        try await one.expectRefusal(.amountNotKnown) { try await one.pay(.acceleration, "2026-02-10") }
        try await one.open("2026-03-05")
        try await one.pay(.acceleration, "2026-02-10")
        #expect(try await one.ledger.read { $0.asset(one.bond)?.status } == .redeemed)
        try await one.expectSnapshotKeepsEverything()
    }
}
