import Tokenize

/// What falls due on a unit of a bond of ``DrawnTerms``, worked out period by period from chapter 12.
struct DrawnTermsBook: Sendable {
    struct Due: Sendable {
        let kind: BondDue.Kind
        let day: HandDate
        let period: HandPeriod
        let (payment, record): (HandDate, HandDate)
        let ex: HandDate?
        /// Of one unit, what of it is income, and the principal afterwards; nil as long as it is not observed.
        let amount: (paid: HandFraction, taxed: HandFraction, left: HandFraction)?
    }

    /// A period with the principal that bears interest in it, and when its interest is paid or added.
    struct Accrual: Sendable {
        let period: HandPeriod
        let outstanding: HandFraction?
        let rate: HandFraction?
        let paid: HandDate
        /// The first day on which a buyer does not get the interest; nil for what is added to the principal.
        let ex: HandDate?
    }

    let terms: DrawnTerms
    /// True if nothing more can be observed.
    let isClosed: Bool
    let periods: [HandPeriod]
    /// Days of a floating rate on which something was reported, in parts of a thousand.
    private(set) var fixings: [HandDate: Int128] = [:]
    private(set) var dues: [Due] = []
    private(set) var accruals: [Accrual] = []
    /// False if an ex day could lie after the first business day that follows its record day: there is no schedule.
    private(set) var isPossible = true

    private var outstanding: HandFraction? = HandFraction(DrawnTerms.face)
    /// What of it is principal of the issue.
    private var original = HandFraction(DrawnTerms.face)
    private var levelPayment: HandFraction?

    init(_ terms: DrawnTerms, isClosed: Bool, _ trial: inout Trial) throws {
        (self.terms, self.isClosed) = (terms, isClosed)
        let (dates, calendar) = (terms.periods.dates, terms.calendar)
        if terms.hasPeriods {
            periods = try dates.indices.dropLast().map { index in
                HandPeriod(
                    start: dates[index],
                    end: dates[index + 1],
                    accrualStart: try calendar.known(dates[index], terms.conventions.accrual),
                    accrualEnd: try calendar.known(dates[index + 1], terms.conventions.accrual),
                    isRegular: terms.periods.isRegular[index],
                    isFirst: index == 0
                )
            }
        } else {
            let (start, end) = (terms.issue, dates[dates.count - 1])
            periods = [
                HandPeriod(
                    start: start,
                    end: end,
                    accrualStart: start,
                    accrualEnd: end,
                    isRegular: true,
                    isFirst: true
                )
            ]
        }
        for period in periods {
            guard let day = try fixingDay(period), try trial.number(0...4) > 0 else { continue }
            fixings[day] = Int128(try trial.number(0...120))
        }
        try run()
    }

    private mutating func run() throws {
        for index in periods.indices {
            if let outstanding, outstanding.isZero { return }
            let interest = try payInterest(index)
            try repay(index, interest)
            try exercise(index)
        }
    }

    // MARK: Days

    func fixingDay(_ period: HandPeriod) throws -> HandDate? {
        guard case .floating(let inAdvance, let lag) = terms.interest else { return nil }
        let day = inAdvance ? period.accrualStart : period.accrualEnd
        return lag == 0
            ? try terms.calendar.known(day, .preceding)
            : try terms.calendar.moved(day, DrawnTerms.Offset(count: -lag, convention: nil))
    }

    private mutating func add(
        _ kind: BondDue.Kind,
        _ index: Int,
        _ amount: (HandFraction, HandFraction, HandFraction)?
    ) throws {
        let days = try days(of: index)
        dues.append(
            Due(
                kind: kind,
                day: periods[index].end,
                period: periods[index],
                payment: days.payment,
                record: days.record,
                ex: days.ex,
                amount: amount
            )
        )
    }

    /// BND-021 and BND-022.
    private mutating func days(of index: Int) throws -> (payment: HandDate, record: HandDate, ex: HandDate?) {
        let (calendar, issue) = (terms.calendar, terms.issue)
        let payment = try calendar.known(periods[index].end, terms.conventions.payment)
        func before(_ offset: DrawnTerms.Offset) throws -> HandDate {
            try calendar.moved(payment, .init(count: -offset.count, convention: offset.convention))
        }
        let record = try before(terms.record)
        guard let ex = try terms.ex.map({ try before($0) }) else { return (payment, max(record, issue), nil) }
        if try calendar.moved(record, .init(count: 1, convention: nil)) < ex { isPossible = false }
        return record < issue ? (payment, issue, max(ex, issue.next(1))) : (payment, record, ex)
    }

