/// ISS-001, RDM-001: units come into being and go out of it.
extension LedgerState {
    func decide(_ issuance: Issuance, _ draft: inout Transition) throws(Rejection) {
        let asset = try requireAsset(issuance.asset, draft)
        try requireMovable(asset, draft)
        let recipient = try requireAccount(issuance.recipient, draft)
        if issuance.units == .zero { try draft.object(Rejection(.zeroUnits)) }
        if let due = recordedPrincipal(asset, draft) {
            try draft.object(Rejection(.earlierDueUnpaid, (.expected, .text("\(due.id)"))))
        }
        var record = self.asset(asset, draft)
        let issued = record.issued.adding(issuance.units)
        if issued.map({ $0 > record.cap }) ?? true {
            try draft.object(
                Rejection(
                    .capExceeded,
                    (.requested, .quantity(issuance.units)),
                    (.available, .quantity(record.cap.subtracting(record.issued) ?? .zero)),
                    (.cap, .quantity(record.cap))
                )
            )
        }
        draft.issuedUnits = issuance.units
        record.issued = issued ?? .max
        setAsset(record, at: asset, &draft)
        try addToClass(holderClass(recipient, draft), issuance.units, asset, &draft)
        let address = HoldingAddress(asset: asset, account: recipient, partition: issuance.partition)
        try credit(issuance.units, to: address, &draft)
        try requireMayHold(recipient, asset, draft)
        try requireRulebook(issuing: issuance.units, of: asset, to: recipient, in: issuance.partition, &draft)
        draft.effects.append(
            .issued(issuance.asset, to: issuance.recipient, partition: issuance.partition, units: issuance.units)
        )
    }

    /// Redemption of a holder's available units; the holder signs too.
    func decide(_ redemption: Redemption, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        guard redemption.holder < context.principals.count else { throw Rejection(.holderIsNotPrincipal) }
        try extinguish(
            redemption.units,
            of: try requireAsset(redemption.asset, draft),
            held: context.principals[redemption.holder],
            in: redemption.partition,
            &draft
        )
    }

    /// Cancellation of units that the issuer itself holds.
    func decide(
        _ cancellation: Cancellation,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        try extinguish(
            cancellation.units,
            of: try requireAsset(cancellation.asset, draft),
            held: context.actor,
            in: cancellation.partition,
            &draft
        )
    }

    func extinguish(
        _ units: Quantity,
        of asset: AssetIndex,
        held holder: AccountIndex,
        in partition: Partition,
        _ draft: inout Transition
    ) throws(Rejection) {
        try requireMovable(asset, draft)
        try requireFree(holder, draft)
        let address = HoldingAddress(asset: asset, account: holder, partition: partition)
        try debitAvailable(units, from: address, &draft)
        // A part of the principal that fell due earlier is no longer in the units; it stays owed.
        let today = businessDate(draft)
        endPrincipal(units, at: address, &draft) { $0.id.date > today || $0.endsPrincipal }
        try noteRedeemed(units, of: asset, from: holder, in: partition, &draft)
        try requireSharesKept(holder, redeeming: units, of: asset, draft)
        try requireRulebook(redeeming: units, of: asset, from: holder, draft)
    }

    /// Takes units that have left a holding out of the supply.
    func noteRedeemed(
        _ units: Quantity,
        of asset: AssetIndex,
        from holder: AccountIndex,
        in partition: Partition,
        _ draft: inout Transition
    ) throws(Rejection) {
        var record = self.asset(asset, draft)
        guard let redeemed = record.redeemed.adding(units), redeemed <= record.issued else {
            throw Rejection(.invariantViolated, (.reason, .text("redeemed")))
        }
        record.redeemed = redeemed
        setAsset(record, at: asset, &draft)
        try takeFromClass(holderClass(holder, draft), units, asset, &draft)
        draft.effects.append(
            .redeemed(assetID(asset, draft), from: accountID(holder, draft), partition: partition, units: units)
        )
    }
}
