/// Creates an asset: what it is, who has power over it, and how much of it there may be.
public struct AssetCreation: Hashable, Sendable {
    /// Makes the asset's name unique for its creator.
    public let nonce: UInt64
    /// The name by which the world knows the asset.
    public let identification: AssetIdentification
    /// Encoded ``InstrumentTerms``, kept as received.
    public let terms: [UInt8]
    /// Encoded ``Charter``, kept as received.
    public let charter: [UInt8]
    /// Units that may ever be issued, at least 1; those redeemed or cancelled are not given back.
    public let cap: Quantity

    /// A creation with encoded terms and charter.
    public init(
        nonce: UInt64,
        identification: AssetIdentification,
        terms: [UInt8],
        charter: [UInt8],
        cap: Quantity
    ) {
        self.nonce = nonce
        self.identification = identification
        self.terms = terms
        self.charter = charter
        self.cap = cap
    }
}

/// Brings new units into being in an account.
public struct Issuance: Hashable, Sendable {
    /// What is issued.
    public let asset: AssetID
    /// The account that gets the units.
    public let recipient: AccountID
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to issue, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, recipient: AccountID, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.recipient = recipient
        self.partition = partition
        self.units = units
    }
}

/// Moves the acting principal's units to another account.
public struct Transfer: Hashable, Sendable {
    /// What is moved.
    public let asset: AssetID
    /// The account that gets the units; not the one that gives.
    public let recipient: AccountID
    /// The part of the asset's units that they belong to, before and after.
    public let partition: Partition
    /// Units to move, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, recipient: AccountID, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.recipient = recipient
        self.partition = partition
        self.units = units
    }
}

/// Moves the acting principal's units to several accounts.
public struct BatchTransfer: Hashable, Sendable {
    /// What is moved.
    public let asset: AssetID
    /// The part of the asset's units that they belong to, before and after.
    public let partition: Partition
    /// Who gets how much, in the order in which it happens.
    public let legs: [Leg]

    /// One movement of the batch.
    public struct Leg: Hashable, Sendable {
        /// The account that gets the units.
        public let recipient: AccountID
        /// Units to move, at least 1.
        public let units: Quantity

        /// A movement to one recipient.
        public init(recipient: AccountID, units: Quantity) {
            self.recipient = recipient
            self.units = units
        }
    }

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, partition: Partition = 0, legs: [Leg]) {
        self.asset = asset
        self.partition = partition
        self.legs = legs
    }
}

/// Takes units out of being with the holder's consent: the holder is a principal of the same transaction.
public struct Redemption: Hashable, Sendable {
    /// What is redeemed.
    public let asset: AssetID
    /// Index of the holder among the principals.
    public let holder: Int
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to redeem, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, holder: Int, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.holder = holder
        self.partition = partition
        self.units = units
    }
}

/// Takes the issuer's own units out of being.
public struct Cancellation: Hashable, Sendable {
    /// What is cancelled.
    public let asset: AssetID
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to cancel, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.partition = partition
        self.units = units
    }
}

/// Moves a holder's available units from one partition to another.
public struct Reclassification: Hashable, Sendable {
    /// Whose units are moved.
    public let asset: AssetID
    /// The account whose units they are and stay.
    public let holder: AccountID
    /// The partition that they leave.
    public let source: Partition
    /// The partition that they come to.
    public let destination: Partition
    /// Units to move, at least 1.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, holder: AccountID, from source: Partition, to destination: Partition, units: Quantity) {
        self.asset = asset
        self.holder = holder
        self.source = source
        self.destination = destination
        self.units = units
    }
}
