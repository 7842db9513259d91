/// Freezes or pauses at once, by one member of an authority that has the power; it lapses by itself.
public struct EmergencyFreeze: Hashable, Sendable {
    /// What is frozen: an account, a party, or an asset.
    public let target: EncumbranceTarget
    /// 1 is the most senior.
    public let rank: UInt16
    /// The last business date on which it stands.
    public let lastDate: CalendarDate
    /// The document that says why, with its legal basis.
    public let order: OrderReference

    /// An act with these fields; the rules decide whether it can be done.
    public init(target: EncumbranceTarget, rank: UInt16, lastDate: CalendarDate, order: OrderReference) {
        self.target = target
        self.rank = rank
        self.lastDate = lastDate
        self.order = order
    }
}

extension EmergencyFreeze: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        target.encode(into: &encoder)
        encoder.encode(UInt64(rank))
        lastDate.encode(into: &encoder)
        order.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        target = try EncumbranceTarget(from: &decoder)
        rank = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        lastDate = try CalendarDate(from: &decoder)
        order = try OrderReference(lawfulFrom: &decoder)
        decoder.leave()
    }
}
