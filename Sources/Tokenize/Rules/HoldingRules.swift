/// HLD-001, HLD-002: who may hold an asset, and how much. Checked on the state after the movement.
extension LedgerState {
    /// Checks the receiver of units on the state after they came.
    ///
    /// - Parameter movement: what brought them; nil if they were issued.
    @inline(__always)
    func requireMayHold(
        _ account: AccountIndex,
        _ asset: AssetIndex,
        after movement: Movement? = nil,
        _ draft: Transition
    ) throws(Rejection) {
        if asset.offset < assets.count, assets.records[asset.offset].charter.rules.isEmpty { return }
        let record = self.asset(asset, draft)
        for rule in record.charter.rules {
            // Nobody's part changes between accounts of one person.
            if case .classShareLimit = rule, let movement,
                person(of: movement.from, draft) == person(of: account, draft)
            {
                continue
            }
            guard let refusal = refusal(by: rule, of: account, record, draft) else { continue }
            try draft.object(
                refusal,
                of: owner(of: account, draft),
                remedy: remedy(of: rule, record, after: movement, draft)
            )
        }
    }

    /// How one holding rule refuses the receiver of units; nil if it does not.
    @inline(__always)
    func refusal(
        by rule: HoldingRule,
        of account: AccountIndex,
        _ record: AssetRecord,
        _ draft: Transition
    ) -> Rejection? {
        let holderClass = holderClass(account, draft)
        switch rule {
        case .allowedClasses(let classes):
            guard !classes.contains(HolderClassSet(holderClass)) else { return nil }
            return Rejection(.classNotAllowed, (.holderClass, .holderClass(holderClass)))
        case .classShareLimit(let classes, let numerator, let denominator):
            guard classes.contains(HolderClassSet(holderClass)) else { return nil }
            let share = ShareLimit(classes, numerator, denominator, of: record)
            return share.isExceeded ? share.refusal : nil
        }
    }

    /// Units that a share has room for: of a movement, or of the issue in hand, which makes the whole larger too.
    func remedy(
        of rule: HoldingRule,
        _ record: AssetRecord,
        after movement: Movement?,
        _ draft: Transition
    ) -> Remedy? {
        guard case .classShareLimit(let classes, let numerator, let denominator) = rule else { return nil }
        let share = ShareLimit(classes, numerator, denominator, of: record)
        guard let movement else { return share.fitting(issued: draft.issuedUnits).map { .amountThatFits($0) } }
        let isWithin = classes.contains(HolderClassSet(holderClass(movement.from, draft)))
        return .amountThatFits(isWithin ? .zero : share.fitting(movement.units))
    }

    /// HLD-002 for units that go out of being: classes that give up nothing must not come to exceed their share of what
    /// is left.
    func requireSharesKept(
        _ holder: AccountIndex,
        redeeming units: Quantity,
        of asset: AssetIndex,
        _ draft: Transition
    ) throws(Rejection) {
        let record = self.asset(asset, draft)
        let holderClass = HolderClassSet(holderClass(holder, draft))
        let laid = (rules.book(asset)?.book.rules ?? []).compactMap { rule in
            if case .holding(let rule) = rule { rule } else { nil }
        }
        for case .classShareLimit(let classes, let numerator, let denominator) in record.charter.rules + laid
        where !classes.contains(holderClass) {
            let share = ShareLimit(classes, numerator, denominator, of: record)
            // What other classes hold of the asset is nobody's who leaves it.
            if share.isExceeded {
                try draft.object(share.refusal, remedy: .amountThatFits(share.fitting(redeemed: units)))
            }
        }
    }
}
