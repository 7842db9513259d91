import Tokenize

/// What chapter 12 forbids of interest, repayments, options and indices.
extension BadTerms {
    mutating func addInterest() throws {
        guard let periods = good.periods, let issue = good.issueDate, good.repayment == .bullet else { return }
        let (two, tooMuch, negative) = (try rate(2), try rate(10_001), try rate(-1))
        add("the rate is 0") { $0.interest = .fixed(.zero) }
        add("the rate is above 10") { $0.interest = .fixed(tooMuch) }
        add("there is no step") { $0.interest = .stepped([]) }
        add("a step is below 0") { $0.interest = .stepped([.init(start: periods.start, rate: negative)]) }
        if let day = periods.start.adding(days: 1) {
            add("the first step is late") { $0.interest = .stepped([.init(start: day, rate: two)]) }
        }
        if let maturity = good.maturityDate {
            add("a step begins at maturity") {
                $0.interest = .stepped([.init(start: periods.start, rate: two), .init(start: maturity, rate: two)])
            }
        }
        add("two steps begin at once") {
            $0.interest = .stepped([.init(start: periods.start, rate: two), .init(start: periods.start, rate: two)])
        }
        func floating(
            _ fallbacks: [FloatingRate.Fallback],
            name: String = "REF",
            floor: BondDecimal = .zero,
            cap: BondDecimal? = nil,
            lag: Int = 2
        ) -> BondInterest {
            .floating(
                FloatingRate(
                    reference: name,
                    observer: AccountID(digest: .zero),
                    margin: .zero,
                    floor: floor,
                    cap: cap,
                    timing: .advance,
                    lagBusinessDays: lag,
                    fallbacks: fallbacks
                )
            )
        }
        add("the reference has no name") { $0.interest = floating([.rate(two)], name: "") }
        add("the reference has a long name") {
            $0.interest = floating([.rate(two)], name: String(repeating: "x", count: 65))
        }
        add("the reference has another script") { $0.interest = floating([.rate(two)], name: "ກີບ") }
        add("the floor is below 0") { $0.interest = floating([.rate(two)], floor: negative) }
        add("the cap is below the floor") { $0.interest = floating([.rate(two)], floor: two, cap: .zero) }
        add("the lag is long") { $0.interest = floating([.rate(two)], lag: 367) }
        add("there is no fallback") { $0.interest = floating([]) }
        add("the last fallback is no rate") { $0.interest = floating([.previous(days: 3)]) }
        add("two fallbacks are rates") { $0.interest = floating([.rate(two), .rate(two)]) }
        add("there are five fallbacks") {
            $0.interest = floating([
                .previous(days: 1), .previous(days: 2), .previous(days: 3), .previous(days: 4), .rate(two),
            ])
        }
        add("a fallback is of no days") { $0.interest = floating([.previous(days: 0), .rate(two)]) }
        if let months = Period(121, .month) {
            add("a period has 121 months") { $0.periods = periods.with(tenor: months) }
        }
        if let week = Period(1, .week) { add("a period is a week") { $0.periods = periods.with(tenor: week) } }
        if let months = Period(5, .month) {
            add("five months divide no year") {
                $0.periods = periods.with(tenor: months)
                $0.dayCount = .actualActualICMA
            }
        }
        if periods.capitalisesThrough == nil {
            add("interest is added to the principal within a period") {
                $0.periods = periods.with(capitalisesThrough: issue)
            }
        }
    }

