import Testing
import Tokenize

/// A change to a sheet that works, and all that is then wrong with it.
struct FaultCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sheet: BondTermSheet
    let faults: [BondTermFault]

    init(
        _ name: String,
        of sheet: BondTermSheet = SampleBond.fixed,
        _ faults: BondTermFault...,
        by change: (inout BondTermSheet) -> Void
    ) {
        testDescription = name
        var sheet = sheet
        change(&sheet)
        self.sheet = sheet
        self.faults = faults
    }
}

@Suite("Term sheets are refused with every fault named")
struct BondTermFaultTests {
    @Test("each product makes terms", arguments: SampleBond.all.map(\.name))
    func products(name: String) throws {
        let sheet = try #require(SampleBond.all.first { $0.name == name }?.sheet)
        #expect(sheet.faults == [])
        #expect(try BondTerms(sheet).sheet == sheet)
    }

    @Test("an empty sheet misses everything that has no default")
    func empty() {
        let faults = BondTermSheet().faults
        let fields: [BondTermField] = [
            .cash, .denomination, .issueDate, .interest, .dayCount, .repayment, .calendar, .businessDays, .recordDate,
            .exDate, .rounding, .tax, .defaults, .pledgedIncome,
        ]
        #expect(faults == fields.map { .missing($0) })
        #expect(throws: BondTermFailure(faults: faults)) { try BondTerms(BondTermSheet()) }
    }

