/// COE-001 to COE-005: orders are on record, appeals against them, custody, seizure and forced redemption.
extension LedgerState {
    /// COE-001: puts an order on record with its first act. Nothing is taken under one that a court has before it, and
    /// nothing at all is done under one that a court has quashed.
    func noteOrder(
        _ order: OrderReference,
        of authority: AuthorityReference,
        isExecuted: Bool,
        _ draft: inout Transition
    ) throws(Rejection) {
        let id = order.id(of: authority)
        guard let record = self.order(id, draft) else {
            let record = OrderRecord(authority: authority, order: order, appeal: .none)
            return setControl(.order(record), under: .order(id), &draft)
        }
        if record.appeal == .quashed || isExecuted && record.appeal == .pending {
            try draft.object(Rejection(.orderOnAppeal, (.reason, .text("\(record.appeal)"))))
        }
    }

    func decide(_ finding: AppealFinding, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        guard var record = order(finding.order, draft) else { throw Rejection(.unknownOrder) }
        // Nobody judges its own order.
        if record.authority == under { try draft.object(Rejection(.ownOrder, (.authority, .authority(under)))) }
        if !record.appeal.allows(finding.status) {
            try draft.object(Rejection(.appealNotOpen, (.found, .text("\(record.appeal)"))))
        }
        record.appeal = finding.status
        setControl(.order(record), under: .order(finding.order), &draft)
        draft.effects.append(.control(.orderAppealed(finding.order, finding.status)))
    }

    func decideCustody(
        _ account: AccountID,
        _ under: AuthorityReference,
        _ draft: inout Transition
    ) throws(Rejection) {
        _ = try requireAccount(account, draft)
        setControl(.custody(account), under: .custody(under), &draft)
        draft.effects.append(.control(.custodyNamed(under, account)))
    }

    func decideSeizure(
        _ taking: Taking,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard case .custody(let custody)? = control(.custody(under), draft) else {
            throw Rejection(.noCustody, (.authority, .authority(under)))
        }
        noteExecution(taking, under, &draft)
        try move(taking, to: custody, under, context, &draft)
    }

    /// Units go out of being under an order. What weighs on the rest of the holding stays as it is, to the last unit:
    /// an order that destroys units frees none.
    func decideForcedRedemption(
        _ taking: Taking,
        _ under: AuthorityReference,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(taking.asset, draft)
        if self.asset(asset, draft).status != .active { try draft.object(Rejection(.assetClosed)) }
        let holder = try requireAccount(taking.source, draft)
        noteExecution(taking, under, &draft)
        let address = HoldingAddress(asset: asset, account: holder, partition: taking.partition)
        let left = try take(taking, from: address, under, &draft)
        setHolding(left, at: address, &draft)
        endPrincipal(taking.units, at: address, &draft) { _ in true }
        try noteRedeemed(taking.units, of: asset, from: holder, in: taking.partition, &draft)
    }

    private func noteExecution(_ taking: Taking, _ under: AuthorityReference, _ draft: inout Transition) {
        draft.effects.append(
            .control(
                .orderExecuted(
                    taking.order.id(of: under),
                    taking.asset,
                    from: taking.source,
                    partition: taking.partition,
                    units: taking.units
                )
            )
        )
    }

    /// What weighs on all accounts of the person behind an account: on any of its parties.
    func partyEncumbrances(ofHolder account: AccountIndex, _ draft: Transition) -> [EncumbranceRecord] {
        if draft.control.isEmpty, control.restrainedParties.isEmpty { return [] }
        var weighing: [EncumbranceRecord] = []
        for party in rules.parties(ofPerson: party(of: account, draft))
        where !draft.control.isEmpty || control.restrainedParties.contains(party) {
            weighing += partyEncumbrances(partyID(party, draft), draft)
        }
        return weighing
    }

    func partyID(_ index: PartyIndex, _ draft: Transition) -> PartyID {
        let offset = Int(index.value)
        return offset < parties.count ? parties.ids[offset] : draft.newParties[offset - parties.count].id
    }
}
