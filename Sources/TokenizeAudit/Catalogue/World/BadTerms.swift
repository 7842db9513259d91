import Tokenize

/// Good terms of a bond with one thing changed that chapter 12 forbids.
struct BadTerms {
    let good: BondTermSheet
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

    mutating func add(_ rule: String, _ change: (inout BondTermSheet) throws -> Void) rethrows {
        var sheet = good
        try change(&sheet)
        bad.append((rule, sheet))
    }

    func rate(_ thousandths: Int128) throws -> BondDecimal { try DrawnTerms.rate(thousandths) }

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