    // MARK: Interest

    /// A rate as a fraction of a year's interest; nil as long as it is not observed.
    func rate(_ index: Int) throws -> HandFraction? {
        switch terms.interest {
        case .none: return .zero
        case .fixed(let rate): return HandFraction(rate, over: 1_000)
        case .stepped(let rates): return HandFraction(rates[index], over: 1_000)
        case .floating:
            guard let day = try fixingDay(periods[index]) else { return nil }
            if let fixing = fixings[day] { return HandFraction(fixing + DrawnTerms.margin, over: 1_000) }
            return isClosed ? HandFraction(77, over: 1_000) : nil
        }
    }

    func fraction(_ period: HandPeriod, from start: HandDate, to end: HandDate) -> HandFraction {
        let count = HandYearFraction(
            count: terms.dayCount,
            months: terms.periods.months,
            endOfMonth: terms.periods.endOfMonth,
            maturity: terms.repayment == .perpetual ? nil : terms.ends.last
        )
        return count.of(period, from: start, to: end)
    }

    func rounded(_ amount: HandFraction) -> HandFraction {
        terms.unit.map { amount.rounded(toDecimals: $0.decimals, $0.rounding) } ?? amount
    }

    /// The interest of a period as the level payment counts it.
    private mutating func payInterest(_ index: Int) throws -> HandFraction? {
        let (period, rate) = (periods[index], try rate(index))
        let isAdded = terms.capitalisesThrough.map { index <= $0 && index < periods.count - 1 } ?? false
        let days = try days(of: index)
        accruals.append(
            Accrual(
                period: period,
                outstanding: outstanding,
                rate: rate,
                paid: isAdded ? period.end : days.payment,
                ex: isAdded ? nil : days.ex ?? days.record.next(1)
            )
        )
        guard terms.interest != .none else { return .zero }
        let share = fraction(period, from: period.accrualStart, to: period.accrualEnd)
        let interest = outstanding.flatMap { principal in rate.map { principal.times($0).times(share) } }
        if isAdded {
            guard let before = outstanding, let interest else {
                outstanding = nil
                try add(.capitalisation, index, nil)
                return nil
            }
            let added = rounded(interest)
            outstanding = before + added
            try add(.capitalisation, index, (added, .zero, before + added))
            return nil
        }
        guard let interest, let factor = indexFactor(period.end, isPrincipal: false), let left = outstanding else {
            try add(.coupon, index, nil)
            return interest
        }
        let paid = rounded(interest.times(factor))
        let isTaxed = terms.income.contains(.coupon) && !paid.isZero
        try add(.coupon, index, (paid, isTaxed ? HandFraction(1) : .zero, left))
        return terms.index == nil ? rounded(interest) : interest
    }

    // MARK: Principal

    private mutating func repay(_ index: Int, _ interest: HandFraction?) throws {
        let isLast = index == periods.count - 1 && terms.repayment != .perpetual
        guard let outstanding else {
            if isLast { try add(.redemption, index, nil) }
            return
        }
        guard !outstanding.isZero else { return }
        guard let part = isLast ? outstanding : try part(outstanding, index, interest ?? .zero) else { return }
        let capped = part < outstanding ? part : outstanding
        let amount = payPrincipal(capped, of: outstanding, terms.price, index, staysOtherwise: false)
        try add(isLast ? .redemption : .amortisation, index, amount)
    }

    /// BND-031, or nil where nothing is repaid at the end of a period before the last.
    private mutating func part(
        _ outstanding: HandFraction,
        _ index: Int,
        _ interest: HandFraction
    ) throws -> HandFraction? {
        let part: HandFraction
        switch terms.repayment {
        case .bullet, .perpetual: return nil
        case .linear(let first):
            guard index >= first else { return nil }
            part = outstanding.times(1, over: Int128(periods.count - index))
        case .instalments(let parts):
            guard let here = parts[index] else { return nil }
            part = outstanding.times(here, over: parts.filter { $0.key >= index }.values.reduce(0, +))
        case .level(let first):
            guard index >= first else { return nil }
            let payment = try levelPayment ?? newLevelPayment(outstanding, index)
            levelPayment = payment
            part = interest < payment ? payment - interest : .zero
        }
        return terms.index == nil ? rounded(part) : part
    }

