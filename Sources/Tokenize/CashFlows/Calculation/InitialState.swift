/// How a contract stands at its status date.
struct InitialState {
    let plan: EventPlan
    private var terms: ContractTerms { plan.terms }

    /// Nothing before the initial exchange; after it, the notional, the rate, and the interest accrued since interest
    /// was last settled.
    func state(_ calculator: EventCalculator, events: [ContractEvent]) throws(CashFlowFailure) -> ContractState {
        var state = ContractState(time: terms.statusDate)
        state.accruedFee = terms.feeAccrued
        state.redemption = try redemption(events)
        guard isRunning else { return state }
        state.rate = terms.nominalInterestRate ?? .zero
        state = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
            var state = state
            state.notional = try terms.signedNotional()
            state.interestBase = try terms.interestBase(of: state.notional)
            return state
        }
        state.accrued = try accrued(state)
        if terms.type == .annuity, terms.nextRedemptionPayment == nil {
            let fractions = try calculator.annuityFractions(after: terms.statusDate, orAt: false)
            state.redemption = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
                try Annuity.payment(state, fractions, plan.instalment)
            }
        }
        return state
    }

    private var isRunning: Bool {
        switch terms.type {
        case .stock, .commodity: false
        default: terms.initialExchangeDate.map { $0 <= terms.statusDate } ?? true
        }
    }

    private func accrued(_ state: ContractState) throws(CashFlowFailure) -> Ratio {
        guard terms.nominalInterestRate != nil else { return .zero }
        if let stated = terms.accruedInterest {
            return try CashFlowFailure.exact { () throws(ArithmeticFailure) in try terms.role.sign * stated }
        }
        // Contracts that end by notice or not at all have no dates of payment to accrue from.
        guard terms.type != .callMoney, let last = try lastSettlement() else { return .zero }
        let fraction = try terms.yearFraction(last, terms.statusDate, maturity: plan.maturity?.calculation)
        return try CashFlowFailure.exact { () throws(ArithmeticFailure) in
            try fraction * state.rate * (terms.type.isAmortiser ? state.interestBase : state.notional)
        }
    }

    /// Up to when interest was paid or added to the notional by the status date; nil before it first was.
    private func lastSettlement() throws(CashFlowFailure) -> ContractTime? {
        try plan.interestEvents().map(\.date).filter { $0.event <= terms.statusDate }.map(\.calculation).max()
    }

    /// The stated redemption; in a linear amortiser, else the notional in equal parts, the maturity's among them.
    private func redemption(_ events: [ContractEvent]) throws(CashFlowFailure) -> Ratio? {
        if let stated = terms.nextRedemptionPayment { return stated }
        guard terms.type == .linearAmortiser else { return nil }
        let count = events.count { $0.type == .principalRedemption } + 1
        return try CashFlowFailure.exact { () throws(ArithmeticFailure) in
            try terms.notionalPrincipal / Ratio(count)
        }
    }
}
