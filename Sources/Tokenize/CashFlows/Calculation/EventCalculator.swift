/// Finds for each event what its calculation needs beside the state: a part of a year, an observation, coming dates.
struct EventCalculator {
    let plan: EventPlan
    let observations: MarketObservations
    private let annuityDates: [ContractTime]
    private var terms: ContractTerms { plan.terms }

    init(_ plan: EventPlan, _ observations: MarketObservations) throws(CashFlowFailure) {
        self.plan = plan
        self.observations = observations
        let isCalculated = plan.terms.type == .annuity && plan.terms.nextRedemptionPayment == nil
        annuityDates = isCalculated ? try plan.annuityDates() : []
        guard annuityDates.count <= Annuity.paymentCountMax else { throw .tooManyDates }
    }

    /// The calculation of an event after the state.
    func calculation(
        of event: ContractEvent,
        after state: ContractState
    ) throws(CashFlowFailure) -> EventCalculation {
        let time = event.date.calculation
        let fixesLevel =
            event.type == .redemptionFixing || event.type == .initialExchange && !annuityDates.isEmpty
        return EventCalculation(
            terms: terms,
            quirks: plan.quirks,
            instalment: plan.instalment,
            event: event,
            yearFraction: try terms.yearFraction(state.time, time, maturity: plan.maturity?.calculation),
            interestBeforeExchange: try interestBeforeExchange(event),
            observed: try observed(event),
            annuityFractions: fixesLevel
                ? try annuityFractions(after: time, orAt: event.type == .initialExchange) : []
        )
    }

    /// The parts of a year from a time to the first redemption after it, and from each redemption to the next.
    func annuityFractions(after time: ContractTime, orAt isInclusive: Bool) throws(CashFlowFailure) -> [Ratio] {
        var fractions: [Ratio] = []
        var last = time
        for date in annuityDates where date > time || isInclusive && date == time {
            fractions.append(try terms.yearFraction(last, date, maturity: plan.maturity?.calculation))
            last = date
        }
        return fractions
    }

    /// The part of a year from an interest anchor before the initial exchange.
    private func interestBeforeExchange(_ event: ContractEvent) throws(CashFlowFailure) -> Ratio {
        guard event.type == .initialExchange, let anchor = terms.interest.anchor, anchor < event.date.calculation else {
            return .zero
        }
        return try terms.yearFraction(anchor, event.date.calculation, maturity: plan.maturity?.calculation)
    }

    private func observed(_ event: ContractEvent) throws(CashFlowFailure) -> Ratio {
        let marketObject: String?
        switch event.type {
        case .rateReset: marketObject = terms.rateReset.marketObject ?? ""
        case .scalingFixing: marketObject = terms.scaling?.marketObject
        case .dividend: marketObject = terms.dividendMarketObject
        case .penaltyPayment where terms.penalty?.basis == .interestDifference:
            marketObject = terms.rateReset.marketObject ?? ""
        default: marketObject = nil
        }
        guard let marketObject else { return .zero }
        guard let value = observations.value(of: marketObject, at: event.date.raw) else {
            throw .observationMissing(marketObject: marketObject, time: event.date.raw)
        }
        return value
    }
}
