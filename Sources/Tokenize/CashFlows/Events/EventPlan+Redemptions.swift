/// When principal changes.
extension EventPlan {
    /// Redemptions before the maturity; the last one is the maturity itself.
    func redemptions() throws(CashFlowFailure) -> [ContractEvent] {
        guard let maturity else { return [] }
        return try events(
            .principalRedemption,
            try terms.schedule(terms.redemption).dates(before: maturity.raw, includingEnd: false)
        )
    }

    /// The dates on which interest is calculated to when a level payment is spread over them: redemptions, and the end.
    func annuityDates() throws(CashFlowFailure) -> [ContractTime] {
        guard let maturity else { return [] }
        let end = terms.amortizationDate.map { ContractDate($0) } ?? maturity
        var dates: [ContractTime] = []
        for raw in try terms.schedule(terms.redemption).dates(before: end.raw, includingEnd: false) {
            let date = try terms.shifted(raw).calculation
            // A redemption that is shifted to the end or beyond it is paid with the end.
            if date < end.calculation { dates.append(date) }
        }
        return dates + [end.calculation]
    }

    /// Redemptions and increases in steps.
    func stepRedemptions() throws(CashFlowFailure) -> [ContractEvent] {
        let dates = try stepDates(terms.redemptionSteps.map { ($0.anchor, $0.cycle) })
        var events: [ContractEvent] = []
        for (step, dates) in zip(terms.redemptionSteps, dates) {
            let type: CashFlowType = step.isIncrease ? .principalIncrease : .principalRedemption
            for date in dates { events.append(ContractEvent(type, try terms.shifted(date), amount: step.amount)) }
        }
        return events
    }

    /// Rates in steps: fixed ones, or spreads over an observed one.
    func stepRates() throws(CashFlowFailure) -> [ContractEvent] {
        let dates = try stepDates(terms.rateSteps.map { ($0.anchor, $0.cycle) })
        var events: [ContractEvent] = []
        for (step, dates) in zip(terms.rateSteps, dates) {
            let type: CashFlowType = step.isFixed ? .rateResetFixed : .rateReset
            for date in dates { events.append(ContractEvent(type, try terms.shifted(date), rate: step.rate)) }
        }
        return events
    }

    /// The dates of each step, unshifted: from its anchor to the next step's, the last to the maturity, which no step
    /// holds.
    func stepDates(_ steps: [(anchor: ContractTime, cycle: ContractCycle?)]) throws(CashFlowFailure) -> [[ContractTime]]
    {
        guard let maturity else { return [] }
        var dates: [[ContractTime]] = []
        for (index, step) in steps.enumerated() {
            let next = index + 1 < steps.count ? steps[index + 1].anchor : maturity.raw
            let step = try terms.schedule(step.anchor, step.cycle).dates(before: next, includingEnd: false)
            dates.append(step.filter { $0 < maturity.raw })
        }
        return dates
    }
}
