import Testing
import Tokenize

/// Term sheets for tests: one that works for each product, and what a test changes of it.
enum SampleBond {
    static let cash = AssetID(digest: digest(1))
    static let treasury = AccountID(digest: digest(2))
    static let observer = AccountID(digest: digest(3))

    /// A bill that repays its face.
    static func bill(
        cash: AssetID,
        face: Quantity,
        issue: CalendarDate,
        maturity: CalendarDate,
        change: (inout BondTermSheet) -> Void = { _ in }
    ) throws -> BondTerms {
        var sheet = plain
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: face, minimumSubscription: 1, increment: 1, lot: 1)
        sheet.issueDate = issue
        sheet.maturityDate = maturity
        change(&sheet)
        return try BondTerms(sheet)
    }

    /// The encoding of a bill that matures on the day of its issue.
    static func backwardsBytes() throws -> [UInt8] {
        let (issue, maturity) = (try date("2027-01-05"), try date("2028-01-05"))
        let bytes = InstrumentTerms.bond(try bill(cash: cash, face: 1, issue: issue, maturity: maturity)).canonicalBytes
        let (right, wrong) = (maturity.canonicalBytes, issue.canonicalBytes)
        let start = try #require(
            bytes.indices.dropLast(right.count).first { bytes[$0..<($0 + right.count)].elementsEqual(right) }
        )
        return Array(bytes[..<start]) + wrong + Array(bytes[(start + right.count)...])
    }

    /// A bill of 1,000 kip, on the model calendar; taxed from nobody.
    static var plain: BondTermSheet {
        var sheet = BondTermSheet()
        sheet.cash = cash
        sheet.denomination = BondDenomination(faceUnit: 1_000, minimumSubscription: 100, increment: 10, lot: 5)
        sheet.issueDate = CalendarDate("2026-01-05")
        sheet.maturityDate = CalendarDate("2026-07-06")
        sheet.interest = BondInterest.none
        sheet.dayCount = .actual365Fixed
        sheet.repayment = .bullet
        sheet.redemptionPrice = .hundred
        sheet.calendar = CalendarReference(.laoModel)
        sheet.businessDays = .following
        sheet.recordDate = .businessDays(2)
        sheet.exDate = .before(.businessDays(1))
        sheet.rounding = BondRounding(unit: .exact, total: .halfEven)
        sheet.tax = tax(rate: .zero)
        sheet.defaults = BondDefaultTerms(
            interestGrace: .businessDays(10),
            principalGrace: .calendarDays(7, .following),
            acceleration: .holders(decimal("0.25")),
            penaltyRate: decimal("0.02"),
            penaltyDayCount: .actual365Fixed
        )
        sheet.pledgedIncome = .pledgor
        return sheet
    }

    /// Five years at 5.25 %, half-yearly, Act/Act ICMA, 15 July and 15 January.
    static var fixed: BondTermSheet {
        var sheet = plain
        sheet.issueDate = CalendarDate("2026-07-15")
        sheet.maturityDate = CalendarDate("2031-07-15")
        sheet.interest = .fixed(decimal("0.0525"))
        sheet.dayCount = .actualActualICMA
        sheet.periods = periods("2026-07-15")
        return sheet
    }

    static var stepUp: BondTermSheet {
        var sheet = fixed
        sheet.interest = .stepped([step("2026-07-15", "0.04"), step("2028-07-15", "0.05"), step("2030-07-15", "0.065")])
        return sheet
    }

    static var floating: BondTermSheet {
        var sheet = fixed
        sheet.dayCount = .actual360
        sheet.interest = .floating(
            FloatingRate(
                reference: "SOFR 6M",
                observer: observer,
                margin: decimal("0.0125"),
                floor: .zero,
                cap: decimal("0.08"),
                timing: .advance,
                lagBusinessDays: 2,
                fallbacks: [
                    .other(reference: "SOFR 3M", spread: decimal("0.001")), .previous(days: 200),
                    .rate(decimal("0.05")),
                ]
            )
        )
        return sheet
    }

    static var linear: BondTermSheet {
        var sheet = fixed
        sheet.dayCount = .thirtyE360
        sheet.repayment = CalendarDate("2029-01-15").map { .linear(first: $0) }
        return sheet
    }

    static var level: BondTermSheet {
        var sheet = linear
        sheet.repayment = CalendarDate("2027-01-15").map { .level(first: $0) }
        return sheet
    }

    static var sinkingFund: BondTermSheet {
        var sheet = fixed
        let parts = [("2028-07-15", "0.2"), ("2029-07-15", "0.3"), ("2031-07-15", "0.5")]
        sheet.repayment = .instalments(
            parts.compactMap { date, part in
                CalendarDate(date).map { BondInstalment(date: $0, part: decimal(part)) }
            }
        )
        return sheet
    }

    static var savings: BondTermSheet {
        var sheet = fixed
        sheet.periods = periods("2026-07-15", capitalisesThrough: sheet.maturityDate)
        sheet.tax = tax(rate: decimal("0.1"))
        return sheet
    }

    static var inflationLinked: BondTermSheet {
        var sheet = fixed
        sheet.indexation = BondIndexation(
            index: "LAO CPI",
            observer: observer,
            base: decimal("120.5"),
            lagMonths: 3,
            interpolation: .daily,
            decimals: 5,
            rounding: .halfUp,
            floor: .principal,
            fallback: .latest
        )
        return sheet
    }

    static var callable: BondTermSheet {
        var sheet = fixed
        sheet.calls = options([("2029-07-15", "102"), ("2030-07-15", "101")], notice: 15, allowsPart: true)
        return sheet
    }

    static var puttable: BondTermSheet {
        var sheet = fixed
        sheet.puts = options([("2029-01-15", "99.5")], notice: 10)
        return sheet
    }

    static var perpetual: BondTermSheet {
        var sheet = fixed
        sheet.maturityDate = nil
        sheet.redemptionPrice = nil
        sheet.repayment = .perpetual
        sheet.periods = periods("2026-07-15", direction: .forward)
        sheet.calls = options([("2031-07-15", "100")], notice: 20, continues: true)
        return sheet
    }

    static var all: [(name: String, sheet: BondTermSheet)] {
        [
            ("bill", plain), ("fixed", fixed), ("step-up", stepUp), ("floating", floating), ("linear", linear),
            ("level", level), ("sinking fund", sinkingFund), ("savings", savings), ("inflation", inflationLinked),
            ("callable", callable), ("puttable", puttable), ("perpetual", perpetual),
        ]
    }

    // MARK: Parts

    static func digest(_ byte: UInt8) -> Digest { Digest(repeatElement(byte, count: 32)) ?? .zero }

    static func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text), "\(text)") }

    /// A number that a test names; zero, and a failing comparison, for a text that is none.
    static func decimal(_ text: String) -> BondDecimal { BondDecimal(text) ?? .zero }

    static func tax(rate: BondDecimal, income: TaxRule.Income = .all) -> TaxRule {
        TaxRule(
            rates: HolderClass.allCases.map { TaxRule.Rate($0, $0 == .state ? .zero : rate) },
            income: income,
            classDate: .recordDate,
            rounding: .halfUp,
            treasury: rate > .zero ? treasury : nil
        )
    }

    static func periods(
        _ start: String,
        tenor: Period? = Period(6, .month),
        direction: Schedule.Direction = .backward,
        endOfMonth: Bool = false,
        firstEnd: String? = nil,
        lastStart: String? = nil,
        stub: Schedule.Stub = .short,
        accrual: BusinessDayConvention = .unadjusted,
        capitalisesThrough: CalendarDate? = nil
    ) -> BondPeriods? {
        guard let start = CalendarDate(start), let tenor else { return nil }
        return BondPeriods(
            start: start,
            tenor: tenor,
            direction: direction,
            endOfMonth: endOfMonth,
            firstEnd: firstEnd.flatMap { CalendarDate($0) },
            lastStart: lastStart.flatMap { CalendarDate($0) },
            stub: stub,
            accrual: accrual,
            capitalisesThrough: capitalisesThrough
        )
    }

    private static func step(_ start: String, _ rate: String) -> BondRateStep {
        BondRateStep(start: CalendarDate(start) ?? BusinessCalendar.laoModel.firstDay, rate: decimal(rate))
    }

    static func options(
        _ days: [(String, String)],
        notice: Int,
        continues: Bool = false,
        allowsPart: Bool = false
    ) -> BondOptionPlan {
        BondOptionPlan(
            days: days.compactMap { date, price in
                CalendarDate(date).map { BondOptionPlan.Day(date: $0, price: decimal(price)) }
            },
            continues: continues,
            noticeBusinessDays: notice,
            allowsPart: allowsPart
        )
    }
}
