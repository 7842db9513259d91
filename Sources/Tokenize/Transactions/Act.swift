/// One thing that a transaction does, for one of its principals.
public struct Operation: Hashable, Sendable {
    /// Index of the principal that acts, in the body's list.
    public let principal: Int
    /// What is done.
    public let act: Act

    /// An act of the principal at this index.
    public init(_ act: Act, principal: Int = 0) {
        self.principal = principal
        self.act = act
    }
}

/// Everything that can be done on a ledger. Codes and fields are in Specs/03, the rules in Specs/04 and 05.
///
/// The rarer cases are indirect, so that a list of operations is as narrow as a transfer.
public enum Act: Hashable, Sendable {
    // Parties, accounts, authorities
    indirect case registerParty(PartyRegistration, under: AuthorityReference)
    indirect case openAccount(AccountOpening, under: AuthorityReference)
    case rotateKeys(KeyPolicy)
    case cancelSequence
    indirect case appointAuthority(AuthorityAppointment, under: AuthorityReference)
    indirect case openBusinessDay(CalendarDate, under: AuthorityReference)
    indirect case rotateLogKeys(LogKeys, under: AuthorityReference)
    // Assets and units
    indirect case createAsset(AssetCreation, under: AuthorityReference)
    indirect case issue(Issuance, under: AuthorityReference)
    case transfer(Transfer)
    case batchTransfer(BatchTransfer)
    indirect case redeem(Redemption, under: AuthorityReference)
    indirect case cancelUnits(Cancellation, under: AuthorityReference)
    indirect case reclassify(Reclassification, under: AuthorityReference)
    indirect case settle(Settlement)
    indirect case distribute(Distribution, under: AuthorityReference)
    indirect case redeemAll(FinalRedemption, under: AuthorityReference)
    // Lawful control
    indirect case encumber(Encumbering, under: AuthorityReference?)
    indirect case release(Release, under: AuthorityReference?)
    indirect case forceTransfer(ForcedTransfer, under: AuthorityReference)

    /// The authority under which the act is done, if any.
    public var authority: AuthorityReference? {
        switch self {
        case .registerParty(_, let under), .openAccount(_, let under), .appointAuthority(_, let under),
            .openBusinessDay(_, let under), .rotateLogKeys(_, let under), .createAsset(_, let under),
            .issue(_, let under), .redeem(_, let under), .cancelUnits(_, let under), .reclassify(_, let under),
            .distribute(_, let under), .redeemAll(_, let under), .forceTransfer(_, let under):
            under
        case .encumber(_, let under), .release(_, let under): under
        case .rotateKeys, .cancelSequence, .transfer, .batchTransfer, .settle: nil
        }
    }
}

/// Opens an account: its first keys and the party behind it.
public struct AccountOpening: Hashable, Sendable {
    /// The account's first keys.
    public let policy: KeyPolicy
    /// 32 bytes that make the account's name unguessable and unique for a policy.
    public let salt: Digest
    /// The person behind the account, registered before.
    public let party: PartyID

    /// An opening; it fixes ``account``.
    public init(policy: KeyPolicy, salt: Digest, party: PartyID) {
        self.policy = policy
        self.salt = salt
        self.party = party
    }

    /// The account's name, which its owner can work out before it is opened: a tagged hash of first keys and salt.
    public var account: AccountID {
        var encoder = CanonicalEncoder(reservingCapacity: 128)
        encoder.encodeArray(count: 2)
        policy.encode(into: &encoder)
        encoder.encode(salt)
        return AccountID(digest: Tags.account.hash(encoder.bytes))
    }
}

/// The keys that sign the log, and those that witness it (Ed25519, RFC 8032).
public struct LogKeys: Hashable, Sendable {
    /// 32 bytes.
    public let log: Digest
    /// Up to 16 keys of 32 bytes, ascending.
    public let witnesses: [Digest]
    /// Cosignatures that a relying party should ask for.
    public let witnessQuorum: Int

    /// Witness keys of a ledger.
    public static let witnessCountMax = 16

    /// Keys of a log, or nil if witnesses repeat or are too many, or if the quorum is above their number.
    public init?(log: Digest, witnesses: [Digest] = [], witnessQuorum: Int = 0) {
        let ordered = witnesses.sorted()
        guard ordered.count <= LogKeys.witnessCountMax, (0...ordered.count).contains(witnessQuorum),
            zip(ordered, ordered.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.log = log
        self.witnesses = ordered
        self.witnessQuorum = witnessQuorum
    }
}

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

/// Puts an encumbrance on a holding, an account or an asset.
public struct Encumbering: Hashable, Sendable {
    /// What it weighs on.
    public let target: EncumbranceTarget
    /// How its amount counts.
    public let kind: EncumbranceKind
    /// Units of the holding that are covered; ignored and zero for accounts and assets.
    public let amount: Quantity
    /// 1 is the most senior.
    public let rank: UInt16
    /// The last business date on which it stands.
    public let lastDate: CalendarDate
    /// The order or contract under which it is made.
    public let order: OrderReference
    /// Who may lift it: the pledgee or counterparty named by a holder who acts without authority; else nil, and the
    /// acting authority owns it.
    public let beneficiary: AccountID?

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        target: EncumbranceTarget,
        kind: EncumbranceKind,
        amount: Quantity,
        rank: UInt16,
        lastDate: CalendarDate,
        order: OrderReference,
        beneficiary: AccountID? = nil
    ) {
        self.target = target
        self.kind = kind
        self.amount = amount
        self.rank = rank
        self.lastDate = lastDate
        self.order = order
        self.beneficiary = beneficiary
    }
}

/// Lifts an encumbrance, in whole or in part, by the one who owns it.
public struct Release: Hashable, Sendable {
    /// What the encumbrance weighs on.
    public let target: EncumbranceTarget
    /// Which one.
    public let encumbrance: EncumbranceID
    /// Units to lift; nil lifts all.
    public let amount: Quantity?

    /// An act with these fields; the rules decide whether it can be done.
    public init(target: EncumbranceTarget, encumbrance: EncumbranceID, amount: Quantity? = nil) {
        self.target = target
        self.encumbrance = encumbrance
        self.amount = amount
    }
}

/// Moves units against the holder's will, under an order.
public struct ForcedTransfer: Hashable, Sendable {
    /// What is moved.
    public let asset: AssetID
    /// The account that loses the units.
    public let source: AccountID
    /// The account that gets them.
    public let destination: AccountID
    /// The part of the asset's units that they belong to, before and after.
    public let partition: Partition
    /// Units to move, at least 1.
    public let units: Quantity
    /// The order's rank; encumbrances of others that are as senior or more are not touched.
    public let rank: UInt16
    /// The document that orders it.
    public let order: OrderReference
    /// The acting authority's own encumbrance that the transfer executes and uses up, if there is one.
    public let executing: EncumbranceID?

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        asset: AssetID,
        from source: AccountID,
        to destination: AccountID,
        partition: Partition = 0,
        units: Quantity,
        rank: UInt16,
        order: OrderReference,
        executing: EncumbranceID? = nil
    ) {
        self.asset = asset
        self.source = source
        self.destination = destination
        self.partition = partition
        self.units = units
        self.rank = rank
        self.order = order
        self.executing = executing
    }
}
