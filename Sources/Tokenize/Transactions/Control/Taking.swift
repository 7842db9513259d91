/// Takes units out of a holding under an order: into custody, or out of being.
public struct Taking: Hashable, Sendable {
    /// What is taken.
    public let asset: AssetID
    /// The account that loses the units.
    public let source: AccountID
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to take, at least 1.
    public let units: Quantity
    /// The order's rank; what is as senior or more keeps the units that it covers.
    public let rank: UInt16
    /// The last business date on which the order can be carried out.
    public let lastDate: CalendarDate
    /// The document that orders it, with its legal basis.
    public let order: OrderReference
    /// The acting authority's own encumbrance that is carried out and used up, if there is one.
    public let executing: EncumbranceID?

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        asset: AssetID,
        from source: AccountID,
        partition: Partition = 0,
        units: Quantity,
        rank: UInt16,
        lastDate: CalendarDate,
        order: OrderReference,
        executing: EncumbranceID? = nil
    ) {
        self.asset = asset
        self.source = source
        self.partition = partition
        self.units = units
        self.rank = rank
        self.lastDate = lastDate
        self.order = order
        self.executing = executing
    }
}

extension ForcedTransfer {
    /// What is taken, whoever gets it.
    var taking: Taking {
        Taking(
            asset: asset,
            from: source,
            partition: partition,
            units: units,
            rank: rank,
            lastDate: lastDate,
            order: order,
            executing: executing
        )
    }
}

extension Taking: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: executing == nil ? 7 : 8)
        encoder.encode(asset)
        encoder.encode(source)
        partition.encode(into: &encoder)
        encoder.encode(units)
        encoder.encode(UInt64(rank))
        lastDate.encode(into: &encoder)
        order.encode(into: &encoder)
        if let executing { encoder.encode(executing) }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: 8)
        guard count >= 7 else { throw decoder.failure(.outOfRange) }
        asset = try decoder.identifier()
        source = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        rank = UInt16(try decoder.unsigned(max: UInt64(UInt16.max)))
        lastDate = try CalendarDate(from: &decoder)
        order = try OrderReference(lawfulFrom: &decoder)
        executing = count == 8 ? try decoder.identifier() : nil
        decoder.leave()
    }
}
