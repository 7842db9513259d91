import Testing
import Tokenize

extension BondSchedule {
    /// Dues as lines such as `2027-01-15 coupon 105/4 -> 1`; `?` for what is not yet observed.
    var lines: [String] {
        dues.map { due in
            let amount = due.amount.map { "\($0.perUnit) -> \($0.factorAfter)" } ?? "?"
            return "\(due.id.date) \(due.id.kind) \(amount)"
        }
    }
}

@Suite("What falls due on each product")
struct BondProductTests {
    private func schedule(
        _ sheet: BondTermSheet,
        _ observations: BondObservations = .none,
        _ exercises: [BondExercise] = [],
        through: String? = nil
    ) throws -> BondSchedule {
        try BondSchedule(
            BondTerms(sheet),
            calendar: .laoModel,
            observations: observations,
            exercises: exercises,
            through: through.map { try SampleBond.date($0) }
        )
    }

    @Test("a bill pays its face, once")
    func bill() throws {
        let bill = try schedule(SampleBond.plain)
        #expect(bill.lines == ["2026-07-06 redemption 1000 -> 0"])
        #expect(bill.terms.bulletRedemption == 1_000)
    }

    @Test("a fixed bullet pays half its rate twice a year, and its face")
    func fixed() throws {
        let bond = try schedule(SampleBond.fixed)
        #expect(bond.dues.count == 11)
        #expect(bond.lines[0] == "2027-01-15 coupon 105/4 -> 1")
        #expect(bond.lines.suffix(2) == ["2031-07-15 coupon 105/4 -> 1", "2031-07-15 redemption 1000 -> 0"])
        #expect(try bond.dues[0].total(on: 1_000_001, bond.terms.rounding) == 26_250_026)
        let id = BondDue.ID(.coupon, try SampleBond.date("2027-01-15"))
        #expect(bond.due(id) == bond.dues[0])
        #expect(bond.due(BondDue.ID(.call, id.date)) == nil)
    }

