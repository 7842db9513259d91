extension BondTermSheet {
    /// Everything that is wrong with the sheet, in the order of the terms; none for the terms of a bond.
    public var faults: [BondTermFault] {
        missingParts + denominationFaults + identifierFaults + dateFaults + interestFaults + scheduleFaults
            + repaymentFaults + indexationFaults + optionFaults(calls, .calls) + optionFaults(puts, .puts)
            + paymentFaults + taxFaults + defaultFaults
    }

    private var missingParts: [BondTermFault] {
        var missing: [BondTermField] = []
        func require(_ isThere: Bool, _ field: BondTermField) { if !isThere { missing.append(field) } }
        require(cash != nil, .cash)
        require(denomination != nil, .denomination)
        require(issueDate != nil, .issueDate)
        require(interest != nil, .interest)
        require(dayCount != nil, .dayCount)
        require(repayment != nil, .repayment)
        if let repayment, repayment != .perpetual {
            require(maturityDate != nil, .maturityDate)
            require(redemptionPrice != nil, .redemptionPrice)
        }
        if needsPeriods == true { require(periods != nil, .periods) }
        require(calendar != nil, .calendar)
        require(businessDays != nil, .businessDays)
        require(recordDate != nil, .recordDate)
        require(exDate != nil, .exDate)
        require(rounding != nil, .rounding)
        require(tax != nil, .tax)
        require(defaults != nil, .defaults)
        require(pledgedIncome != nil, .pledgedIncome)
        return missing.map { .missing($0) }
    }

    /// Whether the bond pays anything between issue and maturity; nil if that is not said.
    var needsPeriods: Bool? {
        guard let interest, let repayment else { return nil }
        return interest != .none || (repayment != .bullet && repayment != .perpetual)
    }

    private var denominationFaults: [BondTermFault] {
        guard let denomination else { return [] }
        let numbers: [(Quantity, BondTermField)] = [
            (denomination.faceUnit, .faceUnit), (denomination.minimumSubscription, .minimumSubscription),
            (denomination.increment, .increment), (denomination.lot, .lot),
        ]
        return numbers.filter { $0.0 == .zero }.map { .outOfRange($0.1) }
    }

    private var dateFaults: [BondTermFault] {
        var faults: [BondTermFault] = []
        if repayment == .perpetual {
            if maturityDate != nil { faults.append(.unexpected(.maturityDate, with: .repayment)) }
            if redemptionPrice != nil { faults.append(.unexpected(.redemptionPrice, with: .repayment)) }
            if interest == BondInterest.none { faults.append(.incompatible(.interest, .repayment)) }
            if let periods, periods.direction != .forward || periods.lastStart != nil {
                faults.append(.incompatible(.periods, .repayment))
            }
        }
        if let issueDate, let maturityDate, maturityDate <= issueDate { faults.append(.notAscending(.maturityDate)) }
        if let price = redemptionPrice, price <= .zero { faults.append(.outOfRange(.redemptionPrice)) }
        if needsPeriods == false, periods != nil { faults.append(.unexpected(.periods, with: .interest)) }
        return faults
    }

    private var interestFaults: [BondTermFault] {
        switch interest {
        case nil, BondInterest.none?: []
        case .fixed(let rate)?:
            rate > .zero && rate.value <= Ratio(BondInterest.rateMax) ? [] : [.outOfRange(.interest)]
        case .stepped(let steps)?: BondTermSheet.stepFaults(steps)
        case .floating(let floating)?: BondTermSheet.floatingFaults(floating)
        }
    }

    private static func stepFaults(_ steps: [BondRateStep]) -> [BondTermFault] {
        var faults: [BondTermFault] = []
        let areRates = steps.allSatisfy { $0.rate >= .zero && $0.rate.value <= Ratio(BondInterest.rateMax) }
        if !(1...BondInterest.stepCountMax).contains(steps.count) || !areRates { faults.append(.outOfRange(.interest)) }
        if !zip(steps, steps.dropFirst()).allSatisfy({ $0.start < $1.start }) {
            faults.append(.notAscending(.interest))
        }
        return faults
    }

    private static func floatingFaults(_ floating: FloatingRate) -> [BondTermFault] {
        var faults: [BondTermFault] = []
        let limit = Ratio(BondInterest.rateMax)
        let days = 0...FloatingRate.dayCountMax
        let areFallbacksInRange = floating.fallbacks.allSatisfy { fallback in
            switch fallback {
            case .other(let reference, let spread): isName(reference) && spread.value.magnitude <= limit
            case .previous(let count): days.contains(count) && count > 0
            case .rate(let rate): rate >= .zero && rate.value <= limit
            }
        }
        let isInRange =
            isName(floating.reference) && floating.margin.value.magnitude <= limit && floating.floor >= .zero
            && floating.floor.value <= limit && floating.cap.map { $0 >= floating.floor && $0.value <= limit } ?? true
            && days.contains(floating.lagBusinessDays)
            && (1...FloatingRate.fallbackCountMax).contains(floating.fallbacks.count) && areFallbacksInRange
        if !isInRange { faults.append(.outOfRange(.interest)) }
        let rateCount = floating.fallbacks.count { if case .rate = $0 { true } else { false } }
        if let last = floating.fallbacks.last {
            if case .rate = last, rateCount == 1 {} else { faults.append(.openFallback) }
        }
        return faults
    }

    /// A name that observations are found by: 1 to 64 printable ASCII characters, so that no table of Unicode decides
    /// which names are equal.
    private static func isName(_ text: String) -> Bool {
        (1...FloatingRate.nameByteCountMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private var indexationFaults: [BondTermFault] {
        guard let indexation else { return [] }
        var faults: [BondTermFault] = []
        let isInRange =
            BondTermSheet.isName(indexation.index) && indexation.base > .zero
            && (0...BondIndexation.lagMonthsMax).contains(indexation.lagMonths)
            && (0...BondIndexation.decimalCountMax).contains(indexation.decimals)
        if !isInRange { faults.append(.outOfRange(.indexation)) }
        if periods?.capitalisesThrough != nil { faults.append(.incompatible(.indexation, .capitalisation)) }
        return faults
    }

    private var paymentFaults: [BondTermFault] {
        var faults: [BondTermFault] = []
        if let calendar {
            let isName =
                (1...BusinessCalendar.nameByteCountMax).contains(calendar.name.utf8.count)
                && calendar.name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            if !isName { faults.append(.outOfRange(.calendar)) }
        }
        let offsets = 0...BondDayOffset.countMax
        if let recordDate, !offsets.contains(recordDate.count) { faults.append(.outOfRange(.recordDate)) }
        if case .before(let offset)? = exDate {
            if !offsets.contains(offset.count) { faults.append(.outOfRange(.exDate)) }
            if let recordDate, BondTermSheet.isLater(offset, than: recordDate) { faults.append(.exDateAfterRecordDate) }
        }
        if case .decimals(let count, _)? = rounding?.unit, !(0...BondRounding.decimalCountMax).contains(count) {
            faults.append(.outOfRange(.rounding))
        }
        return faults
    }

    /// Whether the terms alone show that an ex date comes after the first business day that follows the record date.
    ///
    /// Offsets of two kinds are compared when dates are calculated.
    private static func isLater(_ ex: BondDayOffset, than record: BondDayOffset) -> Bool {
        switch (ex, record) {
        case (.businessDays(let ex), .businessDays(let record)): ex < record - 1
        default: false
        }
    }

    private var taxFaults: [BondTermFault] {
        guard let tax else { return [] }
        var faults: [BondTermFault] = []
        for (index, holderClass) in HolderClass.allCases.enumerated()
        where index >= tax.rates.count || tax.rates[index].holderClass != holderClass {
            faults.append(.taxRate(holderClass))
        }
        let isInRange =
            tax.rates.count <= HolderClass.allCases.count
            && tax.rates.allSatisfy { $0.rate >= .zero && $0.rate <= .one }
            && TaxRule.Income.all.isSuperset(of: tax.income)
        if !isInRange { faults.append(.outOfRange(.tax)) }
        if tax.rates.contains(where: { $0.rate > .zero }) {
            if tax.treasury == nil { faults.append(.missing(.taxTreasury)) }
            if tax.income.isEmpty { faults.append(.incompatible(.tax, .taxTreasury)) }
        }
        return faults
    }

    private var defaultFaults: [BondTermFault] {
        guard let defaults else { return [] }
        var faults: [BondTermFault] = []
        let offsets = 0...BondDayOffset.countMax
        if !offsets.contains(defaults.interestGrace.count) { faults.append(.outOfRange(.interestGrace)) }
        if !offsets.contains(defaults.principalGrace.count) { faults.append(.outOfRange(.principalGrace)) }
        if case .holders(let part) = defaults.acceleration, part <= .zero || part > .one {
            faults.append(.outOfRange(.acceleration))
        }
        if defaults.penaltyRate < .zero || defaults.penaltyRate.value > Ratio(BondInterest.rateMax) {
            faults.append(.outOfRange(.penaltyRate))
        }
        if defaults.penaltyDayCount == .actualActualICMA {
            faults.append(.incompatible(.penaltyDayCount, .defaults))
        }
        return faults
    }
}
