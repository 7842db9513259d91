/// RCV-001 to RCV-010: keys that are lost or stolen are replaced; the account stays, and all that is its.
extension LedgerState {
    /// How long a recovery waits where the filers' mandates say nothing.
    static let usualRecoveryNotice = Notice(openedDays: 10, seconds: 864_000)
    /// So many times as long it waits after an objection.
    static let objectionFactor: UInt32 = 3

    func decide(
        _ filing: RecoveryFiling,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        try requireSecondFiler(filing.second, beside: under, in: context.principals, draft)
        _ = try requireAccount(filing.account, draft)
        if recovery(filing.account, draft) != nil {
            try draft.object(Rejection(.recoveryPending, (.account, .account(filing.account))))
        }
        try requireValidKeys(filing.policy)
        let record = RecoveryRecord(
            policy: filing.policy,
            filers: [under, filing.second],
            since: beginning(draft),
            notice: recoveryNotice([under, filing.second], draft),
            isObjected: false,
            isAllowed: false
        )
        setControl(.recovery(record), under: .recovery(filing.account), &draft)
        draft.effects.append(.control(.recoveryFiled(filing.account)))
    }

    /// RCV-001, AUT-001 to AUT-003, AUT-005: two authorities, and no member counts for both.
    private func requireSecondFiler(
        _ second: AuthorityReference,
        beside first: AuthorityReference,
        in principals: ShortList<AccountIndex>,
        _ draft: Transition
    ) throws(Rejection) {
        guard second != first else { throw Rejection(.sameFiler, (.authority, .authority(second))) }
        let benches = [
            try requireBench(first, for: .fileRecovery, on: nil, draft),
            try requireBench(second, for: .fileRecovery, on: nil, draft),
        ]
        try benches[1].requireQuorum(benches[1].quorum, among: Array(principals), self, draft)
        let present = principals.count { account in benches.contains { $0.counts(account, self, draft) } }
        let quorum = benches[0].quorum + benches[1].quorum
        if present < quorum {
            try draft.object(
                Rejection(
                    .quorumNotReached,
                    (.authority, .authority(second)),
                    (.quorum, .number(UInt64(quorum))),
                    (.members, .number(UInt64(present)))
                )
            )
        }
    }

    /// The present keys object: the notice begins anew and is longer, and a court must allow the rest. They cannot
    /// cancel, since they may be the thief's.
    func decideObjection(_ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        let account = accountID(context.actor, draft)
        var record = try requireRecovery(account, draft)
        if record.isObjected {
            try draft.object(
                Rejection(.alreadyObjected, (.account, .account(account))),
                of: owner(of: context.actor, draft)
            )
        }
        record.isObjected = true
        record.isAllowed = false
        record.since = beginning(draft)
        record.notice = record.notice.times(LedgerState.objectionFactor)
        setControl(.recovery(record), under: .recovery(account), &draft)
        draft.effects.append(.control(.recoveryObjected(account)))
    }

    /// RCV-008: a court that did not file it allows the recovery or ends it.
    func decide(
        _ decision: RecoveryDecision,
        _ under: AuthorityReference,
        _ draft: inout Transition
    ) throws(Rejection) {
        var record = try requireRecovery(decision.account, draft)
        if record.filers.contains(under) {
            try draft.object(Rejection(.courtIsFiler, (.authority, .authority(under))))
        }
        try noteOrder(decision.order, of: under, isExecuted: false, &draft)
        record.isAllowed = decision.isAllowed
        setControl(decision.isAllowed ? .recovery(record) : nil, under: .recovery(decision.account), &draft)
        draft.effects.append(.control(.recoveryDecided(decision.account, isAllowed: decision.isAllowed)))
    }

    /// RCV-006, RCV-007: after the notice the account has its new keys. What it has, and what it owes, stays; what its
    /// old keys have only said is taken back.
    func decideRecoveryExecution(_ account: AccountID, _ draft: inout Transition) throws(Rejection) {
        let index = try requireAccount(account, draft)
        let record = try requireRecovery(account, draft)
        if !record.since.hasPassed(record.notice, at: now(draft)) {
            try draft.object(
                Rejection(.noticeRunning, (.limit, .number(UInt64(record.notice.openedDays)))),
                remedy: .openedDays(daysLeft(of: record.notice, since: record.since, draft))
            )
        }
        if !record.isAllowed, record.isObjected {
            try draft.object(Rejection(.courtOrderMissing, (.account, .account(account))))
        }
        replaceKeys(of: index, by: record.policy, &draft)
        setControl(nil, under: .recovery(account), &draft)
        // Whoever has the old keys may have made it.
        if control(.precommitment(account), draft) != nil { setControl(nil, under: .precommitment(account), &draft) }
        takeBackWord(of: account, at: index, &draft)
        draft.effects.append(.control(.recoveryExecuted(account)))
        draft.effects.append(.keysRotated(account))
    }

    /// The longer of what the two filers' mandates say as they file: what is laid down later neither shortens it nor
    /// brings back what has lapsed.
    private func recoveryNotice(_ filers: [AuthorityReference], _ draft: Transition) -> Notice {
        let notices = filers.map {
            mandate($0, draft).timelock(of: .objectToRecovery)?.notice ?? LedgerState.usualRecoveryNotice
        }
        return Notice(
            openedDays: notices.map(\.openedDays).max() ?? .max,
            seconds: notices.map(\.seconds).max() ?? .max
        )
    }

    private func requireRecovery(_ account: AccountID, _ draft: Transition) throws(Rejection) -> RecoveryRecord {
        guard let record = recovery(account, draft) else {
            throw Rejection(.noRecovery, (.account, .account(account)))
        }
        return record
    }

    func replaceKeys(of index: AccountIndex, by policy: KeyPolicy, _ draft: inout Transition) {
        var record = account(index, draft)
        record.policy = policy
        setAccount(record, at: index, &draft)
    }

    // MARK: Keys committed beforehand

    /// RCV-009: an account commits once; the commitment changes only by being used, so that a thief cannot replace it.
    func decidePrecommitment(
        _ digest: Digest,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        try requireFree(context.actor, draft)
        let account = accountID(context.actor, draft)
        if control(.precommitment(account), draft) != nil {
            try draft.object(
                Rejection(.alreadyPrecommitted, (.account, .account(account))),
                of: owner(of: context.actor, draft)
            )
        }
        setControl(.precommitment(digest), under: .precommitment(account), &draft)
        draft.effects.append(.control(.precommitted(account)))
    }

    /// RCV-010: whoever knows what an account committed to may give it those keys. Nobody signs with the present ones,
    /// and the result is what the owner wanted, whoever submits it.
    func decide(_ rotation: PrecommittedRotation, _ draft: inout Transition) throws(Rejection) {
        let index = try requireAccount(rotation.account, draft)
        guard control(.precommitment(rotation.account), draft) == .precommitment(rotation.commitment) else {
            throw Rejection(.notPrecommitted, (.account, .account(rotation.account)))
        }
        try requireValidKeys(rotation.policy)
        replaceKeys(of: index, by: rotation.policy, &draft)
        setControl(rotation.next.map { .precommitment($0) }, under: .precommitment(rotation.account), &draft)
        takeBackWord(of: rotation.account, at: index, &draft)
        draft.effects.append(.keysRotated(rotation.account))
    }
}
