/// SRV-007, SRV-008: cash that cannot be paid lies apart until it can, and nobody else can have it.
extension LedgerState {
    /// The account into which what is owed to `recipient` can be paid; nil if it cannot be paid now.
    ///
    /// It cannot if a freeze stands on the recipient's account, on its party, or on those of the account that gets its
    /// cash; if the keys of either are being replaced, since they may be a thief's, and the instruction with them; or if
    /// the cash must not be held by that account's class.
    func payableAccount(of recipient: AccountIndex, in cash: AssetIndex, _ draft: Transition) -> AccountIndex? {
        let account = cashAccount(of: recipient, draft)
        let today = businessDate(draft)
        for one in [recipient, account] {
            let standing = self.account(one, draft).encumbrances + partyEncumbrances(ofHolder: one, draft)
            if standing.contains(where: { $0.stands(on: today) }) { return nil }
            if !control.recoveringAccounts.isEmpty || !draft.control.isEmpty,
                recovery(accountID(one, draft), draft) != nil
            {
                return nil
            }
        }
        let holderClass = HolderClassSet(holderClass(account, draft))
        for case .allowedClasses(let classes) in asset(cash, draft).charter.rules where !classes.contains(holderClass) {
            return nil
        }
        return account
    }

    /// Puts cash into a holding together with what weighs on it; into the next partition where it does not fit.
    func put(
        _ units: Quantity,
        _ carried: [EncumbranceRecord],
        to account: AccountIndex,
        _ cash: AssetIndex,
        _ cashPartition: Partition,
        _ draft: inout Transition
    ) throws(Rejection) {
        let place = partition(from: cashPartition, of: cash, taking: carried, account, draft)
        let address = HoldingAddress(asset: cash, account: account, partition: place)
        try credit(units, to: address, &draft)
        let target = EncumbranceTarget.holding(
            asset: assetID(cash, draft),
            account: accountID(account, draft),
            partition: place
        )
        try receive(carried, at: address, target, &draft)
    }

    /// Adds to what is owed under a claim.
    func addClaim(
        _ amount: Quantity,
        _ carried: [EncumbranceRecord],
        under key: ClaimKey,
        _ run: DueRun,
        _ draft: inout Transition
    ) {
        var record =
            claim(key, draft)
            ?? ClaimRecord(
                amount: .zero,
                holder: run.claimsAccount,
                cashPartition: run.cashPartition,
                encumbrances: []
            )
        record.amount = record.amount.adding(amount) ?? .max
        record.encumbrances += carried
        draft.servicing.claims.append((key, record))
    }

    /// Moves the cash of all claims of a payment to where it lies, and covers it there.
    func setAside(_ run: DueRun, _ draft: inout Transition) throws(Rejection) {
        let address = HoldingAddress(asset: run.cash, account: run.claimsAccount, partition: run.cashPartition)
        try credit(run.claimed, to: address, &draft)
        try coverClaims(of: run.asset, at: address, &draft) { $0.adding(run.claimed) }
    }

    /// Changes the amount of the hold that covers the cash of a bond's claims in a holding.
    private func coverClaims(
        of asset: AssetIndex,
        at address: HoldingAddress,
        _ draft: inout Transition,
        _ change: (Quantity) -> Quantity?
    ) throws(Rejection) {
        let id = EncumbranceID.ofClaims(
            assetID(asset, draft),
            accountID(address.account, draft),
            address.partition
        )
        var record = holding(address, draft)
        if let index = record.encumbrances.firstIndex(where: { $0.id == id }) {
            let amount = change(record.encumbrances[index].amount) ?? .max
            if amount == .zero {
                record.encumbrances.remove(at: index)
            } else {
                record.encumbrances[index].amount = amount
            }
        } else if let amount = change(.zero), let order = LedgerState.claimOrder {
            let hold = EncumbranceRecord(
                id: id,
                kind: .hold,
                owner: .authority(AuthorityReference(.payingAgent, asset: assetID(asset, draft))),
                amount: amount,
                rank: 1,
                lastDate: LedgerState.farDate,
                order: order
            )
            record.encumbrances = try LedgerState.adding(hold, to: record.encumbrances, on: businessDate(draft))
        }
        setHolding(record, at: address, &draft)
    }

    private static let claimOrder = OrderReference(reference: "claims", documentDigest: .zero)
    private static let farDate =
        CalendarDate(year: CalendarDate.yearMax, month: 12, day: 31) ?? BusinessCalendar.everyDay.lastDay

    /// Pays a claim once its account can be paid.
    func decide(_ settlement: ClaimSettlement, _ draft: inout Transition) throws(Rejection) {
        let (asset, line) = try requireBond(settlement.asset, draft)
        let account = try requireAccount(settlement.account, draft)
        let key = ClaimKey(asset: asset, due: settlement.due, account: account, partition: settlement.partition)
        guard let claim = claim(key, draft) else {
            throw Rejection(.unknownClaim, (.account, .account(settlement.account)))
        }
        let cash = try requireAsset(line.terms.cash, draft)
        try requireMovable(cash, draft)
        guard let recipient = payableAccount(of: account, in: cash, draft) else {
            throw Rejection(.cashAccountBlocked, (.account, .account(settlement.account)))
        }
        let source = HoldingAddress(asset: cash, account: claim.holder, partition: claim.cashPartition)
        try coverClaims(of: asset, at: source, &draft) { $0.subtracting(claim.amount) }
        if claim.amount > .zero { try debitAvailable(claim.amount, from: source, &draft) }
        try put(claim.amount, claim.encumbrances, to: recipient, cash, claim.cashPartition, &draft)
        let movement = Movement(
            asset: cash,
            from: claim.holder,
            to: recipient,
            partition: claim.cashPartition,
            units: claim.amount
        )
        try shiftClass(movement, &draft)
        draft.servicing.claims.append((key, nil))
        draft.effects.append(
            .service(
                .claimSettled(
                    settlement.asset,
                    due: settlement.due,
                    account: settlement.account,
                    partition: settlement.partition,
                    to: accountID(recipient, draft),
                    amount: claim.amount
                )
            )
        )
    }
}

extension EncumbranceID {
    /// The name of the hold that covers the cash of a bond's claims in a holding.
    static func ofClaims(_ asset: AssetID, _ account: AccountID, _ partition: Partition) -> EncumbranceID {
        var encoder = CanonicalEncoder(reservingCapacity: 80)
        encoder.encodeArray(count: 3)
        encoder.encode(asset)
        encoder.encode(account)
        partition.encode(into: &encoder)
        return EncumbranceID(digest: Tags.encumbrance.hash(encoder.bytes))
    }
}