    @Test("the rate of a step-up grows")
    func stepUp() throws {
        let amounts = try schedule(SampleBond.stepUp).dues.filter { $0.id.kind == .coupon }.map { $0.amount?.perUnit }
        #expect(
            amounts == [20, 20, 20, 20, 25, 25, 25, 25].map { Ratio($0) }
                + Array(repeating: try Ratio(decimal: "32.5"), count: 2)
        )
    }

    @Test("a floating rate is fixed two business days before, within floor and cap, by fallbacks if nobody reports")
    func floating() throws {
        func value(_ name: String, _ date: String, _ rate: String) throws -> BondObservations.Value {
            .init(name, try SampleBond.date(date), try Ratio(decimal: rate))
        }
        let values = [
            try value("SOFR 6M", "2026-07-13", "0.04"),  // 5.25 %, 184 days
            try value("SOFR 6M", "2027-01-13", "0.09"),  // the cap, 8 %, 181 days
            try value("SOFR 6M", "2027-07-13", "-0.05"),  // the floor, 0
            try value("SOFR 3M", "2028-01-13", "0.03"),  // 3 % + 0.1 % + 1.25 %, 182 days
            try value("SOFR 6M", "2028-07-13", "0.02"),
        ]
        let observations = try BondObservations(values, through: SampleBond.date("2029-07-31"))
        let bond = try schedule(SampleBond.floating, observations)
        let coupons = bond.dues.filter { $0.id.kind == .coupon }
        let expected: [Ratio?] = [
            try Ratio(1_000) * Ratio(decimal: "0.0525") * 184 / 360,
            try Ratio(1_000) * Ratio(decimal: "0.08") * 181 / 360,
            0, try Ratio(1_000) * Ratio(decimal: "0.0435") * 182 / 360,
            try Ratio(1_000) * Ratio(decimal: "0.0325") * 184 / 360,
            // 184 days after the last fixing: within 200 days it is used again.
            try Ratio(1_000) * Ratio(decimal: "0.0325") * 181 / 360,
            // 364 days after it: the rate of last resort, without the margin.
            try Ratio(1_000) * Ratio(decimal: "0.05") * 184 / 360, nil, nil, nil,
        ]
        #expect(coupons.map { $0.amount?.perUnit } == expected)
        #expect(bond.dues.last?.amount?.perUnit == 1_000)
        #expect(try bond.terms.fixingDate(of: bond.accruals[0].period, .laoModel) == SampleBond.date("2026-07-13"))
        #expect(throws: BondFailure.notYetObserved(coupons[7].id.date)) {
            try coupons[7].total(on: 1, bond.terms.rounding)
        }
        #expect(throws: BondFailure.malformedObservation(name: "SOFR 3M", date: try SampleBond.date("2028-01-13"))) {
            try BondObservations(values + values, through: nil)
        }
    }

    @Test("a linear amortiser repays equal parts, and interest falls with them")
    func linear() throws {
        let bond = try schedule(SampleBond.linear)
        #expect(
            bond.lines[5] == "2029-01-15 amortisation 500/3 -> 5/6" || bond.lines[5] == "2029-07-15 coupon 175/8 -> 5/6"
        )
        let principal = bond.dues.filter { !$0.id.kind.isInterest }
        #expect(principal.map { $0.amount?.perUnit } == Array(repeating: try Ratio(500) / 3, count: 6))
        #expect(principal.map(\.id.kind) == Array(repeating: .amortisation, count: 5) + [.redemption])
        #expect(bond.dues.last?.amount?.factorAfter == 0)
    }

    @Test("a level amortiser pays the same every time, with and without rounding")
    func level() throws {
        let exact = try schedule(SampleBond.level)
        var payments: [CalendarDate: Ratio] = [:]
        for due in exact.dues { payments[due.id.date] = try (payments[due.id.date] ?? 0) + (due.amount?.perUnit ?? 0) }
        #expect(payments.count == 10)
        #expect(Set(payments.values).count == 1)
        // 1,000 at 2.625 % over ten periods.
        #expect(try payments.first?.value.decimalText(decimals: 6, .halfUp) == "114.998010")
        var sheet = SampleBond.level
        sheet.rounding = BondRounding(unit: .decimals(0, .halfUp), total: .halfUp)
        let rounded = try schedule(sheet)
        let principal = try rounded.dues.filter { !$0.id.kind.isInterest }.reduce(Ratio.zero) {
            sum,
            due throws(ArithmeticFailure) in
            try sum + (due.amount?.perUnit ?? 0)
        }
        #expect(principal == 1_000)
        #expect(rounded.dues.allSatisfy { $0.amount?.perUnit.isWhole == true })
        #expect(rounded.lines.prefix(2) == ["2027-01-15 coupon 26 -> 1", "2027-01-15 amortisation 89 -> 911/1000"])
    }

    @Test("a sinking fund repays its parts")
    func sinkingFund() throws {
        let principal = try schedule(SampleBond.sinkingFund).lines.filter { !$0.contains("coupon") }
        #expect(
            principal == [
                "2028-07-15 amortisation 200 -> 4/5", "2029-07-15 amortisation 300 -> 1/2",
                "2031-07-15 redemption 500 -> 0",
            ]
        )
    }

    @Test("a savings bond adds its interest, and pays all at maturity")
    func savings() throws {
        let bond = try schedule(SampleBond.savings)
        #expect(bond.dues.map(\.id.kind) == Array(repeating: .capitalisation, count: 9) + [.coupon, .redemption])
        let growth = try Ratio(decimal: "1.02625")
        #expect(try bond.dues[8].amount?.factorAfter == growth.power(9))
        let last = bond.dues.suffix(2).compactMap(\.amount)
        #expect(try last[0].perUnit + last[1].perUnit == 1_000 * growth.power(10))
        #expect(last[0].taxedPart == 1)
        #expect(try last[1].taxedPart == 1 - 1 / growth.power(9))
    }

    @Test("principal and interest follow the index; principal not below par")
    func inflation() throws {
        var values: [BondObservations.Value] = []
        for (date, value) in [
            ("2026-10-01", "126.525"), ("2026-11-01", "132.55"), ("2031-04-01", "100"), ("2031-05-01", "100"),
        ] {
            values.append(.init("LAO CPI", try SampleBond.date(date), try Ratio(decimal: value)))
        }
        let bond = try schedule(
            SampleBond.inflationLinked,
            BondObservations(values, through: SampleBond.date("2031-07-15"))
        )
        // 126.525 + 14/31 of 6.025, over 120.5: 1.05 + 0.05 * 14/31, to five decimals.
        #expect(try bond.dues[0].amount?.perUnit == Ratio(decimal: "26.25") * Ratio(decimal: "1.07258"))
        // No value for 2027-04: the latest one holds.
        #expect(try bond.dues[1].amount?.perUnit == Ratio(decimal: "26.25") * Ratio(decimal: "1.1"))
        let deflated = try Ratio(decimal: "26.25") * Ratio(decimal: "0.82988")
        #expect(bond.dues[9].amount?.perUnit == deflated)
        #expect(bond.lines[10] == "2031-07-15 redemption 1000 -> 0")
        #expect(try schedule(SampleBond.inflationLinked).dues.allSatisfy { $0.amount == nil })
        let zero = BondObservations.Value("LAO CPI", try SampleBond.date("2026-10-01"), 0)
        #expect(throws: BondFailure.malformedObservation(name: "LAO CPI", date: zero.date)) {
            try schedule(SampleBond.inflationLinked, BondObservations([zero], through: nil))
        }
    }

    @Test("deflation floors hold for what they name")
    func floors() throws {
        var sheet = SampleBond.inflationLinked
        for (floor, coupon, principal) in [
            (BondIndexation.Floor.none, "23.625", "900"), (.principal, "23.625", "1000"), (.all, "26.25", "1000"),
        ] {
            sheet.indexation = BondIndexation(
                index: "I",
                observer: SampleBond.observer,
                base: .hundred,
                lagMonths: 0,
                interpolation: .monthly,
                decimals: 3,
                rounding: .halfUp,
                floor: floor,
                fallback: .yearBefore
            )
            let month = try SampleBond.date("2030-07-01")
            let value = BondObservations.Value("I", month, 90)
            let bond = try schedule(sheet, BondObservations([value], through: SampleBond.date("2031-07-15")))
            // 2031-07 has the value of the year before.
            #expect(try bond.dues[9].amount?.perUnit == Ratio(decimal: coupon))
            #expect(try bond.dues[10].amount?.perUnit == Ratio(decimal: principal))
        }
    }

    @Test("a perpetual bond pays as far as is asked, and ends when it is called")
    func perpetual() throws {
        #expect(throws: BondFailure.needsHorizon) { try schedule(SampleBond.perpetual) }
        let bond = try schedule(SampleBond.perpetual, through: "2045-08-01")
        #expect(bond.dues.count == 38)
        #expect(bond.dues.last?.id.date == (try SampleBond.date("2045-07-15")))
        #expect(bond.terms.bulletRedemption == nil)
        let call = BondExercise(.call, on: try SampleBond.date("2033-01-15"), notice: try SampleBond.date("2032-12-01"))
        let called = try schedule(SampleBond.perpetual, .none, [call], through: "2045-08-01")
        #expect(called.lines.suffix(2) == ["2033-01-15 coupon 105/4 -> 1", "2033-01-15 call 1000 -> 0"])
    }
}
