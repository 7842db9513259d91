/// What an operator may still move.
public struct AllowanceRecord: Hashable, Sendable {
    /// Units left; 2^128 - 1 is without limit, and does not grow less.
    public internal(set) var units: Quantity
    /// The last business date on which it can be used.
    public let lastDate: CalendarDate
}

extension AllowanceRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(units)
        lastDate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        units = try decoder.quantity()
        lastDate = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}
