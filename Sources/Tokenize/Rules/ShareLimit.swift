/// What some hold together of an asset, against the most that they may: a share of what is outstanding. Products are
/// taken in full.
struct ShareLimit {
    private let held: UInt128
    private let outstanding: UInt128
    private let numerator: UInt64
    private let denominator: UInt64

    init(held: Quantity, of outstanding: Quantity, _ numerator: UInt64, _ denominator: UInt64) {
        self.held = held.units
        self.outstanding = outstanding.units
        self.numerator = numerator
        self.denominator = denominator
    }

    /// What holder classes may hold.
    init(_ classes: HolderClassSet, _ numerator: UInt64, _ denominator: UInt64, of record: AssetRecord) {
        self.init(held: record.units(of: classes), of: record.outstanding, numerator, denominator)
    }

    /// What everybody else may hold where holder classes keep at least a share.
    init(
        othersThan classes: HolderClassSet,
        keeping numerator: UInt64,
        _ denominator: UInt64,
        of record: AssetRecord
    ) {
        let others = record.outstanding.subtracting(record.units(of: classes)) ?? .zero
        self.init(held: others, of: record.outstanding, denominator - min(numerator, denominator), denominator)
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

    /// HLD-002.
    var refusal: Rejection {
        Rejection(.classShareExceeded, (.units, .quantity(Quantity(held))), (.limit, .quantity(limit)))
    }

    /// How many of the units that a movement brought the share has room for.
    func fitting(_ units: Quantity) -> Quantity {
        units.subtracting(Quantity(held).subtracting(limit) ?? .zero) ?? .zero
    }

    /// How many of the units that an issue brought the share has room for.
    ///
    /// What is held and the whole grow by the same `x`: of `held` and `whole` before it, the largest `x` for which
    /// `(held + x) * denominator <= (whole + x) * numerator`, that is
    /// `x * (denominator - numerator) <= whole * numerator - held * denominator`. Exact.
    ///
    /// - Returns: nil where every amount fits, or the units were not added up.
    func fitting(issued units: Quantity) -> Quantity? {
        guard units.units <= held, units.units <= outstanding, numerator < denominator else { return nil }
        let room = (outstanding - units.units).multipliedFullWidth(by: UInt128(numerator))
        let used = (held - units.units).multipliedFullWidth(by: UInt128(denominator))
        guard (room.high, room.low) >= (used.high, used.low) else { return .zero }
        let (low, borrow) = room.low.subtractingReportingOverflow(used.low)
        let high = room.high - used.high - (borrow ? 1 : 0)
        let divisor = UInt128(denominator - numerator)
        guard high < divisor else { return nil }
        return Quantity(divisor.dividingFullWidth((high, low)).quotient)
    }

    /// How many of the units that others gave up for good the share can do without: the whole falls by `x`, and what is
    /// held stays. The largest `x` for which `held * denominator <= (whole - x) * numerator`. Exact.
    func fitting(redeemed units: Quantity) -> Quantity {
        let whole = outstanding.addingReportingOverflow(units.units)
        let used = held.multipliedFullWidth(by: UInt128(denominator))
        guard !whole.overflow, numerator > 0, used.high < UInt128(numerator) else { return .zero }
        let (quotient, remainder) = UInt128(numerator).dividingFullWidth(used)
        let least = quotient.addingReportingOverflow(remainder == 0 ? 0 : 1)
        guard !least.overflow, least.partialValue <= whole.partialValue else { return .zero }
        return Quantity(whole.partialValue - least.partialValue)
    }
}

extension AssetRecord {
    /// Units that holders of these classes have together.
    func units(of classes: HolderClassSet) -> Quantity {
        let held = HolderClass.allCases.reduce(into: UInt128(0)) { held, holderClass in
            if classes.contains(HolderClassSet(holderClass)) { held += unitsByClass[Int(holderClass.rawValue)] }
        }
        return Quantity(held)
    }
}
