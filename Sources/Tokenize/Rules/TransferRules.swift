/// TRF-001 to TRF-009: movements by the holder.
extension LedgerState {
    func decide(_ transfer: Transfer, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        let asset = try requireAsset(transfer.asset, draft)
        try requireMovable(asset, draft)
        try requireFree(context.actor, draft)
        let movement = Movement(
            asset: asset,
            from: context.actor,
            to: try requireAccount(transfer.recipient, draft),
            partition: transfer.partition,
            units: transfer.units
        )
        try moveByHolder(movement, &draft)
        noteCharge(movement, &draft)
    }

    func decide(_ batch: BatchTransfer, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        let asset = try requireAsset(batch.asset, draft)
        try requireMovable(asset, draft)
        try requireFree(context.actor, draft)
        if batch.legs.isEmpty { try draft.object(Rejection(.noRecipients)) }
        for leg in batch.legs {
            let movement = Movement(
                asset: asset,
                from: context.actor,
                to: try requireAccount(leg.recipient, draft),
                partition: batch.partition,
                units: leg.units
            )
            try moveByHolder(movement, &draft)
            noteCharge(movement, &draft)
        }
    }

    /// Delivery versus payment: both sides move, or neither (STL-001, STL-002).
    func decide(_ settlement: Settlement, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        guard settlement.buyer < context.principals.count, context.principals[settlement.buyer] != context.actor else {
            throw Rejection(.buyerIsSeller)
        }
        if settlement.delivery.asset == settlement.payment.asset { try draft.object(Rejection(.sameAsset)) }
        let seller = context.actor
        let buyer = context.principals[settlement.buyer]
        for (side, from, to) in [(settlement.delivery, seller, buyer), (settlement.payment, buyer, seller)] {
            let asset = try requireAsset(side.asset, draft)
            try requireMovable(asset, draft)
            try requireFree(from, draft)
            try moveByHolder(
                Movement(asset: asset, from: from, to: to, partition: side.partition, units: side.units),
                &draft
            )
        }
    }

    /// TRF-008: between partitions of one holder, by the transfer agent.
    func decide(_ reclassification: Reclassification, _ draft: inout Transition) throws(Rejection) {
        let asset = try requireAsset(reclassification.asset, draft)
        try requireMovable(asset, draft)
        let holder = try requireAccount(reclassification.holder, draft)
        try requireFree(holder, draft)
        // Neither out of a lock, nor into one: that would hold units fast without an order.
        for partition in [reclassification.source, reclassification.destination] {
            try requireNoLockUp(of: partition, asset, draft)
        }
        if reclassification.source == reclassification.destination { try draft.object(Rejection(.samePartition)) }
        let source = HoldingAddress(asset: asset, account: holder, partition: reclassification.source)
        let destination = HoldingAddress(asset: asset, account: holder, partition: reclassification.destination)
        try debitAvailable(reclassification.units, from: source, &draft)
        try credit(reclassification.units, to: destination, &draft)
        draft.effects.append(
            .reclassified(
                reclassification.asset,
                reclassification.holder,
                from: reclassification.source,
                to: reclassification.destination,
                units: reclassification.units
            )
        )
    }
}

/// Units on their way from one account to another.
struct Movement {
    let asset: AssetIndex
    let from: AccountIndex
    let to: AccountIndex
    let partition: Partition
    let units: Quantity
    /// The operator who moves them for the holder; nil if the holder does.
    var actor: AccountIndex?
}

extension LedgerState {
    /// AST-008, TRF-004: the asset is open and no pause stands.
    @inline(__always)
    func requireMovable(_ asset: AssetIndex, _ draft: Transition) throws(Rejection) {
        if draft.assets.isEmpty, asset.offset < assets.count {
            // The common case, without a copy of the record.
            if assets.records[asset.offset].status != .active { try draft.object(closed(asset, draft)) }
            if assets.records[asset.offset].encumbrances.isEmpty { return }
        }
        let record = self.asset(asset, draft)
        if record.status != .active { try draft.object(closed(asset, draft)) }
        let today = businessDate(draft)
        if let pause = record.encumbrances.first(where: { $0.stands(on: today) }) {
            let standing = StandingOrders(record.encumbrances, on: today)
            try draft.object(
                Rejection(.assetPaused, (.encumbrance, .encumbrance(pause.id))),
                standing.facts(of: .public),
                remedy: standing.remedy
            )
        }
    }

    private func closed(_ asset: AssetIndex, _ draft: Transition) -> Rejection {
        Rejection(.assetClosed, (.asset, .text("\(self.asset(asset, draft).identification)")))
    }

    /// TRF-003, RCV-003: no freeze of the whole account or of its party stands, and its keys are not being replaced.
    @inline(__always)
    func requireFree(_ account: AccountIndex, _ draft: Transition) throws(Rejection) {
        if isSurelyFree(account, draft) { return }
        try requireNotInRecovery(account, draft)
        let today = businessDate(draft)
        let own = self.account(account, draft).encumbrances
        if let freeze = own.first(where: { $0.stands(on: today) }) {
            let standing = StandingOrders(own, on: today)
            try draft.object(
                Rejection(
                    .accountFrozen,
                    (.account, .account(accountID(account, draft))),
                    (.encumbrance, .encumbrance(freeze.id))
                ),
                of: owner(of: account, draft),
                standing.facts(of: owner(of: account, draft)),
                remedy: standing.remedy
            )
        }
        let ofParty = partyEncumbrances(ofHolder: account, draft)
        if let freeze = ofParty.first(where: { $0.stands(on: today) }) {
            let standing = StandingOrders(ofParty, on: today)
            try draft.object(
                Rejection(
                    .accountFrozen,
                    (.party, .party(partyID(self.account(account, draft).party, draft))),
                    (.encumbrance, .encumbrance(freeze.id))
                ),
                of: owner(of: account, draft),
                standing.facts(of: owner(of: account, draft)),
                remedy: standing.remedy
            )
        }
    }

