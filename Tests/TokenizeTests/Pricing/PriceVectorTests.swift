import Testing

@testable import Tokenize

@Suite("Vectors of prices from yields")
struct PriceVectorTests {
    @Test("a fractional power has these 40 decimals", arguments: ConventionVectors.file.powers)
    func power(_ vector: ConventionVectors.PowerCase) throws {
        let power = try FractionalPower.power(vector.base.ratio, vector.exponent.ratio)
        #expect(try (power * Ratio(10 as Int).power(FractionalPower.decimalCount)).description == vector.power)
    }

    @Test("a bid yield makes this price in state", arguments: ConventionVectors.file.prices)
    func price(_ vector: ConventionVectors.PriceCase) throws {
        var bond = BondStructure(
            issue: vector.issue.date,
            maturity: vector.maturity.date,
            tenor: try #require(Period(vector.months, .month)),
            couponRates: vector.couponRates.map(\.ratio),
            dayCount: try .named(vector.dayCount)
        )
        bond.notionals = vector.notionals.map(\.ratio)
        bond.endOfMonth = vector.endOfMonth
        bond.exCoupon = try vector.exCouponDays.map { try ExCoupon(days: $0) }
        let convention = try YieldConvention(
            .named(vector.compounding),
            frequency: vector.frequency,
            dayCount: .named(vector.yieldDayCount)
        )
        let flows = try StreetFlows(BondCashFlows(bond), settlement: vector.settlement.date, convention: convention)
        let price = try BondPrice(flows, yield: YieldRate(vector.yield))
        #expect(price.accrued == vector.accrued.ratio)
        #expect(try price.cleanUnits(decimals: 6, .halfUp).description == vector.cleanUnits6)
        #expect(try price.cleanUnits(decimals: 12, .halfUp).description == vector.cleanUnits12)
    }
}
