import Tokenize

/// The price and yields of a bill.
enum BillCase {
    static func differences(_ data: CaseReader) throws -> [String] {
        var comparison = Comparison()
        let days = try data.date("maturity").days(since: data.date("settlement"))
        comparison.expect("days", days, try data.integer("days"))
        let face = try data.ratio("face")
        let bill = try Bill(face: face, days: days, basis: data.integer("basis"))
        let tolerance = Tolerance.amountPer100 * face.doubleValue / 100

        let discounted = try bill.price(discountRate: data.ratio("discountRate"))
        try comparison.expectExact("priceFromDiscount", discounted, data, within: tolerance)
        let yield = try bill.moneyMarketYield(price: discounted)
        try comparison.expectExact("moneyMarketYield", yield, data, within: Tolerance.yield)
        let equivalent = try bill.bondEquivalentYield(price: discounted)
        try comparison.expectExact("bondEquivalentYield365", equivalent, data, within: Tolerance.yield)

        let simple = try bill.price(simpleYield: data.ratio("simpleYield"))
        try comparison.expectExact("priceFromSimpleYield", simple, data, within: tolerance)
        comparison.expect(
            "annualCompoundedYield",
            try bill.annualCompoundedYield(price: simple),
            try data.double("annualCompoundedYield"),
            within: Tolerance.yield
        )
        return comparison.differences
    }
}

extension Comparison {
    /// Compares an exact number with the case's binary one, and with its exact one if there is one.
    fileprivate mutating func expectExact(
        _ name: String,
        _ found: Ratio,
        _ data: CaseReader,
        within tolerance: Double
    ) throws {
        expect(name, found.doubleValue, try data.double(name), within: tolerance)
        if data.has(name + "Exact") { expect(name + "Exact", found, try data.ratio(name + "Exact")) }
    }
}
