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

/// Everything that can be done on a ledger. Codes and fields are in Specs/03, 14 and 15, the rules in Specs/04, 05,
/// 14 and 15.
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
    // The life of a bond
    indirect case service(ServicingAct, under: AuthorityReference?)
    /// Attestations, rulebooks, lists, consent (Specs/14).
    indirect case rulebook(RulebookAct, under: AuthorityReference?)
    /// Orders, proposals, roles, documents, recovery, operators (Specs/15).
    indirect case control(ControlAct, under: AuthorityReference?)

    /// The authority under which the act is done, if any.
    public var authority: AuthorityReference? {
        switch self {
        case .registerParty(_, let under), .openAccount(_, let under), .appointAuthority(_, let under),
            .openBusinessDay(_, let under), .rotateLogKeys(_, let under), .createAsset(_, let under),
            .issue(_, let under), .redeem(_, let under), .cancelUnits(_, let under), .reclassify(_, let under),
            .distribute(_, let under), .redeemAll(_, let under), .forceTransfer(_, let under):
            under
        case .encumber(_, let under), .release(_, let under), .service(_, let under), .rulebook(_, let under),
            .control(_, let under):
            under
        case .rotateKeys, .cancelSequence, .transfer, .batchTransfer, .settle: nil
        }
    }
}
