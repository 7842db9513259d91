/// What will happen in a contract and when, before anything is calculated.
struct EventPlan {
    let terms: ContractTerms
    let observed: [ObservedEvent]
    let horizon: ContractTime?
    let quirks: Set<Quirk>
    let instalment: InstalmentRounding?
    /// The end of the contract; nil for contracts that end by notice or not at all.
    let maturity: ContractDate?
    /// The call notice of a call loan without stated maturity.
    let notice: ContractTime?

    init(
        terms: ContractTerms,
        observed: [ObservedEvent],
        horizon: ContractTime?,
        quirks: Set<Quirk>,
        instalment: InstalmentRounding?
    ) throws(CashFlowFailure) {
        self.terms = terms
        self.observed = observed
        self.horizon = horizon
        self.quirks = quirks
        self.instalment = instalment
        maturity = try ContractMaturity(terms: terms).date()
        let notices = observed.filter { $0.type == .exercise }.map(\.time)
        notice = terms.type == .callMoney && maturity == nil ? notices.min() : nil
    }

    /// All events in the order in which they happen, those up to the status date left out.
    func events() throws(CashFlowFailure) -> [ContractEvent] {
        var events = deals + observations
        if terms.type.isLoan, let start = terms.initialExchangeDate {
            events.append(ContractEvent(.initialExchange, ContractDate(start)))
        }
        switch terms.type {
        case .principalAtMaturity: events += try maturityEvents() + interestEvents() + rateResets()
        case .linearAmortiser, .negativeAmortiser:
            events += try maturityEvents() + interestEvents() + redemptions() + baseFixings() + rateResets()
        case .annuity:
            let resets = try rateResets()
            events += try maturityEvents() + interestEvents() + redemptions() + baseFixings() + resets
            events += try redemptionFixings(resets)
        case .exoticLinearAmortiser:
            events += try maturityEvents() + interestEvents() + stepRedemptions() + stepRates()
        case .callMoney: events += try callEvents() + openCapitalisations() + rateResets()
        case .undefinedMaturity: events += try openCapitalisations() + rateResets()
        case .stock: events += try dividends()
        case .cash, .commodity: break
        }
        if terms.type.isLoan { events += try scalings() + fees() }
        return ordered(events.filter { $0.date.event > terms.statusDate })
    }

    /// Where an event stands in the order.
    func order(_ event: ContractEvent) -> EventOrder { EventOrder(event, in: terms.type) }

    /// Sorted by time and kind, without what comes after a termination. Equal events keep their order.
    private func ordered(_ events: [ContractEvent]) -> [ContractEvent] {
        let sorted = events.enumerated().sorted { left, right in
            let (leftOrder, rightOrder) = (order(left.element), order(right.element))
            return leftOrder == rightOrder ? left.offset < right.offset : leftOrder < rightOrder
        }
        guard let termination = terms.termination else { return sorted.map(\.element) }
        let last = EventOrder(.termination, at: termination.date, in: terms.type)
        return sorted.map(\.element).filter { order($0) <= last }
    }

    /// Purchase and termination.
    private var deals: [ContractEvent] {
        let purchase = terms.purchase.map { ContractEvent(.purchase, ContractDate($0.date)) }
        let termination = terms.termination.map { ContractEvent(.termination, ContractDate($0.date)) }
        return [purchase, termination].compactMap { $0 }
    }

    /// What others did or saw, as far as a contract of the type has a use for it.
    private var observations: [ContractEvent] {
        observed.flatMap { observation -> [ContractEvent] in
            let date = ContractDate(observation.time)
            switch observation.type {
            case .monitoring, .creditEvent: return [ContractEvent(observation.type, date)]
            case .principalPrepayment where terms.type.isLoan:
                let payment = ContractEvent(.principalPrepayment, date, amount: observation.value.magnitude)
                return terms.penalty == nil ? [payment] : [ContractEvent(.penaltyPayment, date), payment]
            default: return []
            }
        }
    }

    private func maturityEvents() -> [ContractEvent] { maturity.map { [ContractEvent(.maturity, $0)] } ?? [] }
}
