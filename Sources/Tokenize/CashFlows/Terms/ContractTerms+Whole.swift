/// What a contract of each type needs, and what cannot stand together.
extension ContractTerms {
    /// Adds to the reader's faults what the terms lack or contradict.
    func checkWhole(_ reader: inout TermReader) {
        checkNotional(&reader)
        checkEnd(&reader)
        checkInterest(&reader)
        checkRedemption(&reader)
        checkDates(&reader)
        if type == .stock, dividend.isGiven {
            if dividendMarketObject == nil { reader.missing("marketObjectCodeOfDividends", "dividends are paid") }
            if dividend.anchor == nil, !reader.has("cycleAnchorDateOfDividendPayment") {
                reader.missing("cycleAnchorDateOfDividendPayment", "dividends are paid")
            }
        }
    }

    private func checkNotional(_ reader: inout TermReader) {
        let reason = "a \(type.rawValue) contract has one"
        if type.isLoan, !reader.has("initialExchangeDate") { reader.missing("initialExchangeDate", reason) }
        if type.isLoan || type == .cash, !reader.has("notionalPrincipal") {
            reader.missing("notionalPrincipal", reason)
        }
        if notionalPrincipal.sign < 0 {
            reader.contradiction("notionalPrincipal", "contractRole", reason: "the role gives the sign")
        }
    }

    private func checkEnd(_ reader: inout TermReader) {
        let hasMaturity = reader.has("maturityDate")
        switch type {
        case .principalAtMaturity where !hasMaturity:
            reader.missing("maturityDate", "a PAM contract has one")
        case .callMoney where !hasMaturity && !reader.has("xDayNotice"):
            reader.missing("xDayNotice", "there is no maturityDate, so the loan ends by notice")
        case .exoticLinearAmortiser where !hasMaturity && !reader.has("arrayCycleAnchorDateOfPrincipalRedemption"):
            reader.missing("maturityDate", "there are no redemptions to derive it from")
        case .linearAmortiser, .negativeAmortiser, .annuity:
            guard !hasMaturity, !reader.has("amortizationDate") else { break }
            for term in ["nextPrincipalRedemptionPayment", "cycleOfPrincipalRedemption"] where !reader.has(term) {
                reader.missing(term, "there is neither maturityDate nor amortizationDate to end with")
            }
        default: break
        }
    }

    private func checkInterest(_ reader: inout TermReader) {
        let isReset = rateReset.dates.isGiven || !rateSteps.isEmpty
        let accrues = nominalInterestRate != nil || isReset || fee?.isOnNotional == true
        if type.isLoan, accrues, !reader.has("dayCountConvention") {
            reader.missing("dayCountConvention", "interest or a fee accrues")
        }
        let needsObservation =
            rateReset.dates.isGiven && rateReset.nextRate == nil || rateSteps.contains { !$0.isFixed }
        if type.isLoan, needsObservation, rateReset.marketObject == nil {
            reader.missing("marketObjectCodeOfRateReset", "the rate is reset")
        }
        if let cap = rateReset.lifeCap, let floor = rateReset.lifeFloor, floor > cap {
            reader.contradiction("lifeFloor", "lifeCap", reason: "the floor is above the cap")
        }
        if let cap = rateReset.periodCap, let floor = rateReset.periodFloor, floor > cap {
            reader.contradiction("periodFloor", "periodCap", reason: "the floor is above the cap")
        }
        if type.hasRedemptionCycle, interestBase == .lagged, !interestBaseDates.isGiven {
            reader.missing("cycleAnchorDateOfInterestCalculationBase", "interestCalculationBase is NTL")
        }
    }

    private func checkRedemption(_ reader: inout TermReader) {
        guard type.hasRedemptionCycle else { return }
        if !reader.has("cycleAnchorDateOfPrincipalRedemption"), !reader.has("cycleOfPrincipalRedemption") {
            reader.missing("cycleAnchorDateOfPrincipalRedemption", "a \(type.rawValue) contract pays back in parts")
        }
        if type == .negativeAmortiser, !reader.has("nextPrincipalRedemptionPayment") {
            reader.missing("nextPrincipalRedemptionPayment", "a NAM contract states its payment")
        }
        if let payment = nextRedemptionPayment, payment.sign < 0 {
            reader.contradiction("nextPrincipalRedemptionPayment", "contractRole", reason: "the role gives the sign")
        }
    }

    private func checkDates(_ reader: inout TermReader) {
        let end = maturityDate ?? (type.hasRedemptionCycle ? amortizationDate : nil)
        let endTerm = maturityDate == nil ? "amortizationDate" : "maturityDate"
        if type.isLoan, let start = initialExchangeDate, let end, end <= start {
            reader.contradiction("initialExchangeDate", endTerm, reason: "it ends before it begins")
        }
        if let capitalizationEndDate, let end, capitalizationEndDate > end {
            reader.contradiction("capitalizationEndDate", endTerm, reason: "interest is capitalised after the end")
        }
        if let purchase, let termination, termination.date < purchase.date {
            reader.contradiction("purchaseDate", "terminationDate", reason: "it is sold before it is bought")
        }
    }
}
