/// HLD-001, HLD-002: who may hold an asset, and how much. Checked on the state after the movement.
extension LedgerState {
    @inline(__always)
    func requireMayHold(
        _ account: AccountIndex,
        from source: AccountIndex? = nil,
        _ asset: AssetIndex,
        _ draft: Transition
    ) throws(Rejection) {
        if asset.offset < assets.count, assets.records[asset.offset].charter.rules.isEmpty { return }
        let record = self.asset(asset, draft)
        let holderClass = holderClass(account, draft)
        for rule in record.charter.rules {
            // Nobody's part changes between accounts of one person.
            if case .classShareLimit = rule, let source, person(of: source, draft) == person(of: account, draft) {
                continue
            }
            try require(rule, of: holderClass, record)
        }
    }

    /// One holding rule, for a receiver of this class.
    func require(_ rule: HoldingRule, of holderClass: HolderClass, _ record: AssetRecord) throws(Rejection) {
        switch rule {
        case .allowedClasses(let classes):
            guard classes.contains(HolderClassSet(holderClass)) else {
                throw Rejection(.classNotAllowed, (.holderClass, .holderClass(holderClass)))
            }
        case .classShareLimit(let classes, let numerator, let denominator):
            guard classes.contains(HolderClassSet(holderClass)) else { return }
            try requireShare(classes, numerator, denominator, of: record)
        }
    }

    /// HLD-002 for units that go out of being: classes that give up nothing must not come to exceed their share of what
    /// is left.
    func requireSharesKept(_ holder: AccountIndex, _ asset: AssetIndex, _ draft: Transition) throws(Rejection) {
        let record = self.asset(asset, draft)
        let holderClass = HolderClassSet(holderClass(holder, draft))
        let laid = (rules.book(asset)?.book.rules ?? []).compactMap { rule in
            if case .holding(let rule) = rule { rule } else { nil }
        }
        for case .classShareLimit(let classes, let numerator, let denominator) in record.charter.rules + laid
        where !classes.contains(holderClass) {
            try requireShare(classes, numerator, denominator, of: record)
        }
    }

    /// Together, `classes` hold at most `numerator / denominator` of what is outstanding; exact.
    private func requireShare(
        _ classes: HolderClassSet,
        _ numerator: UInt64,
        _ denominator: UInt64,
        of record: AssetRecord
    ) throws(Rejection) {
        var held: UInt128 = 0
        for holderClass in HolderClass.allCases where classes.contains(HolderClassSet(holderClass)) {
            held += record.unitsByClass[Int(holderClass.rawValue)]
        }
        let left = held.multipliedFullWidth(by: UInt128(denominator))
        let right = record.outstanding.units.multipliedFullWidth(by: UInt128(numerator))
        guard (left.high, left.low) <= (right.high, right.low) else {
            // Rounded down: one unit more than this would exceed the share.
            let limit = UInt128(denominator).dividingFullWidth(right).quotient
            throw Rejection(
                .classShareExceeded,
                (.units, .quantity(Quantity(held))),
                (.limit, .quantity(Quantity(limit)))
            )
        }
    }
}
