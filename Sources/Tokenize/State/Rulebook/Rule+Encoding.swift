extension Rule {
    /// The family's code on the wire: the number of its rule id, but for holding rules.
    public var code: UInt64 {
        switch self {
        case .countriesAllowed: 10
        case .countriesRestricted: 11
        case .allowList: 12
        case .blockList: 13
        case .sanctions: 14
        case .accredited: 15
        case .resident: 16
        case .admission: 17
        case .holding: 19
        case .balanceMax: 20
        case .remainderMin: 21
        case .partyShareMax: 22
        case .classShareMin: 23
        case .holderCountMax: 24
        case .classHolderCountMax: 25
        case .supplyMax: 26
        case .volume: 30
        case .volumeTowards: 31
        case .lockUp: 32
        case .issueLockUp: 33
        case .holdingPeriod: 34
        case .tradingCalendar: 35
        case .transferMin: 36
        case .lot: 37
        case .fee: 40
        case .stampDuty: 41
        case .approval: 42
        case .memo: 43
        case .nonTransferable: 44
        case .optIn: 45
        }
    }

    private var fieldCount: Int {
        switch self {
        case .memo, .nonTransferable, .optIn: 0
        case .admission, .holding, .balanceMax, .remainderMin, .holderCountMax, .supplyMax, .issueLockUp,
            .holdingPeriod, .tradingCalendar, .transferMin, .lot, .fee, .stampDuty, .approval:
            1
        case .classShareMin, .volumeTowards: 3
        default: 2
        }
    }
}