    mutating func addRepayments() throws {
        guard good.periods != nil, let maturity = good.maturityDate, let issue = good.issueDate,
            let early = issue.adding(days: -400), good.periods?.capitalisesThrough == nil
        else { return }
        let (part, whole, almost) = (try rate(400), try rate(1_000), try rate(999))
        add("it is repaid from no end of a period on") { $0.repayment = .linear(first: early) }
        add("instalments are less than all") { $0.repayment = .instalments([.init(date: maturity, part: almost)]) }
        add("there are no instalments") { $0.repayment = .instalments([]) }
        add("an instalment is off the schedule") {
            $0.repayment = .instalments([.init(date: early, part: part), .init(date: maturity, part: part)])
        }
        if let end = maturity.adding(days: -1) {
            add("the last instalment is not at maturity") {
                $0.repayment = .instalments([.init(date: end, part: whole)])
            }
        }
        add("an instalment is 0") {
            $0.repayment = .instalments([.init(date: maturity, part: .zero), .init(date: maturity, part: whole)])
        }
        if case .fixed = good.interest {
        } else {
            add("level payments have no one rate") { $0.repayment = .level(first: maturity) }
        }
        if let periods = good.periods, good.repayment != .bullet {
            add("interest is added to what is repaid in parts") {
                $0.periods = periods.with(capitalisesThrough: maturity)
            }
        }
    }

    mutating func addOptions() throws {
        let price = try rate(100_000)
        guard let issue = good.issueDate else { return }
        func plan(_ days: [CalendarDate], price: BondDecimal, notice: Int = 0, allowsPart: Bool = false)
            -> BondOptionPlan
        {
            BondOptionPlan(
                days: days.map { .init(date: $0, price: price) },
                continues: true,
                noticeBusinessDays: notice,
                allowsPart: allowsPart
            )
        }
        add("there are calls on no day") { $0.calls = plan([], price: price) }
        add("a call is on the day of issue") { $0.calls = plan([issue], price: price) }
        if let maturity = good.maturityDate { add("a put is at maturity") { $0.puts = plan([maturity], price: price) } }
        if let day = good.calls?.days.first?.date {
            add("a call costs nothing") { $0.calls = plan([day], price: .zero) }
            add("a call has a long notice") { $0.calls = plan([day], price: price, notice: 367) }
            add("two calls are on one day") { $0.calls = plan([day, day], price: price) }
            if let next = day.adding(days: 1) { add("a call is in a period") { $0.calls = plan([next], price: price) } }
        }
        if let day = good.puts?.days.first?.date {
            add("a part is put") { $0.puts = plan([day], price: price, allowsPart: true) }
        }
        guard let index = good.indexation else { return }
        add("the index has no name") { $0.indexation = index.with(name: "") }
        add("the index has no base") { $0.indexation = index.with(base: .zero) }
        add("the index lags long") { $0.indexation = index.with(lag: 25) }
        add("the index lags ahead") { $0.indexation = index.with(lag: -1) }
        add("the index has 13 decimals") { $0.indexation = index.with(decimals: 13) }
        if let periods = good.periods, good.repayment == .bullet, let maturity = good.maturityDate,
            good.interest != BondInterest.none
        {
            add("an index meets interest that is added") { $0.periods = periods.with(capitalisesThrough: maturity) }
        }
    }
}

extension BondPeriods {
    /// The same with another tenor, or another end of what is added to the principal.
    fileprivate func with(tenor: Period? = nil, capitalisesThrough: CalendarDate? = nil) -> BondPeriods {
        BondPeriods(
            start: start,
            tenor: tenor ?? self.tenor,
            direction: direction,
            endOfMonth: endOfMonth,
            firstEnd: firstEnd,
            lastStart: lastStart,
            stub: stub,
            accrual: accrual,
            capitalisesThrough: capitalisesThrough ?? self.capitalisesThrough
        )
    }
}

extension BondIndexation {
    /// The same with something else.
    fileprivate func with(
        name: String? = nil,
        base: BondDecimal? = nil,
        lag: Int? = nil,
        decimals: Int? = nil
    ) -> BondIndexation {
        BondIndexation(
            index: name ?? index,
            observer: observer,
            base: base ?? self.base,
            lagMonths: lag ?? lagMonths,
            interpolation: interpolation,
            decimals: decimals ?? self.decimals,
            rounding: rounding,
            floor: floor,
            fallback: fallback
        )
    }
}
