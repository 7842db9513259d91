extension Rulebook: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(UInt64(quorum))
        notice.encode(into: &encoder)
        encoder.encode(array: requirements)
        encoder.encode(array: rules)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        quorum = Int(try decoder.unsigned(max: UInt64(TransactionLimits.authorityMemberCountMax)))
        guard quorum >= 1 else { throw decoder.failure(.outOfRange) }
        notice = try decoder.laidNotice()
        requirements = try decoder.array(
            of: Requirement.self,
            max: Rulebook.requirementCountMax,
            limit: "requirementCountMax"
        )
        rules = try decoder.array(of: Rule.self, max: Rulebook.ruleCountMax, limit: "rulebookRuleCountMax")
        decoder.leave()
    }
}

extension Requirement: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) { encoder.encode(array: conditions) }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        conditions = try decoder.array(
            of: Condition.self,
            min: 1,
            max: Requirement.conditionCountMax,
            limit: "conditionCountMax"
        )
    }
}

extension Condition: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        switch test {
        case .present(let topic):
            encoder.encode(1 as UInt64)
            topic.encode(into: &encoder)
        case .absent(let topic):
            encoder.encode(2 as UInt64)
            topic.encode(into: &encoder)
        case .anyOf(let statements):
            encoder.encode(3 as UInt64)
            encoder.encode(array: statements)
        case .noneOf(let statements):
            encoder.encode(4 as UInt64)
            encoder.encode(array: statements)
        case .identity(let parties):
            encoder.encode(5 as UInt64)
            encoder.encodeArray(count: parties.count)
            for party in parties { encoder.encode(party) }
        }
        sides.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        switch try decoder.unsigned() {
        case 1: test = .present(try Topic(from: &decoder))
        case 2: test = .absent(try Topic(from: &decoder))
        case 3: test = .anyOf(try Condition.statements(&decoder))
        case 4: test = .noneOf(try Condition.statements(&decoder))
        case 5: test = .identity(try decoder.ascending(max: Condition.elementCountMax))
        default: throw decoder.failure(.outOfRange)
        }
        sides = try RuleSides(from: &decoder)
        decoder.leave()
    }

    private static func statements(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> [Statement] {
        try decoder.array(of: Statement.self, min: 1, max: elementCountMax, limit: "statementCountMax")
    }
}

extension RuleSides: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) { encoder.encode(UInt64(rawValue)) }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        rawValue = UInt8(try decoder.unsigned(max: UInt64(RuleSides.all.rawValue)))
        guard rawValue > 0 else { throw decoder.failure(.outOfRange) }
    }
}

extension Charge: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(cash)
        encoder.encode(treasury)
        encoder.encode(fixed)
        encoder.encode(numerator)
        encoder.encode(denominator)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        cash = try decoder.identifier()
        treasury = try decoder.identifier()
        fixed = try decoder.quantity()
        numerator = try decoder.unsigned()
        denominator = try decoder.unsigned()
        guard denominator >= 1 else { throw decoder.failure(.outOfRange) }
        decoder.leave()
    }
}

extension ApprovalRule: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: silence == nil ? 3 : 4)
        encoder.encodeArray(count: approvers.count)
        for account in approvers { encoder.encode(account) }
        encoder.encode(UInt64(needed))
        encoder.encode(UInt64(dayCountMax))
        if let silence {
            encoder.encodeArray(count: 2)
            silence.notice.encode(into: &encoder)
            silence.told.encode(into: &encoder)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 4)
        guard count >= 3 else { throw decoder.failure(.outOfRange) }
        approvers = try decoder.ascending(max: ApprovalRule.approverCountMax)
        needed = Int(try decoder.unsigned(max: UInt64(ApprovalRule.approverCountMax)))
        dayCountMax = try Rule.days(&decoder, max: Rule.windowDayCountMax)
        guard needed >= 1, needed <= approvers.count else { throw decoder.failure(.outOfRange) }
        if count == 4 {
            try decoder.array(count: 2)
            let notice = try decoder.laidNotice()
            silence = Silence(after: notice, telling: try AuthorityReference(from: &decoder))
            decoder.leave()
        } else {
            silence = nil
        }
        decoder.leave()
    }
}

extension CanonicalDecoder {
    /// 1 to `max` identifiers, ascending, each once.
    mutating func ascending<Identifier: LedgerIdentifier>(max: Int) throws(DecodingFailure) -> [Identifier] {
        let count = try arrayCount(max: max)
        guard count >= 1 else { throw failure(.outOfRange) }
        var list: [Identifier] = []
        for index in 0..<count {
            let next: Identifier = try identifier()
            if index > 0, !(list[index - 1] < next) { throw failure(.keyOrder) }
            list.append(next)
        }
        leave()
        return list
    }
}
