extension Role {
    /// The acts that an authority of this role may do (Specs/04, Specs/15).
    func may(_ act: ActCode) -> Bool {
        if act == .veto { return self != .auditor }
        return switch self {
        case .governor: [.appointAuthority, .rotateLogKeys, .setMandate, .fileDocument].contains(act)
        case .operator: [.openBusinessDay, .registerCalendar].contains(act)
        case .registrar:
            [
                .registerParty, .openAccount, .fileDocument, .fileRecovery, .executeRecovery, .attest,
                .revokeAttestation, .joinParties, .changeList,
            ].contains(act)
        case .issuer:
            [
                .createAsset, .issue, .cancelUnits, .redeem, .distribute, .redeemAll, .deactivateAsset, .fileDocument,
                .payDue, .settleClaim, .subscribe, .buyBack, .giveCallNotice, .setRulebook, .setTrustedIssuers,
                .changeList,
            ].contains(act)
        case .transferAgent:
            [.reclassify, .redeem, .fileDocument, .setRulebook, .setTrustedIssuers, .changeList].contains(act)
        case .payingAgent: [.distribute, .redeemAll, .redeem, .fileDocument, .payDue, .settleClaim].contains(act)
        case .regulator: act.isOfOrders || [.accelerate, .setTrustedIssuers].contains(act)
        case .court: act.isOfOrders || [.decideAppeal, .decideRecovery, .accelerate].contains(act)
        case .auditor: false
        case .identityIssuer: [.attest, .revokeAttestation, .changeList, .fileDocument].contains(act)
        }
    }

    /// True for roles that a charter takes over: once it names one, the ledger's authority of that role has no say.
    var isTakenOverByCharter: Bool {
        switch self {
        case .issuer, .transferAgent, .payingAgent: true
        case .governor, .operator, .registrar, .regulator, .court, .auditor, .identityIssuer: false
        }
    }
}

extension ActCode {
    /// What regulators and courts do.
    fileprivate var isOfOrders: Bool {
        switch self {
        case .encumber, .release, .forceTransfer, .seize, .forceRedeem, .nameCustody, .emergencyFreeze, .fileDocument,
            .fileRecovery, .executeRecovery, .changeList:
            true
        default: false
        }
    }
}

extension LedgerState {
    /// Checks that `actor` may do an act under an authority: role, scope, membership, quorum (AUT-001 to AUT-005), and
    /// what the authority's mandate adds (ROL-001, PRO-001).
    ///
    /// Members count towards the quorum if they are principals: each of them signed the whole body.
    func requireAuthority(
        _ reference: AuthorityReference,
        for act: ActCode,
        on asset: AssetIndex?,
        by actor: AccountIndex,
        in principals: ShortList<AccountIndex>,
        _ draft: Transition
    ) throws(Rejection) {
        let bench = try requireBench(reference, for: act, on: asset, draft)
        try bench.requireMember(actor, self, draft)
        if bench.notice != nil, !isFirstRulebook(act, asset, draft) {
            try draft.object(Rejection(.timelocked, (.authority, .authority(reference))))
        }
        // One member alone uses an emergency power; that the authority has one is EMG-001.
        try bench.requireQuorum(act == .emergencyFreeze ? 1 : bench.quorum, among: Array(principals), self, draft)
    }

    /// A rulebook that is laid down in the transaction in which its asset was made, before any unit of it was issued: it
    /// waits for no notice, since there is nobody yet whom it could surprise.
    private func isFirstRulebook(_ act: ActCode, _ asset: AssetIndex?, _ draft: Transition) -> Bool {
        guard act == .setRulebook, let asset, asset.offset >= assets.count else { return false }
        return self.asset(asset, draft).issued == .zero
    }

    /// The authority as it is for an act: AUT-001 to AUT-003.
    func requireBench(
        _ reference: AuthorityReference,
        for act: ActCode,
        on asset: AssetIndex?,
        _ draft: Transition
    ) throws(Rejection) -> AuthorityBench {
        guard reference.role.may(act) else {
            throw Rejection(.roleMayNot, (.role, .text("\(reference.role)")))
        }
        try requireScope(reference, asset, draft)
        guard let authority = authority(reference, draft) else {
            throw Rejection(.unknownAuthority, (.authority, .authority(reference)))
        }
        return AuthorityBench(
            reference: reference,
            act: act,
            authority: authority,
            mandate: mandate(reference, draft),
            rulebook: act == .setRulebook ? asset.flatMap { rules.book($0)?.book } : nil
        )
    }

    /// Whether the authority's scope holds the asset.
    func isInScope(_ asset: AssetIndex, of reference: AuthorityReference, _ draft: Transition) -> Bool {
        do throws(Rejection) {
            try requireScope(reference, asset, draft)
            return true
        } catch {
            return false
        }
    }

    /// AUT-002: the authority's scope holds the asset.
    func requireScope(
        _ reference: AuthorityReference,
        _ asset: AssetIndex?,
        _ draft: Transition
    ) throws(Rejection) {
        if let scope = reference.asset {
            guard let asset, assetIndex(scope, draft) == asset else {
                throw Rejection(.outOfScope, (.authority, .authority(reference)))
            }
        } else if let asset, reference.role.isTakenOverByCharter {
            let record = self.asset(asset, draft)
            let isChartered = record.charter.authorities.contains { $0.role == reference.role }
            let isForeign = reference.role == .issuer && reference != record.issuer
            if isChartered || isForeign { throw Rejection(.outOfScope, (.authority, .authority(reference))) }
        }
    }
}
