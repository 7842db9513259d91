/// Goes through the life of one unit, period by period.
struct BondLife {
    let terms: BondTerms
    let calendar: BusinessCalendar
    let observations: BondObservations
    let periods: [BondPeriod]

    private(set) var dues: [BondDue] = []
    private(set) var accruals: [BondSchedule.Accrual] = []

    /// Principal with capitalised interest, before any index, in minor units; nil as long as it is not observed.
    var outstanding: Ratio?
    /// What of it is principal of the issue.
    var original: Ratio
    /// The equal payment of a level repayment, until a call changes what is left.
    var levelPayment: Ratio?

    init(
        _ terms: BondTerms,
        _ calendar: BusinessCalendar,
        _ observations: BondObservations,
        _ periods: [BondPeriod]
    ) {
        self.terms = terms
        self.calendar = calendar
        self.observations = observations
        self.periods = periods
        original = Ratio(terms.faceUnit)
        outstanding = original
    }

    mutating func run(_ exercises: [BondExercise]) throws(BondFailure) {
        for (index, period) in periods.enumerated() {
            if let outstanding, outstanding.isZero { return }
            let interest = try payInterest(period)
            try repay(index, period, interest)
            try exercise(exercises, on: period.end, period)
        }
    }

    // MARK: Interest

    /// The interest of the period before any index, if it is known.
    private mutating func payInterest(_ period: BondPeriod) throws(BondFailure) -> Ratio? {
        let dates = try DueDates(period.end, terms, calendar)
        let rate = try terms.rate(of: period, observations, calendar)
        let isCapitalised = terms.periods?.capitalisesThrough.map {
            period.end <= $0 && period.end != terms.maturityDate
        }
        accruals.append(
            BondSchedule.Accrual(
                period: period,
                outstanding: outstanding,
                rate: rate,
                paymentDate: isCapitalised == true ? period.end : dates.payment,
                exDate: isCapitalised == true ? nil : dates.firstDayWithout
            )
        )
        guard terms.interest != .none else { return .zero }
        let fraction = try terms.yearFraction(period, from: period.accrualStart, to: period.accrualEnd)
        var interest: Ratio?
        if let outstanding, let rate {
            interest = try exact { () throws(ArithmeticFailure) in try outstanding * rate * fraction }
        }
        if isCapitalised == true {
            try capitalise(try interest.map { (value) throws(BondFailure) in try unitRounded(value) }, period, dates)
            return interest
        }
        let ratio = try indexFactor(on: period.end, isPrincipal: false)
        var amount: BondDue.Amount?
        if let interest, let ratio, let outstanding {
            let paid = try unitRounded(try exact { () throws(ArithmeticFailure) in try interest * ratio })
            amount = try self.amount(paid, taxed: terms.tax.income.contains(.coupon) ? paid : .zero, left: outstanding)
        }
        append(.coupon, period.end, period, dates, amount)
        return terms.indexation == nil
            ? try interest.map { (value) throws(BondFailure) in try unitRounded(value) } : interest
    }

    private mutating func capitalise(_ interest: Ratio?, _ period: BondPeriod, _ dates: DueDates) throws(BondFailure) {
        guard let interest, let before = outstanding else {
            outstanding = nil
            append(.capitalisation, period.end, period, dates, nil)
            return
        }
        let after = try exact { () throws(ArithmeticFailure) in try before + interest }
        outstanding = after
        append(.capitalisation, period.end, period, dates, try amount(interest, taxed: .zero, left: after))
    }

    // MARK: Principal

    private mutating func repay(_ index: Int, _ period: BondPeriod, _ interest: Ratio?) throws(BondFailure) {
        let isLast = period.end == terms.maturityDate
        guard isLast || terms.repays(on: period.end) else { return }
        if let outstanding, outstanding.isZero { return }
        let dates = try DueDates(period.end, terms, calendar)
        var amount: BondDue.Amount?
        if let outstanding {
            let part = isLast ? outstanding : try self.part(of: outstanding, index, interest)
            let price = terms.redemptionPrice ?? .hundred
            amount = try payPrincipal(part, of: outstanding, price: price, on: period.end)
        }
        append(isLast ? .redemption : .amortisation, period.end, period, dates, amount)
    }

