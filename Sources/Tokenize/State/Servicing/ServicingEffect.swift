/// Something that happened in the life of a bond. Codes and fields are in Specs/13.
public enum ServicingEffect: Hashable, Sendable {
    /// A calendar is known.
    case calendarRegistered(Digest)
    /// The cash of an account goes to another; to itself again if they are the same.
    case paymentInstructed(AccountID, cashAccount: AccountID)
    /// Holders of record are fixed: those at the end of the day.
    case recordPointTaken(AssetID, on: CalendarDate)
    /// A holder of record was paid gross less tax, into the account of the recipient.
    case duePaid(
        AssetID,
        due: BondDue.ID,
        holder: AccountID,
        partition: Partition,
        to: AccountID,
        gross: Quantity,
        tax: Quantity
    )
    /// Gross less tax was set aside for a recipient who could not be paid.
    case claimMade(
        AssetID,
        due: BondDue.ID,
        holder: AccountID,
        partition: Partition,
        to: AccountID,
        gross: Quantity,
        tax: Quantity
    )
    /// What was withheld went to the treasury.
    case taxRemitted(AssetID, due: BondDue.ID, treasury: AccountID, amount: Quantity)
    /// A due is paid: all that was declared, of which interest for lateness, tax, and claims.
    case dueDischarged(
        AssetID,
        due: BondDue.ID,
        declared: Quantity,
        penalty: Quantity,
        tax: Quantity,
        claimed: Quantity
    )
    /// A claim was paid.
    case claimSettled(
        AssetID,
        due: BondDue.ID,
        account: AccountID,
        partition: Partition,
        to: AccountID,
        amount: Quantity
    )
    /// New units were sold for a cost.
    case subscribed(AssetID, buyer: AccountID, units: Quantity, cost: Quantity)
    /// Units were bought for a cost, and are no more.
    case boughtBack(AssetID, seller: AccountID, units: Quantity, cost: Quantity)
    /// An observer reported a value.
    case observed(AssetID, name: String, on: CalendarDate, value: BondDecimal)
    /// An observer reports nothing more through a day.
    case observationsClosed(AssetID, by: AccountID, through: CalendarDate)
    /// The issuer called a part of the principal.
    case called(AssetID, on: CalendarDate, part: BondDecimal)
    /// A holder put units.
    case put(AssetID, holder: AccountID, partition: Partition, on: CalendarDate, units: Quantity)
    /// A due was not paid in its days of grace: an event of default.
    case defaulted(AssetID, due: BondDue.ID)
    /// The whole principal became due.
    case accelerated(AssetID, on: CalendarDate)
    /// From this day on a buyer is not paid what is due.
    case exDayCame(AssetID, due: BondDue.ID, on: CalendarDate)
}
