import Tokenize

/// The engine's schedule of drawn terms beside the one by hand.
struct BondTermCheck {
    let terms: DrawnTerms
    let book: DrawnTermsBook

    private static let (cash, observer, treasury) = (
        AssetID(digest: Cast.digest(1)), AccountID(digest: Cast.digest(2)), AccountID(digest: Cast.digest(3))
    )

    // MARK: What falls due

    /// The schedule, or nil where both sides say that there is none.
    func schedule(_ trial: inout Trial) throws -> BondSchedule? {
        let sheet = try terms.sheet(cash: Self.cash, observer: Self.observer, treasury: Self.treasury)
        // Of two offsets of business days the terms alone show it.
        var isMalformed = false
        if let ex = terms.ex, ex.convention == nil, terms.record.convention == nil {
            isMalformed = ex.count < terms.record.count - 1
        }
        trial.label("ex day too late", when: isMalformed || !book.isPossible)
        guard !isMalformed else {
            try trial.require((try? BondTerms(sheet)) == nil, "terms with an ex day that is too late are made")
            return nil
        }
        let made: BondTerms
        do {
            made = try BondTerms(sheet)
        } catch {
            try trial.require(false, "good terms are refused: \(sheet.faults)")
            return nil
        }
        try BadTerms(sheet).require(&trial)
        guard book.isPossible else {
            try trial.require((try? schedule(of: made)) == nil, "a schedule with an ex day that is too late is made")
            return nil
        }
        let schedule = try schedule(of: made)
        try compare(schedule.dues, trial)
        note(&trial)
        return schedule
    }

    private func schedule(of made: BondTerms) throws -> BondSchedule {
        var values = try book.fixings.map {
            BondObservations.Value(DrawnTerms.reference, try $0.date(), try Ratio(numerator: $1, denominator: 1_000))
        }
        values += try terms.indexValues().map {
            let value = try Ratio(numerator: $0.value, denominator: 10)
            return BondObservations.Value(DrawnTerms.indexName, try $0.month.date(), value)
        }
        // What was noted last is not what is latest.
        let through = book.isClosed ? CalendarDate(year: 2060, month: 1, day: 1) : nil
        // Notices are another property's business: these are early enough for any plan.
        let notice = try terms.issue.adding(months: -2).date()
        var exercises: [BondExercise] = []
        if let put = terms.put {
            exercises.append(BondExercise(.put, on: try terms.ends[put].date(), notice: notice))
        }
        if let call = terms.call {
            exercises.append(
                BondExercise(
                    .call,
                    on: try terms.ends[call.place].date(),
                    notice: notice,
                    part: try Ratio(numerator: call.part, denominator: 100)
                )
            )
        }
        return try BondSchedule(
            made,
            calendar: terms.known,
            observations: try BondObservations(values.sorted { $0.value < $1.value }, through: through),
            exercises: exercises,
            through: try terms.horizon?.date()
        )
    }

    func compare(_ found: [BondDue], _ trial: Trial) throws {
        let ids = try book.dues.map { BondDue.ID($0.kind, try $0.day.date()) }
        try trial.require(found.map(\.id) == ids, "dues \(found.map(\.id)), by hand \(ids)")
        for (due, wanted) in zip(found, book.dues) {
            try compareDays(due, wanted, trial)
            guard let amount = wanted.amount else {
                try trial.require(due.amount == nil, "\(due.id) pays what nobody has observed")
                continue
            }
            let (paid, taxed) = (try amount.paid.ratio(), try amount.taxed.ratio())
            let left = try amount.left.times(1, over: DrawnTerms.face).ratio()
            try trial.require(
                due.amount?.perUnit == paid && due.amount?.taxedPart == taxed && due.amount?.factorAfter == left,
                "\(due.id) is \(due.amount.map { "\($0)" } ?? "unknown"), by hand \(paid), taxed \(taxed), left \(left)"
            )
            try compareTax(due, amount.taxed, trial)
        }
    }

    private func compareDays(_ due: BondDue, _ wanted: DrawnTermsBook.Due, _ trial: Trial) throws {
        let ex = due.exDate.map { HandDate($0) }
        try trial.require(
            HandDate(due.paymentDate) == wanted.payment && HandDate(due.recordDate) == wanted.record
                && ex == wanted.ex && HandDate(due.periodStart) == wanted.period.start
                && HandDate(due.periodEnd) == wanted.period.end,
            "\(due) is by hand paid \(wanted.payment), recorded \(wanted.record), ex \(wanted.ex.map { "\($0)" } ?? "never")"
        )
    }

