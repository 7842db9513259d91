/// PAY-001 to PAY-005: income and redemption paid to every holder, in one transaction, to the last unit.
extension LedgerState {
    func decide(
        _ distribution: Distribution,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(distribution.asset, draft)
        let cash = try requireCash(distribution.cash, asset, draft)
        try requireUnpaid(asset, distribution.order, &draft)
        spellOutBulk(of: asset, &draft)
        let slots = holders(of: asset, draft)
        guard !slots.isEmpty else { throw Rejection(.nothingOutstanding) }
        let shares = ProportionalShares.split(distribution.total, over: slots.map { $0.units })
        try draft.requireRoom(forEffects: shares.count { $0 > .zero })
        try requireFree(context.actor, draft)
        try debitAvailable(
            distribution.total,
            from: HoldingAddress(asset: cash, account: context.actor, partition: distribution.cashPartition),
            &draft
        )
        try draft.endIfObjected()
        for (slot, share) in zip(slots, shares) where share > .zero {
            try pay(
                Payment(asset: asset, cash: cash, partition: distribution.cashPartition, payer: context.actor),
                to: slot.account,
                share,
                &draft
            )
        }
    }

    func decide(
        _ redemption: FinalRedemption,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(redemption.asset, draft)
        try requireMovable(asset, draft)
        let cash = try requireCash(redemption.cash, asset, draft)
        try requireUnpaid(asset, redemption.order, &draft)
        try requireTerms(redemption, self.asset(asset, draft), draft)
        let outstanding = self.asset(asset, draft).outstanding
        guard outstanding > .zero else { throw Rejection(.nothingOutstanding) }
        guard let total = outstanding.multiplied(by: redemption.amountPerUnit.units) else {
            throw Rejection(.quantityOverflow)
        }
        spellOutBulk(of: asset, &draft)
        let slots = holders(of: asset, draft)
        try draft.requireRoom(forEffects: effectCount(ofRedeeming: slots, of: asset, draft))
        try requireFree(context.actor, draft)
        try debitAvailable(
            total,
            from: HoldingAddress(asset: cash, account: context.actor, partition: redemption.cashPartition),
            &draft
        )
        try draft.endIfObjected()
        let payment = Payment(asset: asset, cash: cash, partition: redemption.cashPartition, payer: context.actor)
        for slot in slots {
            try redeem(slot, payment, redemption.amountPerUnit, &draft)
        }
        var record = self.asset(asset, draft)
        record.status = .redeemed
        setAsset(record, at: asset, &draft)
        draft.effects.append(.assetClosed(redemption.asset))
    }

    /// PAY-003, PAY-004: a bond is redeemed at maturity, at what its terms repay all at once.
    private func requireTerms(
        _ redemption: FinalRedemption,
        _ record: AssetRecord,
        _ draft: Transition
    ) throws(Rejection) {
        if redemption.amountPerUnit == .zero { try draft.object(Rejection(.zeroUnits)) }
        guard case .bond(let bond) = record.terms else { return }
        let line = assetIndex(redemption.asset, draft).flatMap { bondLine($0, draft) }
        let today = businessDate(draft)
        guard let maturity = bond.maturityDate else {
            throw Rejection(.beforeMaturity, (.reason, .text("the bond is perpetual")), (.date, .date(today)))
        }
        if today < maturity {
            try draft.object(Rejection(.beforeMaturity, (.expected, .date(maturity)), (.date, .date(today))))
        }
        // What its terms repay is paid by them: with tax, to the holders of record, late with interest.
        if line?.acceleration != nil {
            throw Rejection(.amountContradictsTerms, (.reason, .text("the bond is accelerated")))
        }
        let repays = line?.dues.contains { $0.kind == .redemption || $0.kind == .call } == true
        if repays {
            throw Rejection(.amountContradictsTerms, (.reason, .text("its redemption is a due")))
        }
        guard let expected = bond.bulletRedemption else {
            throw Rejection(.amountContradictsTerms, (.reason, .text("the bond is not repaid all at once")))
        }
        if redemption.amountPerUnit != expected {
            try draft.object(
                Rejection(
                    .amountContradictsTerms,
                    (.expected, .quantity(expected)),
                    (.found, .quantity(redemption.amountPerUnit))
                )
            )
        }
    }

    private func requireCash(
        _ id: AssetID,
        _ asset: AssetIndex,
        _ draft: Transition
    ) throws(Rejection) -> AssetIndex {
        let cash = try requireAsset(id, draft)
        if cash == asset { try draft.object(Rejection(.sameAsset)) }
        // Payments ask no holding rule of what they are made in, so they must not carry anything but money.
        guard case .cash = self.asset(cash, draft).terms else {
            throw Rejection(.amountContradictsTerms, (.expected, .text("cash")), (.found, .asset(id)))
        }
        if case .bond(let bond) = self.asset(asset, draft).terms, bond.cash != id {
            try draft.object(Rejection(.amountContradictsTerms, (.expected, .asset(bond.cash)), (.found, .asset(id))))
        }
        try requireMovable(cash, draft)
        return cash
    }

    /// PAY-001: one reference is paid once for an asset.
    private func requireUnpaid(
        _ asset: AssetIndex,
        _ order: OrderReference,
        _ draft: inout Transition
    ) throws(Rejection) {
        let key = PaymentKey(asset: asset, reference: order.reference)
        if payments.contains(key) || draft.payments.contains(key) {
            try draft.object(Rejection(.alreadyPaid, (.reason, .text(order.reference))))
        }
        draft.payments.append(key)
    }
}

/// A holder's units as a payment finds them.
struct HolderSlot {
    let account: AccountIndex
    let partition: Partition
    let units: Quantity
}

