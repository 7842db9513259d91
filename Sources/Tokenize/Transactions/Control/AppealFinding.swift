/// What a court finds on an appeal against an order.
public struct AppealFinding: Hashable, Sendable {
    /// The order that is appealed against.
    public let order: OrderID
    /// Where the appeal stands from now on.
    public let status: AppealStatus

    /// An act with these fields; the rules decide whether it can be done.
    public init(order: OrderID, status: AppealStatus) {
        self.order = order
        self.status = status
    }
}

extension AppealFinding: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(order)
        encoder.encode(UInt64(status.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        order = try decoder.identifier()
        guard let status = AppealStatus(rawValue: UInt8(try decoder.unsigned(max: 255))), status != .none else {
            throw decoder.failure(.outOfRange)
        }
        self.status = status
        decoder.leave()
    }
}
