extension ActCode {
    init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        guard let code = ActCode(rawValue: try decoder.unsigned()) else { throw decoder.failure(.outOfRange) }
        self = code
    }
}

extension Mandate.Quorum: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(act.rawValue)
        encoder.encode(UInt64(quorum))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        act = try ActCode(from: &decoder)
        quorum = Int(try decoder.unsigned(max: UInt64(TransactionLimits.authorityMemberCountMax)))
        decoder.leave()
    }
}

extension Mandate.Separation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(act.rawValue)
        other.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        act = try ActCode(from: &decoder)
        other = try AuthorityReference(from: &decoder)
        decoder.leave()
    }
}

extension Mandate.Timelock: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: veto == nil ? 2 : 3)
        encoder.encode(act.rawValue)
        notice.encode(into: &encoder)
        veto?.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        act = try ActCode(from: &decoder)
        notice = try decoder.laidNotice()
        veto = count == 3 ? try AuthorityReference(from: &decoder) : nil
        decoder.leave()
    }
}

extension Mandate: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(array: quorums)
        encoder.encode(array: separations)
        encoder.encode(array: timelocks)
        encoder.encode(UInt64(emergencyDaysMax))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        let limit = Mandate.entryCountMax
        let quorums = try decoder.array(of: Quorum.self, max: limit, limit: "entryCountMax")
        let separations = try decoder.array(of: Separation.self, max: limit, limit: "entryCountMax")
        let timelocks = try decoder.array(of: Timelock.self, max: limit, limit: "entryCountMax")
        let days = Int(try decoder.unsigned(max: UInt64(Mandate.emergencyDaysLimit)))
        decoder.leave()
        guard
            let mandate = Mandate(
                quorums: quorums,
                separations: separations,
                timelocks: timelocks,
                emergencyDaysMax: days
            ), mandate.quorums == quorums, mandate.separations == separations, mandate.timelocks == timelocks
        else { throw decoder.failure(.keyOrder) }
        self = mandate
    }
}

extension MandateSetting: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        authority.encode(into: &encoder)
        mandate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        authority = try AuthorityReference(from: &decoder)
        mandate = try Mandate(from: &decoder)
        decoder.leave()
    }
}
