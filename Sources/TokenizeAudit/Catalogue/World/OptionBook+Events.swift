import Tokenize

/// What happens to a bond, and what follows (13.3, 13.4.6, 13.4.7, 13.8, 13.10).
extension OptionBook {
    /// A business day is opened: records first, then defaults, acceleration, and observers who said nothing.
    mutating func open(_ next: CalendarDate) {
        for due in dues where !due.isPut && today <= due.record && due.record < next && points[due.record] == nil {
            points[due.record] = Point(units: held, weights: weights, principal: held)
        }
        for due in dues where paid[due.id] == nil && isPayable(due, on: today) {
            if (total(due) ?? 0) > 0, Self.defaultDate(due) <= next { defaults.insert(due.id) }
        }
        let isInDefault = defaults.contains { paid[$0] == nil }
        if case .automatic = plan.acceleration, acceleration == nil, isInDefault { acceleration = next }
        today = next
        closeUnreported()
    }

    /// Nobody holds up a bond by silence: what was not reported by the end of a payment day never is.
    private mutating func closeUnreported() {
        let waiting = dues.filter { $0.amount == nil && paid[$0.id] == nil && $0.payment < today }
        var needed = waiting.compactMap { due in
            plan.days.dropFirst().lastIndex { $0 <= due.id.date }.flatMap { fixing($0 - 1) }
        }
        if waiting.contains(where: { $0.id.kind == .acceleration }) {
            let day = running(termDues().periods, dues).flatMap { fixing($0) }
            needed += [day].compactMap { $0 }.filter { $0 < today }
        }
        guard let last = needed.max() else { return }
        closed = max(closed ?? last, last)
    }

    // MARK: Principal of record

    /// Lowers the units on which principal is owed at the points that are meant, and says by how much at each.
    private mutating func lowerPrincipal(
        _ holder: BondHolder,
        _ units: UInt128,
        where isMeant: (Due) -> Bool
    ) -> [CalendarDate: UInt128] {
        var fallen: [CalendarDate: UInt128] = [:]
        let all = dues
        for date in points.keys {
            guard all.contains(where: { $0.record == date && $0.isPrincipal && paid[$0.id] == nil && isMeant($0) })
            else { continue }
            let before = points[date]?.principal[holder] ?? 0
            fallen[date] = min(before, units)
            points[date]?.principal[holder] = before - min(before, units)
        }
        return fallen
    }

    /// Units go out of being with the holder's consent: principal whose day is ahead, and the last of it, goes too.
    mutating func end(_ units: UInt128, of holder: BondHolder) {
        let today = today
        _ = lowerPrincipal(holder, units) { $0.id.date > today || $0.left.isZero }
        held[holder, default: 0] -= units
    }

    /// Units go out of being by order.
    mutating func endByOrder(_ units: UInt128, of holder: BondHolder) {
        _ = lowerPrincipal(holder, units) { _ in true }
        held[holder, default: 0] -= units
    }

    /// An order moves units, and the principal that is owed on them.
    mutating func moveByOrder(_ units: UInt128, from source: BondHolder, to target: BondHolder) {
        for (date, moved) in lowerPrincipal(source, units, where: { _ in true }) {
            points[date]?.principal[target, default: 0] += moved
        }
        held[source, default: 0] -= units
        held[target, default: 0] += units
    }

    // MARK: Payments

    /// A due is paid: what was put goes, principal on it goes, and points of which nothing is left.
    mutating func pay(_ due: Due, _ settlement: Settlement) {
        var claimed: UInt128 = 0
        for share in settlement.shares where isFrozen(share.recipient) {
            let name = ClaimName(due: due.id, member: share.recipient, partition: share.holder.partition)
            claims[name, default: Claim()].amount += share.net
            claims[name, default: Claim()].weights += share.weights
            claimed += share.net
        }
        paid[due.id] = Record(
            declared: settlement.declared,
            penalty: settlement.penalty,
            tax: settlement.tax,
            claimed: claimed,
            date: today
        )
        if due.isPut { endPut(due) }
        let needed = Set(dues.filter { !$0.isPut && paid[$0.id] == nil }.map(\.record))
        points = points.filter { needed.contains($0.key) }
        guard !due.isPut, due.left.isZero else { return }
        // A holding that has no units does not end: what an order has left on it stays.
        weights = weights.filter { units($0.key) == 0 }
        held = [:]
        puts = puts.mapValues { $0.mapValues { _ in 0 } }
        isClosed = true
    }

    /// Units that were put and paid go, with their block; what weighs on the rest is at most the rest.
    private mutating func endPut(_ due: Due) {
        for (holder, count) in puts[due.id.date] ?? [:] {
            let ended = min(count, units(holder))
            let book = self
            _ = lowerPrincipal(holder, ended) { book.comes(due.id, before: $0) }
            held[holder, default: 0] -= ended
            let rest = units(holder)
            let name = blocks[due.id.date]?[holder]
            weights[holder] = (weights[holder] ?? []).filter { $0.id != name }.compactMap { weight in
                var weight = weight
                if weight.kind != .freeze { weight.amount = min(weight.amount, rest) }
                return weight.amount > 0 || weight.kind == .freeze ? weight : nil
            }
        }
        puts[due.id.date] = (puts[due.id.date] ?? [:]).mapValues { _ in 0 }
    }
}
