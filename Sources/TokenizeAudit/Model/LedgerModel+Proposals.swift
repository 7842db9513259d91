import Tokenize

/// Sections 15.3.2 and 15.3.3: proposals, emergency powers; and 5.2 and 15.3.1 for the end of an asset.
extension LedgerModel {
    /// PRO-002: the act that bytes propose.
    private static func act(in bytes: [UInt8]) -> (act: Act, under: AuthorityReference)? {
        guard let operation = try? Operation(canonicalBytes: bytes), operation.principal == 0,
            let under = operation.act.authority
        else { return nil }
        return isProposable(operation.act.code) ? (operation.act, under) : nil
    }

    static func isProposable(_ act: ActCode) -> Bool {
        ![.redeem, .subscribe, .buyBack, .veto, .fileRecovery, .emergencyFreeze].contains(act)
    }

    /// Section 15.5: what an account's old keys have said does not count once others take their place.
    mutating func forgetWord(of account: AccountID) {
        for (id, open) in proposals {
            if open.proposer == account {
                proposals[id] = nil
            } else if open.approvals.contains(account) {
                var proposal = open
                proposal.approvals.remove(account)
                let isStill = (try? find(id)).map { isAgreed(proposal, $0.bench) } ?? false
                if !isStill { proposal.agreed = nil }
                proposals[id] = proposal
            }
        }
    }

    /// What rests after an emergency freeze: the person, whichever of its accounts and parties was frozen, or the asset.
    private func restingTarget(of target: EncumbranceTarget) -> EncumbranceTarget {
        switch target {
        case .account(let id): return accounts[id].map { .party(head(of: $0.party)) } ?? target
        case .party(let id): return .party(head(of: id))
        case .asset, .holding: return target
        }
    }

    private func find(_ id: ProposalID) throws -> (proposal: OpenProposal, act: Act, bench: ModelBench) {
        guard let proposal = proposals[id], let (act, _) = Self.act(in: proposal.act) else {
            throw ModelRefusal(.unknownProposal)
        }
        return (proposal, act, try bench(proposal.authority, for: act.code, on: try scope(of: act)))
    }

    private func isAgreed(_ proposal: OpenProposal, _ bench: ModelBench) -> Bool {
        let counting = proposal.approvals.filter { bench.counts($0, self) }
        return counting.count >= bench.quorum && isSeen(proposal, bench)
    }

    /// PRO-007: somebody beside the proposer approves, where there is somebody.
    private func isSeen(_ proposal: OpenProposal, _ bench: ModelBench) -> Bool {
        bench.members.filter { !bench.isSeparated($0, self) }.count == 1
            || proposal.approvals.contains { $0 != proposal.proposer && bench.counts($0, self) }
    }

    mutating func propose(_ act: Proposal, _ actor: AccountID) throws {
        guard let (proposed, under) = Self.act(in: act.act) else { throw ModelRefusal(.notProposable) }
        let bench = try bench(under, for: proposed.code, on: try scope(of: proposed))
        try bench.requireMember(actor, self)
        guard act.lastDate >= today else { throw ModelRefusal(.proposalLapsed) }
        var proposal = OpenProposal(
            authority: under,
            act: act.act,
            proposer: actor,
            lastDate: act.lastDate,
            approvals: [actor]
        )
        if isAgreed(proposal, bench) { proposal.agreed = now }
        let name = ModelHash.array(ModelHash.bytes(transaction.digest), ModelHash.number(UInt64(position)))
        let id = ProposalID(digest: ModelHash.tagged("Tokenize/proposal", name))
        proposals[id] = proposal
        effects.append(.control(.proposed(id)))
    }

    mutating func approve(_ id: ProposalID, _ actor: AccountID) throws {
        var (proposal, _, bench) = try find(id)
        try bench.requireMember(actor, self)
        guard proposal.lastDate >= today else { throw ModelRefusal(.proposalLapsed) }
        guard !proposal.approvals.contains(actor) else { throw ModelRefusal(.alreadyApproved) }
        if !isAgreed(proposal, bench) { proposal.agreed = nil }
        proposal.approvals.formIntersection(bench.members)
        proposal.approvals.insert(actor)
        if proposal.agreed == nil, isAgreed(proposal, bench) { proposal.agreed = now }
        proposals[id] = proposal
        effects.append(.control(.approved(id, by: actor)))
    }

