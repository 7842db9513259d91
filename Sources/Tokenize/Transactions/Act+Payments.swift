/// Delivery versus payment: units one way and cash the other, both or neither. Both sides are principals.
public struct Settlement: Hashable, Sendable {
    /// Index of the buyer among the principals; the acting principal is the seller.
    public let buyer: Int
    /// What the seller gives.
    public let delivery: Side
    /// What the buyer gives.
    public let payment: Side

    /// What one side gives.
    public struct Side: Hashable, Sendable {
        /// What is given: an asset, or cash.
        public let asset: AssetID
        /// The part of the asset's units that they belong to.
        public let partition: Partition
        /// Units to give, at least 1.
        public let units: Quantity

        /// What one side gives.
        public init(asset: AssetID, partition: Partition = 0, units: Quantity) {
            self.asset = asset
            self.partition = partition
            self.units = units
        }
    }

    /// An act with these fields; the rules decide whether it can be done.
    public init(buyer: Int, delivery: Side, payment: Side) {
        self.buyer = buyer
        self.delivery = delivery
        self.payment = payment
    }
}

/// Pays a declared sum to all holders of an asset, in proportion, to the last unit.
public struct Distribution: Hashable, Sendable {
    /// The asset whose holders are paid.
    public let asset: AssetID
    /// What they are paid in, from the acting principal's holding.
    public let cash: AssetID
    /// The partition of the cash, before and after.
    public let cashPartition: Partition
    /// The declared sum; shares add up to it.
    public let total: Quantity
    /// The resolution or notice under which it is paid; one reference is paid once for an asset.
    public let order: OrderReference

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, cash: AssetID, cashPartition: Partition = 0, total: Quantity, order: OrderReference) {
        self.asset = asset
        self.cash = cash
        self.cashPartition = cashPartition
        self.total = total
        self.order = order
    }
}

/// Redeems every unit of an asset against cash from the acting principal, and closes the asset.
public struct FinalRedemption: Hashable, Sendable {
    /// What is redeemed and closed.
    public let asset: AssetID
    /// What holders are paid in.
    public let cash: AssetID
    /// The partition of the cash, before and after.
    public let cashPartition: Partition
    /// Cash for each unit.
    public let amountPerUnit: Quantity
    /// The notice under which it is paid; one reference is paid once for an asset.
    public let order: OrderReference

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        asset: AssetID,
        cash: AssetID,
        cashPartition: Partition = 0,
        amountPerUnit: Quantity,
        order: OrderReference
    ) {
        self.asset = asset
        self.cash = cash
        self.cashPartition = cashPartition
        self.amountPerUnit = amountPerUnit
        self.order = order
    }
}
