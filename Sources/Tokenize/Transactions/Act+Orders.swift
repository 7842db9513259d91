/// Puts an encumbrance on a holding, an account, a party or an asset.
public struct Encumbering: Hashable, Sendable {
    /// What it weighs on.
    public let target: EncumbranceTarget
    /// How its amount counts.
    public let kind: EncumbranceKind
    /// Units of the holding that are covered; zero for accounts, parties and assets.
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
    /// The last business date on which the order can be carried out.
    public let lastDate: CalendarDate
    /// The document that orders it, with its legal basis.
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
        lastDate: CalendarDate,
        order: OrderReference,
        executing: EncumbranceID? = nil
    ) {
        self.asset = asset
        self.source = source
        self.destination = destination
        self.partition = partition
        self.units = units
        self.rank = rank
        self.lastDate = lastDate
        self.order = order
        self.executing = executing
    }
}
