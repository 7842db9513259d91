/// An order as the ledger knows it: whose it is, on what it stands, and whether it is appealed against.
public struct OrderRecord: Hashable, Sendable {
    /// The authority that made it.
    public let authority: AuthorityReference
    /// Its number, document and legal basis.
    public let order: OrderReference
    /// Where an appeal against it stands.
    public internal(set) var appeal: AppealStatus
}

extension OrderRecord: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        authority.encode(into: &encoder)
        order.encode(into: &encoder)
        encoder.encode(UInt64(appeal.rawValue))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        authority = try AuthorityReference(from: &decoder)
        order = try OrderReference(lawfulFrom: &decoder)
        guard let appeal = AppealStatus(rawValue: UInt8(try decoder.unsigned(max: 255))) else {
            throw decoder.failure(.outOfRange)
        }
        self.appeal = appeal
        decoder.leave()
    }
}
