/// When a contract ends that does not say so.
struct ContractMaturity {
    let terms: ContractTerms

    /// The end of the contract: as stated, unshifted; or derived from its redemptions, and shifted as their dates are.
    /// Nil for contracts that end by notice or not at all.
    func date() throws(CashFlowFailure) -> ContractDate? {
        if let stated = terms.maturityDate { return ContractDate(stated) }
        switch terms.type {
        case .linearAmortiser, .negativeAmortiser, .annuity:
            if let stated = terms.amortizationDate { return ContractDate(stated) }
            return try terms.shifted(try lastRedemption())
        case .exoticLinearAmortiser: return try terms.shifted(try exhaustion())
        case .principalAtMaturity, .callMoney, .undefinedMaturity, .cash, .stock, .commodity: return nil
        }
    }

    /// The date of the redemption that pays a notional off by equal amounts, counted from the status date.
    private func lastRedemption() throws(CashFlowFailure) -> ContractTime {
        let schedule = try terms.schedule(terms.redemption)
        guard let anchor = schedule.anchor, let cycle = schedule.cycle, let payment = terms.nextRedemptionPayment else {
            throw .neverPaidOff
        }
        func date(_ count: Int) throws(CashFlowFailure) -> ContractTime {
            try CashFlowFailure.dated { () throws(ConventionFailure) in
                try CyclicSchedule.date(anchor, cycle, count: count, keepsEndOfMonth: terms.keepsEndOfMonth)
            }
        }
        var first = 0
        while try date(first) <= terms.statusDate {
            first += 1
            guard first <= CyclicSchedule.dateCountMax else { throw .tooManyDates }
        }
        let fraction =
            terms.type.redeemsAfterInterest
            ? try terms.yearFraction(try date(first), try date(first + 1), maturity: nil) : .zero
        let count = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
            try redemptionCount(payment: payment, yearFraction: fraction)
        }
        guard let count else { throw .neverPaidOff }
        guard count <= CyclicSchedule.dateCountMax else { throw .tooManyDates }
        return try date(first + count - 1)
    }

    /// How many payments pay the notional off, each less the first period's interest; nil if they never do.
    private func redemptionCount(payment: Ratio, yearFraction: Ratio) throws(ArithmeticFailure) -> Int? {
        let rate = terms.nominalInterestRate ?? .zero
        let redemption = try payment - terms.notionalPrincipal * yearFraction * rate
        guard redemption.sign > 0 else { return nil }
        let count = try (terms.notionalPrincipal / redemption).rounded(.ceiling)
        // More than any schedule holds is the same as more than an integer holds.
        return max(Int(exactly: count) ?? .max, 1)
    }

    /// The date of the step at which the notional is used up.
    private func exhaustion() throws(CashFlowFailure) -> ContractTime {
        var rest = terms.notionalPrincipal
        for (index, step) in terms.redemptionSteps.enumerated() {
            let isLast = index + 1 == terms.redemptionSteps.count
            let dates =
                isLast
                ? try openDates(of: step, rest: rest)
                : try terms.schedule(step.anchor, step.cycle)
                    .dates(before: terms.redemptionSteps[index + 1].anchor, includingEnd: false)
            for date in dates where date > terms.statusDate {
                rest = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
                    step.isIncrease ? try rest + step.amount : try rest - step.amount
                }
                if rest.sign <= 0 { return date }
            }
        }
        throw .neverPaidOff
    }

    /// The dates of the last step, as many as it takes to use `rest` up.
    private func openDates(of step: RedemptionStep, rest: Ratio) throws(CashFlowFailure) -> [ContractTime] {
        guard let cycle = step.cycle else { return [step.anchor] }
        guard !step.isIncrease, step.amount.sign > 0 else { throw .neverPaidOff }
        let count = try CashFlowFailure.exact { () throws(ArithmeticFailure) in
            try (rest / step.amount).rounded(.ceiling)
        }
        guard let count = Int(exactly: count), count <= CyclicSchedule.dateCountMax else { throw .tooManyDates }
        var dates: [ContractTime] = []
        var index = 0
        // Dates up to the status date do not count.
        while dates.count < max(count, 1) {
            guard index <= 2 * CyclicSchedule.dateCountMax else { throw .tooManyDates }
            let date = try CashFlowFailure.dated { () throws(ConventionFailure) in
                try CyclicSchedule.date(step.anchor, cycle, count: index, keepsEndOfMonth: terms.keepsEndOfMonth)
            }
            if date > terms.statusDate { dates.append(date) }
            index += 1
        }
        return dates
    }
}
