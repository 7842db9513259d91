/// ALW-001 to ALW-005: operators move units for their owners, under the same rules as the owners.
extension LedgerState {
    func decide(_ allowance: Allowance, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        _ = try requireAsset(allowance.asset, draft)
        let trustee = try requireAccount(allowance.trustee, draft)
        if trustee == context.actor { try draft.object(Rejection(.ownOperator)) }
        let owner = accountID(context.actor, draft)
        let key = ControlKey.allowance(asset: allowance.asset, owner: owner, operator: allowance.trustee)
        var record: ControlRecord?
        // Taking back is never refused to a frozen account.
        if allowance.units > .zero {
            try requireFree(context.actor, draft)
            if let lapsed = lapse(of: allowance.lastDate, draft) {
                try draft.object(lapsed, of: self.owner(of: context.actor, draft))
            }
            record = .allowance(AllowanceRecord(units: allowance.units, lastDate: allowance.lastDate))
        } else {
            try requireNotInRecovery(context.actor, draft)
        }
        setControl(record, under: key, &draft)
        draft.effects.append(
            .control(
                .allowanceSet(allowance.asset, owner: owner, operator: allowance.trustee, units: allowance.units)
            )
        )
    }

    func decide(_ transfer: OperatorTransfer, _ context: OperationContext, _ draft: inout Transition) throws(Rejection)
    {
        let asset = try requireAsset(transfer.asset, draft)
        try requireMovable(asset, draft)
        try requireFree(context.actor, draft)
        let owner = try requireAccount(transfer.owner, draft)
        guard owner != context.actor else { throw Rejection(.ownOperator) }
        let trustee = accountID(context.actor, draft)
        let key = ControlKey.allowance(asset: transfer.asset, owner: transfer.owner, operator: trustee)
        // Who may not move the owner's units does not get to know whether they could be moved, nor whether the owner is
        // frozen: here all ends.
        guard case .allowance(var record)? = control(key, draft) else {
            throw Rejection(.noAllowance, (.account, .account(transfer.owner)))
        }
        if record.isAtRest {
            try draft.object(
                Rejection(.allowanceAtRest, (.account, .account(transfer.owner))),
                of: self.owner(of: context.actor, draft)
            )
        }
        if let lapsed = lapse(of: record.lastDate, draft) {
            try draft.object(lapsed, of: self.owner(of: context.actor, draft))
        }
        guard let rest = record.units.subtracting(transfer.units) else {
            try draft.object(
                Rejection(
                    .allowanceExceeded,
                    (.requested, .quantity(transfer.units)),
                    (.available, .quantity(record.units))
                ),
                of: self.owner(of: context.actor, draft)
            )
            return try draft.endIfObjected()
        }
        try draft.endIfObjected()
        try requireFree(owner, draft)
        try moveByHolder(
            Movement(
                asset: asset,
                from: owner,
                to: try requireAccount(transfer.recipient, draft),
                partition: transfer.partition,
                units: transfer.units,
                actor: context.actor
            ),
            &draft
        )
        if record.units != .max {
            record.units = rest
            setControl(rest == .zero ? nil : .allowance(record), under: key, &draft)
        }
        draft.effects.append(
            .control(.allowanceUsed(transfer.asset, owner: transfer.owner, operator: trustee, units: transfer.units))
        )
    }

    /// ALW-003: the refusal of an allowance that has lapsed.
    private func lapse(of lastDate: CalendarDate, _ draft: Transition) -> Rejection? {
        let today = businessDate(draft)
        return lastDate < today
            ? Rejection(.allowanceLapsed, (.limit, .date(lastDate)), (.date, .date(today))) : nil
    }
}
