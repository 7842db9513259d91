import Tokenize

/// Accrued interest, costs, and prices at a yield.
extension BondTermCheck {
    /// Accrued interest of a unit (BND-050); nil where there is none to speak of, or it is not observed.
    private func accrued(on day: HandDate) -> HandFraction? {
        guard day >= terms.issue, let accrual = book.accruals.first(where: { $0.paid > day }),
            accrual.outstanding.map({ !$0.isZero }) ?? true
        else { return nil }
        let period = accrual.period
        guard terms.interest != .none, day > period.accrualStart else { return .zero }
        guard let outstanding = accrual.outstanding, let rate = accrual.rate,
            let factor = book.indexFactor(day, isPrincipal: false)
        else { return nil }
        let (today, isEx) = (min(day, period.accrualEnd), accrual.ex.map { $0 <= day } ?? false)
        let share =
            isEx
            ? book.fraction(period, from: today, to: period.accrualEnd)
            : book.fraction(period, from: period.accrualStart, to: today)
        let interest = outstanding.times(rate).times(share).times(factor)
        return isEx ? .zero - interest : interest
    }

    /// The period whose interest is next to be paid has its principal on a day.
    private func outstanding(on day: HandDate) -> HandFraction? {
        book.accruals.first { $0.paid > day }?.outstanding
    }

    /// A day on which something turns, or beside it, or any.
    private func day(_ trial: inout Trial) throws -> HandDate {
        let due = try trial.draw(.element(of: book.dues))
        let near = [due.period.accrualStart, due.record, due.ex ?? due.payment, due.payment, due.period.end]
        var day = try trial.draw(.element(of: near))
        let step = try trial.number(-2...2)
        for _ in 0..<abs(step) { day = day.next(step.signum()) }
        if try trial.number(0...3) == 0 {
            day = due.period.start
            for _ in 0..<(try trial.number(0...45)) { day = day.next(1) }
        }
        return day
    }

    func accrued(_ schedule: BondSchedule, _ trial: inout Trial) throws {
        guard !book.dues.isEmpty else { return }
        let day = try day(&trial)
        let (wanted, date) = (accrued(on: day), try day.date())
        let found = try? schedule.accrued(on: date)
        let expected = try wanted?.ratio()
        try trial.require(
            found == expected,
            "accrued on \(day) is \(found.map { "\($0)" } ?? "unknown"), by hand \(expected.map { "\($0)" } ?? "unknown")"
        )
        trial.label("accrued", when: wanted.map { .zero < $0 } ?? false)
        trial.label("accrued ex", when: wanted.map { $0 < .zero } ?? false)
        // BND-051; of a cost below zero the rounding is not asked.
        guard let wanted, let principal = outstanding(on: day), let factor = book.indexFactor(day, isPrincipal: true)
        else { return }
        let units = Int128(try trial.number(1...40))
        let cost = (principal.times(factor).times(9_925, over: 10_000) + wanted).times(units)
        guard !(cost < .zero) else { return }
        let invoice = try schedule.invoice(
            for: Quantity(UInt128(units)),
            cleanPrice: try DrawnTerms.rate(99_250),
            settlement: date
        )
        let total = cost.rounded(terms.total)
        try trial.require(
            invoice.total.units == UInt128(total),
            "\(units) cost \(invoice.total) on \(day), by hand \(total)"
        )
    }

    // MARK: Yields

    /// The flows that are left: after how many years each, and how much for each 100 of the principal.
    private func flows(from day: HandDate) -> [(years: HandFraction, amount: HandFraction)]? {
        let rest = book.accruals.filter { $0.period.end > day }
        guard let principal = rest.first?.outstanding, !principal.isZero else { return nil }
        var (years, list) = (HandFraction.zero, [(HandFraction, HandFraction)]())
        for accrual in rest {
            let period = accrual.period
            let whole = book.fraction(period, from: period.accrualStart, to: period.accrualEnd)
            let past = book.fraction(period, from: period.accrualStart, to: min(day, period.accrualEnd))
            // What is to come is the whole less what is past, where the two do not add up by themselves too.
            years = years + (day > period.accrualStart ? whole - past : whole)
            let paid = book.dues.filter { $0.day == period.end && $0.kind != .capitalisation && $0.kind != .put }
            guard !paid.isEmpty else { continue }
            var sum = HandFraction.zero
            for due in paid {
                guard let amount = due.amount else { return nil }
                let isEx = due.kind == .coupon && (due.ex ?? due.record.next(1)) <= day
                sum = sum + (isEx ? .zero : amount.paid)
            }
            list.append((years, sum.times(100).over(principal)))
        }
        return list
    }

    /// A price at a yield of which every power is exact: a quarter of a period discounts by a whole fraction (13.7.1).
    func yield(_ schedule: BondSchedule, _ trial: inout Trial) throws {
        let months = terms.hasPeriods ? terms.periods.months : 12
        guard terms.index == nil, months >= 12 || 12 % months == 0, let half = book.periods.suffix(2).first
        else { return }
        let frequency = Int128(months >= 12 ? 1 : 12 / months)
        // The beginning of one of the last periods, or a day near the middle of the one before the last.
        let begin = try trial.draw(.element(of: book.periods.suffix(2).map(\.accrualStart)))
        var day = begin
        if try trial.draw(.bool) {
            day = half.accrualStart.adding(months: months / 4)
            if months % 4 == 2 || months == 1 { for _ in 0..<15 { day = day.next(1) } }
            if months == 3 { day = half.accrualStart.adding(months: 1); for _ in 0..<15 { day = day.next(1) } }
        }
        guard day >= terms.issue, let flows = flows(from: day), let accrued = accrued(on: day), !flows.isEmpty,
            let principal = book.accruals.first(where: { $0.period.end > day })?.outstanding
        else { return }
        let isSimple = flows.count == 1 && !(HandFraction(1) < flows[0].years)
        // A quarter of a period is worth 51/50: x is its fourth power.
        let root = HandFraction(51, over: 50)
        let grown = root.times(root).times(root).times(root)
        let yield = (grown - HandFraction(1)).times(frequency)
        var value = HandFraction.zero
        for flow in flows {
            let quarters = flow.years.times(4 * frequency)
            var factor = HandFraction(1).over(HandFraction(1) + yield.times(flow.years))
            if !isSimple {
                guard quarters.denominator == 1, quarters.numerator <= 8 else { return }
                factor = (0..<Int(quarters.numerator)).reduce(HandFraction(1)) { product, _ in product.over(root) }
            }
            value = value + flow.amount.times(factor)
        }
        let clean = value - accrued.times(100).over(principal)
        guard .zero < clean, let units = BondDecimal(units: Int64(yield.times(1_000_000_000_000).numerator)) else {
            return
        }
        let price = Int64(clean.rounded(toDecimals: 6, .halfUp).times(1_000_000_000_000).numerator)
        let found = try schedule.cleanPrice(atYield: units, settlement: try day.date())
        try trial.require(
            found.units == price,
            "at a yield of \(units) the price on \(day) is \(found), by hand \(price) of 10^-12"
        )
        trial.label("yield")
        trial.label("yield in a period", when: !isSimple && flows[0].years.times(frequency).denominator > 1)
    }
}
