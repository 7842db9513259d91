extension LedgerState {
    /// Decides a transaction on this state: what it changes, or the first rule that refuses it.
    ///
    /// Pure: reads this state and the transaction, and nothing else. All operations take effect or none.
    public func decide(_ transaction: AuthorisedTransaction) throws(Rejection) -> Transition {
        var draft = Transition()
        try decide(transaction, into: &draft)
        return draft
    }

    /// As ``decide(_:)``, into a transition without content. What stands in it after a refusal means nothing.
    func decide(_ transaction: AuthorisedTransaction, into draft: inout Transition) throws(Rejection) {
        let signed = transaction.signed
        for position in 0..<transaction.principals.count {
            let principal = signed.body.principals[position]
            let index = transaction.principals[position]
            let window = lane(index, principal.lane).using(principal.sequence)
            draft.lanes.append(Transition.LaneChange(account: index, lane: principal.lane, window: window))
        }
        draft.begin(signed)
        let count = signed.body.operations.count
        draft.effects.reserveCapacity(count)
        for position in 0..<count { try decide(position, of: signed, transaction.principals, &draft) }
        try checkConservation(draft)
    }

    /// Decides one operation on what the draft says that the earlier ones have done.
    @inline(__always)
    func decide(
        _ position: Int,
        of signed: SignedTransaction,
        _ principals: ShortList<AccountIndex>,
        _ draft: inout Transition
    ) throws(Rejection) {
        let operation = signed.body.operations[position]
        let context = OperationContext(
            transaction: signed.id,
            position: position,
            actor: principals[operation.principal],
            principals: principals
        )
        do throws(Rejection) {
            try decide(operation.act, context, &draft)
            try draft.requireRoom()
        } catch {
            var refusal = error.owned(by: owner(of: error, draft))
            refusal.operation = position
            throw refusal
        }
    }

    private func decide(_ act: Act, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        if let authority = act.authority {
            try requireAuthority(
                authority,
                for: act.code,
                on: try scope(of: act, draft),
                by: context.actor,
                in: context.principals,
                draft
            )
        }
        try perform(act, context, &draft)
    }

    /// Does an act that whoever may has agreed to.
    func perform(_ act: Act, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        switch act {
        case .transfer(let transfer): try decide(transfer, context, &draft)
        case .batchTransfer(let batch): try decide(batch, context, &draft)
        case .settle(let settlement): try decide(settlement, context, &draft)
        case .issue(let issuance, _): try decide(issuance, &draft)
        case .redeem(let redemption, _): try decide(redemption, context, &draft)
        case .cancelUnits(let cancellation, _): try decide(cancellation, context, &draft)
        case .reclassify(let reclassification, _): try decide(reclassification, &draft)
        case .distribute(let distribution, _): try decide(distribution, context, &draft)
        case .redeemAll(let redemption, _): try decide(redemption, context, &draft)
        case .encumber(let encumbering, let under): try decide(encumbering, under, context, &draft)
        case .release(let release, let under): try decide(release, under, context, &draft)
        case .forceTransfer(let forced, let under): try decide(forced, under, context, &draft)
        case .registerParty(let registration, _): try decide(registration, &draft)
        case .openAccount(let opening, _): try decide(opening, &draft)
        case .rotateKeys(let policy): try decide(policy, context, &draft)
        case .cancelSequence:
            draft.effects.append(.sequenceCancelled(accountID(context.actor, draft)))
        case .appointAuthority(let appointment, let under):
            try decide(appointment, under, in: context.principals, &draft)
        case .openBusinessDay(let date, _): try decideOpening(date, &draft)
        case .rotateLogKeys(let keys, _):
            draft.logKeys = keys
            draft.effects.append(.logKeysRotated)
        case .createAsset(let creation, let under): try decide(creation, under, context, &draft)
        case .service(let act, let under): try decide(act, under, context, &draft)
        case .rulebook(let act, let under): try decide(act, under, context, &draft)
        case .control(let control, let under): try decide(control, under, context, &draft)
        }
    }

    /// The asset that an act under authority concerns, if it concerns one.
    func scope(of act: Act, _ draft: Transition) throws(Rejection) -> AssetIndex? {
        switch act {
        case .issue(let issuance, _): try requireAsset(issuance.asset, draft)
        case .redeem(let redemption, _): try requireAsset(redemption.asset, draft)
        case .cancelUnits(let cancellation, _): try requireAsset(cancellation.asset, draft)
        case .reclassify(let reclassification, _): try requireAsset(reclassification.asset, draft)
        case .distribute(let distribution, _): try requireAsset(distribution.asset, draft)
        case .redeemAll(let redemption, _): try requireAsset(redemption.asset, draft)
        case .forceTransfer(let forced, _): try requireAsset(forced.asset, draft)
        case .encumber(let encumbering, _): try scope(of: encumbering.target, draft)
        case .release(let release, _): try scope(of: release.target, draft)
        case .service(let act, _): try act.asset.map { (id) throws(Rejection) in try requireAsset(id, draft) }
        case .rulebook(let act, let under):
            try act.asset(under).map { (id) throws(Rejection) in try requireAsset(id, draft) }
        case .control(let control, _): try scope(of: control, draft)
        default: nil
        }
    }

    private func scope(of target: EncumbranceTarget, _ draft: Transition) throws(Rejection) -> AssetIndex? {
        guard let asset = target.asset else { return nil }
        return try requireAsset(asset, draft)
    }

    func requireAsset(_ id: AssetID, _ draft: Transition) throws(Rejection) -> AssetIndex {
        guard let index = assetIndex(id, draft) else { throw Rejection(.unknownAsset, (.asset, .asset(id))) }
        return index
    }

    func requireAccount(_ id: AccountID, _ draft: Transition) throws(Rejection) -> AccountIndex {
        guard let index = accountIndex(id, draft) else { throw Rejection(.unknownAccount, (.account, .account(id))) }
        return index
    }
}

extension Transition {
    /// Takes note of what rules ask of the transaction as a whole.
    mutating func begin(_ signed: SignedTransaction) { rules.hasMemo = !signed.body.memo.isEmpty }
}

/// Who acts, where in which transaction.
struct OperationContext {
    let transaction: TransactionID
    let position: Int
    let actor: AccountIndex
    let principals: ShortList<AccountIndex>

    /// A name for the `ordinal`-th encumbrance that the operation makes.
    func encumbranceID(ordinal: Int = 0) -> EncumbranceID {
        var encoder = CanonicalEncoder(reservingCapacity: 48)
        encoder.encodeArray(count: 3)
        encoder.encode(transaction)
        encoder.encode(UInt64(position))
        encoder.encode(UInt64(ordinal))
        return EncumbranceID(digest: Tags.encumbrance.hash(encoder.bytes))
    }
}
