import Testing
import Tokenize

@Suite("Bills")
struct BillTests {
    @Test("a price from a discount rate or a yield gives that rate or yield back, exactly")
    func roundTrip() throws {
        var random = RandomDays(seed: 41)
        for _ in 0..<200 {
            let bill = try Bill(
                face: Ratio(1 + Int(random.next() % 1_000_000)),
                days: 1 + Int(random.next() % 364),
                basis: random.next() % 2 == 0 ? 360 : 365
            )
            let rate = try Ratio(numerator: Int(random.next() % 3_000), denominator: 10_000)
            #expect(try bill.discountRate(price: bill.price(discountRate: rate)) == rate, "seed 41")
            #expect(try bill.moneyMarketYield(price: bill.price(simpleYield: rate)) == rate, "seed 41")
        }
    }

    @Test("half a year at 10 % compounded is more than 10 % a year")
    func compounded() throws {
        let bill = try Bill(face: 105, days: 180, basis: 360)
        #expect((try bill.annualCompoundedYield(price: 100) - 0.1025).magnitude < 1e-15)
        #expect(try bill.moneyMarketYield(price: 100) == BondScene.rate("0.1"))
        #expect(try bill.bondEquivalentYield(price: 100) == Ratio(numerator: 5 * 365, denominator: 180 * 100))
    }

    @Test("what is no bill, and prices that are none, are refused")
    func refused() throws {
        for (face, days, basis) in [(Ratio.zero, 90, 360), (-1, 90, 360), (100, 0, 360), (100, 90, 0), (100, -1, 365)] {
            #expect(throws: PricingFailure.malformedBill) { try Bill(face: face, days: days, basis: basis) }
        }
        let bill = try Bill(face: 100, days: 360, basis: 360)
        #expect(throws: PricingFailure.malformedBill) { try bill.price(discountRate: 1) }
        #expect(throws: PricingFailure.malformedBill) { try bill.price(simpleYield: -2) }
        #expect(throws: PricingFailure.arithmetic(.divisionByZero)) { try bill.price(simpleYield: -1) }
        #expect(throws: PricingFailure.malformedBill) { try bill.moneyMarketYield(price: 0) }
        #expect(throws: PricingFailure.malformedBill) { try bill.annualCompoundedYield(price: -1) }
    }
}
