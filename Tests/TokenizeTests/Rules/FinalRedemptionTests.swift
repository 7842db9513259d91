import Testing

@testable import Tokenize

@Suite("Final redemption")
struct FinalRedemptionTests {
    /// A bond of 1,000 units at a face of 10, maturing on 9 January; Alice holds it all. Its holders were recorded before
    /// it came onto the ledger, so that its redemption is no due there.
    private struct Bond {
        let scene: RuleScene
        let cash: AssetID
        let bond: AssetID

        init(store: any LedgerStore = MemoryStore(), face: Quantity = 10, cashUnits: Quantity = 1_000_000) async throws
        {
            scene = try await RuleScene(store: store)
            cash = try await scene.fixture.makeCash(cashUnits)
            let terms = try SampleBond.bill(
                cash: cash,
                face: face,
                issue: Fixture.date(2025, 12, 1),
                maturity: Fixture.date(2026, 1, 9)
            ) {
                $0.recordDate = .businessDays(10)
                $0.exDate = .before(.businessDays(9))
            }
            bond = try await scene.issuer.createAsset(
                nonce: 200,
                identification: try #require(AssetIdentification(.other, "bond")),
                terms: .bond(terms),
                charter: Charter(authorities: []),
                cap: .max
            )
            try await scene.issuer.issue(1_000, of: bond, to: scene.alice.account)
        }

        func redeemAll(
            _ amountPerUnit: Quantity = 10,
            of asset: AssetID? = nil,
            in cash: AssetID? = nil,
            order: String = "redemption"
        ) async throws {
            let redemption = FinalRedemption(
                asset: asset ?? bond,
                cash: cash ?? self.cash,
                amountPerUnit: amountPerUnit,
                order: Fixture.order(order)
            )
            try await scene.fixture.authority(.payingAgent).redeemAll(redemption)
        }

        func freeze(_ amount: Quantity, partition: Partition = 0, order: String = "order") async throws {
            let target = scene.target(scene.alice, of: bond, partition: partition)
            try await scene.encumber(target, amount, order: order)
        }
    }

