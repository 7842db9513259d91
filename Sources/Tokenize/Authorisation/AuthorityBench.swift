/// An authority as it decides on one act: its members, and what its mandate says of the act.
struct AuthorityBench {
    let reference: AuthorityReference
    let act: ActCode
    let authority: AuthorityRecord
    let mandate: Mandate
    /// The rulebook that the act is to replace; it says how itself.
    let rulebook: Rulebook?

    /// Members that the act needs.
    var quorum: Int {
        act.governing.reduce(rulebook?.quorum ?? 1) { max($0, mandate.quorum(of: $1, usually: authority.quorum)) }
    }

    /// How long the act waits once it is agreed, of the mandate and the rulebook the longer in each part; nil if it
    /// need not be proposed.
    var notice: Notice? {
        let own = rulebook.map(\.notice).flatMap { $0.openedDays > 0 || $0.seconds > 0 ? $0 : nil }
        let notices = act.governing.compactMap { mandate.timelock(of: $0)?.notice } + [own].compactMap { $0 }
        guard let first = notices.first else { return nil }
        return notices.dropFirst().reduce(first) { longer, notice in
            Notice(
                openedDays: max(longer.openedDays, notice.openedDays),
                seconds: max(longer.seconds, notice.seconds)
            )
        }
    }

    /// AUT-004, ROL-001, RCV-003: a member who may do the act.
    func requireMember(_ account: AccountIndex, _ state: LedgerState, _ draft: Transition) throws(Rejection) {
        guard authority.members.contains(account) else {
            throw Rejection(.notAMember, (.authority, .authority(reference)))
        }
        if let other = separated(account, state, draft) {
            try draft.object(Rejection(.dutySeparated, (.authority, .authority(other))))
        }
        if !isDoneInRecovery { try state.requireNotInRecovery(account, draft) }
    }

    /// Days are opened by members whose keys are being replaced too: notices count opened days, so that a recovery of all
    /// who open them would never be over.
    private var isDoneInRecovery: Bool { act == .openBusinessDay }

    /// AUT-005: enough of `accounts` are members who count.
    func requireQuorum(
        _ quorum: Int,
        among accounts: [AccountIndex],
        _ state: LedgerState,
        _ draft: Transition
    ) throws(Rejection) {
        let present = accounts.count { counts($0, state, draft) }
        if present < quorum {
            try draft.object(
                Rejection(
                    .quorumNotReached,
                    (.authority, .authority(reference)),
                    (.quorum, .number(UInt64(quorum))),
                    (.members, .number(UInt64(present)))
                )
            )
        }
    }

    /// Whether an account counts as a member: not one that is kept apart, and not one whose keys may be stolen.
    func counts(_ account: AccountIndex, _ state: LedgerState, _ draft: Transition) -> Bool {
        authority.members.contains(account) && separated(account, state, draft) == nil
            && (isDoneInRecovery || !state.isInRecovery(account, draft))
    }

    /// The authority from whose members the act is kept apart, if the account is one of them.
    func separated(
        _ account: AccountIndex,
        _ state: LedgerState,
        _ draft: Transition
    ) -> AuthorityReference? {
        mandate.separations.first { separation in
            act.governing.contains(separation.act)
                && state.authority(separation.other, draft)?.members.contains(account) == true
        }?.other
    }
}

extension LedgerState {
    /// Whether a recovery of the account is under way.
    func isInRecovery(_ account: AccountIndex, _ draft: Transition) -> Bool {
        if draft.control.isEmpty, !control.recoveringAccounts.contains(account) { return false }
        return recovery(accountID(account, draft), draft) != nil
    }

    /// RCV-003: no recovery of the account is under way.
    func requireNotInRecovery(_ account: AccountIndex, _ draft: Transition) throws(Rejection) {
        if isInRecovery(account, draft) {
            try draft.object(
                Rejection(.inRecovery, (.account, .account(accountID(account, draft)))),
                of: owner(of: account, draft)
            )
        }
    }
}
