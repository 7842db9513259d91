import Tokenize

/// Good terms of a bond with one thing changed that chapter 12 forbids.
struct BadTerms {
    private let good: BondTermSheet
    private var bad: [(rule: String, sheet: BondTermSheet)] = []

    init(_ good: BondTermSheet) throws {
        self.good = good
        try addMissingParts()
        try addNumbers()
        addDays()
        try addInterest()
        try addRepayments()
        try addOptions()
        try addTax()
        try addDefaults()
    }

    /// Some of them are refused.
    func require(_ trial: inout Trial) throws {
        for _ in 0..<8 {
            let one = try trial.draw(.element(of: bad))
            try trial.require((try? BondTerms(one.sheet)) == nil, "terms are made although \(one.rule)")
        }
    }

    private mutating func add(_ rule: String, _ change: (inout BondTermSheet) throws -> Void) rethrows {
        var sheet = good
        try change(&sheet)
        bad.append((rule, sheet))
    }

    private func rate(_ thousandths: Int128) throws -> BondDecimal { try DrawnTerms.rate(thousandths) }

    // MARK: Parts

    private mutating func addMissingParts() throws {
        add("there is no cash") { $0.cash = nil }
        add("there is no denomination") { $0.denomination = nil }
        add("there is no issue date") { $0.issueDate = nil }
        add("there is no interest") { $0.interest = nil }
        add("there is no day count") { $0.dayCount = nil }
        add("there is no repayment") { $0.repayment = nil }
        add("there is no calendar") { $0.calendar = nil }
        add("there is no convention") { $0.businessDays = nil }
        add("there is no record date") { $0.recordDate = nil }
        add("there is no word on an ex date") { $0.exDate = nil }
        add("there is no rounding") { $0.rounding = nil }
        add("there is no tax rule") { $0.tax = nil }
        add("there are no defaults") { $0.defaults = nil }
        add("there is no word on pledges") { $0.pledgedIncome = nil }
        if good.repayment == .perpetual {
            add("it is perpetual and matures") { $0.maturityDate = $0.issueDate?.adding(days: 4_000) }
            add("it is perpetual and has a price") { $0.redemptionPrice = .hundred }
            add("it is perpetual without interest") { $0.interest = BondInterest.none }
        } else {
            add("there is no maturity") { $0.maturityDate = nil }
            add("there is no redemption price") { $0.redemptionPrice = nil }
            add("it matures when it is issued") { $0.maturityDate = $0.issueDate }
        }
        if good.periods != nil {
            add("there are no periods") { $0.periods = nil }
        } else {
            try add("there are periods without interest") { sheet in
                sheet.periods = try sheet.issueDate.map { try .monthly(from: $0) }
            }
        }
        add("the ISIN has a false check digit") { $0.isin = "US0378331006" }
        add("the ISIN is short") { $0.isin = "US037833100" }
        add("the CFI is of shares") { $0.cfi = "ESVUFR" }
        add("the FISN is none") { $0.fisn = "no slash" }
    }

    private mutating func addNumbers() throws {
        func denomination(_ face: Quantity, _ minimum: Quantity, _ increment: Quantity, _ lot: Quantity)
            -> BondDenomination
        {
            BondDenomination(faceUnit: face, minimumSubscription: minimum, increment: increment, lot: lot)
        }
        add("the face is 0") { $0.denomination = denomination(0, 1, 1, 1) }
        add("the minimum is 0") { $0.denomination = denomination(1, 0, 1, 1) }
        add("the increment is 0") { $0.denomination = denomination(1, 1, 0, 1) }
        add("the lot is 0") { $0.denomination = denomination(1, 1, 1, 0) }
        if good.repayment != .perpetual {
            add("the redemption price is 0") { $0.redemptionPrice = .zero }
            let price = try rate(-100_000)
            add("the redemption price is below 0") { $0.redemptionPrice = price }
        }
        add("13 decimals are kept") { $0.rounding = BondRounding(unit: .decimals(13, .floor), total: .floor) }
        add("-1 decimals are kept") { $0.rounding = BondRounding(unit: .decimals(-1, .floor), total: .floor) }
        add("the calendar has no name") { $0.calendar = .init(name: "", version: 1, digest: .zero) }
    }

