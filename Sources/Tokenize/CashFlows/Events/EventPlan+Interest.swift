/// When interest is paid or capitalised.
extension EventPlan {
    /// The dates on which interest is settled, unshifted ones ascending, the maturity last.
    ///
    /// Contracts that redeem after interest pay interest on redemption dates too.
    func interestDates() throws(CashFlowFailure) -> [ContractDate] {
        guard let maturity else { return [] }
        guard terms.nominalInterestRate != nil || !terms.rateSteps.isEmpty else { return [] }
        var raw: Set<ContractTime> = []
        if terms.type == .exoticLinearAmortiser {
            let steps = terms.interestSteps.map { ($0.anchor, $0.cycle) }
            raw.formUnion(try stepDates(steps).joined())
        } else if terms.interest.isGiven {
            raw.formUnion(try terms.schedule(terms.interest).dates(before: maturity.raw, includingEnd: false))
        }
        if terms.type.redeemsAfterInterest {
            raw.formUnion(try terms.schedule(terms.redemption).dates(before: maturity.raw, includingEnd: false))
        }
        var dates: [ContractDate] = []
        for time in raw.sorted() { dates.append(try terms.shifted(time)) }
        return dates + [maturity]
    }

    /// Interest payments; up to the end of capitalisation, capitalisations.
    func interestEvents() throws(CashFlowFailure) -> [ContractEvent] {
        let dates = try interestDates()
        guard let end = terms.capitalizationEndDate, !dates.isEmpty else {
            return dates.map { ContractEvent(.interestPayment, $0) }
        }
        return dates.filter { $0.raw < end }.map { ContractEvent(.interestCapitalisation, $0) }
            + [ContractEvent(.interestCapitalisation, ContractDate(end))]
            + dates.filter { $0.raw > end }.map { ContractEvent(.interestPayment, $0) }
    }

    /// Capitalisations of contracts that end by notice or not at all, from the initial exchange if nothing else is said.
    func openCapitalisations() throws(CashFlowFailure) -> [ContractEvent] {
        guard terms.interest.isGiven, let start = terms.initialExchangeDate else { return [] }
        let schedule = terms.schedule(terms.interest.anchor ?? start, terms.interest.cycle)
        return try events(.interestCapitalisation, schedule.dates(before: try end(), includingEnd: false))
    }

    /// What a call loan ends with: at its maturity, or after a notice at the end of the notice period.
    func callEvents() throws(CashFlowFailure) -> [ContractEvent] {
        if let maturity {
            let shifted = try terms.shifted(maturity.raw).calculation
            let isShifted = quirks.contains(.callLoanMaturityShiftsCalculation)
            let date = ContractDate(
                raw: maturity.raw,
                calculation: isShifted ? shifted : maturity.calculation,
                event: maturity.event
            )
            return [ContractEvent(.interestPayment, date), ContractEvent(.maturity, date)]
        }
        guard let notice, let period = terms.noticePeriod else { return [] }
        let settlement = ContractDate(
            try CashFlowFailure.dated { () throws(ConventionFailure) in try period.added(to: notice) }
        )
        return [
            ContractEvent(.exercise, ContractDate(notice)), ContractEvent(.interestPayment, settlement),
            ContractEvent(.settlement, settlement),
        ]
    }

    /// Dividends, without end: the horizon or a termination ends them.
    func dividends() throws(CashFlowFailure) -> [ContractEvent] {
        guard terms.dividend.isGiven else { return [] }
        let last = try end()
        // A date just after the horizon may be shifted to before it.
        let margin = last.date.adding(days: 31) ?? last.date
        return try events(.dividend, try terms.schedule(terms.dividend).regularDates(through: ContractTime(margin)))
    }

    /// Before what schedules end: maturity, call notice, horizon.
    func end() throws(CashFlowFailure) -> ContractTime {
        if let end = maturity?.raw ?? notice ?? horizon { return end }
        // What comes after a termination is left out; what comes on its date is not.
        guard let termination = terms.termination else { throw .horizonMissing }
        return termination.date.on(termination.date.date.adding(days: 1) ?? termination.date.date)
    }

    /// An event on each date, shifted.
    func events(_ type: CashFlowType, _ dates: [ContractTime]) throws(CashFlowFailure) -> [ContractEvent] {
        var events: [ContractEvent] = []
        for date in dates { events.append(ContractEvent(type, try terms.shifted(date))) }
        return events
    }
}
