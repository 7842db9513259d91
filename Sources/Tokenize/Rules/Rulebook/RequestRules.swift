/// RBK-005 to RBK-008: a holder asks for a movement, and those whom the rulebook names answer.
extension LedgerState {
    func decide(
        _ decision: MovementDecision,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(decision.asset, draft)
        try requireKnown(decision.source, draft)
        try requireKnown(decision.destination, draft)
        // A refusal moves nothing, whoever has the keys.
        if decision.step != .refuse { try requireNotInRecovery(context.actor, draft) }
        // Whatever has become of the asset and its rules: what was asked for can be taken back.
        if decision.step == .withdraw { return try decideWithdrawal(decision, asset, context, &draft) }
        try requireInForce(decision.asset, draft)
        let rules = rules.book(asset)?.approvals ?? []
        if rules.isEmpty { try draft.object(Rejection(.noApprovalAsked, (.asset, .asset(decision.asset)))) }
        switch decision.step {
        case .request: try decideRequest(decision, rules, context, &draft)
        case .approve, .refuse:
            // Nobody is an approver where nobody approves.
            if rules.isEmpty { try draft.endIfObjected() }
            try decideAnswer(decision, rules, context, &draft)
        case .withdraw: break
        }
    }

    private func decideRequest(
        _ decision: MovementDecision,
        _ rules: [ApprovalRule],
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        if accountID(context.actor, draft) != decision.source {
            try draft.object(
                Rejection(.notAnApprover, (.account, .account(decision.source))),
                of: accountIndex(decision.source, draft).map { owner(of: $0, draft) }
            )
        }
        if decision.units == .zero { try draft.object(Rejection(.zeroUnits)) }
        let today = businessDate(draft)
        if decision.lastDate < today {
            try draft.object(Rejection(.alreadyLapsed, (.limit, .date(decision.lastDate)), (.date, .date(today))))
        }
        for rule in rules where decision.lastDate.days(since: today) >= rule.dayCountMax {
            try draft.object(
                Rejection(.requestTooLong, (.limit, .number(UInt64(rule.dayCountMax))))
            )
        }
        let record = RequestRecord(
            units: decision.units,
            lastDate: decision.lastDate,
            since: beginning(draft),
            version: rulebook(of: decision.asset)?.version ?? 0,
            approvals: [],
            refusals: []
        )
        setRule(.request(record), under: decision.key, &draft)
        var told: [AuthorityReference?] = []
        for rule in rules {
            if let authority = rule.silence?.told, !told.contains(authority) { told.append(authority) }
        }
        // Everybody whose silence counts is told.
        for authority in told.isEmpty ? [nil] : told {
            draft.effects.append(
                .rulebook(
                    .movementRequested(
                        decision.asset,
                        from: decision.source,
                        to: decision.destination,
                        units: decision.units,
                        told: authority
                    )
                )
            )
        }
    }

    /// An approver may change its mind as long as the units have not moved.
    private func decideAnswer(
        _ decision: MovementDecision,
        _ rules: [ApprovalRule],
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let account = accountID(context.actor, draft)
        if !rules.contains(where: { $0.approvers.contains(account) }) {
            try draft.object(
                Rejection(.notAnApprover, (.account, .account(account))),
                of: owner(of: context.actor, draft)
            )
            // Whether a request stands is not for whoever has no answer to give.
            try draft.endIfObjected()
        }
        guard case .request(var record)? = rule(decision.key, draft), record.units == decision.units,
            record.lastDate == decision.lastDate, record.lastDate >= businessDate(draft)
        else { throw Rejection(.unknownRequest, (.requested, .quantity(decision.units))) }
        record.approvals.removeAll { $0 == account }
        record.refusals.removeAll { $0 == account }
        let (asset, source, destination) = (decision.asset, decision.source, decision.destination)
        if decision.step == .approve {
            record.approvals = (record.approvals + [account]).sorted()
            draft.effects.append(.rulebook(.movementApproved(asset, from: source, to: destination, by: account)))
        } else {
            record.refusals = (record.refusals + [account]).sorted()
            draft.effects.append(.rulebook(.movementRefused(asset, from: source, to: destination, by: account)))
        }
        setRule(.request(record), under: decision.key, &draft)
    }

    /// RBK-006, RBK-007: the holder takes its request back at any time. What has lapsed is of no use to anybody, and goes
    /// by the holder, by who would have got the units, or by an approver.
    private func decideWithdrawal(
        _ decision: MovementDecision,
        _ asset: AssetIndex,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard case .request(let record)? = rule(decision.key, draft), record.units == decision.units,
            record.lastDate == decision.lastDate
        else { throw Rejection(.unknownRequest, (.requested, .quantity(decision.units))) }
        let account = accountID(context.actor, draft)
        let approvers = record.approvals + record.refusals + (rules.book(asset)?.approvals ?? []).flatMap(\.approvers)
        let isOthers = account == decision.destination || approvers.contains(account)
        guard account == decision.source || (isOthers && record.lastDate < businessDate(draft)) else {
            throw Rejection(.notAnApprover, (.account, .account(account)))
        }
        setRule(nil, under: decision.key, &draft)
        draft.effects.append(
            .rulebook(
                .requestWithdrawn(decision.asset, from: decision.source, to: decision.destination, by: account)
            )
        )
    }
}

extension MovementDecision {
    /// Where the request stands.
    var key: RuleKey { .request(asset: asset, from: source, to: destination) }
}
