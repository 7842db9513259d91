/// Lets an operator move units of one asset for the acting account. Replaces what it let it move before.
public struct Allowance: Hashable, Sendable {
    /// The asset.
    public let asset: AssetID
    /// The account that may move units.
    public let trustee: AccountID
    /// Units that it may move; 0 takes the allowance back; 2^128 - 1 is without limit.
    public let units: Quantity
    /// The last business date on which it may.
    public let lastDate: CalendarDate

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, operator trustee: AccountID, units: Quantity, until lastDate: CalendarDate) {
        self.asset = asset
        self.trustee = trustee
        self.units = units
        self.lastDate = lastDate
    }
}

/// Moves units that another account holds, by an operator whom it allowed to.
public struct OperatorTransfer: Hashable, Sendable {
    /// What is moved.
    public let asset: AssetID
    /// The account that holds the units.
    public let owner: AccountID
    /// The account that gets them.
    public let recipient: AccountID
    /// The part of the asset's units that they belong to, before and after.
    public let partition: Partition
    /// Units to move, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, owner: AccountID, recipient: AccountID, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.owner = owner
        self.recipient = recipient
        self.partition = partition
        self.units = units
    }
}

extension Allowance: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(asset)
        encoder.encode(trustee)
        encoder.encode(units)
        lastDate.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 4)
        asset = try decoder.identifier()
        trustee = try decoder.identifier()
        units = try decoder.quantity()
        lastDate = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}

extension OperatorTransfer: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(asset)
        encoder.encode(owner)
        encoder.encode(recipient)
        partition.encode(into: &encoder)
        encoder.encode(units)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        asset = try decoder.identifier()
        owner = try decoder.identifier()
        recipient = try decoder.identifier()
        partition = try Partition(from: &decoder)
        units = try decoder.quantity()
        decoder.leave()
    }
}
