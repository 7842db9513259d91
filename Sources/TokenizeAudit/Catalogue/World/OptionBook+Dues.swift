import Tokenize

/// Rates, amounts of one unit, and what falls due (chapter 12).
extension OptionBook {
    /// The rate of a period in parts of a million; nil as long as it can still be reported.
    func rate(_ index: Int) -> Int128? {
        switch plan.interest {
        case .stepped(let rates): return rates[index]
        case .floating(_, _, let cap):
            guard let day = fixing(index), let found = fixed(day) else { return nil }
            return max(OptionPlan.floor, min(found, cap ?? found))
        }
    }

    private func fixed(_ day: CalendarDate) -> Int128? {
        let margin = OptionPlan.margin
        let values = reported[OptionPlan.reference] ?? [:]
        if let value = values[day] { return value + margin }
        guard let closed, closed >= day else { return nil }
        if let value = reported[OptionPlan.other]?[day] { return value + OptionPlan.spread + margin }
        if let latest = values.keys.filter({ $0 < day }).max(), let value = values[latest],
            LedgerModel.days(from: latest, to: day) <= OptionPlan.previousDays
        {
            return value + margin
        }
        return OptionPlan.lastRate
    }

    private func rounded(_ amount: HandFraction) -> HandFraction { plan.isRounded ? amount.cents : amount }

    /// Interest of a principal from the beginning of a period to a day.
    private func interest(_ principal: HandFraction, _ index: Int, to day: CalendarDate) -> HandFraction? {
        let days = max(0, LedgerModel.days(from: plan.days[index], to: min(day, plan.days[index + 1])))
        return rate(index).map { principal.times($0 * Int128(days), over: 365 * 1_000_000) }
    }

    /// What is repaid at the end of a period, of so much.
    private func part(_ outstanding: HandFraction, _ index: Int) -> HandFraction? {
        let count = plan.days.count - 1
        if index == count - 1 { return outstanding }
        switch plan.repayment {
        case .bullet: return nil
        case .linear(let first): return index < first ? nil : rounded(outstanding.times(1, over: Int128(count - index)))
        case .instalments(let parts):
            let rest = parts.filter { $0.key >= index }.values.reduce(0, +)
            return parts[index].map { rounded(outstanding.times($0, over: rest)) }
        }
    }

    /// The income in what is paid at a price in parts of ten thousand: what is above par (BND-071).
    private func premium(_ price: Int128) -> HandFraction {
        guard plan.tax.income.contains(.premium), price > 10_000 else { return .zero }
        return HandFraction(price - 10_000, over: price)
    }

    /// Periods and dues of the terms, without acceleration: as far as there is principal.
    func termDues() -> (periods: Int, dues: [Due]) {
        var (dues, outstanding): ([Due], HandFraction) = ([], HandFraction(OptionPlan.face))
        var count = 0
        func add(_ kind: BondDue.Kind, _ day: CalendarDate, _ amount: HandFraction?, taxed: HandFraction) {
            let paid = amount.map { rounded($0) }
            dues.append(
                Due(
                    id: BondDue.ID(kind, day),
                    record: record(day),
                    payment: payment(day),
                    amount: paid,
                    taxed: kind == .coupon && paid?.isZero ?? true ? .zero : taxed,
                    left: outstanding
                )
            )
        }
        for index in 0..<plan.days.count - 1 {
            guard !outstanding.isZero else { break }
            count += 1
            let end = plan.days[index + 1]
            let isIncome = plan.tax.income.contains(.coupon)
            add(.coupon, end, interest(outstanding, index, to: end), taxed: isIncome ? HandFraction(1) : .zero)
            if let part = part(outstanding, index) {
                outstanding = outstanding - part
                let kind: BondDue.Kind = index == plan.days.count - 2 ? .redemption : .amortisation
                let price = plan.redemptionPrice
                add(kind, end, part.times(price, over: 10_000), taxed: premium(price))
            }
            if let hundredths = calls[end], !outstanding.isZero {
                let part = outstanding.times(hundredths, over: 100)
                outstanding = outstanding - part
                add(.call, end, part.times(plan.call.price, over: 10_000), taxed: premium(plan.call.price))
            }
            if puts[end] != nil, !outstanding.isZero {
                add(.put, end, outstanding.times(plan.put.price, over: 10_000), taxed: premium(plan.put.price))
            }
        }
        return (count, dues)
    }

    /// Ends of the periods in which there is principal.
    var ends: [CalendarDate] { Array(plan.days.dropFirst().prefix(termDues().periods)) }

    /// All that falls due, in order.
    var dues: [Due] {
        let (periods, all) = termDues()
        guard let day = acceleration else { return all }
        let kept = all.filter { $0.record < day }
        let left = kept.last { $0.isPrincipal }?.left ?? HandFraction(OptionPlan.face)
        var interest: HandFraction? = .zero
        if let index = running(periods, kept), plan.days[index] < day {
            interest = self.interest(left, index, to: day)
        }
        let amount = interest.map { $0 + left }
        var taxed = HandFraction.zero
        if plan.tax.income.contains(.coupon), let interest, let amount, !amount.isZero {
            taxed = interest.over(amount)
        }
        let due = Due(
            id: BondDue.ID(.acceleration, day),
            record: day,
            payment: day,
            amount: amount.map { rounded($0) },
            taxed: taxed,
            left: .zero
        )
        return kept + [due]
    }

    /// The first period of which no interest is kept.
    func running(_ periods: Int, _ kept: [Due]) -> Int? {
        (0..<periods).first { index in !kept.contains { $0.id == BondDue.ID(.coupon, plan.days[index + 1]) } }
    }
}
