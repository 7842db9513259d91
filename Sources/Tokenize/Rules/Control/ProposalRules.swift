/// PRO-001 to PRO-009: an act is proposed, approved over time, done or vetoed.
extension LedgerState {
    func decide(_ proposal: Proposal, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        guard let act = Proposal.act(in: proposal.act), let reference = act.authority else {
            throw Rejection(.notProposable)
        }
        let bench = try requireBench(reference, for: act.code, on: try scope(of: act, draft), draft)
        try bench.requireMember(context.actor, self, draft)
        try requireInTime(proposal.lastDate, draft)
        let proposer = accountID(context.actor, draft)
        var record = ProposalRecord(
            authority: reference,
            act: proposal.act,
            proposer: proposer,
            lastDate: proposal.lastDate,
            approvals: [proposer],
            ready: nil
        )
        record.ready = isAgreed(record, bench, draft) ? beginning(draft) : nil
        let id = context.proposalID
        setControl(.proposal(record), under: .proposal(id), &draft)
        draft.effects.append(.control(.proposed(id)))
    }

    func decideApproval(
        _ id: ProposalID,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        var (record, _, bench) = try requireProposal(id, draft)
        try bench.requireMember(context.actor, self, draft)
        try requireInTime(record.lastDate, draft)
        let account = accountID(context.actor, draft)
        if record.approvals.contains(account) {
            try draft.object(Rejection(.alreadyApproved, (.account, .account(account))))
        }
        // Agreed once, and since then no more: who has left the authority does not lend its notice to the next.
        if !isAgreed(record, bench, draft) { record.ready = nil }
        // Approvals of those who are members no more count for nothing; kept, they would pile up.
        let members = Set(bench.authority.members.map { accountID($0, draft) })
        record.approvals = (record.approvals.filter { members.contains($0) } + [account]).sorted()
        if record.ready == nil, isAgreed(record, bench, draft) { record.ready = beginning(draft) }
        setControl(.proposal(record), under: .proposal(id), &draft)
        draft.effects.append(.control(.approved(id, by: account)))
    }

    /// Takes an approval back; the proposer takes the proposal back, and what has lapsed any member clears away.
    func decideWithdrawal(
        _ id: ProposalID,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        var (record, _, bench) = try requireProposal(id, draft)
        let account = accountID(context.actor, draft)
        let hasLapsed = record.lastDate < businessDate(draft)
        try requireNotInRecovery(context.actor, draft)
        guard record.approvals.contains(account) || hasLapsed && bench.authority.members.contains(context.actor) else {
            throw Rejection(.notApproved, (.account, .account(account)))
        }
        record.approvals.removeAll { $0 == account }
        if !isAgreed(record, bench, draft) { record.ready = nil }
        let isOver = hasLapsed || record.proposer == account || record.approvals.isEmpty
        setControl(isOver ? nil : .proposal(record), under: .proposal(id), &draft)
        draft.effects.append(.control(.approvalWithdrawn(id, by: account)))
    }

    /// Does what was proposed, in the name of its proposer, who must still be a member.
    func decideExecution(
        _ id: ProposalID,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let (record, act, bench) = try requireProposal(id, draft)
        try bench.requireMember(context.actor, self, draft)
        try requireInTime(record.lastDate, draft)
        let proposer = try requireAccount(record.proposer, draft)
        try bench.requireMember(proposer, self, draft)
        try bench.requireQuorum(bench.quorum, among: approving(record, draft), self, draft)
        if !isSeenByAnother(record, bench, draft) {
            try draft.object(Rejection(.proposerAlone, (.account, .account(record.proposer))))
        }
        if let notice = bench.notice, record.ready?.hasPassed(notice, at: now(draft)) != true {
            try draft.object(
                Rejection(.timelockRunning, (.limit, .number(UInt64(notice.openedDays)))),
                remedy: .openedDays(daysLeft(of: notice, since: record.ready, draft))
            )
        }
        setControl(nil, under: .proposal(id), &draft)
        draft.effects.append(.control(.proposalExecuted(id)))
        let inner = OperationContext(
            transaction: context.transaction,
            position: context.position,
            actor: proposer,
            principals: ShortList(approving(record, draft))
        )
        try perform(act, inner, &draft)
    }

    /// PRO-009: the authority that the timelock names ends the proposal.
    func decideVeto(_ id: ProposalID, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        guard let record = proposal(id, draft), let act = Proposal.act(in: record.act) else {
            throw Rejection(.unknownProposal)
        }
        let mandate = mandate(record.authority, draft)
        guard act.code.governing.contains(where: { mandate.timelock(of: $0)?.veto == under }) else {
            throw Rejection(.notVetoHolder, (.authority, .authority(under)))
        }
        setControl(nil, under: .proposal(id), &draft)
        draft.effects.append(.control(.vetoed(id)))
    }

    private func requireProposal(
        _ id: ProposalID,
        _ draft: Transition
    ) throws(Rejection) -> (ProposalRecord, Act, AuthorityBench) {
        guard let record = proposal(id, draft), let act = Proposal.act(in: record.act) else {
            throw Rejection(.unknownProposal)
        }
        let bench = try requireBench(record.authority, for: act.code, on: try scope(of: act, draft), draft)
        return (record, act, bench)
    }

    /// PRO-004: neither lapsed already nor now.
    private func requireInTime(_ lastDate: CalendarDate, _ draft: Transition) throws(Rejection) {
        let today = businessDate(draft)
        if lastDate < today {
            try draft.object(Rejection(.proposalLapsed, (.limit, .date(lastDate)), (.date, .date(today))))
        }
    }

    private func approving(_ record: ProposalRecord, _ draft: Transition) -> [AccountIndex] {
        record.approvals.compactMap { accountIndex($0, draft) }
    }

    func isAgreed(_ record: ProposalRecord, _ bench: AuthorityBench, _ draft: Transition) -> Bool {
        approving(record, draft).count { bench.counts($0, self, draft) } >= bench.quorum
            && isSeenByAnother(record, bench, draft)
    }

    /// Whether another member than the proposer approves, where there is another who is not kept apart from the act.
    private func isSeenByAnother(_ record: ProposalRecord, _ bench: AuthorityBench, _ draft: Transition) -> Bool {
        bench.authority.members.count { bench.separated($0, self, draft) == nil } == 1
            || record.approvals.contains { account in
                account != record.proposer
                    && accountIndex(account, draft).map { bench.counts($0, self, draft) } == true
            }
    }
}

extension OperationContext {
    /// A name for the proposal that the operation makes.
    var proposalID: ProposalID {
        var encoder = CanonicalEncoder(reservingCapacity: 48)
        encoder.encodeArray(count: 2)
        encoder.encode(transaction)
        encoder.encode(UInt64(position))
        return ProposalID(digest: Tags.proposal.hash(encoder.bytes))
    }
}
