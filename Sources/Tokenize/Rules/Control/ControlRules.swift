/// The acts of chapter 15, each to its rules.
extension LedgerState {
    func decide(
        _ act: ControlAct,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        if let under { return try decide(act, under: under, context, &draft) }
        switch act {
        case .propose(let proposal): try decide(proposal, context, &draft)
        case .approve(let id): try decideApproval(id, context, &draft)
        case .withdraw(let id): try decideWithdrawal(id, context, &draft)
        case .execute(let id): try decideExecution(id, context, &draft)
        case .renounce(let authority): try decideRenunciation(authority, context, &draft)
        case .objectToRecovery: try decideObjection(context, &draft)
        case .precommit(let digest): try decidePrecommitment(digest, context, &draft)
        case .rotateToPrecommitted(let rotation): try decide(rotation, &draft)
        case .setAllowance(let allowance): try decide(allowance, context, &draft)
        case .transferFrom(let transfer): try decide(transfer, context, &draft)
        default: throw Rejection(.malformed)
        }
    }

    private func decide(
        _ act: ControlAct,
        under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        switch act {
        case .seize(let taking): try decideSeizure(taking, under, context, &draft)
        case .forceRedeem(let taking): try decideForcedRedemption(taking, under, &draft)
        case .decideAppeal(let finding): try decide(finding, under, &draft)
        case .nameCustody(let account): try decideCustody(account, under, &draft)
        case .setMandate(let setting): try decide(setting, under, &draft)
        case .veto(let id): try decideVeto(id, under, &draft)
        case .emergencyFreeze(let freeze): try decide(freeze, under, context, &draft)
        case .deactivateAsset(let asset): try decideDeactivation(asset, &draft)
        case .fileDocument(let filing): try decide(filing, under, &draft)
        case .fileRecovery(let filing): try decide(filing, under, context, &draft)
        case .decideRecovery(let decision): try decide(decision, under, &draft)
        case .executeRecovery(let account): try decideRecoveryExecution(account, &draft)
        default: throw Rejection(.malformed)
        }
    }

    /// The asset that an act of chapter 15 under authority concerns, if it concerns one.
    func scope(of act: ControlAct, _ draft: Transition) throws(Rejection) -> AssetIndex? {
        let asset: AssetID? =
            switch act {
            case .seize(let taking), .forceRedeem(let taking): taking.asset
            case .setMandate(let setting): setting.authority.asset
            case .deactivateAsset(let asset): asset
            case .fileDocument(let filing): filing.subjects.lazy.compactMap(\.asset).first
            case .emergencyFreeze(let freeze): freeze.target.asset
            default: nil
            }
        guard let asset else { return nil }
        return try requireAsset(asset, draft)
    }
}

extension EncumbranceTarget {
    /// The asset that it is, or is of.
    var asset: AssetID? {
        switch self {
        case .holding(let asset, _, _), .asset(let asset): asset
        case .account, .party: nil
        }
    }
}
