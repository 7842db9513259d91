/// How an event changes the state (ACTUS state transition functions).
extension EventCalculation {
    /// The state after the event.
    func state(after state: ContractState) throws(ArithmeticFailure) -> ContractState {
        var next = state
        next.accruedFee = try state.accruedFee + feeInterest(state)
        next.time = event.date.calculation
        switch event.type {
        case .initialExchange: try exchange(&next)
        case .interestPayment:
            next.accrued = .zero
            next.payable = .zero
        case .interestCapitalisation:
            next.notional = try state.notional + accrued(state)
            next.accrued = .zero
            follow(&next)
        case .maturity, .settlement, .termination: end(&next)
        default:
            next.accrued = try accrued(state)
            try change(&next, from: state)
        }
        return next
    }

    /// What events change beside the accrued interest.
    private func change(_ next: inout ContractState, from state: ContractState) throws(ArithmeticFailure) {
        switch event.type {
        case .principalRedemption, .principalPrepayment:
            next.notional = try state.notional - sign * redeemed(state)
            follow(&next)
        case .principalIncrease:
            next.notional = try state.notional + sign * (event.amount ?? .zero)
            follow(&next)
        case .rateReset: next.rate = try resetRate(state)
        case .rateResetFixed: next.rate = event.rate ?? state.rate
        case .redemptionFixing: next.redemption = try Annuity.payment(next, annuityFractions, instalment)
        case .interestBaseFixing: next.interestBase = state.notional
        case .scalingFixing: try scale(&next)
        case .exercise: giveNotice(&next)
        case .feePayment: next.accruedFee = .zero
        default: break
        }
    }

    private func exchange(_ next: inout ContractState) throws(ArithmeticFailure) {
        next.notional = try terms.signedNotional()
        next.rate = terms.nominalInterestRate ?? .zero
        next.interestBase = try terms.interestBase(of: next.notional)
        if let stated = terms.accruedInterest {
            next.accrued = try sign * stated
        } else {
            next.accrued = try interestBeforeExchange * next.notional * next.rate
        }
        if !annuityFractions.isEmpty { next.redemption = try Annuity.payment(next, annuityFractions, instalment) }
    }

    private func follow(_ next: inout ContractState) {
        if terms.baseFollowsNotional(quirks) { next.interestBase = next.notional }
    }

    private func scale(_ next: inout ContractState) throws(ArithmeticFailure) {
        guard let scaling = terms.scaling else { return }
        let scale = try observed / scaling.indexAtDeal
        if scaling.scalesInterest { next.interestScale = scale }
        if scaling.scalesNotional { next.notionalScale = scale }
    }

    /// Interest stops; it is paid at settlement.
    private func giveNotice(_ next: inout ContractState) {
        next.accrues = false
        let hasNotice = (terms.noticePeriod?.count ?? 0) > 0
        guard hasNotice, quirks.contains(.callNoticeHidesAccrued) else { return }
        next.payable = next.accrued
        next.accrued = .zero
    }

    /// Nothing is owed any more. The rate stays as it was.
    private func end(_ next: inout ContractState) {
        next.notional = .zero
        next.accrued = .zero
        next.payable = .zero
        next.accruedFee = .zero
        next.interestBase = .zero
    }
}