extension Rule: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 1 + fieldCount)
        encoder.encode(code)
        switch self {
        case .countriesAllowed(let countries, let sides), .countriesRestricted(let countries, let sides):
            let texts = Set(countries.map(\.text)).sorted { $0.precedesInBytes($1) }
            encoder.encodeArray(count: texts.count)
            for text in texts { encoder.encode(text: text) }
            sides.encode(into: &encoder)
        case .allowList(let list, let sides), .blockList(let list, let sides), .sanctions(let list, let sides):
            list.encode(into: &encoder)
            sides.encode(into: &encoder)
        case .accredited(let statement, let sides), .resident(let statement, let sides):
            statement.encode(into: &encoder)
            sides.encode(into: &encoder)
        case .admission(let list): list.encode(into: &encoder)
        case .holding(let rule): rule.encode(into: &encoder)
        case .partyShareMax(let numerator, let denominator):
            encoder.encode(numerator)
            encoder.encode(denominator)
        case .classShareMin(let classes, let numerator, let denominator):
            encoder.encode(UInt64(classes.rawValue))
            encoder.encode(numerator)
            encoder.encode(denominator)
        default: encodeAmounts(into: &encoder)
        }
    }

    private func encodeAmounts(into encoder: inout CanonicalEncoder) {
        switch self {
        case .balanceMax(let units), .remainderMin(let units), .supplyMax(let units), .transferMin(let units),
            .lot(let units):
            encoder.encode(units)
        case .holderCountMax(let count): encoder.encode(count)
        case .classHolderCountMax(let classes, let count):
            encoder.encode(UInt64(classes.rawValue))
            encoder.encode(count)
        case .volume(let days, let units):
            encoder.encode(UInt64(days))
            encoder.encode(units)
        case .volumeTowards(let accounts, let days, let units):
            encoder.encodeArray(count: accounts.count)
            for account in accounts.sorted() { encoder.encode(account) }
            encoder.encode(UInt64(days))
            encoder.encode(units)
        case .lockUp(let partitions, let date):
            encoder.encodeArray(count: partitions.count)
            for partition in partitions.sorted() { partition.encode(into: &encoder) }
            date.encode(into: &encoder)
        case .issueLockUp(let days), .holdingPeriod(let days): encoder.encode(UInt64(days))
        case .tradingCalendar(let digest): encoder.encode(digest)
        case .fee(let charge), .stampDuty(let charge): charge.encode(into: &encoder)
        case .approval(let rule): rule.encode(into: &encoder)
        default: break
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        let code = try decoder.unsigned()
        if code < 20 {
            try self.init(who: code, from: &decoder)
        } else if code < 30 {
            try self.init(quantity: code, from: &decoder)
        } else {
            try self.init(form: code, from: &decoder)
        }
        guard count == 1 + fieldCount else { throw decoder.failure(.outOfRange) }
        decoder.leave()
    }

    private init(who code: UInt64, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case 10, 11:
            let countries = try Rule.countries(&decoder)
            let sides = try RuleSides(from: &decoder)
            self = code == 10 ? .countriesAllowed(countries, sides) : .countriesRestricted(countries, sides)
        case 12, 13, 14:
            let list = try ListReference(from: &decoder)
            let sides = try RuleSides(from: &decoder)
            self = code == 12 ? .allowList(list, sides) : code == 13 ? .blockList(list, sides) : .sanctions(list, sides)
        case 15, 16:
            let statement = try Statement(from: &decoder)
            let sides = try RuleSides(from: &decoder)
            self = code == 15 ? .accredited(statement, sides) : .resident(statement, sides)
        case 17: self = .admission(try ListReference(from: &decoder))
        case 19: self = .holding(try HoldingRule(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }

    private init(quantity code: UInt64, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case 20: self = .balanceMax(try decoder.quantity())
        case 21: self = .remainderMin(try decoder.quantity())
        case 22:
            let share = try Rule.share(&decoder)
            self = .partyShareMax(numerator: share.numerator, denominator: share.denominator)
        case 23:
            let classes = try Rule.classes(&decoder)
            let share = try Rule.share(&decoder)
            self = .classShareMin(classes, numerator: share.numerator, denominator: share.denominator)
        case 24: self = .holderCountMax(try decoder.unsigned())
        case 25:
            let classes = try Rule.classes(&decoder)
            self = .classHolderCountMax(classes, try decoder.unsigned())
        case 26: self = .supplyMax(try decoder.quantity())
        default: throw decoder.failure(.outOfRange)
        }
    }

    private init(form code: UInt64, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case 30:
            let days = try Rule.days(&decoder, max: Rule.windowDayCountMax)
            self = .volume(days: days, try decoder.quantity())
        case 31:
            let accounts: [AccountID] = try decoder.ascending(max: Rule.elementCountMax)
            let days = try Rule.days(&decoder, max: Rule.windowDayCountMax)
            self = .volumeTowards(accounts, days: days, try decoder.quantity())
        case 32:
            let partitions = try decoder.array(
                of: Partition.self,
                max: Rule.elementCountMax,
                limit: "partitionCountMax"
            )
            guard zip(partitions, partitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw decoder.failure(.keyOrder)
            }
            self = .lockUp(partitions, through: try CalendarDate(from: &decoder))
        case 33: self = .issueLockUp(days: try Rule.days(&decoder, max: Rule.periodDayCountMax))
        case 34: self = .holdingPeriod(days: try Rule.days(&decoder, max: Rule.periodDayCountMax))
        case 35: self = .tradingCalendar(try decoder.digest())
        case 36: self = .transferMin(try decoder.quantity())
        case 37:
            let lot = try decoder.quantity()
            guard lot > .zero else { throw decoder.failure(.outOfRange) }
            self = .lot(lot)
        case 40: self = .fee(try Charge(from: &decoder))
        case 41: self = .stampDuty(try Charge(from: &decoder))
        case 42: self = .approval(try ApprovalRule(from: &decoder))
        case 43: self = .memo
        case 44: self = .nonTransferable
        case 45: self = .optIn
        default: throw decoder.failure(.outOfRange)
        }
    }

    // MARK: Parts

    /// 1 to `max` days.
    static func days(_ decoder: inout CanonicalDecoder, max: Int) throws(DecodingFailure) -> Int {
        let days = Int(try decoder.unsigned(max: UInt64(max)))
        guard days >= 1 else { throw decoder.failure(.outOfRange) }
        return days
    }

    private static func classes(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> HolderClassSet {
        let classes = HolderClassSet(rawValue: UInt32(try decoder.unsigned(max: UInt64(UInt32.max))))
        guard HolderClassSet.all.isSuperset(of: classes) else { throw decoder.failure(.outOfRange) }
        return classes
    }

    private static func share(
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) -> (numerator: UInt64, denominator: UInt64) {
        let numerator = try decoder.unsigned()
        let denominator = try decoder.unsigned(max: HoldingRule.denominatorMax)
        guard denominator >= 1, numerator <= denominator else { throw decoder.failure(.outOfRange) }
        return (numerator, denominator)
    }

    private static func countries(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> [CountryCode] {
        let count = try decoder.arrayCount(max: elementCountMax)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        var countries: [CountryCode] = []
        for _ in 0..<count {
            guard let country = CountryCode(try decoder.text(byteCountMax: 2)) else {
                throw decoder.failure(.outOfRange)
            }
            if let last = countries.last, !last.text.precedesInBytes(country.text) { throw decoder.failure(.keyOrder) }
            countries.append(country)
        }
        decoder.leave()
        return countries
    }
}
