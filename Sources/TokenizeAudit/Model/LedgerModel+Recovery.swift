import Tokenize

/// Section 15.5: keys that are lost or stolen.
extension LedgerModel {
    mutating func fileRecovery(_ filing: RecoveryFiling, _ under: AuthorityReference) throws {
        guard filing.second != under else { throw ModelRefusal(.sameFiler) }
        let first = try bench(under, for: .fileRecovery, on: nil)
        let second = try bench(filing.second, for: .fileRecovery, on: nil)
        guard second.count(of: principals, self) >= second.quorum else { throw ModelRefusal(.quorumNotReached) }
        let present = principals.filter { first.counts($0, self) || second.counts($0, self) }
        guard present.count >= first.quorum + second.quorum else { throw ModelRefusal(.quorumNotReached) }
        _ = try known(filing.account)
        guard pendingRecovery(filing.account) == nil else { throw ModelRefusal(.recoveryPending) }
        try requirePoints(filing.policy)
        var longest = Notice(openedDays: 0, seconds: 0)
        for filer in [under, filing.second] {
            let lock = mandates[filer]?.timelocks.first { $0.act == .objectToRecovery }
            let notice = lock?.notice ?? Notice(openedDays: 10, seconds: 864_000)
            longest = Notice(
                openedDays: max(longest.openedDays, notice.openedDays),
                seconds: max(longest.seconds, notice.seconds)
            )
        }
        recoveries[filing.account] = Recovery(
            policy: filing.policy,
            filers: [under, filing.second],
            since: now,
            notice: longest
        )
        effects.append(.control(.recoveryFiled(filing.account)))
    }

    mutating func object(_ actor: AccountID) throws {
        guard var recovery = pendingRecovery(actor) else { throw ModelRefusal(.noRecovery) }
        guard !recovery.isObjected else { throw ModelRefusal(.alreadyObjected) }
        (recovery.isObjected, recovery.isAllowed, recovery.since) = (true, false, now)
        func thrice(_ number: UInt32) -> UInt32 { UInt32(min(UInt64(number) * 3, UInt64(UInt32.max))) }
        recovery.notice = Notice(
            openedDays: thrice(recovery.notice.openedDays),
            seconds: thrice(recovery.notice.seconds)
        )
        recoveries[actor] = recovery
        effects.append(.control(.recoveryObjected(actor)))
    }

    mutating func decideRecovery(_ decision: RecoveryDecision, _ under: AuthorityReference) throws {
        guard var recovery = pendingRecovery(decision.account) else { throw ModelRefusal(.noRecovery) }
        guard !recovery.filers.contains(under) else { throw ModelRefusal(.courtIsFiler) }
        try note(decision.order, of: under, takes: false)
        recovery.isAllowed = decision.isAllowed
        recoveries[decision.account] = decision.isAllowed ? recovery : nil
        effects.append(.control(.recoveryDecided(decision.account, isAllowed: decision.isAllowed)))
    }

    mutating func executeRecovery(_ account: AccountID) throws {
        _ = try known(account)
        guard let recovery = pendingRecovery(account) else { throw ModelRefusal(.noRecovery) }
        guard hasRun(recovery.notice, since: recovery.since) else { throw ModelRefusal(.noticeRunning) }
        if recovery.isObjected, !recovery.isAllowed { throw ModelRefusal(.courtOrderMissing) }
        accounts[account]?.policy = recovery.policy
        note(recovery.policy)
        recoveries[account] = nil
        precommitments[account] = nil
        takeBackWord(of: account)
        effects.append(.control(.recoveryExecuted(account)))
        effects.append(.keysRotated(account))
    }

    /// What the old keys said counts no more, and what they allowed is at rest.
    private mutating func takeBackWord(of account: AccountID) {
        forgetWord(of: account)
        for name in allowances.keys where name.owner == account { allowances[name]?.isAtRest = true }
    }

    /// A recovery that has not lapsed: 90 days after its notice, counted both ways.
    func pendingRecovery(_ account: AccountID) -> Recovery? {
        guard let recovery = recoveries[account] else { return nil }
        let days = UInt64(recovery.notice.openedDays) + 90
        let seconds = UInt64(recovery.notice.seconds) + 90 * 86_400
        return hasRun(days: days, seconds: seconds, since: recovery.since) ? nil : recovery
    }

