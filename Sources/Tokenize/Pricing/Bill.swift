#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A bill: one payment of its face at maturity, sold below it. All prices and yields but the last are exact.
public struct Bill: Hashable, Sendable {
    /// What is paid at maturity.
    public let face: Ratio
    /// Days from settlement to maturity, 1 or more.
    public let days: Int
    /// Days in a year of the market: 360 or 365.
    public let basis: Int

    /// A bill; throws ``PricingFailure/malformedBill`` unless face, days and basis are above zero.
    public init(face: Ratio, days: Int, basis: Int) throws(PricingFailure) {
        guard face > .zero, days > 0, basis > 0 else { throw .malformedBill }
        self.face = face
        self.days = days
        self.basis = basis
    }

    /// The price at a bank discount rate: `face (1 - d days/basis)`.
    public func price(discountRate: Ratio) throws(PricingFailure) -> Ratio {
        try positive { () throws(ArithmeticFailure) in
            try face * (1 - discountRate * Ratio(days) / Ratio(basis))
        }
    }

    /// The price at a simple yield: `face / (1 + y days/basis)`.
    public func price(simpleYield: Ratio) throws(PricingFailure) -> Ratio {
        try positive { () throws(ArithmeticFailure) in
            try face / (1 + simpleYield * Ratio(days) / Ratio(basis))
        }
    }

    /// The bank discount rate of a price: `(face - price)/face basis/days`.
    public func discountRate(price: Ratio) throws(PricingFailure) -> Ratio {
        try PricingFailure.exact { () throws(ArithmeticFailure) in
            try (face - price) / face * Ratio(basis) / Ratio(days)
        }
    }

    /// The simple yield of a price on the market's basis: `(face - price)/price basis/days`.
    public func moneyMarketYield(price: Ratio) throws(PricingFailure) -> Ratio {
        try simpleYield(price: price, basis: basis)
    }

    /// The simple yield of a price on a year of 365 days, to compare with bonds.
    public func bondEquivalentYield(price: Ratio) throws(PricingFailure) -> Ratio {
        try simpleYield(price: price, basis: 365)
    }

    /// The yield compounded once a year, `(face/price)^(basis/days) - 1`, in a binary number: for people only.
    public func annualCompoundedYield(price: Ratio) throws(PricingFailure) -> Double {
        guard price > .zero else { throw .malformedBill }
        let growth = try PricingFailure.exact { () throws(ArithmeticFailure) in try face / price }
        return pow(growth.doubleValue, Double(basis) / Double(days)) - 1
    }

    private func simpleYield(price: Ratio, basis: Int) throws(PricingFailure) -> Ratio {
        guard price > .zero else { throw .malformedBill }
        return try PricingFailure.exact { () throws(ArithmeticFailure) in
            try (face - price) / price * Ratio(basis) / Ratio(days)
        }
    }

    private func positive(_ body: () throws(ArithmeticFailure) -> Ratio) throws(PricingFailure) -> Ratio {
        let price = try PricingFailure.exact(body)
        guard price > .zero else { throw .malformedBill }
        return price
    }
}
