/// What an operator may still move.
public struct AllowanceRecord: Hashable, Sendable {
    /// Units left; 2^128 - 1 is without limit, and does not grow less.
    public internal(set) var units: Quantity
    /// The last business date on which it can be used.
    public let lastDate: CalendarDate
    /// True once the owner's keys were replaced by a recovery: whoever had the old ones may have given it, so that it
    /// cannot be used until the new ones set it anew.
    public internal(set) var isAtRest = false
}

extension AllowanceRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: isAtRest ? 3 : 2)
        encoder.encode(units)
        lastDate.encode(into: &encoder)
        if isAtRest { encoder.encode(true) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 3)
        guard count >= 2 else { throw decoder.failure(.outOfRange) }
        units = try decoder.quantity()
        lastDate = try CalendarDate(from: &decoder)
        // Left out where it is not so.
        if count == 3 {
            guard try decoder.bool() else { throw decoder.failure(.outOfRange) }
            isAtRest = true
        }
        decoder.leave()
    }
}
