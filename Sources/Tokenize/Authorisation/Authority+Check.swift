extension Role {
    /// The acts that an authority of this role may do (Specs/04).
    func may(_ act: ActCode) -> Bool {
        switch self {
        case .governor: [.appointAuthority, .rotateLogKeys].contains(act)
        case .operator: [.openBusinessDay, .registerCalendar].contains(act)
        case .registrar: [.registerParty, .openAccount].contains(act)
        case .issuer:
            [
                .createAsset, .issue, .cancelUnits, .redeem, .distribute, .redeemAll, .payDue, .settleClaim,
                .subscribe, .buyBack, .giveCallNotice,
            ].contains(act)
        case .transferAgent: [.reclassify, .redeem].contains(act)
        case .payingAgent: [.distribute, .redeemAll, .redeem, .payDue, .settleClaim].contains(act)
        case .regulator, .court: [.encumber, .release, .forceTransfer, .accelerate].contains(act)
        case .auditor: false
        }
    }

    /// True for roles that a charter takes over: once it names one, the ledger's authority of that role has no say.
    var isTakenOverByCharter: Bool {
        switch self {
        case .issuer, .transferAgent, .payingAgent: true
        case .governor, .operator, .registrar, .regulator, .court, .auditor: false
        }
    }
}

extension LedgerState {
    /// Checks that `actor` may do an act under an authority: role, scope, membership, quorum (AUT-001 to AUT-005).
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
        guard reference.role.may(act) else {
            throw Rejection(.roleMayNot, (.role, .text("\(reference.role)")))
        }
        try requireScope(reference, asset, draft)
        guard let authority = authority(reference, draft) else {
            throw Rejection(.unknownAuthority, (.authority, .authority(reference)))
        }
        guard authority.members.contains(actor) else {
            throw Rejection(.notAMember, (.authority, .authority(reference)))
        }
        let present = principals.count { authority.members.contains($0) }
        guard present >= authority.quorum else {
            throw Rejection(
                .quorumNotReached,
                (.authority, .authority(reference)),
                (.quorum, .number(UInt64(authority.quorum))),
                (.members, .number(UInt64(present)))
            )
        }
    }

    private func requireScope(
        _ reference: AuthorityReference,
        _ asset: AssetIndex?,
        _ draft: Transition
    ) throws(Rejection) {
        if let scope = reference.asset {
            guard let asset, assetIndex(scope, draft) == asset else {
                throw Rejection(.outOfScope, (.authority, .authority(reference)))
            }
        } else if let asset, reference.role.isTakenOverByCharter,
            self.asset(asset, draft).charter.authorities.contains(where: { $0.role == reference.role })
        {
            throw Rejection(.outOfScope, (.authority, .authority(reference)))
        }
    }
}
