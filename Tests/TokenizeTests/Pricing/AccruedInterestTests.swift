import Testing
import Tokenize

@Suite("Accrued interest")
struct AccruedInterestTests {
    private func accrued(_ bond: BondStructure, _ settlement: String) throws -> Ratio {
        try BondCashFlows(bond).accrued(on: day(settlement))
    }

    @Test("it grows from 0 at a coupon's start to the coupon before its end")
    func growth() throws {
        let bond = BondScene.bond()
        #expect(try accrued(bond, "2024-03-15") == .zero)
        // 92 of the 184 days to 15 September.
        #expect(try accrued(bond, "2024-06-15") == Ratio(numerator: 3, denominator: 2))
        #expect(try accrued(bond, "2024-09-14") == Ratio(numerator: 3 * 183, denominator: 184))
        #expect(try accrued(bond, "2024-09-15") == .zero)
        #expect(try accrued(bond, "2020-03-15") == .zero)
        #expect(try accrued(bond, "2030-03-15") == .zero)
        #expect(try accrued(bond, "2019-01-01") == .zero)
    }

    @Test("from the ex date on the buyer is owed the rest of the period")
    func exCoupon() throws {
        var bond = BondScene.bond()
        bond.exCoupon = try ExCoupon(days: 10)
        #expect(try BondCashFlows(bond).coupons[8].exDate == day("2024-09-05"))
        #expect(try accrued(bond, "2024-09-04") == Ratio(numerator: 3 * 173, denominator: 184))
        #expect(try accrued(bond, "2024-09-05") == Ratio(numerator: -3 * 10, denominator: 184))
        #expect(try accrued(bond, "2024-09-14") == Ratio(numerator: -3, denominator: 184))
        bond.exCoupon = try ExCoupon(days: 10, calendar: .mondayToFriday)
        #expect(try BondCashFlows(bond).coupons[8].exDate == day("2024-09-02"))
    }

    @Test("a coupon that is paid late accrues no longer than its period")
    func latePayment() throws {
        var bond = BondScene.bond()
        bond.calendar = .laoModel
        bond.paymentConvention = .following
        // 15 September 2024 is a Sunday.
        let flows = try BondCashFlows(bond)
        #expect(flows.coupons[8].payment == day("2024-09-16"))
        #expect(try flows.accrued(on: day("2024-09-15")) == 3)
        #expect(try flows.streetAccrued(on: day("2024-09-15")) == .zero)
        #expect(try flows.accrued(on: day("2024-09-16")) == Ratio(numerator: 3, denominator: 181))
    }

    @Test("an amortising bond pays its principal in parts, and interest on what is left")
    func amortising() throws {
        var bond = BondScene.bond(.thirtyE360)
        bond.notionals = [100, 100, 75, 75, 50]
        let flows = try BondCashFlows(bond)
        #expect(flows.redemptions.map(\.amount) == [25, 25, 50])
        #expect(flows.redemptions.map(\.due) == ["2021-03-15", "2022-03-15", "2030-03-15"].map(day))
        #expect(
            try flows.coupons.prefix(5).map(\.amount) == [
                3, 3, Ratio(numerator: 9, denominator: 4),
                Ratio(numerator: 9, denominator: 4), Ratio(numerator: 3, denominator: 2),
            ]
        )
        // For each 100 outstanding, not for each 100 issued.
        #expect(try flows.accrued(on: day("2024-06-15")) == Ratio(numerator: 3, denominator: 2))
    }

    @Test("a step-up bond pays the rate of each period, the last one for the rest")
    func stepUp() throws {
        var bond = BondScene.bond(.thirtyE360)
        bond.couponRates = ["0.02", "0.04", "0.06"].map(BondScene.rate)
        #expect(try BondCashFlows(bond).coupons.prefix(5).map(\.amount) == [1, 2, 3, 3, 3])
        #expect(try BondCashFlows(bond).currentYield(clean: 50, on: day("2020-04-01")) == BondScene.rate("0.04"))
    }

    @Test("what is no bond has no cash flows")
    func refused() throws {
        var bond = BondScene.bond()
        for notionals in [[], [100, 101], [100, 0], [100, -1]] as [[Ratio]] {
            bond.notionals = notionals
            #expect(throws: PricingFailure.malformedNotionals) { try BondCashFlows(bond) }
        }
        bond = BondScene.bond()
        bond.couponRates = Array(repeating: 0, count: 21)
        #expect(throws: PricingFailure.tooManyRates) { try BondCashFlows(bond) }
        bond = BondScene.bond()
        bond.maturity = bond.issue
        #expect(throws: PricingFailure.convention(.scheduleDatesOutOfOrder)) { try BondCashFlows(bond) }
        #expect(throws: PricingFailure.malformedExCoupon) { try ExCoupon(days: -1) }
        #expect(throws: PricingFailure.malformedExCoupon) { try ExCoupon(days: ExCoupon.dayCountMax + 1) }
        for frequency in [0, -2, 13] {
            #expect(throws: PricingFailure.malformedFrequency) { try YieldConvention(.simple, frequency: frequency) }
        }
        for settlement in ["2020-03-14", "2030-03-15", "2031-01-01"] {
            #expect(throws: PricingFailure.nothingOutstanding(day(settlement))) {
                try BondScene.flows(BondScene.bond(), on: settlement, BondScene.street())
            }
        }
    }
}
