import Tokenize

/// What a sale needs, and which days are worth a look.
extension OptionBook {
    /// What so many units cost today at a price in parts of ten thousand; nil where the cost is not known.
    func cost(_ units: UInt128, price: Int128) -> UInt128? {
        guard acceleration == nil else { return nil }
        // Of the first period that is paid after today.
        guard let index = plan.days.indices.dropLast().first(where: { payment(plan.days[$0 + 1]) > today }),
            index < ends.count
        else { return nil }
        let (start, end) = (plan.days[index], plan.days[index + 1])
        let outstanding = principal(before: index)
        var accrued = HandFraction.zero
        if today > start {
            guard let rate = rate(index) else { return nil }
            let day = min(today, end)
            let isEx = today > record(end)
            let days = isEx ? -LedgerModel.days(from: day, to: end) : LedgerModel.days(from: start, to: day)
            accrued = outstanding.times(rate * Int128(days), over: 365 * 1_000_000)
        }
        let total = (outstanding.times(price, over: 10_000) + accrued).times(Int128(units))
        // A half of a cost, which is never below zero, goes to the even one.
        return UInt128(total.halfEven)
    }

    /// The principal of a unit in a period.
    private func principal(before index: Int) -> HandFraction {
        let day = plan.days[index]
        return termDues().dues.last { $0.isPrincipal && $0.id.date <= day }?.left ?? HandFraction(OptionPlan.face)
    }

    /// SRV-006 for sales: principal is recorded and not paid.
    var owesRecordedPrincipal: Bool {
        dues.contains { $0.isPrincipal && paid[$0.id] == nil && points[$0.record] != nil }
    }

    /// True if a rate is known without a value of its own day.
    var usesFallback: Bool {
        (0..<plan.days.count - 1).contains { index in
            fixing(index).map { reported[OptionPlan.reference]?[$0] == nil && rate(index) != nil } ?? false
        }
    }

    /// Days on which something begins or ends, and the days after them.
    var turns: [CalendarDate] {
        var days = plan.days.dropFirst().flatMap { end in
            [lastNotice(plan.call, on: end), lastNotice(plan.put, on: end), record(end), payment(end)].compactMap { $0 }
        }
        days += (0..<plan.days.count - 1).compactMap { fixing($0) }
        days += days.compactMap { $0.adding(days: 1) }
        return days + dues.filter { paid[$0.id] == nil }.map { Self.defaultDate($0) }
    }
}