    /// What is repaid of the principal outstanding at the end of a period that is not the last one.
    private mutating func part(of outstanding: Ratio, _ index: Int, _ interest: Ratio?) throws(BondFailure) -> Ratio {
        let part: Ratio
        switch terms.repayment {
        case .bullet, .perpetual: return .zero
        case .linear:
            let count = periods.count - index
            part = try exact { () throws(ArithmeticFailure) in try outstanding / Ratio(count) }
        case .instalments(let instalments):
            let end = periods[index].end
            let left = instalments.filter { $0.date >= end }
            let sum = left.reduce(Int128(0)) { $0 + Int128($1.part.units) }
            let units = left.first.map { $0.date == end ? $0.part.units : 0 } ?? 0
            part = try exact { () throws(ArithmeticFailure) in try outstanding * Ratio(units) / Ratio(sum) }
        case .level:
            let payment: Ratio
            if let levelPayment { payment = levelPayment } else { payment = try newLevelPayment(outstanding, index) }
            levelPayment = payment
            let paid = interest ?? .zero
            part = max(.zero, try exact { () throws(ArithmeticFailure) in try payment - paid })
        }
        return min(outstanding, terms.indexation == nil ? try unitRounded(part) : part)
    }

    /// The payment that, made at the end of period `index` and of all after it, leaves nothing: the principal over the
    /// sum of the products of `1 / (1 + rate * year fraction)`.
    private func newLevelPayment(_ outstanding: Ratio, _ index: Int) throws(BondFailure) -> Ratio {
        var sum = Ratio.zero
        for period in periods[index...].reversed() {
            let rate = try terms.rate(of: period, observations, calendar) ?? .zero
            let fraction = try terms.yearFraction(period, from: period.accrualStart, to: period.accrualEnd)
            let later = sum
            sum = try exact { () throws(ArithmeticFailure) in try (1 + later) / (1 + rate * fraction) }
        }
        let divisor = sum
        return try unitRounded(try exact { () throws(ArithmeticFailure) in try outstanding / divisor })
    }

    // MARK: Options

    private mutating func exercise(
        _ exercises: [BondExercise],
        on date: CalendarDate,
        _ period: BondPeriod
    ) throws(BondFailure) {
        for exercise in exercises.filter({ $0.date == date }).sorted(by: { $0.kind.rawValue < $1.kind.rawValue }) {
            if let outstanding, outstanding.isZero { return }
            let plan = exercise.kind == .call ? terms.calls : terms.puts
            guard let price = plan?.price(on: date) else { throw .noOption(exercise.kind, date) }
            let dates = try DueDates(date, terms, calendar)
            var amount: BondDue.Amount?
            if let outstanding {
                let part = try exact { () throws(ArithmeticFailure) in try outstanding * exercise.part }
                let isPut = exercise.kind == .put
                amount = try payPrincipal(part, of: outstanding, price: price, on: date, staysOtherwise: isPut)
                if !isPut { levelPayment = nil }
            }
            append(exercise.kind == .call ? .call : .put, date, period, dates, amount)
        }
    }

    // MARK: Parts

    /// Takes a part off the principal, and says what is paid for it and how much of that is income.
    ///
    /// A put takes whole units away, and `staysOtherwise`: on the units that are left nothing changes.
    private mutating func payPrincipal(
        _ part: Ratio,
        of before: Ratio,
        price: BondDecimal,
        on date: CalendarDate,
        staysOtherwise: Bool = false
    ) throws(BondFailure) -> BondDue.Amount? {
        let (principal, tax) = (original, terms.tax.income)
        let originalPart = try exact { () throws(ArithmeticFailure) in try principal * part / before }
        var left = before
        if !staysOtherwise {
            left = try exact { () throws(ArithmeticFailure) in try before - part }
            original = try exact { () throws(ArithmeticFailure) in try principal - originalPart }
            outstanding = left
        }
        guard let ratio = try indexFactor(on: date, isPrincipal: true) else { return nil }
        let (paid, taxed) = try exact { () throws(ArithmeticFailure) in
            let parity = try price.value / 100
            var taxed = Ratio.zero
            if tax.contains(.capitalised) { try taxed += part - originalPart }
            if tax.contains(.indexation) { try taxed += max(.zero, try part * (ratio - 1)) }
            if tax.contains(.premium) { try taxed += max(.zero, try part * (parity - 1) * ratio) }
            return (try part * parity * ratio, taxed)
        }
        return try amount(try unitRounded(paid), taxed: taxed, exactly: paid, left: left)
    }

