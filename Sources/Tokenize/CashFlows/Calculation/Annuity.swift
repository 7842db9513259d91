/// Level payments.
enum Annuity {
    /// The payment that, made on each of the dates to come, exactly pays off notional and interest.
    ///
    /// - Parameters:
    ///   - fractions: The parts of a year from now to the first date, and from each date to the next.
    static func payment(_ state: ContractState, _ fractions: [Ratio]) throws(ArithmeticFailure) -> Ratio {
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
