/// One event, with all that its payoff and its transition need beside the state.
struct EventCalculation {
    let terms: ContractTerms
    let quirks: Set<Quirk>
    let instalment: InstalmentRounding?
    let event: ContractEvent
    /// From the last event to this one, in years.
    let yearFraction: Ratio
    /// From an interest anchor before the initial exchange to the exchange, in years; else 0.
    let interestBeforeExchange: Ratio
    /// What was observed for it; 0 if it needs nothing.
    let observed: Ratio
    /// Where it fixes a level payment, the years between the payments to come.
    let annuityFractions: [Ratio]

    /// 1 or -1.
    var sign: Ratio { terms.role.sign }

    /// The interest since the last event.
    func interest(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        guard terms.type.isLoan, state.accrues else { return .zero }
        return try yearFraction * state.rate * (terms.type.isAmortiser ? state.interestBase : state.notional)
    }

    /// The interest accrued up to the event.
    func accrued(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        try state.accrued + interest(state)
    }

    /// The fee since the last event, where it is one on the notional.
    func feeInterest(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        guard let fee = terms.fee, fee.isOnNotional else { return .zero }
        return try yearFraction * state.notional * fee.rate
    }

    /// The principal that a redemption or prepayment pays back, without sign but for a level payment below the
    /// interest, which adds to the notional. Never more than there is.
    func redeemed(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        var amount = event.amount ?? state.redemption ?? .zero
        if event.type == .principalRedemption, terms.type.redeemsAfterInterest {
            try amount -= sign * accrued(state)
        }
        return min(amount, state.notional.magnitude)
    }

    /// The rate that a reset from an observation leads to, within caps and floors.
    func resetRate(_ state: ContractState) throws(ArithmeticFailure) -> Ratio {
        let reset = terms.rateReset
        var change = try observed * reset.multiplier + (event.rate ?? reset.spread) - state.rate
        if let cap = reset.periodCap { change = min(change, cap) }
        if let floor = reset.periodFloor { change = max(change, floor) }
        var rate = try state.rate + change
        if let cap = reset.lifeCap { rate = min(rate, cap) }
        if let floor = reset.lifeFloor { rate = max(rate, floor) }
        return rate
    }
}