    /// BND-072, on amounts that are seldom whole.
    private func compareTax(_ due: BondDue, _ taxed: HandFraction, _ trial: Trial) throws {
        guard let amount = due.amount, !terms.income.isEmpty else { return }
        let sheet = try terms.sheet(cash: Self.cash, observer: Self.observer, treasury: Self.treasury)
        for gross in [1, 500, 99_999_973] as [Int128] {
            let tax = taxed.times(gross).times(73, over: 1_000).rounded(terms.total)
            let found = try sheet.tax?.withholding(
                from: Quantity(UInt128(gross)),
                taxedPart: amount.taxedPart,
                .citizen
            )
            try trial.require(
                found?.tax.units == UInt128(tax) && found?.net.units == UInt128(gross - tax),
                "of \(gross) is withheld \(found.map { "\($0)" } ?? "nothing"), by hand \(tax)"
            )
        }
    }

    private func note(_ trial: inout Trial) {
        for due in book.dues { trial.label("\(due.kind)") }
        switch terms.repayment {
        case .linear: trial.label("linear")
        case .level: trial.label("level")
        case .perpetual: trial.label("perpetual")
        case .bullet, .instalments: break
        }
        if let call = terms.call, case .level(let first) = terms.repayment {
            trial.label("level after a call", when: call.part < 100 && call.place >= first)
        }
        trial.label("no periods", when: !terms.hasPeriods)
        trial.label("index", when: terms.index != nil)
        trial.label("daily index", when: terms.index?.isDaily == true)
        let isFloored = book.dues.contains { due in
            book.indexFactor(due.day, isPrincipal: true) != book.indexFactor(due.day, isPrincipal: false)
        }
        trial.label("floor of an index", when: isFloored)
        let stubs = book.periods.filter { !$0.isRegular }
        trial.label("stub", when: !stubs.isEmpty)
        trial.label("stated stub", when: terms.periods.firstEnd != nil || terms.periods.lastStart != nil)
        trial.label("ICMA stub", when: !stubs.isEmpty && terms.dayCount == .actualActualICMA && terms.interest != .none)
        let one = HandFraction(1)
        trial.label(
            "taxed in part",
            when: book.dues.contains { $0.amount.map { .zero < $0.taxed && $0.taxed < one } ?? false }
        )
        trial.label("not observed", when: book.dues.contains { $0.amount == nil })
        trial.label("calendar days", when: terms.record.convention != nil && terms.record.count > 0)
        trial.label("record before issue", when: book.dues.contains { $0.record == terms.issue })
        trial.label("adjusted accrual", when: book.periods.contains { $0.accrualEnd != $0.end })
    }

    // MARK: Lateness

    /// Days of grace and interest for lateness (BND-080, BND-082).
    func lateness(_ made: BondTerms, _ trial: inout Trial) throws {
        let payment = book.dues.last?.payment ?? terms.issue
        for (kind, grace) in [
            (BondDue.Kind.coupon, terms.interestGrace), (.redemption, terms.principalGrace),
            (.put, terms.principalGrace),
        ] {
            let last = try terms.calendar.moved(payment, grace)
            let found = try made.defaultDates(of: kind, payment: try payment.date(), terms.known)
            try trial.require(
                HandDate(found.lastDayOfGrace) == last && HandDate(found.eventOfDefault) == last.next(1),
                "grace of a \(kind) of \(payment) ends \(found), by hand \(last)"
            )
        }
        let day = payment.adding(months: try trial.number(0...3)).next(1)
        let count = HandYearFraction(count: terms.penaltyCount, months: 1, endOfMonth: false, maturity: nil)
        let unpaid = Int128(try trial.number(0...1_000_000))
        let wanted = count.plain(payment, day).times(unpaid * 90, over: 1_000).rounded(terms.total)
        let found = try made.penalty(
            on: Quantity(UInt128(unpaid)),
            from: try payment.date(),
            to: try day.date(),
            terms.known
        )
        try trial.require(
            found.units == UInt128(wanted),
            "\(unpaid) late from \(payment) to \(day) bear \(found), by hand \(wanted)"
        )
    }
}
