import Testing

@testable import Tokenize

/// Principal is paid once for each unit, and to whom an order gave it.
@Suite("Principal of record")
struct PrincipalOfRecordTests {
    private static func scene(
        puts: String,
        acceleration: BondDefaultTerms.Acceleration = .none
    ) async throws -> ServicingScene {
        try await ServicingScene { sheet, _ in
            sheet.calls = SampleBond.options([("2026-03-05", "101")], notice: 5, allowsPart: true)
            sheet.puts = SampleBond.options([(puts, "99")], notice: 5)
            sheet.defaults = ServicingScene.defaults(acceleration)
        }
    }

    private static func declared(_ one: ServicingScene, _ kind: BondDue.Kind, _ date: String) async throws -> Quantity?
    {
        let id = try ServicingScene.due(kind, date)
        return try await one.ledger.read { $0.dues(of: one.bond).first { $0.due.id == id }?.payment?.declared }
    }

    private static let coupons = ["2026-02-05", "2026-03-05", "2026-04-05"]

    /// A put of 20 units for 5 March that was not paid; the bond is accelerated on 10 March, and that is recorded.
    private static func accelerated() async throws -> ServicingScene {
        let one = try await scene(puts: "2026-03-05", acceleration: .automatic)
        try await one.bob.put(20, of: one.bond, on: Fixture.date(2026, 3, 5))
        try await one.open("2026-02-05")
        try await one.pay(.coupon, "2026-02-05")
        try await one.open("2026-03-05")
        try await one.pay(.coupon, "2026-03-05")
        try await one.open("2026-03-11")
        return one
    }

