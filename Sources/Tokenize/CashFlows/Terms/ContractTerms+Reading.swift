extension ContractTerms {
    /// The business calendars that a contract can name without bringing them: every day (`NC`), Monday to Friday (`MF`).
    public static let knownCalendars: [String: BusinessCalendar] = ["NC": .everyDay, "MF": .mondayToFriday]

    /// The terms that texts state, by the names of the ACTUS data dictionary. Blanks at the ends of a text do not
    /// count, an empty text is an absent term, and terms that the engine has no use for are left alone.
    ///
    /// - Parameters:
    ///   - fields: Text by the name of the term.
    ///   - calendars: Calendars by the names that contracts know them by, beside ``knownCalendars``.
    /// - Throws: ``ContractTermsFailure`` with every fault there is.
    public init(
        _ fields: [String: ContractField],
        calendars: [String: BusinessCalendar] = [:]
    ) throws(ContractTermsFailure) {
        var reader = TermReader(fields)
        let type: ContractType? = reader.choice("contractType")
        let role: ContractRole? = reader.choice("contractRole")
        statusDate = reader.required("statusDate", reader.time("statusDate"), or: .none)
        currency = reader.required("currency", reader.currency(), or: "")
        self.type = reader.required("contractType", type, or: .cash)
        self.role = reader.required("contractRole", role, or: .realPositionAsset)

        initialExchangeDate = reader.time("initialExchangeDate")
        maturityDate = reader.time("maturityDate")
        amortizationDate = reader.time("amortizationDate")
        capitalizationEndDate = reader.time("capitalizationEndDate")
        purchase = reader.deal(date: "purchaseDate", price: "priceAtPurchaseDate")
        termination = reader.deal(date: "terminationDate", price: "priceAtTerminationDate")
        noticePeriod = reader.value("xDayNotice", "a period such as P1M") { Period(contractText: $0) }

        notionalPrincipal = reader.number("notionalPrincipal") ?? .zero
        premiumDiscountAtIED = reader.number("premiumDiscountAtIED") ?? .zero
        quantity = reader.number("quantity") ?? .one

        nominalInterestRate = reader.number("nominalInterestRate")
        accruedInterest = reader.number("accruedInterest")
        dayCount = reader.dayCount() ?? .actual365Fixed
        interest = reader.recurrence("InterestPayment")
        interestBase = reader.choice("interestCalculationBase") ?? .outstanding
        interestBaseAmount = reader.number("interestCalculationBaseAmount")
        interestBaseDates = reader.recurrence("InterestCalculationBase")
        rateReset = reader.rateReset()

        redemption = reader.recurrence("PrincipalRedemption")
        nextRedemptionPayment = reader.number("nextPrincipalRedemptionPayment")
        let isExotic = type == .exoticLinearAmortiser
        redemptionSteps = isExotic ? reader.redemptionSteps() : []
        interestSteps = isExotic ? reader.interestSteps() : []
        rateSteps = isExotic ? reader.rateSteps() : []

        scaling = reader.scaling()
        fee = reader.fee()
        feeAccrued = reader.number("feeAccrued") ?? .zero
        penalty = reader.penalty()
        dividend = reader.dividend()
        dividendMarketObject = reader.text("marketObjectCodeOfDividends")

        let known = ContractTerms.knownCalendars.merging(calendars) { _, given in given }
        let names = known.keys.sorted().joined(separator: ", ")
        calendar = reader.value("calendar", "one of \(names)") { known[$0] } ?? .everyDay
        shift = reader.value("businessDayConvention", "one such as NOS, SCF or CSMP") { DateShift($0) } ?? .none
        let endOfMonth: EndOfMonth? = reader.choice("endOfMonthConvention")
        keepsEndOfMonth = endOfMonth == .endOfMonth

        // Without a type nobody knows what the contract needs.
        if type != nil { checkWhole(&reader) }
        guard reader.faults.isEmpty else { throw ContractTermsFailure(faults: reader.faults) }
    }

    /// What a schedule from the last day of a month keeps to.
    private enum EndOfMonth: String, CaseIterable {
        case sameDay = "SD"
        case endOfMonth = "EOM"
    }
}

extension ContractTime {
    /// Stands for a time that is a fault already; no terms are made with it.
    fileprivate static let none = ContractTime(BusinessCalendar.everyDay.firstDay)
}

