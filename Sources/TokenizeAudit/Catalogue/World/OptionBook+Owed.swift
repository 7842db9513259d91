import Tokenize

/// What is owed to whom, what is withheld, and what goes over to the cash (13.4).
extension OptionBook {
    /// What one recipient is given of a payment, for the units of one holding.
    struct Share: Sendable {
        let holder: BondHolder
        let recipient: Int
        let net: UInt128
        /// What goes over to it.
        let weights: [BondWeight]
    }

    /// A payment of a due today.
    struct Settlement: Sendable {
        let declared: UInt128
        let penalty: UInt128
        var tax: UInt128 = 0
        var shares: [Share] = []
    }

    /// True if the day has come on which a due can be paid.
    func isPayable(_ due: Due, on day: CalendarDate) -> Bool {
        day >= due.payment && day > due.record && (due.isPut || points[due.record] != nil)
    }

    /// Units on which a due is owed, by holder: of a put those that are left, if fewer.
    func owed(_ due: Due) -> [BondHolder: UInt128] {
        if due.isPut {
            let all = puts[due.id.date] ?? [:]
            return Dictionary(uniqueKeysWithValues: all.map { ($0, min($1, units($0))) })
        }
        return (due.isCoupon ? points[due.record]?.units : points[due.record]?.principal) ?? [:]
    }

    /// The sum of a due, without interest for lateness.
    func total(_ due: Due) -> Int128? {
        due.amount.map { $0.times(Int128(owed(due).values.reduce(0, +))).halfEven }
    }

    /// Interest for lateness on a sum, by its own day count: actual days over 360.
    func penalty(_ due: Due, on total: Int128) -> Int128 {
        let days = Int128(max(0, LedgerModel.days(from: due.payment, to: today)))
        return HandFraction(total * OptionPlan.penalty * days, over: 360 * 1_000_000).halfEven
    }

    /// Who gets what of a due, paid today.
    func settlement(_ due: Due) -> Settlement? {
        guard let total = total(due) else { return nil }
        let penalty = penalty(due, on: total)
        var result = Settlement(declared: UInt128(total + penalty), penalty: UInt128(penalty))
        let owed = owed(due).filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard !owed.isEmpty else { return result }
        let shares = ModelSum.shares(of: result.declared, over: owed.map(\.value))
        for (place, gross) in shares.enumerated() where gross > 0 {
            let (holder, units) = (owed[place].key, owed[place].value)
            let tax = plan.tax.amount(gross, taxed: due.taxed, isForeign: holder.member == Cast.foreigner)
            result.tax += tax
            if due.isCoupon, plan.paysPledgees {
                result.shares += incomeShares(due, holder, units, net: gross - tax, tax: tax)
            } else {
                let weights = due.isCoupon ? [] : carried(due, holder, units, net: gross - tax)
                result.shares.append(
                    Share(holder: holder, recipient: holder.member, net: gross - tax, weights: weights)
                )
            }
        }
        return result
    }

    /// Income of units that were pledged on the record date goes to the pledgees, in whole parts; the rest to the
    /// holder (13.4.3).
    private func incomeShares(_ due: Due, _ holder: BondHolder, _ units: UInt128, net: UInt128, tax: UInt128) -> [Share]
    {
        var (left, leftNet, leftTax, shares) = (units, net, tax, [Share]())
        func give(_ member: Int, _ net: UInt128, _ tax: UInt128) {
            guard net + tax > 0 else { return }
            shares.append(Share(holder: holder, recipient: member, net: net, weights: []))
        }
        for pledge in points[due.record]?.weights[holder] ?? [] where pledge.kind == .pledge {
            guard pledge.lastDate >= due.record, left > 0 else { continue }
            let covered = min(pledge.amount, left)
            left -= covered
            let (part, taxPart) = (net * covered / units, tax * covered / units)
            give(OptionWorld.pledgee, part, taxPart)
            (leftNet, leftTax) = (leftNet - part, leftTax - taxPart)
        }
        give(holder.member, leftNet, leftTax)
        return shares
    }

    /// What weighs on a holding today goes over to the cash for its principal, in proportion, rounded up; of a put what
    /// the units that stay have no room for (13.4.4).
    private func carried(_ due: Due, _ holder: BondHolder, _ units: UInt128, net: UInt128) -> [BondWeight] {
        let stay = due.isPut ? self.units(holder) - units : 0
        return (weights[holder] ?? []).compactMap { weight in
            guard weight.lastDate >= today, !weight.isPutBlock else { return nil }
            let covered = min(weight.amount, stay + units)
            guard covered > stay else { return nil }
            var moved = weight
            moved.amount = ((covered - stay) * net + units - 1) / units
            return moved.amount > 0 ? moved : nil
        }
    }

    // MARK: What comes first

    /// True if a put comes before principal of record: by day and kind, and always before what is accelerated.
    func comes(_ put: BondDue.ID, before due: Due) -> Bool {
        due.isPrincipal && (put < due.id || due.id.kind == .acceleration)
    }

    private func hasUnits(_ put: Due) -> Bool { (puts[put.id.date] ?? [:]).values.contains { $0 > 0 } }

    /// SRV-006: what must be paid before a due.
    func hasEarlier(_ due: Due) -> Bool {
        guard !due.isPut else { return false }
        let unpaid = dues.filter { $0.id != due.id && paid[$0.id] == nil && (!$0.isPut || hasUnits($0)) }
        if due.left.isZero, !unpaid.isEmpty { return true }
        return unpaid.contains { $0.isPut && comes($0.id, before: due) }
    }
}
