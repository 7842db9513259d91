/// The acts of chapter 15: orders beyond encumbering and forced transfer, how authorities decide, documents, recovery,
/// operators.
public enum ControlAct: Hashable, Sendable {
    // Under an authority: orders
    /// Moves units into the authority's custody.
    case seize(Taking)
    /// Takes units out of being.
    case forceRedeem(Taking)
    /// A court's finding on an appeal.
    case decideAppeal(AppealFinding)
    /// Names the account into which the authority seizes.
    case nameCustody(AccountID)
    // Under an authority: how authorities decide
    /// Lays down an authority's mandate.
    case setMandate(MandateSetting)
    /// Ends a proposal of another authority.
    case veto(ProposalID)
    /// Freezes or pauses at once, for a few days.
    case emergencyFreeze(EmergencyFreeze)
    /// Closes an asset of which no units are outstanding, for good.
    case deactivateAsset(AssetID)
    // Under an authority: documents and recovery
    /// Files a document's digest.
    case fileDocument(DocumentFiling)
    /// Files the recovery of an account.
    case fileRecovery(RecoveryFiling)
    /// A court's decision on a recovery.
    case decideRecovery(RecoveryDecision)
    /// Gives the account its new keys, after the notice.
    case executeRecovery(AccountID)
    // By an account for itself
    /// Puts an act before the members of an authority.
    case propose(Proposal)
    /// Approves a proposal.
    case approve(ProposalID)
    /// Takes the actor's approval back.
    case withdraw(ProposalID)
    /// Does what was proposed.
    case execute(ProposalID)
    /// Leaves an authority.
    case renounce(AuthorityReference)
    /// Objects to the recovery of the acting account.
    case objectToRecovery
    /// Commits to the account's next keys.
    case precommit(Digest)
    /// Gives an account the keys to which it committed.
    case rotateToPrecommitted(PrecommittedRotation)
    /// Lets an operator move units.
    case setAllowance(Allowance)
    /// Moves units as an operator.
    case transferFrom(OperatorTransfer)

    /// The act's code on the wire.
    public var code: ActCode {
        switch self {
        case .seize: .seize
        case .forceRedeem: .forceRedeem
        case .decideAppeal: .decideAppeal
        case .nameCustody: .nameCustody
        case .setMandate: .setMandate
        case .veto: .veto
        case .emergencyFreeze: .emergencyFreeze
        case .deactivateAsset: .deactivateAsset
        case .fileDocument: .fileDocument
        case .fileRecovery: .fileRecovery
        case .decideRecovery: .decideRecovery
        case .executeRecovery: .executeRecovery
        case .propose: .propose
        case .approve: .approve
        case .withdraw: .withdraw
        case .execute: .execute
        case .renounce: .renounce
        case .objectToRecovery: .objectToRecovery
        case .precommit: .precommit
        case .rotateToPrecommitted: .rotateToPrecommitted
        case .setAllowance: .setAllowance
        case .transferFrom: .transferFrom
        }
    }
}
