/// What is done in the life of a bond (Specs/13): sale, observation, notice, payment, claim.
public enum ServicingAct: Hashable, Sendable {
    /// Makes a calendar known to the ledger; by the operator.
    case registerCalendar(BusinessCalendar)
    /// Names the account that gets the cash of another; by the holder, for itself.
    case instructPayment(PaymentInstruction)
    /// Pays everything that is owed under one due, to all who are owed it; by the paying agent or the issuer.
    case payDue(DuePayment)
    /// Pays a claim from the cash that was set aside for it; by the paying agent or the issuer.
    case settleClaim(ClaimSettlement)
    /// Units at a price against cash; by the issuer, signed by the buyer too.
    case subscribe(Subscription)
    /// Units back to the issuer at a price, and out of being; by the issuer, signed by the seller too.
    case buyBack(BuyBack)
    /// Reports a fixing or the value of an index; by the observer that the terms name.
    case observe(ObservationReport)
    /// Says that nothing more is reported through a day; by the observer that the terms name.
    case closeObservations(ObservationClosing)
    /// Calls a bond, or a part of it; by the issuer.
    case giveCallNotice(CallNotice)
    /// Puts units; by their holder.
    case givePutNotice(PutNotice)
    /// Makes the whole principal due after an event of default; by holders, or under an authority.
    case accelerate(Acceleration)
}

/// A standing instruction: where the cash goes that an account is owed.
public struct PaymentInstruction: Hashable, Sendable {
    /// The account that gets it; nil for the account itself, as without an instruction.
    public let cashAccount: AccountID?

    /// An act with this field; the rules decide whether it can be done.
    public init(cashAccount: AccountID?) { self.cashAccount = cashAccount }
}

/// Pays what one due owes to everybody of record, from the acting principal's cash.
public struct DuePayment: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// What is paid.
    public let due: BondDue.ID
    /// The partition of the cash, before and after.
    public let cashPartition: Partition
    /// Where the cash of those lies who cannot be paid now.
    public let claimsAccount: AccountID

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, due: BondDue.ID, cashPartition: Partition = 0, claimsAccount: AccountID) {
        self.asset = asset
        self.due = due
        self.cashPartition = cashPartition
        self.claimsAccount = claimsAccount
    }
}

/// Pays a claim to the cash account of who has it.
public struct ClaimSettlement: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// What was paid when the claim arose.
    public let due: BondDue.ID
    /// Who has the claim.
    public let account: AccountID
    /// The partition of the units for which it arose.
    public let partition: Partition

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, due: BondDue.ID, account: AccountID, partition: Partition = 0) {
        self.asset = asset
        self.due = due
        self.account = account
        self.partition = partition
    }
}

/// A price for each 100, clean, or the yield that one follows from.
public enum BondQuote: Hashable, Sendable {
    /// A clean price for each 100 of the principal outstanding.
    case price(BondDecimal)
    /// An annual yield; the clean price follows by Specs/13.
    case yield(BondDecimal)
}

/// A sale of new units: to the first buyers, or of a bond that is reopened.
public struct Subscription: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// Index of the buyer among the principals.
    public let buyer: Int
    /// The part of the asset's units that the new ones belong to.
    public let partition: Partition
    /// Units to issue.
    public let units: Quantity
    /// At what price.
    public let quote: BondQuote
    /// The partition of the cash, before and after.
    public let cashPartition: Partition

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        asset: AssetID,
        buyer: Int,
        partition: Partition = 0,
        units: Quantity,
        at quote: BondQuote,
        cashPartition: Partition = 0
    ) {
        self.asset = asset
        self.buyer = buyer
        self.partition = partition
        self.units = units
        self.quote = quote
        self.cashPartition = cashPartition
    }
}

/// A purchase by the issuer: the units go out of being, and are never issued again.
public struct BuyBack: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// Index of the seller among the principals.
    public let seller: Int
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to cancel.
    public let units: Quantity
    /// At what price.
    public let quote: BondQuote
    /// The partition of the cash, before and after.
    public let cashPartition: Partition

    /// An act with these fields; the rules decide whether it can be done.
    public init(
        asset: AssetID,
        seller: Int,
        partition: Partition = 0,
        units: Quantity,
        at quote: BondQuote,
        cashPartition: Partition = 0
    ) {
        self.asset = asset
        self.seller = seller
        self.partition = partition
        self.units = units
        self.quote = quote
        self.cashPartition = cashPartition
    }
}

/// A value that an observer reports for one bond.
public struct ObservationReport: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// The reference or index, as the terms name it.
    public let name: String
    /// The day of a fixing; the first day of the month of an index.
    public let date: CalendarDate
    /// An annual rate as a fraction, or the value of the index.
    public let value: BondDecimal

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, name: String, date: CalendarDate, value: BondDecimal) {
        self.asset = asset
        self.name = name
        self.date = date
        self.value = value
    }
}

/// The end of an observer's reports through a day.
public struct ObservationClosing: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// The last day for which nothing can be added any more.
    public let through: CalendarDate

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, through: CalendarDate) {
        self.asset = asset
        self.through = through
    }
}

/// The issuer's notice that it calls a bond.
public struct CallNotice: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// The day of the option.
    public let date: CalendarDate
    /// The part of the principal outstanding that is called, above 0 and at most 1.
    public let part: BondDecimal

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, date: CalendarDate, part: BondDecimal = .one) {
        self.asset = asset
        self.date = date
        self.part = part
    }
}

/// A holder's notice that it puts units.
public struct PutNotice: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID
    /// The day of the option.
    public let date: CalendarDate
    /// The part of the asset's units that they belong to.
    public let partition: Partition
    /// Units to put; they are blocked until they are paid.
    public let units: Quantity

    /// An act with these fields; the rules decide whether it can be done.
    public init(asset: AssetID, date: CalendarDate, partition: Partition = 0, units: Quantity) {
        self.asset = asset
        self.date = date
        self.partition = partition
        self.units = units
    }
}

/// The declaration that the whole principal is due.
public struct Acceleration: Hashable, Sendable {
    /// The bond.
    public let asset: AssetID

    /// An act with this field; the rules decide whether it can be done.
    public init(asset: AssetID) { self.asset = asset }
}