    /// BND-032.
    private func newLevelPayment(_ outstanding: HandFraction, _ index: Int) throws -> HandFraction {
        var (sum, product) = (HandFraction.zero, HandFraction(1))
        for place in index..<periods.count {
            let period = periods[place]
            let share = fraction(period, from: period.accrualStart, to: period.accrualEnd)
            let growth = HandFraction(1) + (try rate(place) ?? .zero).times(share)
            product = product.over(growth)
            sum = sum + product
        }
        return rounded(outstanding.over(sum))
    }

    private mutating func exercise(_ index: Int) throws {
        if let call = terms.call, call.place == index { try option(.call, call.part, terms.callPrice, index) }
        if terms.put == index { try option(.put, 100, terms.putPrice, index) }
    }

    private mutating func option(_ kind: BondDue.Kind, _ hundredths: Int128, _ price: Int128, _ index: Int) throws {
        guard let outstanding else { return try add(kind, index, nil) }
        guard !outstanding.isZero else { return }
        let part = outstanding.times(hundredths, over: 100)
        try add(kind, index, payPrincipal(part, of: outstanding, price, index, staysOtherwise: kind == .put))
        if kind == .call { levelPayment = nil }
    }

    /// Takes a part off the principal: what is paid, what of it is income (BND-071), and what is left.
    private mutating func payPrincipal(
        _ part: HandFraction,
        of before: HandFraction,
        _ price: Int128,
        _ index: Int,
        staysOtherwise: Bool
    ) -> (HandFraction, HandFraction, HandFraction)? {
        let capitalised = before - original
        let ofCapitalised = capitalised.times(part).over(before)
        if !staysOtherwise {
            original = original - (part - ofCapitalised)
            outstanding = before - part
        }
        guard let factor = indexFactor(periods[index].end, isPrincipal: true) else { return nil }
        let parity = HandFraction(price, over: 10_000)
        let paid = part.times(parity).times(factor)
        var taxed = HandFraction.zero
        func income(_ kind: TaxRule.Income, _ amount: HandFraction) {
            if terms.income.contains(kind), .zero < amount { taxed = taxed + amount }
        }
        income(.capitalised, ofCapitalised)
        income(.indexation, part.times(factor - HandFraction(1)))
        income(.premium, part.times(parity - HandFraction(1)).times(factor))
        let share = paid.isZero ? HandFraction.zero : taxed.over(paid)
        let one = HandFraction(1)
        return (rounded(paid), one < share ? one : share, staysOtherwise ? before : before - part)
    }

    // MARK: The index

    /// BND-043 to BND-045; nil as long as a value is missing that may still come.
    func indexFactor(_ day: HandDate, isPrincipal: Bool) -> HandFraction? {
        guard let index = terms.index else { return HandFraction(1) }
        let month = HandDate(year: day.year, month: day.month, day: 1).adding(months: -index.lag)
        guard let first = indexValue(month) else { return nil }
        var value = first
        if index.isDaily, day.day > 1 {
            guard let next = indexValue(month.adding(months: 1)) else { return nil }
            value = first + (next - first).times(Int128(day.day - 1), over: Int128(day.monthLength))
        }
        let ratio = value.over(HandFraction(DrawnTerms.base, over: 10))
            .rounded(toDecimals: index.decimals, index.rounding)
        let isFloored = index.floor == .all || (index.floor == .principal && isPrincipal)
        return isFloored && ratio < HandFraction(1) ? HandFraction(1) : ratio
    }

    private func indexValue(_ month: HandDate) -> HandFraction? {
        let values = terms.indexValues()
        if let value = values.first(where: { $0.month == month }) { return HandFraction(value.value, over: 10) }
        guard isClosed else { return nil }
        let latest = values.last { $0.month < month }
        return HandFraction(latest?.value ?? DrawnTerms.base, over: 10)
    }
}

extension HandFraction {
    func times(_ other: HandFraction) -> HandFraction { times(other.numerator, over: other.denominator) }
}

extension HandCalendar {
    /// Where a convention moves a day that the calendar knows.
    func known(_ day: HandDate, _ convention: BusinessDayConvention) throws -> HandDate {
        guard let moved = adjusted(day, convention) else { throw AuditFailure(reason: "\(day) is not in the calendar") }
        return moved
    }

    /// A day so many days away, back for a count below 0.
    func moved(_ day: HandDate, _ offset: DrawnTerms.Offset) throws -> HandDate {
        if let convention = offset.convention {
            var moved = day
            for _ in 0..<abs(offset.count) { moved = moved.next(offset.count.signum()) }
            return try known(moved, convention)
        }
        if offset.count == 0 { return day }
        guard let moved = advanced(day, offset.count) else {
            throw AuditFailure(reason: "\(day) is not in the calendar")
        }
        return moved
    }
}
