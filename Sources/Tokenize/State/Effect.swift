/// One thing that a committed transaction did. Codes and fields are in Specs/07.
public enum Effect: Hashable, Sendable {
    case partyRegistered(PartyID)
    case accountOpened(AccountID, party: PartyID)
    case keysRotated(AccountID)
    case sequenceCancelled(AccountID)
    case authorityAppointed(AuthorityReference)
    case businessDayOpened(CalendarDate)
    case logKeysRotated
    case assetCreated(AssetID)
    case issued(AssetID, to: AccountID, partition: Partition, units: Quantity)
    case transferred(AssetID, from: AccountID, to: AccountID, partition: Partition, units: Quantity)
    case redeemed(AssetID, from: AccountID, partition: Partition, units: Quantity)
    case reclassified(AssetID, AccountID, from: Partition, to: Partition, units: Quantity)
    case paid(AssetID, holder: AccountID, cash: AssetID, amount: Quantity)
    case encumbered(EncumbranceTarget, EncumbranceID, amount: Quantity)
    case released(EncumbranceTarget, EncumbranceID, amount: Quantity)
    case forciblyTransferred(AssetID, from: AccountID, to: AccountID, partition: Partition, units: Quantity)
    case assetClosed(AssetID)
    /// Something in the life of a bond (Specs/13).
    indirect case service(ServicingEffect)
    /// What an act of chapter 14 did.
    indirect case rulebook(RulebookEffect)
    /// What an act of chapter 15 did.
    indirect case control(ControlEffect)
}
