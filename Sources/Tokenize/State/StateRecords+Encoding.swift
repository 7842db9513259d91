// The values of the state tree and the rows of a snapshot (Specs/06, Specs/08).

extension PartyRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(text: jurisdiction.text)
        encoder.encode(UInt64(holderClass.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        guard let jurisdiction = CountryCode(try decoder.text(byteCountMax: 2)),
            let holderClass = HolderClass(rawValue: UInt8(try decoder.unsigned(max: 255)))
        else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        self.init(jurisdiction: jurisdiction, holderClass: holderClass)
    }
}

extension EncumbranceOwner: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        switch self {
        case .authority(let reference):
            encoder.encode(1 as UInt64)
            reference.encode(into: &encoder)
        case .account(let account):
            encoder.encode(2 as UInt64)
            encoder.encode(account)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        switch try decoder.unsigned() {
        case 1: self = .authority(try AuthorityReference(from: &decoder))
        case 2: self = .account(try decoder.identifier())
        default: throw decoder.failure(.outOfRange)
        }
        decoder.leave()
    }
}

extension EncumbranceRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: layer == 0 ? 7 : 8)
        encoder.encode(id)
        encoder.encode(UInt64(kind.rawValue))
        owner.encode(into: &encoder)
        encoder.encode(amount)
        encoder.encode(UInt64(rank))
        lastDate.encode(into: &encoder)
        order.encode(into: &encoder)
        if layer > 0 { encoder.encode(UInt64(layer)) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 8)
        guard count >= 7 else { throw decoder.failure(.outOfRange) }
        id = try decoder.identifier()
        guard let kind = EncumbranceKind(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.kind = kind
        owner = try EncumbranceOwner(from: &decoder)
        amount = try decoder.quantity()
        rank = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        lastDate = try CalendarDate(from: &decoder)
        order = try OrderReference(from: &decoder)
        if count == 8 {
            layer = UInt16(try decoder.unsigned(max: UInt64(TransactionLimits.holdingEncumbranceCountMax)))
            guard layer > 0 else { throw decoder.failure(.outOfRange) }
        }
        decoder.leave()
    }
}

extension HoldingRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(units)
        encoder.encode(array: encumbrances)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        units = try decoder.quantity()
        encumbrances = try decoder.array(
            of: EncumbranceRecord.self,
            max: TransactionLimits.holdingEncumbranceCountMax,
            limit: "holdingEncumbranceCountMax"
        )
        decoder.leave()
    }
}

extension LaneWindow: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(next)
        encoder.encode(used)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        let next = try decoder.unsigned()
        let used = try decoder.unsigned()
        decoder.leave()
        self.init(next: next, used: used)
    }
}

extension AccountRecord {
    /// The value in the tree: dense index, keys, party, encumbrances.
    func encodeLeaf(index: UInt32, party: PartyID, into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(UInt64(index))
        policy.encode(into: &encoder)
        encoder.encode(party)
        encoder.encode(array: encumbrances)
    }
}

extension AssetRecord {
    /// The value in the tree; terms and charter enter by their digests.
    func encodeLeaf(index: UInt32, into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 11)
        encoder.encode(UInt64(index))
        identification.encode(into: &encoder)
        issuer.encode(into: &encoder)
        encoder.encode(termsDigest)
        encoder.encode(charterDigest)
        encoder.encode(cap)
        encoder.encode(issued)
        encoder.encode(redeemed)
        encoder.encode(UInt64(status.rawValue))
        encoder.encode(array: encumbrances)
        encoder.encodeArray(count: unitsByClass.count)
        for units in unitsByClass { encoder.encode(Quantity(units)) }
    }
}

extension LedgerState {
    /// The value of the ledger's own record: identity, parameters, keys, clock, counters.
    func encodeLedgerLeaf(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 10)
        encoder.encode(ledger)
        parameters.encode(into: &encoder)
        logKeys.encode(into: &encoder)
        encoder.encode(clock.height)
        clock.businessDate.encode(into: &encoder)
        encoder.encode(clock.openedDayCount)
        encoder.encode(clock.sealingTime)
        encoder.encode(UInt64(parties.count))
        encoder.encode(UInt64(accounts.count))
        encoder.encode(UInt64(assets.count))
    }

    func encodeAuthorityLeaf(_ record: AuthorityRecord, into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(UInt64(record.quorum))
        encoder.encodeArray(count: record.members.count)
        for member in record.members { encoder.encode(accounts.ids[member.offset]) }
    }
}
