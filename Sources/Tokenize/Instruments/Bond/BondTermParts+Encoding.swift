extension BondInterest: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .none: encoder.encode([0])
        case .fixed(let rate):
            encoder.encodeArray(count: 2)
            encoder.encode(1 as UInt64)
            rate.encode(into: &encoder)
        case .stepped(let steps):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            encoder.encode(array: steps)
        case .floating(let floating):
            encoder.encodeArray(count: 2)
            encoder.encode(3 as UInt64)
            floating.encode(into: &encoder)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let fieldCount = try decoder.arrayCount(max: 2)
        switch (try decoder.unsigned(), fieldCount) {
        case (0, 1): self = .none
        case (1, 2): self = .fixed(try BondDecimal(from: &decoder))
        case (2, 2):
            self = .stepped(
                try decoder.array(
                    of: BondRateStep.self,
                    min: 1,
                    max: BondInterest.stepCountMax,
                    limit: "BondInterest.stepCountMax"
                )
            )
        case (3, 2): self = .floating(try FloatingRate(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension BondRateStep: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        start.encode(into: &encoder)
        rate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        start = try CalendarDate(from: &decoder)
        rate = try BondDecimal(from: &decoder)
        decoder.leave()
    }
}

extension FloatingRate: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 8)
        encoder.encode(text: reference)
        encoder.encode(observer)
        margin.encode(into: &encoder)
        floor.encode(into: &encoder)
        encoder.encode(optional: cap)
        encoder.encode(UInt64(timing.rawValue))
        encoder.encode(integer: Int64(lagBusinessDays))
        encoder.encode(array: fallbacks)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 8)
        self.init(
            reference: try decoder.text(byteCountMax: FloatingRate.nameByteCountMax),
            observer: try decoder.identifier(),
            margin: try BondDecimal(from: &decoder),
            floor: try BondDecimal(from: &decoder),
            cap: try decoder.optional(BondDecimal.self),
            timing: try decoder.code(Timing.self),
            lagBusinessDays: Int(try decoder.unsigned(max: UInt64(FloatingRate.dayCountMax))),
            fallbacks: try decoder.array(
                of: Fallback.self,
                min: 1,
                max: FloatingRate.fallbackCountMax,
                limit: "FloatingRate.fallbackCountMax"
            )
        )
        decoder.leave()
    }
}

extension FloatingRate.Fallback: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .other(let reference, let spread):
            encoder.encodeArray(count: 3)
            encoder.encode(1 as UInt64)
            encoder.encode(text: reference)
            spread.encode(into: &encoder)
        case .previous(let days):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            encoder.encode(integer: Int64(days))
        case .rate(let rate):
            encoder.encodeArray(count: 2)
            encoder.encode(3 as UInt64)
            rate.encode(into: &encoder)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let fieldCount = try decoder.arrayCount(max: 3)
        switch (try decoder.unsigned(), fieldCount) {
        case (1, 3):
            let reference = try decoder.text(byteCountMax: FloatingRate.nameByteCountMax)
            self = .other(reference: reference, spread: try BondDecimal(from: &decoder))
        case (2, 2): self = .previous(days: Int(try decoder.unsigned(max: UInt64(FloatingRate.dayCountMax))))
        case (3, 2): self = .rate(try BondDecimal(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension BondPeriods: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 9)
        start.encode(into: &encoder)
        tenor.encode(into: &encoder)
        encoder.encode(UInt64(direction.rawValue))
        encoder.encode(endOfMonth)
        encoder.encode(optional: firstEnd)
        encoder.encode(optional: lastStart)
        encoder.encode(UInt64(stub.rawValue))
        encoder.encode(UInt64(accrual.rawValue))
        encoder.encode(optional: capitalisesThrough)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 9)
        self.init(
            start: try CalendarDate(from: &decoder),
            tenor: try Period(from: &decoder),
            direction: try decoder.code(Schedule.Direction.self),
            endOfMonth: try decoder.bool(),
            firstEnd: try decoder.optional(CalendarDate.self),
            lastStart: try decoder.optional(CalendarDate.self),
            stub: try decoder.code(Schedule.Stub.self),
            accrual: try decoder.code(BusinessDayConvention.self),
            capitalisesThrough: try decoder.optional(CalendarDate.self)
        )
        decoder.leave()
    }
}

extension BondRepayment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        switch self {
        case .bullet: encoder.encode([1])
        case .linear(let first):
            encoder.encodeArray(count: 2)
            encoder.encode(2 as UInt64)
            first.encode(into: &encoder)
        case .level(let first):
            encoder.encodeArray(count: 2)
            encoder.encode(3 as UInt64)
            first.encode(into: &encoder)
        case .instalments(let parts):
            encoder.encodeArray(count: 2)
            encoder.encode(4 as UInt64)
            encoder.encode(array: parts)
        case .perpetual: encoder.encode([5])
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let fieldCount = try decoder.arrayCount(max: 2)
        switch (try decoder.unsigned(), fieldCount) {
        case (1, 1): self = .bullet
        case (2, 2): self = .linear(first: try CalendarDate(from: &decoder))
        case (3, 2): self = .level(first: try CalendarDate(from: &decoder))
        case (4, 2):
            self = .instalments(
                try decoder.array(
                    of: BondInstalment.self,
                    min: 1,
                    max: BondRepayment.instalmentCountMax,
                    limit: "BondRepayment.instalmentCountMax"
                )
            )
        case (5, 1): self = .perpetual
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension BondInstalment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        date.encode(into: &encoder)
        part.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        date = try CalendarDate(from: &decoder)
        part = try BondDecimal(from: &decoder)
        decoder.leave()
    }
}

extension BondIndexation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 9)
        encoder.encode(text: index)
        encoder.encode(observer)
        base.encode(into: &encoder)
        encoder.encode(integer: Int64(lagMonths))
        encoder.encode(UInt64(interpolation.rawValue))
        encoder.encode(integer: Int64(decimals))
        encoder.encode(rounding)
        encoder.encode(UInt64(floor.rawValue))
        encoder.encode(UInt64(fallback.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 9)
        self.init(
            index: try decoder.text(byteCountMax: FloatingRate.nameByteCountMax),
            observer: try decoder.identifier(),
            base: try BondDecimal(from: &decoder),
            lagMonths: Int(try decoder.unsigned(max: UInt64(BondIndexation.lagMonthsMax))),
            interpolation: try decoder.code(Interpolation.self),
            decimals: Int(try decoder.unsigned(max: UInt64(BondIndexation.decimalCountMax))),
            rounding: try decoder.rounding(),
            floor: try decoder.code(Floor.self),
            fallback: try decoder.code(Fallback.self)
        )
        decoder.leave()
    }
}

extension BondOptionPlan: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(array: days)
        encoder.encode(continues)
        encoder.encode(integer: Int64(noticeBusinessDays))
        encoder.encode(allowsPart)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        self.init(
            days: try decoder.array(
                of: Day.self,
                min: 1,
                max: BondOptionPlan.dayCountMax,
                limit: "BondOptionPlan.dayCountMax"
            ),
            continues: try decoder.bool(),
            noticeBusinessDays: Int(try decoder.unsigned(max: UInt64(BondOptionPlan.noticeDaysMax))),
            allowsPart: try decoder.bool()
        )
        decoder.leave()
    }
}

extension BondOptionPlan.Day: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        date.encode(into: &encoder)
        price.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        date = try CalendarDate(from: &decoder)
        price = try BondDecimal(from: &decoder)
        decoder.leave()
    }
}
