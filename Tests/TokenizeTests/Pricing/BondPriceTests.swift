import Testing
import Tokenize

@Suite("Prices and yields of bonds")
struct BondPriceTests {
    @Test("a bond at a yield of its coupon costs par on a coupon date, exactly")
    func par() throws {
        for compounding in [YieldConvention.Compounding.compounded, .simpleThenCompounded] {
            let flows = try BondScene.flows(BondScene.bond(), on: "2024-03-15", BondScene.street(compounding))
            let price = try BondPrice(flows, yield: YieldRate("0.06"))
            #expect(price.clean == 100)
            #expect(price.dirty == 100)
            #expect(try price.cleanUnits(decimals: 6, .halfUp) == 100_000_000)
        }
    }

    @Test("simple interest in the last period is exact")
    func lastPeriod() throws {
        let flows = try BondScene.flows(BondScene.bond(), on: "2029-12-15", BondScene.street(.simple))
        let price = try BondPrice(flows, yield: YieldRate("0.08"))
        // 90 of 181 days are left, half a year being the period.
        let time = try Ratio(numerator: 90, denominator: 2 * 181)
        #expect(try price.dirty == 103 / (1 + BondScene.rate("0.08") * time))
        #expect(try price.accrued == Ratio(numerator: 3 * 91, denominator: 181))
    }

    @Test("the yield of the price of a yield is that yield", arguments: YieldConvention.Compounding.allCases)
    func roundTrip(compounding: YieldConvention.Compounding) throws {
        var random = RandomDays(seed: 31)
        for _ in 0..<60 {
            var bond = BondScene.bond(random.next() % 2 == 0 ? .actualActualICMA : .actual365Fixed)
            bond.exCoupon = random.next() % 3 == 0 ? try ExCoupon(days: 9) : nil
            let settlement = try #require(bond.issue.adding(days: Int(random.next() % 3_600)))
            let flows = try StreetFlows(
                BondCashFlows(bond),
                settlement: settlement,
                convention: BondScene.street(compounding)
            )
            let analytics = BondAnalytics(flows)
            let yield = Double(random.next() % 3_000) / 10_000
            let clean = analytics.cleanPrice(yield: yield)
            let found = try analytics.yield(clean: clean)
            // Close to maturity a price hardly knows its yield.
            let tolerance = settlement < day("2029-12-01") ? 1e-11 : 1e-7
            #expect((found - yield).magnitude < tolerance, "seed 31, \(settlement), \(yield)")
        }
    }

    @Test("the price of state is the price of screens, to the screen's precision")
    func exactAgainstBinary() throws {
        var random = RandomDays(seed: 32)
        for _ in 0..<40 {
            let settlement = try #require(day("2020-03-15").adding(days: Int(random.next() % 3_600)))
            let digits = String(random.next() % 10_000)
            let text = "0." + String(repeating: "0", count: 4 - digits.count) + digits
            for compounding in YieldConvention.Compounding.allCases {
                let flows = try StreetFlows(
                    BondCashFlows(BondScene.bond(.actual365Fixed)),
                    settlement: settlement,
                    convention: BondScene.street(compounding)
                )
                let exact = try BondPrice(flows, yield: YieldRate(text))
                let binary = BondAnalytics(flows).cleanPrice(yield: try #require(Double(text)))
                #expect((exact.clean.doubleValue - binary).magnitude < 1e-10, "seed 32, \(settlement), \(text)")
            }
        }
    }

    @Test("a higher yield is a lower price")
    func monotonic() throws {
        let flows = try BondScene.flows(BondScene.bond(), on: "2024-06-20", BondScene.street())
        let prices = try (-50...100).map { percent in
            let text =
                (percent < 0 ? "-" : "") + "\(abs(percent) / 100)." + (abs(percent) % 100 < 10 ? "0" : "")
                + "\(abs(percent) % 100)"
            return try BondPrice(flows, yield: YieldRate(text)).clean
        }
        #expect(zip(prices, prices.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test("durations and convexity are the derivatives of the price")
    func derivatives() throws {
        let flows = try BondScene.flows(BondScene.bond(), on: "2024-06-20", BondScene.street())
        let analytics = BondAnalytics(flows)
        let (yield, step) = (0.07, 1e-4)
        let prices = [-1.0, 0, 1].map { analytics.dirtyPrice(yield: yield + $0 * step) }
        let slope = (prices[2] - prices[0]) / (2 * step) / prices[1]
        let bend = (prices[2] - 2 * prices[1] + prices[0]) / (step * step) / prices[1]
        #expect((analytics.modifiedDuration(yield: yield) + slope).magnitude < 1e-6)
        #expect((analytics.convexity(yield: yield) - bend).magnitude < 1e-4)
        #expect(
            (analytics.macaulayDuration(yield: yield) / 1.035 - analytics.modifiedDuration(yield: yield)).magnitude
                < 1e-12
        )
    }

    @Test("a zero-coupon bond's duration is its time")
    func zeroCoupon() throws {
        var bond = BondScene.bond(.actual365Fixed)
        bond.couponRates = []
        let flows = try BondScene.flows(bond, on: "2029-03-15", BondScene.street())
        #expect(flows.accrued == .zero)
        #expect(flows.flows.map(\.step) == [1])
        #expect(try BondPrice(flows, yield: YieldRate("0.1")).clean == Ratio(decimal: "100") / Ratio(decimal: "1.1025"))
        #expect((BondAnalytics(flows).macaulayDuration(yield: 0.1) - 1).magnitude < 1e-15)
    }

    @Test("prices that no yield has, and decimals that no price has, are refused")
    func refused() throws {
        let flows = try BondScene.flows(BondScene.bond(), on: "2024-06-20", BondScene.street())
        for clean in [-5.0, .nan, .infinity, 1e300] {
            #expect(throws: PricingFailure.noYield) { try BondAnalytics(flows).yield(clean: clean) }
        }
        let price = try BondPrice(flows, yield: YieldRate("0.05"))
        #expect(throws: ArithmeticFailure.tooLarge) { try price.cleanUnits(decimals: 13, .halfUp) }
        #expect(throws: ArithmeticFailure.tooLarge) { try price.dirtyUnits(decimals: -1, .halfUp) }
        let simple = try BondScene.flows(BondScene.bond(), on: "2024-06-20", BondScene.street(.simple))
        #expect(throws: PricingFailure.arithmetic(.divisionByZero)) {
            try BondPrice(simple, yield: YieldRate("-0.5"))
        }
    }

    @Test("a yield is decimal text of one form", arguments: ["0", "0.0675", "1", "-0.5", "0.000000000001", "0.10"])
    func yieldText(text: String) throws {
        #expect(try YieldRate(text).value == Ratio(decimal: text))
    }

    @Test(
        "no other text is a yield",
        arguments: [
            "", "-", ".5", "0.", "+0.05", "00.05", "0,05", "5%", "0.05 ", "5e-2", "0.0000000000001", "-0", "-0.00",
            "٠.٥",
            "0.0.5",
        ]
    )
    func malformedYield(text: String) {
        #expect(throws: PricingFailure.malformedYield) { try YieldRate(text) }
    }

    @Test("a yield out of bounds is refused", arguments: ["1.000000000001", "6.75", "-0.500000000001", "-1"])
    func yieldBounds(text: String) {
        #expect(throws: PricingFailure.yieldOutOfRange) { try YieldRate(text) }
    }
}
