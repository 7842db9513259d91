/// How a calculated level payment is rounded, as contracts that people pay do. The last payment takes what is left.
///
/// It bounds the numbers too: each new level is a fraction of the whole schedule before it, and a long annuity with
/// many resets outgrows ``Ratio/bitCountMax`` where its levels are not rounded.
public struct InstalmentRounding: Hashable, Sendable {
    /// Decimals of the currency's main unit, 0 ... ``Ratio/decimalCountMax``; beyond that there are no cash flows.
    public let decimals: Int
    /// The direction.
    public let rounding: Rounding

    /// So many decimals in a direction.
    public init(decimals: Int, _ rounding: Rounding) {
        self.decimals = decimals
        self.rounding = rounding
    }
}

/// Level payments.
enum Annuity {
    /// Payments that one level is calculated for.
    static let paymentCountMax = 4_000

    /// The payment that, made on each of the dates to come, exactly pays off notional and interest.
    ///
    /// - Parameters:
    ///   - fractions: The parts of a year from now to the first date, and from each date to the next.
    ///   - rounding: How the payment is rounded; nil for not at all.
    static func payment(
        _ state: ContractState,
        _ fractions: [Ratio],
        _ rounding: InstalmentRounding?
    ) throws(ArithmeticFailure) -> Ratio {
        let payment = try exactPayment(state, fractions)
        guard let rounding else { return payment }
        return try payment.rounded(toDecimals: rounding.decimals, rounding.rounding)
    }

    private static func exactPayment(_ state: ContractState, _ fractions: [Ratio]) throws(ArithmeticFailure) -> Ratio {
        guard let first = fractions.first else { return try (state.notional + state.accrued).magnitude }
        // The balance before a payment is `owed - paid * payment`; both grow by the interest of each period.
        var owed = try (state.notional + state.accrued + first * state.rate * state.notional).magnitude
        var paid = Ratio.zero
        for fraction in fractions.dropFirst() {
            let growth = try 1 + state.rate * fraction
            try owed *= growth
            paid = try (paid + 1) * growth
        }
        return try owed / (paid + 1)
    }
}