    @Test("a fault is named, and no other", arguments: missing + identifiers + dates + rates)
    func fault(_ example: FaultCase) { #expect(example.sheet.faults == example.faults) }

    @Test("a fault is named, and no other", arguments: repayments + options + payments)
    func laterFault(_ example: FaultCase) { #expect(example.sheet.faults == example.faults) }

    @Test("several faults are all named")
    func several() {
        var sheet = SampleBond.callable
        sheet.cash = nil
        sheet.isin = "LA0MOF28A014"
        sheet.interest = .fixed(.zero)
        sheet.calls = SampleBond.options([("2029-07-16", "102")], notice: 15)
        #expect(
            sheet.faults == [
                .missing(.cash), .malformedIdentifier(.isin, .wrongCheckDigits), .outOfRange(.interest),
                .offSchedule(.calls, SampleFault.date("2029-07-16")),
            ]
        )
        #expect(Set(sheet.faults.map(\.description)).count == 4)
    }

    static let missing: [FaultCase] = [
        FaultCase("no cash", .missing(.cash)) { $0.cash = nil },
        FaultCase("no denomination", .missing(.denomination)) { $0.denomination = nil },
        FaultCase("no issue", .missing(.issueDate)) { $0.issueDate = nil },
        FaultCase("no maturity", .missing(.maturityDate)) { $0.maturityDate = nil },
        FaultCase("no interest", .missing(.interest)) { $0.interest = nil },
        FaultCase("no day count", .missing(.dayCount)) { $0.dayCount = nil },
        FaultCase("no periods", .missing(.periods)) { $0.periods = nil },
        FaultCase("no repayment", .missing(.repayment)) { $0.repayment = nil },
        FaultCase("no redemption price", .missing(.redemptionPrice)) { $0.redemptionPrice = nil },
        FaultCase("no calendar", .missing(.calendar)) { $0.calendar = nil },
        FaultCase("no business-day rule", .missing(.businessDays)) { $0.businessDays = nil },
        FaultCase("no record date", .missing(.recordDate)) { $0.recordDate = nil },
        FaultCase("no ex date", .missing(.exDate)) { $0.exDate = nil },
        FaultCase("no rounding", .missing(.rounding)) { $0.rounding = nil },
        FaultCase("no tax", .missing(.tax)) { $0.tax = nil },
        FaultCase("no default", .missing(.defaults)) { $0.defaults = nil },
        FaultCase("no pledged income", .missing(.pledgedIncome)) { $0.pledgedIncome = nil },
    ]

    static let identifiers: [FaultCase] = [
        FaultCase(
            "zeros",
            .outOfRange(.faceUnit),
            .outOfRange(.minimumSubscription),
            .outOfRange(.increment),
            .outOfRange(.lot)
        ) {
            $0.denomination = BondDenomination(faceUnit: 0, minimumSubscription: 0, increment: 0, lot: 0)
        },
        FaultCase("short ISIN", .malformedIdentifier(.isin, .wrongLength(expected: 12))) { $0.isin = "LA" },
        FaultCase("ISIN digit", .malformedIdentifier(.isin, .wrongCheckDigits)) { $0.isin = "LA0MOF28A014" },
        FaultCase("new ISIN prefix, wrong digit", .malformedIdentifier(.isin, .wrongCheckDigits)) {
            $0.isin = "QZ0378331000"
        },
        FaultCase("CFI letter", .malformedIdentifier(.cfi, .unknownCategory("E"))) { $0.cfi = "ESVUFR" },
        FaultCase("CFI of another group", .classificationContradicts(attribute: 0)) { $0.cfi = "DTFTFR" },
        FaultCase("CFI says zero coupon", .classificationContradicts(attribute: 1)) { $0.cfi = "DBZTFR" },
        FaultCase("CFI says callable", .classificationContradicts(attribute: 3)) { $0.cfi = "DBFTGR" },
        FaultCase("FISN", .malformedIdentifier(.fisn, .malformedShortName)) { $0.fisn = "LAO PDR" },
        FaultCase("all right") {
            $0.isin = "LA0MOF28A013"
            $0.cfi = "DBFTFR"
            $0.fisn = "LAO PDR/5.25 BD 20310715"
        },
        FaultCase("callable CFI", of: SampleBond.callable) { $0.cfi = "DBFTGR" },
        FaultCase("perpetual CFI", of: SampleBond.perpetual) { $0.cfi = "DBFTQR" },
        FaultCase("amortising CFI", of: SampleBond.linear) { $0.cfi = "DBFTAR" },
        FaultCase("bill CFI", of: SampleBond.plain) { $0.cfi = "DYZTXR" },
        FaultCase("floating CFI", of: SampleBond.floating) { $0.cfi = "DBVTFR" },
    ]

    static let dates: [FaultCase] = [
        FaultCase("maturity before issue", of: SampleBond.plain, .notAscending(.maturityDate)) {
            $0.maturityDate = $0.issueDate
        },
        FaultCase("a bill with periods", of: SampleBond.plain, .unexpected(.periods, with: .interest)) {
            $0.periods = SampleBond.periods("2026-01-05", tenor: Period(3, .month))
        },
        FaultCase("weekly", .schedule(.malformedTenor)) {
            $0.dayCount = .actual365Fixed
            $0.periods = SampleBond.periods("2026-07-15", tenor: Period(1, .week))
        },
        FaultCase("no tenor", .schedule(.malformedTenor), .incompatible(.dayCount, .periods)) {
            $0.periods = SampleBond.periods("2026-07-15", tenor: Period(0, .month))
        },
        FaultCase("five months by Act/Act ICMA", .incompatible(.dayCount, .periods)) {
            $0.periods = SampleBond.periods("2026-07-15", tenor: Period(5, .month))
        },
        FaultCase("stub dates in the wrong order", .schedule(.scheduleDatesOutOfOrder)) {
            $0.periods = SampleBond.periods("2026-07-15", firstEnd: "2028-01-15", lastStart: "2027-01-15")
        },
        FaultCase("interest long before the issue", .incompatible(.periods, .issueDate)) {
            $0.periods = SampleBond.periods("2025-07-15")
        },
        FaultCase("too many periods", .outOfRange(.periods)) {
            $0.issueDate = CalendarDate("1900-01-15")
            $0.maturityDate = CalendarDate("2010-01-15")
            $0.periods = SampleBond.periods("1900-01-15", tenor: Period(1, .month))
        },
        FaultCase("perpetual with an end", of: SampleBond.perpetual, .unexpected(.maturityDate, with: .repayment)) {
            $0.maturityDate = CalendarDate("2041-07-15")
        },
        FaultCase("perpetual with a price", of: SampleBond.perpetual, .unexpected(.redemptionPrice, with: .repayment)) {
            $0.redemptionPrice = .hundred
        },
        FaultCase("perpetual counted back", of: SampleBond.perpetual, .incompatible(.periods, .repayment)) {
            $0.periods = SampleBond.periods("2026-07-15")
        },
        FaultCase("redemption for nothing", .outOfRange(.redemptionPrice)) { $0.redemptionPrice = .zero },
    ]

    static let rates: [FaultCase] = [
        FaultCase("rate 0", .outOfRange(.interest)) { $0.interest = .fixed(.zero) },
        FaultCase("rate above 1,000 %", .outOfRange(.interest)) { $0.interest = .fixed(SampleBond.decimal("10.01")) },
        FaultCase("no steps", .outOfRange(.interest)) { $0.interest = .stepped([]) },
        FaultCase("a step off the schedule", .offSchedule(.interest, SampleFault.date("2028-07-16"))) {
            $0.interest = SampleFault.steps("2026-07-15", "2028-07-16")
        },
        FaultCase("a first step that is late", .offSchedule(.interest, SampleFault.date("2027-01-15"))) {
            $0.interest = SampleFault.steps("2027-01-15")
        },
        FaultCase("a step at maturity", .offSchedule(.interest, SampleFault.date("2031-07-15"))) {
            $0.interest = SampleFault.steps("2026-07-15", "2031-07-15")
        },
        FaultCase("steps that descend", .notAscending(.interest)) {
            $0.interest = SampleFault.steps("2026-07-15", "2028-07-15", "2028-01-15")
        },
        FaultCase("a cap below the floor", of: SampleBond.floating, .outOfRange(.interest)) {
            $0.interest = SampleFault.floating(floor: "0.05", cap: "0.04")
        },
        FaultCase("a floor below zero", of: SampleBond.floating, .outOfRange(.interest)) {
            $0.interest = SampleFault.floating(floor: "-0.01")
        },
        FaultCase("an unnamed reference", of: SampleBond.floating, .outOfRange(.interest)) {
            $0.interest = SampleFault.floating(reference: "")
        },
        FaultCase("no fallback", of: SampleBond.floating, .outOfRange(.interest)) {
            $0.interest = SampleFault.floating(fallbacks: [])
        },
        FaultCase("an open fallback", of: SampleBond.floating, .openFallback) {
            $0.interest = SampleFault.floating(fallbacks: [.previous(days: 10)])
        },
        FaultCase("a fallback that is never reached", of: SampleBond.floating, .openFallback) {
            $0.interest = SampleFault.floating(fallbacks: [.rate(.zero), .rate(.zero)])
        },
    ]

    static let repayments: [FaultCase] = [
        FaultCase(
            "linear off the schedule",
            of: SampleBond.linear,
            .offSchedule(.repayment, SampleFault.date("2029-01-16"))
        ) {
            $0.repayment = .linear(first: SampleFault.date("2029-01-16"))
        },
        FaultCase("level floater", of: SampleBond.floating, .incompatible(.repayment, .interest)) {
            $0.repayment = .level(first: SampleFault.date("2027-01-15"))
        },
        FaultCase("a part too much", of: SampleBond.sinkingFund, .instalmentsDoNotAddUp) {
            $0.repayment = SampleFault.parts(("2028-07-15", "0.5"), ("2031-07-15", "0.6"))
        },
        FaultCase("the last part too early", of: SampleBond.sinkingFund, .instalmentsDoNotAddUp) {
            $0.repayment = SampleFault.parts(("2028-07-15", "0.5"), ("2031-01-15", "0.5"))
        },
        FaultCase("parts that descend", of: SampleBond.sinkingFund, .notAscending(.repayment)) {
            $0.repayment = SampleFault.parts(("2029-07-15", "0.2"), ("2028-07-15", "0.3"), ("2031-07-15", "0.5"))
        },
        FaultCase(
            "a part off the schedule",
            of: SampleBond.sinkingFund,
            .offSchedule(.repayment, SampleFault.date("2028-07-16"))
        ) {
            $0.repayment = SampleFault.parts(("2028-07-16", "0.5"), ("2031-07-15", "0.5"))
        },
        FaultCase("capitalises off the schedule", .offSchedule(.capitalisation, SampleFault.date("2028-07-16"))) {
            $0.periods = SampleBond.periods("2026-07-15", capitalisesThrough: SampleFault.date("2028-07-16"))
        },
        FaultCase("an amortiser that capitalises", of: SampleBond.linear, .incompatible(.capitalisation, .repayment)) {
            $0.periods = SampleBond.periods("2026-07-15", capitalisesThrough: SampleFault.date("2028-07-15"))
        },
        FaultCase(
            "indexed and capitalising",
            of: SampleBond.inflationLinked,
            .incompatible(.indexation, .capitalisation)
        ) {
            $0.periods = SampleBond.periods("2026-07-15", capitalisesThrough: SampleFault.date("2028-07-15"))
        },
        FaultCase("an index that begins at 0", of: SampleBond.inflationLinked, .outOfRange(.indexation)) {
            $0.indexation = SampleFault.indexation(base: .zero)
        },
    ]

    static let options: [FaultCase] = [
        FaultCase("no day", .outOfRange(.calls)) { $0.calls = SampleBond.options([], notice: 5) },
        FaultCase("free of charge", .outOfRange(.calls)) {
            $0.calls = SampleBond.options([("2029-07-15", "0")], notice: 5)
        },
        FaultCase("endless notice", .outOfRange(.puts)) {
            $0.puts = SampleBond.options([("2029-07-15", "100")], notice: 367)
        },
        FaultCase("a put of a part of all", .outOfRange(.puts)) {
            $0.puts = SampleBond.options([("2029-07-15", "100")], notice: 5, allowsPart: true)
        },
        FaultCase("a call at maturity", .notAscending(.calls)) {
            $0.calls = SampleBond.options([("2031-07-15", "100")], notice: 5)
        },
        FaultCase("a put between coupons", .offSchedule(.puts, SampleFault.date("2029-07-14"))) {
            $0.puts = SampleBond.options([("2029-07-14", "100")], notice: 5)
        },
        FaultCase("a bill that is called", of: SampleBond.plain, .incompatible(.calls, .periods)) {
            $0.calls = SampleBond.options([("2026-03-05", "100")], notice: 5)
        },
    ]

    static let payments: [FaultCase] = [
        FaultCase("calendar without a name", .outOfRange(.calendar)) {
            $0.calendar = CalendarReference(name: "", version: 1, digest: .zero)
        },
        FaultCase("record date after payment", .outOfRange(.recordDate)) {
            $0.recordDate = .businessDays(-1)
            $0.exDate = BondExDate.none
        },
        FaultCase("ex date far away", .outOfRange(.exDate)) { $0.exDate = .before(.calendarDays(367, .preceding)) },
        FaultCase("ex date after the record date", .exDateAfterRecordDate) {
            $0.recordDate = .businessDays(5)
            $0.exDate = .before(.businessDays(3))
        },
        FaultCase("13 decimals", .outOfRange(.rounding)) {
            $0.rounding = BondRounding(unit: .decimals(13, .floor), total: .floor)
        },
        FaultCase("a class without a rate", .taxRate(.financialInstitution)) {
            $0.tax = SampleFault.tax { $0.dropLast() }
        },
        FaultCase("a class twice", .outOfRange(.tax)) { $0.tax = SampleFault.tax { $0 + $0.suffix(1) } },
        FaultCase("tax above 100 %", .outOfRange(.tax)) { $0.tax = SampleBond.tax(rate: SampleBond.decimal("1.01")) },
        FaultCase("tax for nobody", .missing(.taxTreasury)) {
            $0.tax = SampleFault.tax(treasury: nil, rate: "0.1") { $0 }
        },
        FaultCase("tax on nothing", .incompatible(.tax, .taxTreasury)) {
            $0.tax = SampleBond.tax(rate: SampleBond.decimal("0.1"), income: [])
        },
        FaultCase(
            "defaults",
            .outOfRange(.interestGrace),
            .outOfRange(.principalGrace),
            .outOfRange(.acceleration),
            .outOfRange(.penaltyRate),
            .incompatible(.penaltyDayCount, .defaults)
        ) {
            $0.defaults = BondDefaultTerms(
                interestGrace: .businessDays(-1),
                principalGrace: .calendarDays(367, .following),
                acceleration: .holders(.zero),
                penaltyRate: SampleBond.decimal("-0.01"),
                penaltyDayCount: .actualActualICMA
            )
        },
    ]
}

/// Parts of sheets that are wrong.
enum SampleFault {
    static func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? BusinessCalendar.laoModel.firstDay }

