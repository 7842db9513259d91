/// A transaction whose principals exist, whose sequences are free, and whose signatures reach each principal's
/// threshold, on the state as it stands. Only this file makes one.
public struct AuthorisedTransaction: Sendable {
    /// The transaction as it was received.
    public let signed: SignedTransaction
    /// The principals' accounts, in the body's order.
    let principals: ShortList<AccountIndex>

    private init(_ signed: SignedTransaction, principals: ShortList<AccountIndex>) {
        self.signed = signed
        self.principals = principals
    }

    /// Checks a verified transaction against the state: ledger, time, principals, sequences, keys.
    static func authorise(
        _ verified: VerifiedTransaction,
        on state: LedgerState
    ) throws(Rejection) -> AuthorisedTransaction {
        let signed = verified.signed
        guard signed.body.ledger == state.ledger else { throw Rejection(.wrongLedger) }
        // The fields of the body one by one: as a whole it would be copied.
        try checkTime(signed.body.lastValidDate, signed.body.lastValidHeight, on: state)
        let principals = try resolve(signed, on: state)
        try checkKeys(signed, of: principals, on: state)
        return AuthorisedTransaction(signed, principals: principals)
    }

    private static func checkTime(
        _ lastDate: CalendarDate,
        _ lastHeight: UInt64?,
        on state: LedgerState
    ) throws(Rejection) {
        let today = state.clock.businessDate
        guard lastDate >= today else {
            throw Rejection(.expired, (.limit, .date(lastDate)), (.date, .date(today)))
        }
        guard lastDate.days(since: today) <= state.parameters.validityDaysMax else {
            throw Rejection(.validityTooFar, (.limit, .number(UInt64(state.parameters.validityDaysMax))))
        }
        guard let last = lastHeight else { return }
        let height = state.clock.height
        guard last >= height else {
            throw Rejection(.heightPassed, (.limit, .number(last)), (.height, .number(height)))
        }
        guard last - height <= state.parameters.validityHeightMax else {
            throw Rejection(.heightTooFar, (.limit, .number(state.parameters.validityHeightMax)))
        }
    }

    private static func resolve(
        _ signed: SignedTransaction,
        on state: LedgerState
    ) throws(Rejection) -> ShortList<AccountIndex> {
        if signed.body.principals.count == 1, let principal = signed.body.principals.head {
            return ShortList(try resolve(principal, after: [], on: state))
        }
        let principals = signed.body.principals
        var indices: [AccountIndex] = []
        indices.reserveCapacity(principals.count)
        for principal in principals {
            indices.append(try resolve(principal, after: indices, on: state))
        }
        return ShortList(indices)
    }

    @inline(__always)
    private static func resolve(
        _ principal: Principal,
        after earlier: [AccountIndex],
        on state: LedgerState
    ) throws(Rejection) -> AccountIndex {
        guard let value = state.accounts.index(of: principal.account) else {
            throw Rejection(.unknownPrincipal, (.account, .account(principal.account)))
        }
        let index = AccountIndex(value)
        guard !earlier.contains(index) else {
            throw Rejection(.duplicatePrincipal, (.account, .account(principal.account)))
        }
        let window = state.lane(index, principal.lane)
        switch window.standing(of: principal.sequence) {
        case .free: break
        case .used:
            throw Rejection(
                .sequenceUsed,
                (.account, .account(principal.account)),
                (.sequence, .number(principal.sequence)),
                (.expected, .number(window.next))
            )
        case .beyondWindow:
            throw Rejection(
                .sequenceBeyondWindow,
                (.sequence, .number(principal.sequence)),
                (.expected, .number(window.next)),
                (.window, .number(UInt64(TransactionLimits.laneWindowWidth)))
            )
        }
        return index
    }

    private static func checkKeys(
        _ signed: SignedTransaction,
        of principals: ShortList<AccountIndex>,
        on state: LedgerState
    ) throws(Rejection) {
        if signed.signatures.count == 1, principals.count == 1, let key = signed.signatures.head?.key,
            let account = principals.head?.offset
        {
            // The common case: one look at one policy.
            if let weight = state.accounts.records[account].policy.weight(of: key),
                weight >= state.accounts.records[account].policy.threshold
            {
                return
            }
        }
        let signatures = signed.signatures
        for entry in signatures {
            let isKnown = principals.contains { index in
                state.accounts.records[index.offset].policy.weight(of: entry.key) != nil
            }
            guard isKnown else { throw Rejection(.foreignSignature) }
        }
        for index in principals {
            var weight: UInt64 = 0
            for entry in signatures {
                weight += state.accounts.records[index.offset].policy.weight(of: entry.key) ?? 0
            }
            let threshold = state.accounts.records[index.offset].policy.threshold
            guard weight >= threshold else {
                throw Rejection(
                    .thresholdNotReached,
                    (.account, .account(state.accounts.ids[index.offset])),
                    (.threshold, .number(threshold)),
                    (.weight, .number(weight))
                )
            }
        }
    }
}
