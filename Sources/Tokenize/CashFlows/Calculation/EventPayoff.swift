/// What an event pays, from the state before it (ACTUS payoff functions).
extension EventCalculation {
    /// The amount: positive if the creator of the record receives it.
    func payoff(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        switch event.type {
        case .initialExchange: try -sign * (terms.notionalPrincipal + terms.premiumDiscountAtIED)
        case .principalRedemption, .principalPrepayment:
            try sign * state.notionalScale * redeemed(state)
        case .principalIncrease: try -sign * state.notionalScale * (event.amount ?? .zero)
        case .interestPayment: try state.interestScale * (state.payable + accrued(state))
        case .maturity, .settlement:
            try state.notionalScale * state.notional + state.interestScale * state.accrued + state.accruedFee
        case .feePayment: try fee(state)
        case .penaltyPayment: try penalty(state)
        case .dividend: try sign * observed
        case .purchase: try dealt(terms.purchase, state, sold: -1)
        case .termination: try dealt(terms.termination, state, sold: 1)
        case .interestCapitalisation, .rateReset, .rateResetFixed, .redemptionFixing, .scalingFixing,
            .interestBaseFixing, .monitoring, .exercise, .creditEvent:
            .zero
        }
    }

    /// Price and accrued interest, received if `sold` is 1, paid if it is -1.
    private func dealt(
        _ deal: DealTerms?,
        _ state: ContractState,
        sold: Ratio
    ) throws(ArithmeticFailure) -> Ratio {
        guard let deal else { return .zero }
        switch terms.type {
        case .stock: return try sold * sign * deal.price
        case .commodity: return try sold * sign * terms.quantity * deal.price
        default: break
        }
        let accrued = try accrued(state)
        // The accrued interest has the sign of the role already, so that both parties see the same full price.
        guard quirks.contains(.liabilityPriceLessAccrued) else { return try sold * (sign * deal.price + accrued) }
        return try sold * sign * (deal.price + accrued)
    }

    private func fee(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        guard let fee = terms.fee else { return .zero }
        return try fee.isOnNotional ? state.accruedFee + feeInterest(state) : sign * fee.rate
    }

    private func penalty(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        guard let penalty = terms.penalty else { return .zero }
        switch penalty.basis {
        case .none: return .zero
        case .amount: return try sign * penalty.rate
        case .notional: return try yearFraction * state.notional * penalty.rate
        case .interestDifference: return try yearFraction * state.notional * max(.zero, state.rate - observed)
        }
    }
}
