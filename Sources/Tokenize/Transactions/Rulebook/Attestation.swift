/// Says something of a party, under the authority that answers for it. Takes the place of what the same authority said
/// before of the same party, topic and scope.
public struct Attestation: Hashable, Sendable {
    /// Whom it is about.
    public let party: PartyID
    /// What it is about.
    public let topic: Topic
    /// What it says.
    public let value: AttestationValue
    /// The asset for which it counts, or nil for all.
    public let scope: AssetID?
    /// The first business date on which it counts.
    public let validFrom: CalendarDate
    /// The last business date on which it counts.
    public let validUntil: CalendarDate

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        of party: PartyID,
        _ topic: Topic,
        _ value: AttestationValue,
        scope: AssetID? = nil,
        from validFrom: CalendarDate,
        until validUntil: CalendarDate
    ) {
        self.party = party
        self.topic = topic
        self.value = value
        self.scope = scope
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}

/// Takes an attestation back, under the authority that gave it.
public struct AttestationRevocation: Hashable, Sendable {
    /// Whom it was about.
    public let party: PartyID
    /// What it was about.
    public let topic: Topic
    /// The asset for which it counted, or nil for all.
    public let scope: AssetID?

    /// An act with these fields; the rules decide whether it can be done.
    public init(of party: PartyID, _ topic: Topic, scope: AssetID? = nil) {
        self.party = party
        self.topic = topic
        self.scope = scope
    }
}

extension Attestation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: scope == nil ? 5 : 6)
        encoder.encode(party)
        topic.encode(into: &encoder)
        value.encode(into: &encoder)
        validFrom.encode(into: &encoder)
        validUntil.encode(into: &encoder)
        if let scope { encoder.encode(scope) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 6)
        guard count >= 5 else { throw decoder.failure(.outOfRange) }
        party = try decoder.identifier()
        topic = try Topic(from: &decoder)
        value = try AttestationValue(from: &decoder)
        validFrom = try CalendarDate(from: &decoder)
        validUntil = try CalendarDate(from: &decoder)
        scope = count == 6 ? try decoder.identifier() : nil
        decoder.leave()
    }
}

extension AttestationRevocation: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: scope == nil ? 2 : 3)
        encoder.encode(party)
        topic.encode(into: &encoder)
        if let scope { encoder.encode(scope) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        party = try decoder.identifier()
        topic = try Topic(from: &decoder)
        scope = count == 3 ? try decoder.identifier() : nil
        decoder.leave()
    }
}
