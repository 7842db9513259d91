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
        let principals = try resolve(signed, on: state)
        try checkKeys(signed, of: principals, on: state)
        return AuthorisedTransaction(signed, principals: principals)
    }

    /// Checks ledger, time, principals and sequences, all that is asked before the keys, and gives the principals'
    /// accounts.
    ///
    /// - Parameter objections: where rules that are not met are noted if the transaction is explained.
    static func resolve(
        _ signed: SignedTransaction,
        on state: LedgerState,
        _ objections: Objections? = nil
    ) throws(Rejection) -> ShortList<AccountIndex> {
        if signed.body.ledger != state.ledger { try objections.object(Rejection(.wrongLedger)) }
        // The fields of the body one by one: as a whole it would be copied.
        try checkTime(signed.body.lastValidDate, signed.body.lastValidHeight, on: state, objections)
        return try resolvePrincipals(of: signed, on: state, objections)
    }

    private static func checkTime(
        _ lastDate: CalendarDate,
        _ lastHeight: UInt64?,
        on state: LedgerState,
        _ objections: Objections?
    ) throws(Rejection) {
        let today = state.clock.businessDate
        if lastDate < today {
            try objections.object(Rejection(.expired, (.limit, .date(lastDate)), (.date, .date(today))))
        }
        if lastDate.days(since: today) > state.parameters.validityDaysMax {
            try objections.object(
                Rejection(.validityTooFar, (.limit, .number(UInt64(state.parameters.validityDaysMax)))),
                remedy: lastDate.adding(days: -state.parameters.validityDaysMax).map { .opensOn($0) }
            )
        }
        guard let last = lastHeight else { return }
        let height = state.clock.height
        if last < height {
            try objections.object(Rejection(.heightPassed, (.limit, .number(last)), (.height, .number(height))))
        } else if last - height > state.parameters.validityHeightMax {
            try objections.object(Rejection(.heightTooFar, (.limit, .number(state.parameters.validityHeightMax))))
        }
    }

    private static func resolvePrincipals(
        of signed: SignedTransaction,
        on state: LedgerState,
        _ objections: Objections?
    ) throws(Rejection) -> ShortList<AccountIndex> {
        if signed.body.principals.count == 1, let principal = signed.body.principals.head {
            return ShortList(try resolve(principal, after: [], on: state, objections))
        }
        let principals = signed.body.principals
        var indices: [AccountIndex] = []
        indices.reserveCapacity(principals.count)
        for principal in principals {
            indices.append(try resolve(principal, after: indices, on: state, objections))
        }
        return ShortList(indices)
    }

    @inline(__always)
    private static func resolve(
        _ principal: Principal,
        after earlier: [AccountIndex],
        on state: LedgerState,
        _ objections: Objections?
    ) throws(Rejection) -> AccountIndex {
        guard let value = state.accounts.index(of: principal.account) else {
            throw Rejection(.unknownPrincipal, (.account, .account(principal.account)))
        }
        let index = AccountIndex(value)
        if earlier.contains(index) {
            try objections.object(Rejection(.duplicatePrincipal, (.account, .account(principal.account))))
        }
        let window = state.lane(index, principal.lane)
        switch window.standing(of: principal.sequence) {
        case .free: break
        case .used:
            try objections.object(
                Rejection(
                    .sequenceUsed,
                    (.account, .account(principal.account)),
                    (.sequence, .number(principal.sequence)),
                    (.expected, .number(window.next))
                ),
                of: state.owner(of: index, Transition())
            )
        case .beyondWindow:
            try objections.object(
                Rejection(
                    .sequenceBeyondWindow,
                    (.sequence, .number(principal.sequence)),
                    (.expected, .number(window.next)),
                    (.window, .number(UInt64(TransactionLimits.laneWindowWidth)))
                ),
                of: state.owner(of: index, Transition())
            )
        }
        return index
    }

    /// Checks that the signatures are the principals', and reach the threshold of each.
    static func checkKeys(
        _ signed: SignedTransaction,
        of principals: ShortList<AccountIndex>,
        on state: LedgerState,
        _ objections: Objections? = nil
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
            if !isKnown { try objections.object(Rejection(.foreignSignature)) }
        }
        for index in principals {
            var weight: UInt64 = 0
            for entry in signatures {
                weight += state.accounts.records[index.offset].policy.weight(of: entry.key) ?? 0
            }
            let threshold = state.accounts.records[index.offset].policy.threshold
            if weight < threshold {
                try objections.object(
                    Rejection(
                        .thresholdNotReached,
                        (.account, .account(state.accounts.ids[index.offset])),
                        (.threshold, .number(threshold)),
                        (.weight, .number(weight))
                    ),
                    of: state.owner(of: index, Transition())
                )
            }
        }
    }
}