    @Test("PAY-003: not before maturity; then every holder is paid and the asset is closed")
    func beforeMaturity() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.alice.transfer(300, of: bond.bond, to: scene.bob.account)
        try await scene.pass(days: 3)
        try await scene.expectRefusal(.beforeMaturity) { try await bond.redeemAll() }
        try await scene.pass(days: 1)
        try await bond.redeemAll()
        #expect(try await scene.units(scene.alice, of: bond.cash) == 7_000)
        #expect(try await scene.units(scene.bob, of: bond.cash) == 3_000)
        #expect(try await scene.ledger.read { $0.holdings(of: bond.bond) }.isEmpty)
        #expect(try await scene.ledger.read { $0.assetsOutOfBalance() } == [])
    }

    @Test("AST-008: nothing happens to a closed asset any more")
    func assetClosed() async throws {
        let bond = try await Bond()
        let (scene, asset) = (bond.scene, bond.bond)
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        try await scene.expectRefusal(.assetClosed) { try await bond.redeemAll(order: "again") }
        try await scene.expectRefusal(.assetClosed) {
            try await scene.issuer.issue(1, of: asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetClosed) {
            try await scene.alice.transfer(1, of: asset, to: scene.bob.account)
        }
        try await scene.expectRefusal(.assetClosed) { try await scene.issuer.redeem(1, of: asset, from: scene.alice) }
        try await scene.expectRefusal(.assetClosed) {
            let forced = ForcedTransfer(
                asset: asset,
                from: scene.alice.account,
                to: scene.bob.account,
                units: 1,
                rank: 1,
                lastDate: Fixture.date(2030, 1, 1),
                order: Fixture.order("order")
            )
            try await scene.court.forceTransfer(forced)
        }
    }

    @Test("PAY-004: a bond is redeemed at its face and in its cash")
    func amountContradictsTerms() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.pass(days: 4)
        for amount in [9, 11] as [Quantity] {
            try await scene.expectRefusal(.amountContradictsTerms) { try await bond.redeemAll(amount) }
        }
        let euro = try await scene.issuer.createAsset(
            nonce: 201,
            identification: try #require(AssetIdentification(.currency, "EUR")),
            terms: .cash(CashTerms(currency: "EUR", minorUnitDigits: 2)),
            charter: Charter(authorities: []),
            cap: .max
        )
        try await scene.expectRefusal(.amountContradictsTerms) { try await bond.redeemAll(in: euro) }
        try await scene.expectRefusal(.amountContradictsTerms) { try await bond.redeemAll(in: scene.asset) }
        try await scene.expectRefusal(.zeroUnits) { try await bond.redeemAll(0) }
        try await bond.redeemAll()
    }

    @Test("the payer pays all or nothing")
    func insufficient() async throws {
        let bond = try await Bond(cashUnits: 9_999)
        let scene = bond.scene
        try await scene.pass(days: 4)
        try await scene.expectRefusal(.insufficientUnits) { try await bond.redeemAll() }
        try await scene.issuer.issue(1, of: bond.cash, to: scene.fixture.ministry.account)
        try await bond.redeemAll()
        #expect(try await scene.units(scene.fixture.ministry, of: bond.cash) == 0)
    }

    @Test("TRF-007: a sum above 2^128 - 1 is none")
    func quantityOverflow() async throws {
        let bond = try await Bond(cashUnits: .max)
        let scene = bond.scene
        let most = Quantity(UInt128.max / 1_000)
        try await scene.expectRefusal(.quantityOverflow) {
            try await bond.redeemAll(Quantity(most.units + 1), of: scene.asset)
        }
        try await bond.redeemAll(most, of: scene.asset)
        #expect(try await scene.units(scene.alice, of: bond.cash) == Quantity(most.units * 1_000))
    }

    @Test("PAY-002: what nobody holds is not redeemed")
    func nothingOutstanding() async throws {
        let bond = try await Bond()
        let empty = try await bond.scene.fixture.makeAsset(nonce: 300)
        try await bond.scene.expectRefusal(.nothingOutstanding) { try await bond.redeemAll(of: empty) }
    }

    @Test("TRF-004: a pause stops it")
    func paused() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.pass(days: 4)
        let pause = try await scene.encumber(.asset(bond.bond))
        try await scene.expectRefusal(.assetPaused) { try await bond.redeemAll() }
        try await scene.court.release(pause, on: .asset(bond.bond))
        try await bond.redeemAll()
    }

    @Test("cash that replaces encumbered units carries the same orders, ranks and owners")
    func carriesOrders() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await bond.freeze(400)
        let target = scene.target(scene.alice, of: bond.bond)
        try await scene.encumber(target, 250, kind: .lien, rank: 3, by: scene.regulator, order: "tax")
        let before = try await scene.holding(scene.alice, of: bond.bond).encumbrances
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        let after = try await scene.holding(scene.alice, of: bond.cash)
        #expect(after.units == 10_000)
        #expect(after.available == 6_000)
        #expect(after.encumbrances.map { $0.amount } == [4_000, 2_500])
        #expect(after.encumbrances.map { $0.id } == before.map { $0.id })
        #expect(after.encumbrances.map { $0.owner } == before.map { $0.owner })
        #expect(after.encumbrances.map { $0.order } == before.map { $0.order })
        #expect(after.encumbrances.map { $0.rank } == [1, 3])
        try await scene.expectRefusal(.unitsEncumbered) {
            try await scene.alice.transfer(6_001, of: bond.cash, to: scene.bob.account)
        }
        try await scene.court.release(before[0].id, on: scene.target(scene.alice, of: bond.cash))
        try await scene.alice.transfer(7_500, of: bond.cash, to: scene.bob.account)
    }

    @Test("frozen units become frozen cash beside cash that is frozen already, and beside free cash")
    func besideFrozenCash() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.fixture.ministry.transfer(600, of: bond.cash, to: scene.alice.account)
        try await scene.encumber(scene.target(scene.alice, of: bond.cash), 500)
        try await bond.freeze(1_000)
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        #expect(try await scene.units(scene.alice, of: bond.cash) == 10_600)
        #expect(try await scene.available(scene.alice, of: bond.cash) == 100)
    }

    @Test("two partitions, each frozen by an order of its own: both sums stay frozen")
    func twoPartitions() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.issuer.issue(500, of: bond.bond, to: scene.alice.account, partition: 1)
        try await bond.freeze(1_000, order: "first")
        try await bond.freeze(500, partition: 1, order: "second")
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        let cash = try await scene.holding(scene.alice, of: bond.cash)
        #expect(cash.units == 15_000)
        #expect(cash.available == 0)
        #expect(Set(cash.encumbrances.map { $0.amount }) == [10_000, 5_000])
    }

    @Test("a freeze larger than the units freezes the cash of the units that there are")
    func largerThanUnits() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        try await scene.fixture.ministry.transfer(600, of: bond.cash, to: scene.alice.account)
        try await bond.freeze(.max)
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        let cash = try await scene.holding(scene.alice, of: bond.cash)
        #expect(cash.encumbrances.map { $0.amount } == [10_000])
        #expect(cash.available == 600)
    }

    @Test("an encumbrance that has lapsed is not carried; one that lapses later does so on the cash")
    func lapsing() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        let target = scene.target(scene.alice, of: bond.bond)
        try await scene.encumber(target, 1_000, until: Fixture.date(2026, 1, 8), order: "lapses first")
        try await scene.encumber(target, 300, until: Fixture.date(2026, 1, 10), order: "lapses later")
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        #expect(try await scene.available(scene.alice, of: bond.cash) == 7_000)
        try await scene.pass(days: 2)
        #expect(try await scene.available(scene.alice, of: bond.cash) == 10_000)
    }

    @Test("a holder whose list of encumbrances is full does not stop the redemption of all")
    func fullList() async throws {
        let bond = try await Bond()
        let scene = bond.scene
        let limit = TransactionLimits.arrivedEncumbranceCountMax
        // Cash on which as much has arrived as fits, by redemption of other assets.
        let rounds = limit / TransactionLimits.encumbranceCountMax
        for round in 0..<rounds {
            let other = try await scene.fixture.makeAsset(nonce: 400 + UInt64(round))
            try await scene.issuer.issue(100, of: other, to: scene.alice.account)
            let reservations = (0..<TransactionLimits.encumbranceCountMax).map { _ in
                Operation(
                    .encumber(
                        Encumbering(
                            target: scene.target(scene.alice, of: other),
                            kind: .hold,
                            amount: 1,
                            rank: 1,
                            lastDate: Fixture.date(2030, 1, 1),
                            order: Fixture.contract("friend"),
                            beneficiary: scene.bob.account
                        ),
                        under: nil
                    )
                )
            }
            _ = try await scene.alice.submit(reservations)
            try await bond.redeemAll(1, of: other)
        }
        #expect(try await scene.holding(scene.alice, of: bond.cash).encumbrances.count == limit)
        try await bond.freeze(1_000)
        try await scene.pass(days: 4)
        try await bond.redeemAll()
        #expect(try await scene.holding(scene.alice, of: bond.cash).units == Quantity(UInt128(100 * rounds)))
        let next = try await scene.holding(scene.alice, of: bond.cash, partition: 1)
        #expect(next.units == 10_000)
        #expect(next.available == 0)
        try await scene.encumber(scene.target(scene.alice, of: bond.cash), 200)
    }
}
