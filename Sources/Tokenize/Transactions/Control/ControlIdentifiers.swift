/// Names an order: the authority that made it and its document.
public struct OrderID: LedgerIdentifier {
    public static let humanReadablePart = "order"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

/// Names a proposal.
public struct ProposalID: LedgerIdentifier {
    public static let humanReadablePart = "proposal"
    public let digest: Digest
    public init(digest: Digest) { self.digest = digest }
}

extension OrderReference {
    /// The name of this order as one of `authority`: a tagged hash of both. The same document filed by two authorities
    /// is two orders.
    public func id(of authority: AuthorityReference) -> OrderID {
        var encoder = CanonicalEncoder(reservingCapacity: 160)
        encoder.encodeArray(count: 2)
        authority.encode(into: &encoder)
        encode(into: &encoder)
        return OrderID(digest: Tags.order.hash(encoder.bytes))
    }
}
