/// The cash flows of a contract: from its terms, what was observed of the market, and what happened to it.
///
/// Everything is exact, unless a contract's calculated level payments are to be rounded: who pays an amount rounds it,
/// once, and says how.
public struct CashFlowProjection: Sendable {
    /// The contract.
    public let terms: ContractTerms
    /// What was observed of the market.
    public let observations: MarketObservations
    /// What others did or saw: call notices, prepayments, credit events.
    public let events: [ObservedEvent]
    /// The last time of which events are wanted; nil for all. Contracts without an end of their own need one.
    public let horizon: ContractTime?
    /// The habits shared with the published expected values. A contract in service has none.
    public let quirks: Set<Quirk>
    /// How calculated level payments of an annuity are rounded; nil for not at all.
    public let instalment: InstalmentRounding?

    /// A contract with what is known around it.
    public init(
        terms: ContractTerms,
        observations: MarketObservations = MarketObservations(),
        events: [ObservedEvent] = [],
        horizon: ContractTime? = nil,
        quirks: Set<Quirk> = [],
        instalment: InstalmentRounding? = nil
    ) {
        self.terms = terms
        self.observations = observations
        self.events = events
        self.horizon = horizon
        self.quirks = quirks
        self.instalment = instalment
    }

    /// The events after the status date, in order, with their payoffs and the state after each.
    ///
    /// Events before a purchase change the state and are not among them; nor are those after the horizon, but for a
    /// call loan under notice, which is told to its end.
    public func cashFlows() throws(CashFlowFailure) -> [CashFlow] {
        let plan = try EventPlan(
            terms: terms,
            observed: events,
            horizon: horizon,
            quirks: quirks,
            instalment: instalment
        )
        let calculator = try EventCalculator(plan, observations)
        let planned = try plan.events()
        var state = try InitialState(plan: plan).state(calculator, events: planned)
        let last = plan.notice == nil ? horizon : nil
        let first = terms.purchase.map { EventOrder(.purchase, at: $0.date, in: terms.type) }
        var flows: [CashFlow] = []
        for event in planned {
            // Later ones are not calculated: nobody has observed what they need.
            if let last, event.date.event > last { break }
            let calculation = try calculator.calculation(of: event, after: state)
            let (payoff, next) = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
                (try calculation.payoff(state), try calculation.state(after: state))
            }
            state = next
            if let first, plan.order(event) < first { continue }
            flows.append(flow(event, payoff, state))
        }
        return flows
    }

    private func flow(_ event: ContractEvent, _ payoff: Ratio, _ state: ContractState) -> CashFlow {
        CashFlow(
            eventDate: event.date.event,
            eventType: event.type,
            payoff: payoff,
            currency: terms.currency,
            notionalPrincipal: state.notional,
            nominalInterestRate: state.rate,
            accruedInterest: state.accrued
        )
    }
}
