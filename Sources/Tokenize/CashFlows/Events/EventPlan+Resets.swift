/// When rates, bases, scales and levels are set, and when fees are paid.
extension EventPlan {
    /// Rate resets; the first after the status date is a fixed one where its rate is known.
    func rateResets() throws(CashFlowFailure) -> [ContractEvent] {
        guard terms.rateReset.dates.isGiven else { return [] }
        var events = try recurring(.rateReset, terms.rateReset.dates)
        if let rate = terms.rateReset.nextRate,
            let next = events.firstIndex(where: { $0.date.event > terms.statusDate })
        {
            events[next] = ContractEvent(.rateResetFixed, events[next].date, rate: rate)
        }
        return events
    }

    /// When a lagged base of interest is set to the outstanding notional.
    func baseFixings() throws(CashFlowFailure) -> [ContractEvent] {
        guard terms.interestBase == .lagged else { return [] }
        return try recurring(.interestBaseFixing, terms.interestBaseDates)
    }

    /// When the index is read.
    func scalings() throws(CashFlowFailure) -> [ContractEvent] {
        guard let scaling = terms.scaling else { return [] }
        return try recurring(.scalingFixing, scaling.dates)
    }

    /// Fee payments, at the maturity too.
    func fees() throws(CashFlowFailure) -> [ContractEvent] {
        guard let fee = terms.fee else { return [] }
        let payments = try recurring(.feePayment, fee.dates)
        return payments + (maturity.map { [ContractEvent(.feePayment, $0)] } ?? [])
    }

    /// The day before the first redemption, and every reset: then the level of an annuity is calculated, unless stated.
    func redemptionFixings(_ resets: [ContractEvent]) throws(CashFlowFailure) -> [ContractEvent] {
        guard terms.nextRedemptionPayment == nil else { return [] }
        var events = resets.map { ContractEvent(.redemptionFixing, $0.date) }
        if let anchor = try terms.schedule(terms.redemption).anchor, let start = terms.initialExchangeDate,
            anchor > start, let day = anchor.date.adding(days: -1)
        {
            events.append(ContractEvent(.redemptionFixing, ContractDate(anchor.on(day))))
        }
        return events
    }

    private func recurring(
        _ type: CashFlowType,
        _ recurrence: RecurrenceTerms
    ) throws(CashFlowFailure) -> [ContractEvent] {
        guard recurrence.isGiven else { return [] }
        return try events(type, try terms.schedule(recurrence).dates(before: try end(), includingEnd: false))
    }
}