    /// Whether nothing is listed that could hold an account: answered without its record.
    @inline(__always)
    private func isSurelyFree(_ account: AccountIndex, _ draft: Transition) -> Bool {
        guard draft.accounts.isEmpty, draft.control.isEmpty, account.offset < accountTraits.count,
            accountTraits[account.offset] < LedgerState.needsALook
        else { return false }
        return control.isIdle
            || rules.persons.isPlain && !control.holds(account, of: accountParties[account.offset])
    }

    /// A movement that the holder wants: available units, and a receiver whom the asset's rules allow.
    func moveByHolder(_ movement: Movement, _ draft: inout Transition) throws(Rejection) {
        if movement.from == movement.to { try draft.object(Rejection(.selfTransfer)) }
        let source = HoldingAddress(asset: movement.asset, account: movement.from, partition: movement.partition)
        let destination = HoldingAddress(asset: movement.asset, account: movement.to, partition: movement.partition)
        try debitAvailable(movement.units, from: source, &draft)
        try credit(movement.units, to: destination, &draft)
        try shiftClass(movement, &draft)
        try requireMayHold(movement.to, movement.asset, after: movement, draft)
        try requireRulebook(movement, &draft)
        draft.effects.append(
            .transferred(
                assetID(movement.asset, draft),
                from: accountID(movement.from, draft),
                to: accountID(movement.to, draft),
                partition: movement.partition,
                units: movement.units
            )
        )
    }

    func assetID(_ index: AssetIndex, _ draft: Transition) -> AssetID {
        index.offset < assets.count ? assets.ids[index.offset] : draft.newAssets[index.offset - assets.count].id
    }

    /// TRF-001, TRF-005, TRF-006: takes available units out of a holding.
    @inline(__always)
    func debitAvailable(_ units: Quantity, from address: HoldingAddress, _ draft: inout Transition) throws(Rejection) {
        // What refuses a movement of nothing besides is nobody's to know: it costs nothing to ask.
        if units == .zero { throw Rejection(.zeroUnits) }
        let index = draftedHolding(address, &draft)
        let held = draft.holdings[index].record.units
        guard let rest = held.subtracting(units) else {
            return try draft.object(
                Rejection(
                    .insufficientUnits,
                    (.account, .account(accountID(address.account, draft))),
                    (.requested, .quantity(units)),
                    (.units, .quantity(held))
                ),
                of: owner(of: address.account, draft),
                remedy: .amountThatFits(draft.holdings[index].record.available(on: businessDate(draft)))
            )
        }
        if !draft.holdings[index].record.encumbrances.isEmpty {
            let available = draft.holdings[index].record.available(on: businessDate(draft))
            if units > available {
                let standing = StandingOrders(draft.holdings[index].record.encumbrances, on: businessDate(draft))
                try draft.object(
                    Rejection(
                        .unitsEncumbered,
                        (.account, .account(accountID(address.account, draft))),
                        (.requested, .quantity(units)),
                        (.available, .quantity(available))
                    ),
                    of: owner(of: address.account, draft),
                    standing.facts(of: owner(of: address.account, draft))
                )
            }
        }
        draft.holdings[index].record.units = rest
    }

    /// TRF-007: puts units into a holding.
    @inline(__always)
    func credit(_ units: Quantity, to address: HoldingAddress, _ draft: inout Transition) throws(Rejection) {
        let index = draftedHolding(address, &draft)
        guard let sum = draft.holdings[index].record.units.adding(units) else {
            return try draft.object(Rejection(.quantityOverflow))
        }
        draft.holdings[index].record.units = sum
    }

    /// Keeps the units by class of an asset when a movement crosses classes.
    @inline(__always)
    func shiftClass(_ movement: Movement, _ draft: inout Transition) throws(Rejection) {
        let source = holderClass(movement.from, draft)
        let destination = holderClass(movement.to, draft)
        guard source != destination else { return }
        try addToClass(destination, movement.units, movement.asset, &draft)
        try takeFromClass(source, movement.units, movement.asset, &draft)
    }

    @inline(__always)
    func holderClass(_ account: AccountIndex, _ draft: Transition) -> HolderClass {
        account.offset < accounts.count
            ? accounts.records[account.offset].holderClass : self.account(account, draft).holderClass
    }

    func addToClass(
        _ holderClass: HolderClass,
        _ units: Quantity,
        _ asset: AssetIndex,
        _ draft: inout Transition
    ) throws(Rejection) {
        var record = self.asset(asset, draft)
        let code = Int(holderClass.rawValue)
        let (sum, overflow) = record.unitsByClass[code].addingReportingOverflow(units.units)
        guard !overflow else { return try draft.object(Rejection(.quantityOverflow)) }
        record.unitsByClass[code] = sum
        setAsset(record, at: asset, &draft)
    }

    func takeFromClass(
        _ holderClass: HolderClass,
        _ units: Quantity,
        _ asset: AssetIndex,
        _ draft: inout Transition
    ) throws(Rejection) {
        var record = self.asset(asset, draft)
        let code = Int(holderClass.rawValue)
        let (rest, underflow) = record.unitsByClass[code].subtractingReportingOverflow(units.units)
        guard !underflow else {
            return try draft.object(Rejection(.invariantViolated, (.reason, .text("unitsByClass"))))
        }
        record.unitsByClass[code] = rest
        setAsset(record, at: asset, &draft)
    }
}
