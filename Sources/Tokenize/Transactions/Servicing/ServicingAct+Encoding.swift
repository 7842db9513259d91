extension ServicingAct {
    /// The code on the wire.
    var code: ActCode {
        switch self {
        case .registerCalendar: .registerCalendar
        case .instructPayment: .instructPayment
        case .payDue: .payDue
        case .settleClaim: .settleClaim
        case .subscribe: .subscribe
        case .buyBack: .buyBack
        case .observe: .observe
        case .closeObservations: .closeObservations
        case .giveCallNotice: .giveCallNotice
        case .givePutNotice: .givePutNotice
        case .accelerate: .accelerate
        }
    }

    /// The bond that the act concerns, if it concerns one.
    var asset: AssetID? {
        switch self {
        case .registerCalendar, .instructPayment: nil
        case .payDue(let act): act.asset
        case .settleClaim(let act): act.asset
        case .subscribe(let act): act.asset
        case .buyBack(let act): act.asset
        case .observe(let act): act.asset
        case .closeObservations(let act): act.asset
        case .giveCallNotice(let act): act.asset
        case .givePutNotice(let act): act.asset
        case .accelerate(let act): act.asset
        }
    }

    /// Whether an act of a code is done under an authority; nil if either way.
    static func needsAuthority(_ code: ActCode) -> Bool? {
        switch code {
        case .instructPayment, .observe, .closeObservations, .givePutNotice: false
        case .accelerate: nil
        default: true
        }
    }

    func encodeFields(into encoder: inout CanonicalEncoder) {
        switch self {
        case .registerCalendar(let calendar): calendar.encode(into: &encoder)
        case .instructPayment(let act): act.encode(into: &encoder)
        case .payDue(let act): act.encode(into: &encoder)
        case .settleClaim(let act): act.encode(into: &encoder)
        case .subscribe(let act): act.encode(into: &encoder)
        case .buyBack(let act): act.encode(into: &encoder)
        case .observe(let act): act.encode(into: &encoder)
        case .closeObservations(let act): act.encode(into: &encoder)
        case .giveCallNotice(let act): act.encode(into: &encoder)
        case .givePutNotice(let act): act.encode(into: &encoder)
        case .accelerate(let act): act.encode(into: &encoder)
        }
    }

    /// The act of a code, nil if the code is none of these.
    init?(code: ActCode, from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch code {
        case .registerCalendar: self = .registerCalendar(try BusinessCalendar(from: &decoder))
        case .instructPayment: self = .instructPayment(try PaymentInstruction(from: &decoder))
        case .payDue: self = .payDue(try DuePayment(from: &decoder))
        case .settleClaim: self = .settleClaim(try ClaimSettlement(from: &decoder))
        case .subscribe: self = .subscribe(try Subscription(from: &decoder))
        case .buyBack: self = .buyBack(try BuyBack(from: &decoder))
        case .observe: self = .observe(try ObservationReport(from: &decoder))
        case .closeObservations: self = .closeObservations(try ObservationClosing(from: &decoder))
        case .giveCallNotice: self = .giveCallNotice(try CallNotice(from: &decoder))
        case .givePutNotice: self = .givePutNotice(try PutNotice(from: &decoder))
        case .accelerate: self = .accelerate(try Acceleration(from: &decoder))
        default: return nil
        }
    }
}

extension BondDue.ID: CanonicalCodable {
    /// `[date, kind]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        date.encode(into: &encoder)
        encoder.encode(UInt64(kind.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        let date = try CalendarDate(from: &decoder)
        guard let kind = BondDue.Kind(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        decoder.leave()
        self.init(kind, date)
    }
}

extension PaymentInstruction: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: cashAccount == nil ? 0 : 1)
        if let cashAccount { encoder.encode(cashAccount) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        cashAccount = try decoder.arrayCount(max: 1) == 1 ? try decoder.identifier() : nil
        decoder.leave()
    }
}

extension DuePayment: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        due.encode(into: &encoder)
        cashPartition.encode(into: &encoder)
        encoder.encode(claimsAccount)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        due = try BondDue.ID(from: &decoder)
        cashPartition = try Partition(from: &decoder)
        claimsAccount = try decoder.identifier()
        decoder.leave()
    }
}

extension ClaimSettlement: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        due.encode(into: &encoder)
        encoder.encode(account)
        partition.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        due = try BondDue.ID(from: &decoder)
        account = try decoder.identifier()
        partition = try Partition(from: &decoder)
        decoder.leave()
    }
}

extension BondQuote: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch self {
        case .price(let price):
            encoder.encode(1 as UInt64)
            encoder.encode(integer: price.units)
        case .yield(let yield):
            encoder.encode(2 as UInt64)
            encoder.encode(integer: yield.units)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        let code = try decoder.unsigned(max: 2)
        let value = try BondDecimal(units: &decoder)
        guard code >= 1 else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        self = code == 1 ? .price(value) : .yield(value)
    }
}

extension BondDecimal {
    /// The number that comes next, in units of 10^-12.
    fileprivate init(units decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard let value = BondDecimal(units: try decoder.integer()) else { throw decoder.failure(.outOfRange) }
        self = value
    }
}

extension Subscription: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(asset)
        encoder.encode(UInt64(buyer))
        partition.encode(into: &encoder)
        encoder.encode(units)
        quote.encode(into: &encoder)
        cashPartition.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        asset = try decoder.identifier()
        buyer = Int(try decoder.unsigned(max: UInt64(TransactionLimits.principalCountMax - 1)))
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        quote = try BondQuote(from: &decoder)
        cashPartition = try Partition(from: &decoder)
        decoder.leave()
    }
}

extension BuyBack: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        encoder.encode(asset)
        encoder.encode(UInt64(seller))
        partition.encode(into: &encoder)
        encoder.encode(units)
        quote.encode(into: &encoder)
        cashPartition.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        asset = try decoder.identifier()
        seller = Int(try decoder.unsigned(max: UInt64(TransactionLimits.principalCountMax - 1)))
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        quote = try BondQuote(from: &decoder)
        cashPartition = try Partition(from: &decoder)
        decoder.leave()
    }
}

extension ObservationReport: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        encoder.encode(text: name)
        date.encode(into: &encoder)
        encoder.encode(integer: value.units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        name = try ObservationReport.name(&decoder)
        date = try CalendarDate(from: &decoder)
        value = try BondDecimal(units: &decoder)
        decoder.leave()
    }
}

extension ObservationReport {
    /// The name of a reference or an index: printable ASCII, as in terms.
    static func name(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> String {
        let name = try decoder.text(byteCountMax: FloatingRate.nameByteCountMax)
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw decoder.failure(.outOfRange)
        }
        return name
    }
}

extension ObservationClosing: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(asset)
        through.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        asset = try decoder.identifier()
        through = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}

extension CallNotice: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        date.encode(into: &encoder)
        encoder.encode(integer: part.units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        date = try CalendarDate(from: &decoder)
        part = try BondDecimal(units: &decoder)
        decoder.leave()
    }
}

extension PutNotice: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        date.encode(into: &encoder)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        date = try CalendarDate(from: &decoder)
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Acceleration: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 1)
        encoder.encode(asset)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 1)
        asset = try decoder.identifier()
        decoder.leave()
    }
}