    mutating func precommit(_ digest: Digest, _ actor: AccountID) throws {
        try requireFree(actor)
        guard precommitments[actor] == nil else { throw ModelRefusal(.alreadyPrecommitted) }
        precommitments[actor] = digest
        effects.append(.control(.precommitted(actor)))
    }

    mutating func rotateToPrecommitted(_ rotation: PrecommittedRotation) throws {
        _ = try known(rotation.account)
        let opened = ModelHash.tagged("Tokenize/precommitment", rotation.canonicalBytes)
        guard precommitments[rotation.account] == opened else { throw ModelRefusal(.notPrecommitted) }
        try requirePoints(rotation.policy)
        accounts[rotation.account]?.policy = rotation.policy
        note(rotation.policy)
        precommitments[rotation.account] = rotation.next
        takeBackWord(of: rotation.account)
        effects.append(.keysRotated(rotation.account))
    }
}

/// Sections 15.4 and 15.6: documents and operators.
extension LedgerModel {
    mutating func file(_ filing: DocumentFiling, _ under: AuthorityReference) throws {
        guard documents[filing.digest] == nil else { throw ModelRefusal(.documentExists) }
        for subject in filing.subjects {
            if case .order(let order) = subject {
                guard orders[order] != nil else { throw ModelRefusal(.unknownOrder) }
            } else if let asset = Self.asset(of: subject) {
                _ = try known(asset)
                try requireScope(under, asset)
            }
        }
        var version = 1
        if let superseded = filing.superseding {
            guard let old = documents[superseded] else { throw ModelRefusal(.unknownDocument) }
            guard old.successor == nil else { throw ModelRefusal(.alreadySuperseded) }
            guard old.authority == under else { throw ModelRefusal(.notFiler) }
            guard old.type == filing.type else { throw ModelRefusal(.otherDocumentType) }
            version = old.version + 1
            documents[superseded]?.successor = filing.digest
        }
        documents[filing.digest] = Document(
            type: filing.type,
            version: version,
            authority: under,
            filed: today,
            subjects: filing.subjects
        )
        effects.append(.control(.documentFiled(filing.digest)))
    }

    mutating func setAllowance(_ act: Allowance, _ actor: AccountID) throws {
        _ = try known(act.asset)
        _ = try known(act.trustee)
        guard act.trustee != actor else { throw ModelRefusal(.ownOperator) }
        let name = AllowanceName(asset: act.asset, owner: actor, trustee: act.trustee)
        if act.units.units == 0 {
            try requireNotInRecovery(actor)
            allowances[name] = nil
        } else {
            try requireFree(actor)
            guard act.lastDate >= today else { throw ModelRefusal(.allowanceLapsed) }
            allowances[name] = OpenAllowance(units: act.units.units, lastDate: act.lastDate)
        }
        effects.append(
            .control(.allowanceSet(act.asset, owner: actor, operator: act.trustee, units: act.units))
        )
    }

    mutating func transferFrom(_ act: OperatorTransfer, _ actor: AccountID) throws {
        try requireMovable(act.asset)
        try requireFree(actor)
        _ = try known(act.owner)
        guard act.owner != actor else { throw ModelRefusal(.ownOperator) }
        let name = AllowanceName(asset: act.asset, owner: act.owner, trustee: actor)
        guard let allowance = allowances[name] else { throw ModelRefusal(.noAllowance) }
        guard !allowance.isAtRest else { throw ModelRefusal(.allowanceAtRest) }
        guard allowance.lastDate >= today else { throw ModelRefusal(.allowanceLapsed) }
        let units = act.units.units
        guard units <= allowance.units else { throw ModelRefusal(.allowanceExceeded) }
        try requireFree(act.owner)
        _ = try known(act.recipient)
        try move(act.asset, from: act.owner, to: act.recipient, act.partition, units)
        if allowance.units != .max {
            allowances[name]?.units -= units
            if allowance.units == units { allowances[name] = nil }
        }
        effects.append(
            .control(.allowanceUsed(act.asset, owner: act.owner, operator: actor, units: act.units))
        )
    }
}