    mutating func withdraw(_ id: ProposalID, _ actor: AccountID) throws {
        var (proposal, _, bench) = try find(id)
        try requireNotInRecovery(actor)
        let hasLapsed = proposal.lastDate < today
        let mayClear = hasLapsed && bench.members.contains(actor)
        guard proposal.approvals.contains(actor) || mayClear else { throw ModelRefusal(.notApproved) }
        proposal.approvals.remove(actor)
        if !isAgreed(proposal, bench) { proposal.agreed = nil }
        let isOver = hasLapsed || actor == proposal.proposer || proposal.approvals.isEmpty
        proposals[id] = isOver ? nil : proposal
        effects.append(.control(.approvalWithdrawn(id, by: actor)))
    }

    mutating func execute(_ id: ProposalID, _ actor: AccountID) throws {
        let (proposal, act, bench) = try find(id)
        try bench.requireMember(actor, self)
        guard proposal.lastDate >= today else { throw ModelRefusal(.proposalLapsed) }
        try bench.requireMember(proposal.proposer, self)
        let approvers = proposal.approvals.sorted()
        guard bench.count(of: approvers, self) >= bench.quorum else { throw ModelRefusal(.quorumNotReached) }
        guard isSeen(proposal, bench) else { throw ModelRefusal(.proposerAlone) }
        if let notice = bench.notice {
            guard let agreed = proposal.agreed, hasRun(days: notice.days, seconds: notice.seconds, since: agreed) else {
                throw ModelRefusal(.timelockRunning)
            }
        }
        proposals[id] = nil
        effects.append(.control(.proposalExecuted(id)))
        let signing = principals
        principals = approvers
        try carryOut(act, actor: proposal.proposer)
        principals = signing
    }

    mutating func veto(_ id: ProposalID, _ under: AuthorityReference) throws {
        guard let proposal = proposals[id], let (act, _) = Self.act(in: proposal.act) else {
            throw ModelRefusal(.unknownProposal)
        }
        let bench = ModelBench(
            reference: proposal.authority,
            act: act.code,
            members: [],
            usualQuorum: 1,
            mandate: mandates[proposal.authority]
        )
        guard bench.isVetoed(by: under) else { throw ModelRefusal(.notVetoHolder) }
        proposals[id] = nil
        effects.append(.control(.vetoed(id)))
    }

    /// Both parts of a notice lie between a moment and now.
    func hasRun(_ notice: Notice, since moment: Moment) -> Bool {
        hasRun(days: UInt64(notice.openedDays), seconds: UInt64(notice.seconds), since: moment)
    }

    mutating func freezeAtOnce(_ act: EmergencyFreeze, _ under: AuthorityReference, _ actor: AccountID) throws {
        let days = mandates[under]?.emergencyDaysMax ?? 0
        guard days > 0 else { throw ModelRefusal(.noEmergencyPower) }
        guard Self.days(from: today, to: act.lastDate) < days else { throw ModelRefusal(.emergencyTooLong) }
        let name = EmergencyName(authority: under, target: restingTarget(of: act.target))
        for (used, rest) in emergencies where used.authority == under && rest >= today {
            // One that rested by itself may have been joined to another since.
            guard restingTarget(of: used.target) != name.target else { throw ModelRefusal(.emergencyRepeated) }
        }
        let encumbering = Encumbering(
            target: act.target,
            kind: .freeze,
            amount: .zero,
            rank: act.rank,
            lastDate: act.lastDate,
            order: act.order
        )
        try encumber(encumbering, under, actor)
        // The days that it stands, both ends included.
        let stood = Int32(Self.days(from: today, to: act.lastDate)) + 1
        emergencies[name] = CalendarDate(daysSinceEpoch: act.lastDate.daysSinceEpoch + stood) ?? act.lastDate
    }

    mutating func deactivate(_ asset: AssetID) throws {
        let record = try known(asset)
        guard record.status == .active else { throw ModelRefusal(.assetClosed) }
        guard record.outstanding == 0 else { throw ModelRefusal(.unitsOutstanding) }
        assets[asset]?.status = .deactivated
        effects.append(.control(.assetDeactivated(asset)))
    }
}
