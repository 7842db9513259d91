// The fields of each act, in the order of Specs/03.

extension AccountOpening: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        policy.encode(into: &encoder)
        encoder.encode(salt)
        encoder.encode(party)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        policy = try KeyPolicy(from: &decoder)
        salt = try decoder.digest()
        party = try decoder.identifier()
        decoder.leave()
    }
}

extension LogKeys: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(log)
        encoder.encodeArray(count: witnesses.count)
        for witness in witnesses { encoder.encode(witness) }
        encoder.encode(UInt64(witnessQuorum))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let log = try decoder.digest()
        let count = try decoder.arrayCount(max: LogKeys.witnessCountMax)
        var witnesses: [Digest] = []
        for index in 0..<count {
            let witness = try decoder.digest()
            if index > 0, !(witnesses[index - 1] < witness) { throw decoder.failure(.keyOrder) }
            witnesses.append(witness)
        }
        decoder.leave()
        let quorum = Int(try decoder.unsigned(max: UInt64(LogKeys.witnessCountMax)))
        decoder.leave()
        guard let keys = LogKeys(log: log, witnesses: witnesses, witnessQuorum: quorum) else {
            throw decoder.failure(.outOfRange)
        }
        self = keys
    }
}

extension AssetCreation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(nonce)
        identification.encode(into: &encoder)
        encoder.encode(bytes: terms)
        encoder.encode(bytes: charter)
        encoder.encode(cap)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        nonce = try decoder.unsigned()
        identification = try AssetIdentification(from: &decoder)
        terms = try decoder.bytes(countMax: TransactionLimits.termsByteCountMax)
        charter = try decoder.bytes(countMax: TransactionLimits.charterByteCountMax)
        cap = try decoder.quantity()
        decoder.leave()
    }
}

extension Issuance: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        encoder.encode(recipient)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        recipient = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Transfer: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        encoder.encode(recipient)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        recipient = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension BatchTransfer: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        partition.encode(into: &encoder)
        encoder.encodeArray(count: legs.count)
        for leg in legs {
            encoder.encodeArray(count: 2)
            encoder.encode(leg.recipient)
            encoder.encode(leg.units)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        partition = try Partition(from: &decoder)
        let count = try decoder.arrayCount(max: TransactionLimits.recipientCountMax)
        var legs: [Leg] = []
        legs.reserveCapacity(count)
        for _ in 0..<count {
            try decoder.array(count: 2)
            let recipient: AccountID = try decoder.identifier()
            legs.append(Leg(recipient: recipient, units: try decoder.quantity()))
            decoder.leave()
        }
        decoder.leave()
        decoder.leave()
        self.legs = legs
    }
}

extension Redemption: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        encoder.encode(UInt64(holder))
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        holder = Int(try decoder.unsigned(max: UInt64(TransactionLimits.principalCountMax - 1)))
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Cancellation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Reclassification: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(asset)
        encoder.encode(holder)
        source.encode(into: &encoder)
        destination.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        asset = try decoder.identifier()
        holder = try decoder.identifier()
        source = try Partition(from: &decoder)
        destination = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Settlement.Side: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        asset = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}

extension Settlement: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(UInt64(buyer))
        delivery.encode(into: &encoder)
        payment.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        buyer = Int(try decoder.unsigned(max: UInt64(TransactionLimits.principalCountMax - 1)))
        delivery = try Side(from: &decoder)
        payment = try Side(from: &decoder)
        decoder.leave()
    }
}

extension Distribution: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(asset)
        encoder.encode(cash)
        cashPartition.encode(into: &encoder)
        encoder.encode(total)
        order.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        asset = try decoder.identifier()
        cash = try decoder.identifier()
        cashPartition = try Partition(from: &decoder)
        total = try decoder.quantity()
        order = try OrderReference(from: &decoder)
        decoder.leave()
    }
}

extension FinalRedemption: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(asset)
        encoder.encode(cash)
        cashPartition.encode(into: &encoder)
        encoder.encode(amountPerUnit)
        order.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        asset = try decoder.identifier()
        cash = try decoder.identifier()
        cashPartition = try Partition(from: &decoder)
        amountPerUnit = try decoder.quantity()
        order = try OrderReference(from: &decoder)
        decoder.leave()
    }
}

extension Encumbering: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: beneficiary == nil ? 6 : 7)
        target.encode(into: &encoder)
        encoder.encode(UInt64(kind.rawValue))
        encoder.encode(amount)
        encoder.encode(UInt64(rank))
        lastDate.encode(into: &encoder)
        order.encode(into: &encoder)
        if let beneficiary { encoder.encode(beneficiary) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 7)
        guard count >= 6 else { throw decoder.failure(.outOfRange) }
        target = try EncumbranceTarget(from: &decoder)
        guard let kind = EncumbranceKind(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.kind = kind
        amount = try decoder.quantity()
        rank = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        lastDate = try CalendarDate(from: &decoder)
        order = try OrderReference(from: &decoder)
        beneficiary = count == 7 ? try decoder.identifier() : nil
        decoder.leave()
    }
}

extension Release: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: amount == nil ? 2 : 3)
        target.encode(into: &encoder)
        encoder.encode(encumbrance)
        if let amount { encoder.encode(amount) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        target = try EncumbranceTarget(from: &decoder)
        encumbrance = try decoder.identifier()
        amount = count == 3 ? try decoder.quantity() : nil
        decoder.leave()
    }
}

extension ForcedTransfer: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: executing == nil ? 8 : 9)
        encoder.encode(asset)
        encoder.encode(source)
        encoder.encode(destination)
        partition.encode(into: &encoder)
        encoder.encode(units)
        encoder.encode(UInt64(rank))
        lastDate.encode(into: &encoder)
        order.encode(into: &encoder)
        if let executing { encoder.encode(executing) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 9)
        guard count >= 8 else { throw decoder.failure(.outOfRange) }
        asset = try decoder.identifier()
        source = try decoder.identifier()
        destination = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        rank = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        lastDate = try CalendarDate(from: &decoder)
        order = try OrderReference(lawfulFrom: &decoder)
        executing = count == 9 ? try decoder.identifier() : nil
        decoder.leave()
    }
}

extension CalendarDate: CanonicalCodable {
    /// Days since 1970-01-01, as an integer.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encode(integer: Int64(daysSinceEpoch))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let days = try decoder.integer()
        guard let narrow = Int32(exactly: days), let date = CalendarDate(daysSinceEpoch: narrow) else {
            throw decoder.failure(.outOfRange)
        }
        self = date
    }
}
