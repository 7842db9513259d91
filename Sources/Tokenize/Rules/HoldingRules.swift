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
        let holderClass = holderClass(account, draft)
        for rule in record.charter.rules {
            switch rule {
            case .allowedClasses(let classes):
                if !classes.contains(HolderClassSet(holderClass)) {
                    try draft.object(
                        Rejection(.classNotAllowed, (.holderClass, .holderClass(holderClass))),
                        of: owner(of: account, draft)
                    )
                }
            case .classShareLimit(let classes, let numerator, let denominator):
                guard classes.contains(HolderClassSet(holderClass)) else { continue }
                let share = ClassShare(classes, numerator, denominator, of: record)
                guard share.isExceeded else { continue }
                try draft.object(
                    share.refusal,
                    of: owner(of: account, draft),
                    remedy: movement.flatMap { movement in
                        let isWithin = classes.contains(HolderClassSet(self.holderClass(movement.from, draft)))
                        return .amountThatFits(isWithin ? .zero : share.fitting(movement.units))
                    }
                )
            }
        }
    }

    /// HLD-002 for units that go out of being: classes that give up nothing must not come to exceed their share of what
    /// is left.
    func requireSharesKept(_ holder: AccountIndex, _ asset: AssetIndex, _ draft: Transition) throws(Rejection) {
        let record = self.asset(asset, draft)
        let holderClass = HolderClassSet(holderClass(holder, draft))
        for case .classShareLimit(let classes, let numerator, let denominator) in record.charter.rules
        where !classes.contains(holderClass) {
            let share = ClassShare(classes, numerator, denominator, of: record)
            // What other classes hold of the asset is nobody's who leaves it.
            if share.isExceeded { try draft.object(share.refusal) }
        }
    }
}

/// What holder classes hold together of an asset, against the most that they may: a share of what is outstanding.
private struct ClassShare {
    private let held: UInt128
    private let outstanding: UInt128
    private let numerator: UInt64
    private let denominator: UInt64

    init(_ classes: HolderClassSet, _ numerator: UInt64, _ denominator: UInt64, of record: AssetRecord) {
        var held: UInt128 = 0
        for holderClass in HolderClass.allCases where classes.contains(HolderClassSet(holderClass)) {
            held += record.unitsByClass[Int(holderClass.rawValue)]
        }
        self.held = held
        outstanding = record.outstanding.units
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Exact.
    var isExceeded: Bool {
        let left = held.multipliedFullWidth(by: UInt128(denominator))
        let right = outstanding.multipliedFullWidth(by: UInt128(numerator))
        return (left.high, left.low) > (right.high, right.low)
    }

    /// Rounded down: one unit more than this exceeds the share.
    var limit: Quantity {
        let share = outstanding.multipliedFullWidth(by: UInt128(numerator))
        return Quantity(UInt128(denominator).dividingFullWidth(share).quotient)
    }

    var refusal: Rejection {
        Rejection(.classShareExceeded, (.units, .quantity(Quantity(held))), (.limit, .quantity(limit)))
    }

    /// How many of the units that a movement brought the share has room for.
    func fitting(_ units: Quantity) -> Quantity {
        units.subtracting(Quantity(held).subtracting(limit) ?? .zero) ?? .zero
    }
}
