extension BondTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 17)
        encoder.encode(BondTerms.version)
        encoder.encode(cash)
        denomination.encode(into: &encoder)
        encoder.encodeArray(count: 3)
        encoder.encode(optionalText: isin)
        encoder.encode(optionalText: cfi?.text)
        encoder.encode(optionalText: fisn?.text)
        issueDate.encode(into: &encoder)
        encoder.encode(optional: maturityDate)
        interest.encode(into: &encoder)
        encoder.encode(optional: periods)
        encoder.encode(UInt64(dayCount.rawValue))
        repayment.encode(into: &encoder)
        encoder.encode(optional: redemptionPrice)
        encoder.encode(optional: indexation)
        encoder.encode(optional: calls)
        encoder.encode(optional: puts)
        encodePayments(into: &encoder)
        tax.encode(into: &encoder)
        defaults.encode(into: &encoder)
    }

    /// `[calendar, business days, record date, ex date, rounding, pledged income]`.
    private func encodePayments(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        calendar.encode(into: &encoder)
        encoder.encode(UInt64(businessDays.rawValue))
        recordDate.encode(into: &encoder)
        switch exDate {
        case .none: encoder.encodeArray(count: 0)
        case .before(let offset): encoder.encode(optional: offset)
        }
        rounding.encode(into: &encoder)
        encoder.encode(UInt64(pledgedIncome.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 17)
        guard try decoder.unsigned() == BondTerms.version else { throw decoder.failure(.outOfRange) }
        var sheet = BondTermSheet()
        sheet.cash = try decoder.identifier()
        sheet.denomination = try BondDenomination(from: &decoder)
        try decoder.array(count: 3)
        sheet.isin = try decoder.optionalText(byteCountMax: ISIN.characterCount)
        sheet.cfi = try decoder.optionalText(byteCountMax: CFI.characterCount)
        sheet.fisn = try decoder.optionalText(byteCountMax: FISN.characterCountMax)
        decoder.leave()
        sheet.issueDate = try CalendarDate(from: &decoder)
        sheet.maturityDate = try decoder.optional(CalendarDate.self)
        sheet.interest = try BondInterest(from: &decoder)
        sheet.periods = try decoder.optional(BondPeriods.self)
        sheet.dayCount = try decoder.code(DayCount.self)
        sheet.repayment = try BondRepayment(from: &decoder)
        sheet.redemptionPrice = try decoder.optional(BondDecimal.self)
        sheet.indexation = try decoder.optional(BondIndexation.self)
        sheet.calls = try decoder.optional(BondOptionPlan.self)
        sheet.puts = try decoder.optional(BondOptionPlan.self)
        try decoder.array(count: 6)
        sheet.calendar = try CalendarReference(from: &decoder)
        sheet.businessDays = try decoder.code(BusinessDayConvention.self)
        sheet.recordDate = try BondDayOffset(from: &decoder)
        sheet.exDate = try decoder.optional(BondDayOffset.self).map { .before($0) } ?? BondExDate.none
        sheet.rounding = try BondRounding(from: &decoder)
        sheet.pledgedIncome = try decoder.code(PledgedIncome.self)
        decoder.leave()
        sheet.tax = try TaxRule(from: &decoder)
        sheet.defaults = try BondDefaultTerms(from: &decoder)
        decoder.leave()
        do {
            try self.init(sheet)
        } catch {
            throw decoder.failure(.outOfRange)
        }
    }
}

extension BondDenomination: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        for number in [faceUnit, minimumSubscription, increment, lot] { encoder.encode(number) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        self.init(
            faceUnit: try decoder.quantity(),
            minimumSubscription: try decoder.quantity(),
            increment: try decoder.quantity(),
            lot: try decoder.quantity()
        )
        decoder.leave()
    }
}

extension BondDecimal: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) { encoder.encode(integer: units) }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard let number = BondDecimal(units: try decoder.integer()) else { throw decoder.failure(.outOfRange) }
        self = number
    }
}

extension CalendarReference: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(text: name)
        encoder.encode(UInt64(version))
        encoder.encode(digest)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        name = try decoder.text(byteCountMax: BusinessCalendar.nameByteCountMax)
        version = UInt32(try decoder.unsigned(max: UInt64(UInt32.max)))
        digest = try decoder.digest()
        decoder.leave()
    }
}

extension BondDayOffset: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .businessDays(let count):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            encoder.encode(integer: Int64(count))
        case .calendarDays(let count, let convention):
            encoder.encodeArray(count: 3)
            encoder.encode(2 as UInt64)
            encoder.encode(integer: Int64(count))
            encoder.encode(UInt64(convention.rawValue))
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let fieldCount = try decoder.arrayCount(max: 3)
        let code = try decoder.unsigned()
        let count = Int(try decoder.unsigned(max: UInt64(BondDayOffset.countMax)))
        switch (code, fieldCount) {
        case (1, 2): self = .businessDays(count)
        case (2, 3): self = .calendarDays(count, try decoder.code(BusinessDayConvention.self))
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension BondRounding: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch unit {
        case .exact: encoder.encodeArray(count: 0)
        case .decimals(let count, let rounding):
            encoder.encodeArray(count: 2)
            encoder.encode(integer: Int64(count))
            encoder.encode(rounding)
        }
        encoder.encode(total)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        switch try decoder.arrayCount(max: 2) {
        case 0: unit = .exact
        case 2:
            let count = Int(try decoder.unsigned(max: UInt64(BondRounding.decimalCountMax)))
            unit = .decimals(count, try decoder.rounding())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
        total = try decoder.rounding()
        decoder.leave()
    }
}

extension TaxRule: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encodeArray(count: rates.count)
        for rate in rates { rate.rate.encode(into: &encoder) }
        encoder.encode(UInt64(income.rawValue))
        encoder.encode(UInt64(classDate.rawValue))
        encoder.encode(rounding)
        encoder.encodeArray(count: treasury == nil ? 0 : 1)
        if let treasury { encoder.encode(treasury) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        let classes = HolderClass.allCases
        try decoder.array(count: classes.count)
        var rates: [Rate] = []
        for holderClass in classes { rates.append(Rate(holderClass, try BondDecimal(from: &decoder))) }
        decoder.leave()
        self.rates = rates
        income = Income(rawValue: UInt8(try decoder.unsigned(max: UInt64(Income.all.rawValue))))
        classDate = try decoder.code(ClassDate.self)
        rounding = try decoder.rounding()
        treasury = try decoder.arrayCount(max: 1) == 0 ? nil : try decoder.identifier()
        decoder.leave()
        decoder.leave()
    }
}

extension BondDefaultTerms: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        interestGrace.encode(into: &encoder)
        principalGrace.encode(into: &encoder)
        switch acceleration {
        case .none: encoder.encode([0])
        case .automatic: encoder.encode([1])
        case .holders(let part):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            part.encode(into: &encoder)
        case .representative: encoder.encode([3])
        }
        penaltyRate.encode(into: &encoder)
        encoder.encode(UInt64(penaltyDayCount.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        interestGrace = try BondDayOffset(from: &decoder)
        principalGrace = try BondDayOffset(from: &decoder)
        let fieldCount = try decoder.arrayCount(max: 2)
        switch (try decoder.unsigned(), fieldCount) {
        case (0, 1): acceleration = .none
        case (1, 1): acceleration = .automatic
        case (2, 2): acceleration = .holders(try BondDecimal(from: &decoder))
        case (3, 1): acceleration = .representative
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
        penaltyRate = try BondDecimal(from: &decoder)
        penaltyDayCount = try decoder.code(DayCount.self)
        decoder.leave()
    }
}