    static func steps(_ starts: String...) -> BondInterest {
        .stepped(starts.map { BondRateStep(start: date($0), rate: SampleBond.decimal("0.05")) })
    }

    static func parts(_ parts: (String, String)...) -> BondRepayment {
        .instalments(parts.map { BondInstalment(date: date($0), part: SampleBond.decimal($1)) })
    }

    static func floating(
        reference: String = "R",
        floor: String = "0",
        cap: String? = nil,
        fallbacks: [FloatingRate.Fallback] = [.rate(.zero)]
    ) -> BondInterest {
        .floating(
            FloatingRate(
                reference: reference,
                observer: SampleBond.observer,
                margin: .zero,
                floor: SampleBond.decimal(floor),
                cap: cap.map { SampleBond.decimal($0) },
                timing: .arrears,
                lagBusinessDays: 5,
                fallbacks: fallbacks
            )
        )
    }

    static func indexation(base: BondDecimal) -> BondIndexation {
        BondIndexation(
            index: "CPI",
            observer: SampleBond.observer,
            base: base,
            lagMonths: 3,
            interpolation: .monthly,
            decimals: 5,
            rounding: .halfUp,
            floor: .all,
            fallback: .yearBefore
        )
    }

    static func tax(
        treasury: AccountID? = SampleBond.treasury,
        rate: String = "0",
        _ change: ([TaxRule.Rate]) -> [TaxRule.Rate]
    ) -> TaxRule {
        TaxRule(
            rates: change(HolderClass.allCases.map { TaxRule.Rate($0, SampleBond.decimal(rate)) }),
            income: .coupon,
            classDate: .recordDate,
            rounding: .floor,
            treasury: treasury
        )
    }
}