extension TermReader {
    /// A value that every contract needs, with a substitute beside the fault.
    fileprivate mutating func required<Value>(_ term: String, _ value: Value?, or substitute: Value) -> Value {
        if value == nil, !has(term) { missing(term, "every contract has one") }
        return value ?? substitute
    }

    /// Three letters (ISO 4217).
    fileprivate mutating func currency() -> String? {
        value("currency", "a currency code such as LAK") { text in
            text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
        }
    }

    fileprivate mutating func deal(date: String, price: String) -> DealTerms? {
        let amount = number(price)
        guard let time = time(date) else { return nil }
        if !has(price) { missing(price, "\(date) is given") }
        return DealTerms(date: time, price: amount ?? .zero)
    }

    fileprivate mutating func dayCount() -> DayCount? {
        let codes: [String: DayCount] = [
            "AA": .actualActualISDA, "A360": .actual360, "A365": .actual365Fixed, "30E360": .thirtyE360,
            "30E360ISDA": .thirtyE360ISDA, "28E336": .twentyEightE336, "B252": .business252,
        ]
        return value("dayCountConvention", "one of \(codes.keys.sorted().joined(separator: ", "))") { codes[$0] }
    }

    fileprivate mutating func rateReset() -> RateResetTerms {
        RateResetTerms(
            dates: recurrence("RateReset"),
            marketObject: text("marketObjectCodeOfRateReset"),
            nextRate: number("nextResetRate"),
            spread: number("rateSpread") ?? .zero,
            multiplier: number("rateMultiplier") ?? .one,
            lifeCap: number("lifeCap"),
            lifeFloor: number("lifeFloor"),
            periodCap: number("periodCap"),
            periodFloor: number("periodFloor")
        )
    }

    /// Three letters: interest (I), notional (N), and a third that has no use here; O or 0 for none.
    fileprivate mutating func scaling() -> ScalingTerms? {
        let effect = value("scalingEffect", "three letters such as IOO, ONO or INO") { text -> [Character]? in
            let letters = text.map { $0 == "0" ? Character("O") : $0 }
            let isKnown = letters.count == 3 && "IO".contains(letters[0]) && "NO".contains(letters[1])
            return isKnown && letters[2] == "O" ? letters : nil
        }
        let marketObject = text("marketObjectCodeOfScalingIndex")
        let index = number("scalingIndexAtContractDealDate")
        let dates = recurrence("ScalingIndex")
        guard let effect, effect.contains("I") || effect.contains("N") else { return nil }
        if marketObject == nil { missing("marketObjectCodeOfScalingIndex", "scalingEffect is given") }
        if !has("scalingIndexAtContractDealDate") {
            missing("scalingIndexAtContractDealDate", "scalingEffect is given")
        }
        if index?.isZero == true {
            contradiction("scalingIndexAtContractDealDate", reason: "nothing can be scaled by an index of 0")
        }
        if !dates.isGiven { missing("cycleAnchorDateOfScalingIndex", "scalingEffect is given") }
        return ScalingTerms(
            dates: dates,
            scalesInterest: effect.contains("I"),
            scalesNotional: effect.contains("N"),
            marketObject: marketObject ?? "",
            indexAtDeal: index ?? .one
        )
    }

    fileprivate mutating func fee() -> FeeTerms? {
        let dates = recurrence("Fee")
        let rate = number("feeRate")
        let basis = value("feeBasis", "one of A, N") { ["A": false, "N": true][$0] }
        guard let rate, !rate.isZero else { return nil }
        if !has("feeBasis") { missing("feeBasis", "feeRate is given") }
        return FeeTerms(isOnNotional: basis ?? false, rate: rate, dates: dates)
    }

    fileprivate mutating func penalty() -> PenaltyTerms? {
        let basis: PenaltyTerms.Basis? = choice("penaltyType")
        let rate = number("penaltyRate")
        guard let basis, basis != .none else { return nil }
        if basis != .interestDifference, !has("penaltyRate") { missing("penaltyRate", "penaltyType is given") }
        return PenaltyTerms(basis: basis, rate: rate ?? .zero)
    }

    /// Published contracts say `DividendPayment` where the dictionary says `Dividend`.
    fileprivate mutating func dividend() -> RecurrenceTerms {
        let published = recurrence("DividendPayment")
        let dictionary = recurrence("Dividend")
        return published.isGiven ? published : dictionary
    }
}