    /// What multiplies an amount that is due on a day; nil if not yet observed.
    private func indexFactor(on date: CalendarDate, isPrincipal: Bool) throws(BondFailure) -> Ratio? {
        guard let ratio = try terms.indexRatio(on: date, observations) else { return nil }
        return terms.floored(ratio, isPrincipal: isPrincipal)
    }

    private func amount(
        _ paid: Ratio,
        taxed: Ratio,
        exactly unrounded: Ratio? = nil,
        left: Ratio
    ) throws(BondFailure) -> BondDue.Amount {
        let face = Ratio(terms.faceUnit)
        let whole = unrounded ?? paid
        return try exact { () throws(ArithmeticFailure) in
            BondDue.Amount(
                perUnit: paid,
                taxedPart: whole.isZero ? .zero : min(.one, try taxed / whole),
                factorAfter: try left / face
            )
        }
    }

    private func unitRounded(_ amount: Ratio) throws(BondFailure) -> Ratio {
        guard case .decimals(let count, let rounding) = terms.rounding.unit else { return amount }
        return try exact { () throws(ArithmeticFailure) in try amount.rounded(toDecimals: count, rounding) }
    }

    private func exact<Result>(_ body: () throws(ArithmeticFailure) -> Result) throws(BondFailure) -> Result {
        try BondFailure.exact(body)
    }

    private mutating func append(
        _ kind: BondDue.Kind,
        _ date: CalendarDate,
        _ period: BondPeriod,
        _ dates: DueDates,
        _ amount: BondDue.Amount?
    ) {
        dues.append(
            BondDue(
                id: BondDue.ID(kind, date),
                periodStart: period.start,
                periodEnd: period.end,
                recordDate: dates.record,
                exDate: dates.ex,
                paymentDate: dates.payment,
                amount: amount
            )
        )
    }
}

extension BondTerms {
    /// Whether a part of the principal is due at the end of a period before the last one.
    fileprivate func repays(on date: CalendarDate) -> Bool {
        switch repayment {
        case .bullet, .perpetual: false
        case .linear(let first), .level(let first): date >= first
        case .instalments(let parts): parts.contains { $0.date == date }
        }
    }

    /// The index ratio under the deflation floor.
    func floored(_ ratio: Ratio, isPrincipal: Bool) -> Ratio {
        switch indexation?.floor {
        case .all?: max(.one, ratio)
        case .principal? where isPrincipal: max(.one, ratio)
        case .principal?, BondIndexation.Floor.none?, nil: ratio
        }
    }
}

/// The three dates of a payment.
struct DueDates {
    let payment: CalendarDate
    let record: CalendarDate
    let ex: CalendarDate?

    /// The first day on which a buyer is not paid: the ex day, or the day after the record day where terms know none.
    var firstDayWithout: CalendarDate? { ex ?? record.adding(days: 1) }

    /// Those of what is due on a day. Nobody holds units before the issue: a record day that would lie before it is the
    /// day of issue, and an ex day then at least the next.
    init(_ date: CalendarDate, _ terms: BondTerms, _ calendar: BusinessCalendar) throws(BondFailure) {
        let isEarly: Bool
        let issue = terms.issueDate
        (payment, record, ex, isEarly) = try BondFailure.dated { () throws(ConventionFailure) in
            let payment = try calendar.adjust(date, terms.businessDays)
            let record = try terms.recordDate.date(before: payment, calendar)
            guard case .before(let offset) = terms.exDate else { return (payment, max(record, issue), nil, true) }
            let ex = try offset.date(before: payment, calendar)
            let isEarly = ex <= (try calendar.advance(record, businessDays: 1))
            if record >= issue { return (payment, record, ex, isEarly) }
            return (payment, issue, max(ex, issue.adding(days: 1) ?? ex), isEarly)
        }
        guard isEarly else { throw .exDateAfterRecordDate(due: date) }
    }
}