    private mutating func addDays() {
        for (rule, offset) in [
            ("367 business days", BondDayOffset.businessDays(367)), ("-1 business day", .businessDays(-1)),
            ("367 days", .calendarDays(367, .following)), ("-1 day", .calendarDays(-1, .preceding)),
        ] {
            add("the record date is \(rule) before") {
                $0.recordDate = offset
                $0.exDate = BondExDate.none
            }
            add("the ex date is \(rule) before") { $0.exDate = .before(offset) }
        }
        add("the ex date is late") {
            $0.recordDate = .businessDays(5)
            $0.exDate = .before(.businessDays(3))
        }
    }

    // MARK: Interest and principal

    private mutating func addInterest() throws {
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

    private mutating func addRepayments() throws {
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

    private mutating func addOptions() throws {
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

    // MARK: Tax and default

    private mutating func addTax() throws {
        let (tenth, above) = (try rate(100), try rate(1_001))
        let treasury = AccountID(digest: .zero)
        func rule(
            _ rate: BondDecimal,
            _ classes: [HolderClass] = HolderClass.allCases,
            _ income: TaxRule.Income = .coupon,
            _ treasury: AccountID? = AccountID(digest: .zero)
        ) -> TaxRule {
            TaxRule(
                rates: classes.map { .init($0, rate) },
                income: income,
                classDate: .recordDate,
                rounding: .floor,
                treasury: treasury
            )
        }
        let negative = try self.rate(-1)
        add("more than all is withheld") { $0.tax = rule(above) }
        add("less than nothing is withheld") { $0.tax = rule(negative) }
        add("a class has no rate") { $0.tax = rule(tenth, HolderClass.allCases.dropLast()) }
        add("a class has two rates") { $0.tax = rule(tenth, HolderClass.allCases + [.state]) }
        add("the rates are in another order") { $0.tax = rule(tenth, HolderClass.allCases.reversed()) }
        add("there is no treasury") { $0.tax = rule(tenth, HolderClass.allCases, .coupon, nil) }
        add("nothing is income") { $0.tax = rule(tenth, HolderClass.allCases, [], treasury) }
        add("an unknown part is income") { $0.tax = rule(tenth, HolderClass.allCases, .init(rawValue: 17), treasury) }
    }

    private mutating func addDefaults() throws {
        let (negative, tooMuch, above) = (try rate(-1), try rate(10_001), try rate(1_001))
        func defaults(
            interest: BondDayOffset = .businessDays(1),
            principal: BondDayOffset = .businessDays(1),
            _ acceleration: BondDefaultTerms.Acceleration = .none,
            rate: BondDecimal = .zero,
            _ count: DayCount = .actual360
        ) -> BondDefaultTerms {
            BondDefaultTerms(
                interestGrace: interest,
                principalGrace: principal,
                acceleration: acceleration,
                penaltyRate: rate,
                penaltyDayCount: count
            )
        }
        add("interest has a long grace") { $0.defaults = defaults(interest: .businessDays(367)) }
        add("principal has a long grace") { $0.defaults = defaults(principal: .calendarDays(367, .following)) }
        add("grace ends before it begins") { $0.defaults = defaults(principal: .businessDays(-1)) }
        add("no holders accelerate") { $0.defaults = defaults(.holders(.zero)) }
        add("more than all accelerate") { $0.defaults = defaults(.holders(above)) }
        add("lateness brings less") { $0.defaults = defaults(rate: negative) }
        add("lateness brings too much") { $0.defaults = defaults(rate: tooMuch) }
        add("lateness is counted by coupons") { $0.defaults = defaults(.none, .actualActualICMA) }
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
