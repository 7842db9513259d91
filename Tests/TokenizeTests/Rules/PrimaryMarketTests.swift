import Testing

@testable import Tokenize

@Suite("Sale and buyback of bonds")
struct PrimaryMarketTests {
    @Test("PRM-001, STL-001: sizes are those of the terms; cost is clean plus accrued, against the units")
    func subscription() async throws {
        let one = try await ServicingScene(units: [])
        let (issuer, ministry) = (one.scene.issuer, one.scene.fixture.ministry)
        try await ministry.transfer(1_000_000, of: one.cash, to: one.alice.account)
        let before = try await one.kip(ministry)
        let par = BondQuote.price(.hundred)
        try await one.expectRefusal(.sizeNotAdmitted) {
            try await issuer.subscribe(9, of: one.bond, to: one.alice, at: par)
        }
        try await one.expectRefusal(.sizeNotAdmitted) {
            try await issuer.subscribe(11, of: one.bond, to: one.alice, at: par)
        }
        try await one.expectRefusal(.buyerIsSeller) {
            let own = Subscription(asset: one.bond, buyer: 0, units: 10, at: par)
            try await issuer.submit([.service(.subscribe(own), under: issuer.reference)])
        }
        try await issuer.subscribe(15, of: one.bond, to: one.alice, at: .price(SampleBond.decimal("99.5")))
        #expect(try await one.scene.units(one.alice, of: one.bond) == 15)
        #expect(try await one.kip(one.alice) == 985_075)
        #expect(try await one.kip(ministry) == Quantity(before.units + 14_925))
        // Reopened after ten days: 10 / 3 of accrued interest on a unit.
        try await one.open("2026-01-15")
        try await issuer.subscribe(10, of: one.bond, to: one.alice, at: par)
        #expect(try await one.kip(one.alice) == 975_042)
        try await one.expectRefusal(.insufficientUnits) {
            try await issuer.subscribe(10, of: one.bond, to: one.bob, at: par)
        }
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("PRM-002: a price that cannot be worked out is none; a yield at the coupon's rate is par")
    func yields() async throws {
        let one = try await ServicingScene(units: [])
        let (issuer, ministry) = (one.scene.issuer, one.scene.fixture.ministry)
        try await ministry.transfer(1_000_000, of: one.cash, to: one.alice.account)
        for quote in [BondQuote.price(.zero), .yield(SampleBond.decimal("2")), .yield(SampleBond.decimal("-0.6"))] {
            try await one.expectRefusal(.priceNotKnown) {
                try await issuer.subscribe(10, of: one.bond, to: one.alice, at: quote)
            }
        }
        try await issuer.subscribe(10, of: one.bond, to: one.alice, at: .yield(SampleBond.decimal("0.12")))
        #expect(try await one.kip(one.alice) == 990_000)
        let schedule = try #require(try await one.ledger.read { $0.schedule(of: one.bond) })
        // 10/1.0125 + 10/1.0125^2 + 1,010/1.0125^3 for each 1,000: a yield of 15 % a year.
        let price = try schedule.cleanPrice(atYield: SampleBond.decimal("0.15"), settlement: Fixture.firstDate)
        #expect(price == SampleBond.decimal("99.268367"))
    }

    @Test("what is bought back is cancelled and never issued again")
    func buyBack() async throws {
        let one = try await ServicingScene(units: [600, 300])
        let issuer = one.scene.issuer
        let quote = BondQuote.price(SampleBond.decimal("98"))
        try await one.expectRefusal(.sizeNotAdmitted) {
            try await issuer.buyBack(101, of: one.bond, from: one.alice, at: quote)
        }
        try await one.expectRefusal(.insufficientUnits) {
            try await issuer.buyBack(602, of: one.bond, from: one.alice, at: quote)
        }
        try await issuer.buyBack(100, of: one.bond, from: one.alice, at: quote)
        #expect(try await one.kip(one.alice) == 98_000)
        #expect(try await one.scene.units(one.alice, of: one.bond) == 500)
        let record = try #require(try await one.ledger.read { $0.asset(one.bond) })
        #expect(record.issued == 900)
        #expect(record.redeemed == 100)
        try await issuer.issue(100, of: one.bond, to: one.bob.account)
        try await one.expectRefusal(.capExceeded) { try await issuer.issue(1, of: one.bond, to: one.bob.account) }
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("BND-022: without an ex day, whoever sells after the record day is paid no interest that it gets as a coupon")
    func buyBackAfterTheRecordDay() async throws {
        let one = try await ServicingScene(units: [600, 300]) { sheet, _ in sheet.exDate = BondExDate.none }
        // Recorded on Tuesday 3 February, due on the 5th.
        try await one.open("2026-02-04")
        let schedule = try #require(try await one.ledger.read { $0.schedule(of: one.bond) })
        #expect(try schedule.accrued(on: Fixture.date(2026, 2, 3)) > .zero)
        #expect(try schedule.accrued(on: Fixture.date(2026, 2, 4)) == Ratio(numerator: -1, denominator: 3))
        try await one.scene.issuer.buyBack(300, of: one.bond, from: one.alice, at: .price(.hundred))
        #expect(try await one.kip(one.alice) == 299_900)
    }

    @Test("SRV-006: no units come while principal is recorded and unpaid, for they would have none of it")
    func issueAfterTheRecordDayOfPrincipal() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-04-02")
        try await one.scene.issuer.issue(1, of: one.bond, to: one.carol.account)
        try await one.open("2026-04-03")
        try await one.expectRefusal(.earlierDueUnpaid) {
            try await one.scene.issuer.issue(1, of: one.bond, to: one.carol.account)
        }
        try await one.expectRefusal(.earlierDueUnpaid) {
            try await one.scene.issuer.subscribe(10, of: one.bond, to: one.carol, at: .price(.hundred))
        }
    }
}
