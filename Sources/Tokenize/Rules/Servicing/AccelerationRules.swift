/// DFT-001 to DFT-004: the whole principal becomes due after an event of default.
extension LedgerState {
    func decide(
        _ acceleration: Acceleration,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        var (asset, line) = try requireBond(acceleration.asset, draft)
        if line.acceleration != nil { try draft.object(Rejection(.alreadyAccelerated)) }
        if !line.defaults.keys.contains(where: { line.paid[$0] == nil }) {
            try draft.object(Rejection(.noEventOfDefault))
        }
        switch (line.terms.defaults.acceleration, under) {
        case (.representative, _?): break
        case (.holders(let part), nil): try requirePart(part, of: asset, context, draft)
        default: try draft.object(Rejection(.accelerationNotAllowed))
        }
        try draft.endIfObjected()
        try accelerate(&line, of: asset, on: businessDate(draft), &draft)
        setBondLine(line, of: asset, &draft)
    }

    /// DFT-003: the principals hold enough units together.
    private func requirePart(
        _ part: BondDecimal,
        of asset: AssetIndex,
        _ context: OperationContext,
        _ draft: Transition
    ) throws(Rejection) {
        var held: UInt128 = 0
        for slot in holders(of: asset, draft) where context.principals.contains(slot.account) {
            held += slot.units.units
        }
        let outstanding = self.asset(asset, draft).outstanding
        let left = held.multipliedFullWidth(by: 1_000_000_000_000)
        let right = outstanding.units.multipliedFullWidth(by: UInt128(part.units.magnitude))
        if (left.high, left.low) < (right.high, right.low) {
            try draft.object(
                Rejection(
                    .notEnoughUnits,
                    (.units, .quantity(Quantity(held))),
                    (.limit, .text("\(part)")),
                    (.found, .quantity(outstanding))
                ),
                of: context.principals.count == 1 ? owner(of: context.actor, draft) : nil
            )
        }
    }
}