/// From whom to whom, in what, for what.
private struct Payment {
    let asset: AssetIndex
    let cash: AssetIndex
    let partition: Partition
    let payer: AccountIndex
}

extension LedgerState {
    /// Enters each holding of an asset that an earlier payment to many has changed as a change of its own.
    func spellOutBulk(of asset: AssetIndex, _ draft: inout Transition) {
        for payment in draft.servicing.bulk where payment.cash == asset {
            for entry in payment.entries {
                let account = AccountIndex(entry.account)
                _ = draftedHolding(
                    HoldingAddress(asset: asset, account: account, partition: payment.cashPartition),
                    &draft
                )
            }
        }
    }

    /// Holdings with units, by account index and then partition, as the transaction has left them so far.
    func holders(of asset: AssetIndex, _ draft: Transition) -> [HolderSlot] {
        var slots: [HolderSlot] = []
        if asset.offset < holdings.count {
            slots.reserveCapacity(holdings[asset.offset].slots.count)
            for slot in holdings[asset.offset].slots {
                let address = HoldingAddress(asset: asset, account: slot.account, partition: slot.partition)
                let units = draft.changedHolding(address).map { draft.holdings[$0].record.units } ?? slot.record.units
                if units > .zero {
                    slots.append(HolderSlot(account: slot.account, partition: slot.partition, units: units))
                }
            }
        }
        for change in draft.holdings where change.address.asset == asset && change.record.units > .zero {
            let isNew =
                asset.offset >= holdings.count
                || holdings[asset.offset].slotIndex(change.address.account, change.address.partition) == nil
            if isNew {
                slots.append(
                    HolderSlot(
                        account: change.address.account,
                        partition: change.address.partition,
                        units: change.record.units
                    )
                )
            }
        }
        slots.sort { ($0.account, $0.partition) < ($1.account, $1.partition) }
        return slots
    }

    /// Effects of a final redemption: two for each holding, one for each encumbrance that is carried over, one at the
    /// end.
    fileprivate func effectCount(
        ofRedeeming slots: [HolderSlot],
        of asset: AssetIndex,
        _ draft: Transition
    ) -> Int {
        let today = businessDate(draft)
        return slots.reduce(1) { count, slot in
            let address = HoldingAddress(asset: asset, account: slot.account, partition: slot.partition)
            return count + 2 + holding(address, draft).encumbrances.count { $0.stands(on: today) }
        }
    }

    fileprivate func pay(
        _ payment: Payment,
        to holder: AccountIndex,
        _ amount: Quantity,
        _ draft: inout Transition
    ) throws(Rejection) {
        let address = HoldingAddress(asset: payment.cash, account: holder, partition: payment.partition)
        try credit(amount, to: address, &draft)
        try shiftClass(
            Movement(
                asset: payment.cash,
                from: payment.payer,
                to: holder,
                partition: payment.partition,
                units: amount
            ),
            &draft
        )
        draft.effects.append(
            .paid(
                assetID(payment.asset, draft),
                holder: accountID(holder, draft),
                cash: assetID(payment.cash, draft),
                amount: amount
            )
        )
    }

    /// Takes a holding out of being against cash; what encumbered the units encumbers the cash that replaces them.
    fileprivate func redeem(
        _ slot: HolderSlot,
        _ payment: Payment,
        _ amountPerUnit: Quantity,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard let amount = slot.units.multiplied(by: amountPerUnit.units) else { throw Rejection(.quantityOverflow) }
        let address = HoldingAddress(asset: payment.asset, account: slot.account, partition: slot.partition)
        let today = businessDate(draft)
        var carried = holding(address, draft).encumbrances.filter { $0.stands(on: today) }
        for index in carried.indices {
            // A freeze may cover more than the units: of these, no more will come.
            carried[index].amount = min(carried[index].amount, slot.units).multiplied(by: amountPerUnit.units) ?? .max
        }
        setHolding(.empty, at: address, &draft)
        try noteRedeemed(slot.units, of: payment.asset, from: slot.account, in: slot.partition, &draft)
        let paid = Payment(
            asset: payment.asset,
            cash: payment.cash,
            partition: partition(of: payment, taking: carried, slot.account, draft),
            payer: payment.payer
        )
        try pay(paid, to: slot.account, amount, &draft)
        try receive(
            carried,
            at: HoldingAddress(asset: payment.cash, account: slot.account, partition: paid.partition),
            .holding(
                asset: assetID(payment.cash, draft),
                account: accountID(slot.account, draft),
                partition: paid.partition
            ),
            &draft
        )
    }

    /// The payment's partition, or the next one that has room for what is carried: a holder whose list is full must
    /// not be able to stop the redemption of all.
    private func partition(
        of payment: Payment,
        taking carried: [EncumbranceRecord],
        _ account: AccountIndex,
        _ draft: Transition
    ) -> Partition {
        partition(from: payment.partition, of: payment.cash, taking: carried, account, draft)
    }

    /// As above, from any partition of any cash.
    func partition(
        from first: Partition,
        of cash: AssetIndex,
        taking carried: [EncumbranceRecord],
        _ account: AccountIndex,
        _ draft: Transition
    ) -> Partition {
        var partition = first
        while true {
            let address = HoldingAddress(asset: cash, account: account, partition: partition)
            let today = businessDate(draft)
            let present = holding(address, draft).encumbrances.filter { $0.stands(on: today) }
            let hasRoom = EncumbranceAlgebra.receiving(carried, into: present, on: today) != nil
            if carried.isEmpty || present.isEmpty || hasRoom { return partition }
            partition = Partition(partition.number &+ 1)
        }
    }
}