    @Test("a put that is paid late is not paid again by the acceleration; the interest of record stays")
    func lateThenAccelerated() async throws {
        let one = try await Self.accelerated()
        let day = try #require(try await one.ledger.read { $0.acceleration(of: one.bond) })
        try await one.expectRefusal(.earlierDueUnpaid) { try await one.pay(.acceleration, day.description) }
        try await one.pay(.put, "2026-03-05")
        #expect(try await one.ledger.read { $0.units(of: one.bond, heldBy: one.bob.account, onRecord: day) } == 60)
        try await one.expectSnapshotKeepsEverything()
        try await one.pay(.acceleration, day.description)
        let declared = try #require(try await Self.declared(one, .acceleration, day.description))
        let accrued = 180 * UInt128(day.days(since: Fixture.date(2026, 3, 5))) / 3
        #expect(declared == Quantity(180_000 + accrued))
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("nor in one transaction with it")
    func bothAtOnce() async throws {
        let one = try await Self.accelerated()
        let day = try #require(try await one.ledger.read { $0.acceleration(of: one.bond) })
        let dues = [try ServicingScene.due(.put, "2026-03-05"), BondDue.ID(.acceleration, day)]
        let before = try await one.kip(one.bob)
        _ = try await one.scene.fixture.ministry.submit(
            dues.map {
                let payment = DuePayment(asset: one.bond, due: $0, claimsAccount: one.treasury.account)
                return Operation(.service(.payDue(payment), under: AuthorityReference(.payingAgent)))
            }
        )
        let accrued = 180 * UInt128(day.days(since: Fixture.date(2026, 3, 5))) / 3
        #expect(try await Self.declared(one, .acceleration, day.description) == Quantity(180_000 + accrued))
        // 990 for each of 20, face for each of 40, and a little interest.
        let paid = try await one.kip(one.bob).units - before.units
        #expect((59_800..<60_000).contains(paid))
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("nor by the redemption, of which the holders were recorded before it was paid")
    func lateThenRedeemed() async throws {
        let one = try await Self.scene(puts: "2026-03-05")
        try await one.bob.put(20, of: one.bond, on: Fixture.date(2026, 3, 5))
        try await one.open("2026-04-06")
        for date in Self.coupons { try await one.pay(.coupon, date) }
        try await one.pay(.put, "2026-03-05")
        try await one.pay(.redemption, "2026-04-05")
        #expect(try await Self.declared(one, .coupon, "2026-04-05") == 2_000)
        #expect(try await Self.declared(one, .redemption, "2026-04-05") == 180_000)
    }

    @Test("SRV-006: a put comes before a later part of the principal, which is not paid on its units")
    func putBeforePart() async throws {
        let one = try await Self.scene(puts: "2026-02-05")
        try await one.bob.put(20, of: one.bond, on: Fixture.date(2026, 2, 5))
        try await one.scene.issuer.call(one.bond, on: Fixture.date(2026, 3, 5), part: SampleBond.decimal("0.5"))
        try await one.open("2026-03-05")
        try await one.pay(.coupon, "2026-02-05")
        try await one.expectRefusal(.earlierDueUnpaid) { try await one.pay(.call, "2026-03-05") }
        try await one.pay(.put, "2026-02-05")
        try await one.pay(.coupon, "2026-03-05")
        try await one.pay(.call, "2026-03-05")
        #expect(try await Self.declared(one, .coupon, "2026-03-05") == 2_000)
        #expect(try await Self.declared(one, .call, "2026-03-05") == 90_900)
    }

    @Test("units that are bought back or redeemed after the record date are not paid again; interest on them is")
    func endedByAgreement() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-04-03")
        try await one.scene.issuer.buyBack(20, of: one.bond, from: one.alice, at: .price(.hundred))
        try await one.open("2026-04-06")
        try await one.scene.issuer.redeem(10, of: one.bond, from: one.bob)
        try await one.expectSnapshotKeepsEverything()
        for date in Self.coupons { try await one.pay(.coupon, date) }
        let before = try await one.kip(one.alice)
        try await one.pay(.redemption, "2026-04-05")
        #expect(try await Self.declared(one, .coupon, "2026-04-05") == 2_000)
        #expect(try await Self.declared(one, .redemption, "2026-04-05") == 170_000)
        #expect(try await one.kip(one.alice) == Quantity(before.units + 80_000))
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("principal goes with units that an order moves after the record date, and their liens with it")
    func movedByOrder() async throws {
        let store = MemoryStore()
        let one = try await ServicingScene(store: store)
        let target = one.scene.target(one.alice, of: one.bond)
        try await one.scene.encumber(target, 100, kind: .lien, rank: 4, by: one.scene.regulator, order: "lien")
        try await one.open("2026-04-03")
        try await one.scene.court.forceTransfer(
            ForcedTransfer(
                asset: one.bond,
                from: one.alice.account,
                to: one.carol.account,
                units: 100,
                rank: 1,
                lastDate: Fixture.date(2030, 1, 1),
                order: Fixture.order("judgment")
            )
        )
        try await one.scene.court.control(
            .forceRedeem(
                Taking(
                    asset: one.bond,
                    from: one.bob.account,
                    units: 25,
                    rank: 1,
                    lastDate: Fixture.date(2030, 1, 1),
                    order: Fixture.order("annulled")
                )
            )
        )
        try await one.expectSnapshotKeepsEverything()
        try await one.open("2026-04-06")
        for date in Self.coupons { try await one.pay(.coupon, date) }
        let before = [try await one.kip(one.alice), try await one.kip(one.bob)]
        #expect(try await one.kip(one.carol) == 0)
        try await one.pay(.redemption, "2026-04-05")
        #expect(try await one.kip(one.alice) == before[0])
        #expect(try await one.kip(one.bob) == Quantity(before[1].units + 35_000))
        let cash = try await one.scene.holding(one.carol, of: one.cash)
        #expect(cash.units == 100_000)
        #expect(cash.available == 0)
        #expect(cash.encumbrances.map(\.amount) == [100_000])
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("an order and the payment in one transaction")
    func movedInTheSameTransaction() async throws {
        let one = try await ServicingScene()
        try await one.open("2026-04-06")
        for date in Self.coupons { try await one.pay(.coupon, date) }
        let before = try await one.kip(one.alice)
        let order = ForcedTransfer(
            asset: one.bond,
            from: one.alice.account,
            to: one.carol.account,
            units: 30,
            rank: 1,
            lastDate: Fixture.date(2030, 1, 1),
            order: Fixture.order("judgment")
        )
        let payment = DuePayment(
            asset: one.bond,
            due: try ServicingScene.due(.redemption, "2026-04-05"),
            claimsAccount: one.treasury.account
        )
        _ = try await one.scene.fixture.ministry.submit(
            [
                Operation(.forceTransfer(order, under: one.scene.court.reference), principal: 1),
                Operation(.service(.payDue(payment), under: AuthorityReference(.payingAgent))),
            ],
            with: one.scene.fixture.judges
        )
        #expect(try await one.kip(one.alice) == Quantity(before.units + 70_000))
        #expect(try await one.kip(one.carol) == 30_000)
        #expect(try await one.ledger.read { $0.assetsOutOfBalance() } == [])
    }
}
