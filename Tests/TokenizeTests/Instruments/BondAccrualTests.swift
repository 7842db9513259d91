import Testing
import Tokenize

@Suite("Accrued interest, taps, grace and tax of bonds")
struct BondAccrualTests {
    private func schedule(_ sheet: BondTermSheet = SampleBond.fixed) throws -> BondSchedule {
        try BondSchedule(BondTerms(sheet), calendar: .laoModel)
    }

    @Test("interest accrues to the ex day, is negative from it on, and begins anew")
    func accrued() throws {
        let bond = try schedule()
        let expected: [(String, Ratio)] = [
            ("2026-07-15", 0), ("2026-07-16", try Ratio(decimal: "26.25") / 184),
            // Paid on Friday 15 January 2027: without the coupon from the 14th on.
            ("2027-01-13", try Ratio(decimal: "26.25") * 182 / 184), ("2027-01-14", try Ratio(decimal: "-26.25") / 184),
            ("2027-01-15", 0), ("2027-01-16", try Ratio(decimal: "26.25") / 181),
        ]
        for (date, amount) in expected { #expect(try bond.accrued(on: SampleBond.date(date)) == amount, "\(date)") }
        for date in ["2026-07-14", "2031-07-15"] {
            let day = try SampleBond.date(date)
            #expect(throws: BondFailure.nothingOutstanding(day)) { try bond.accrued(on: day) }
        }
    }

    @Test("without an ex day, the day after the record day takes its place; without interest it is nothing")
    func otherAccrued() throws {
        var sheet = SampleBond.fixed
        sheet.exDate = BondExDate.none
        let day = try SampleBond.date("2027-01-14")
        // Recorded on the 13th, paid on the 15th.
        let recordDay = try SampleBond.date("2027-01-13")
        #expect(try schedule(sheet).accrued(on: recordDay) == Ratio(decimal: "26.25") * 182 / 184)
        #expect(try schedule(sheet).accrued(on: day) == Ratio(decimal: "-26.25") / 184)
        #expect(try schedule(SampleBond.plain).accrued(on: SampleBond.date("2026-03-05")) == 0)
        #expect(throws: BondFailure.notYetObserved(day)) { try schedule(SampleBond.floating).accrued(on: day) }
    }

    @Test("what has been repaid or capitalised accrues no more or more")
    func outstanding() throws {
        let day = try SampleBond.date("2029-07-20")
        // 30E/360, five days; one sixth was repaid twice.
        #expect(try schedule(SampleBond.linear).accrued(on: day) == Ratio(decimal: "52.5") * 2 / 3 * 5 / 360)
        let savings = try schedule(SampleBond.savings).accrued(on: day)
        #expect(try savings == Ratio(decimal: "26.25") * Ratio(decimal: "1.02625").power(6) * 5 / 184)
    }

    @Test("a tap costs its clean price and the accrued interest, rounded once")
    func tap() throws {
        let bond = try schedule()
        let day = try SampleBond.date("2026-08-14")
        let invoice = try bond.invoice(for: 777, cleanPrice: SampleBond.decimal("98.765"), settlement: day)
        #expect(try invoice.clean == Ratio(decimal: "767404.05"))
        #expect(try invoice.accrued == Ratio(777) * Ratio(decimal: "26.25") * 30 / 184)
        #expect(invoice.total == 770_730)
        let bill = try schedule(SampleBond.plain)
        let price = try bill.invoice(
            for: 10,
            cleanPrice: SampleBond.decimal("97"),
            settlement: SampleBond.date("2026-01-05")
        )
        #expect(price.total == 9_700 && price.accrued == 0)
        var half = SampleBond.linear
        half.repayment = .linear(first: try SampleBond.date("2031-01-15"))
        let later = try schedule(half).invoice(for: 10, cleanPrice: .hundred, settlement: SampleBond.date("2031-01-15"))
        #expect(later.total == 5_000)
        #expect(throws: BondFailure.arithmetic(.doesNotFit)) {
            try bond.invoice(for: 10, cleanPrice: SampleBond.decimal("-1"), settlement: day)
        }
    }

    @Test("accrued interest agrees with the calculators of the market")
    func agreement() throws {
        var structure = BondStructure(
            issue: try SampleBond.date("2026-07-15"),
            maturity: try SampleBond.date("2031-07-15"),
            tenor: try #require(Period(6, .month)),
            couponRates: [try Ratio(decimal: "0.0525")],
            dayCount: .actualActualICMA
        )
        structure.calendar = .laoModel
        structure.paymentConvention = .following
        structure.exCoupon = try ExCoupon(days: 1, calendar: .laoModel)
        let flows = try BondCashFlows(structure)
        let bond = try schedule()
        var day = try SampleBond.date("2026-07-15")
        while day < structure.maturity {
            #expect(try bond.accrued(on: day) == flows.accrued(on: day) * 10, "\(day)")
            day = try #require(day.adding(days: 1))
        }
        #expect(bond.dues.compactMap { $0.id.kind == .coupon ? $0.paymentDate : nil } == flows.coupons.map(\.payment))
    }

    @Test("grace of interest and principal are counted from the payment, each in its own way")
    func grace() throws {
        let terms = try BondTerms(SampleBond.fixed)
        let payment = try SampleBond.date("2027-04-09")
        let interest = try terms.defaultDates(of: .coupon, payment: payment, .laoModel)
        // Ten business days, over the New Year of 14 to 16 April.
        #expect("\(interest.lastDayOfGrace) \(interest.eventOfDefault)" == "2027-04-28 2027-04-29")
        // Seven calendar days end on a holiday, and go on to the next business day.
        let principal = try terms.defaultDates(of: .redemption, payment: payment, .laoModel)
        #expect("\(principal.lastDayOfGrace) \(principal.eventOfDefault)" == "2027-04-19 2027-04-20")
        let later = try SampleBond.date("2027-05-09")
        #expect(try terms.penalty(on: 1_000_000, from: payment, to: later, .laoModel) == 1_644)
        #expect(try terms.penalty(on: 1_000_000, from: payment, to: payment, .laoModel) == 0)
    }

    @Test("subscriptions and trades have numbers of their own")
    func denomination() throws {
        let denomination = try BondTerms(SampleBond.fixed).denomination
        #expect([100, 110, 1_000].allSatisfy { denomination.admits(subscription: $0) })
        #expect([0, 90, 105, 101].allSatisfy { !denomination.admits(subscription: $0) })
        #expect([5, 10, 105].allSatisfy { denomination.admits(trade: $0) })
        #expect([0, 1, 104].allSatisfy { !denomination.admits(trade: $0) })
    }

    @Test("net and tax are gross, for every class, rate, part and rounding", arguments: SeededRandom.seeds(20))
    func withholding(seed: UInt64) throws {
        var random = SeededRandom(seed)
        for rounding in Rounding.allCases {
            let units = Int64.random(in: 0...BondDecimal.one.units, using: &random)
            let rate =
                [BondDecimal.zero, .one, BondDecimal(units: units) ?? .one].randomElement(using: &random) ?? .one
            let rule = TaxRule(
                rates: HolderClass.allCases.map { TaxRule.Rate($0, rate) },
                income: .all,
                classDate: .paymentDate,
                rounding: rounding,
                treasury: SampleBond.treasury
            )
            let gross = Quantity(UInt128(UInt64.random(in: 0...UInt64.max, using: &random)) << (random.next() % 60))
            let denominator = UInt64.random(in: 1...1_000, using: &random)
            let part = try Ratio(UInt64.random(in: 0...denominator, using: &random)) / Ratio(denominator)
            for holderClass in HolderClass.allCases {
                let paid = try rule.withholding(from: gross, taxedPart: part, holderClass)
                #expect(paid.net.adding(paid.tax) == gross && paid.gross == gross, "seed \(seed)")
                let exact = try Ratio(gross) * part * rate.value
                #expect(try (Ratio(paid.tax) - exact).magnitude < 1, "seed \(seed)")
            }
        }
    }

    @Test("each class has its rate, and only income is taxed")
    func classes() throws {
        let rule = SampleBond.tax(rate: SampleBond.decimal("0.1"))
        #expect(try rule.withholding(from: 1_005, taxedPart: 1, .citizen).tax == 101)
        #expect(try rule.withholding(from: 1_005, taxedPart: 1, .state).tax == 0)
        #expect(try rule.withholding(from: 1_005, taxedPart: 0, .citizen).tax == 0)
        #expect(throws: BondFailure.malformedTaxedPart) { try rule.withholding(from: 1, taxedPart: 2, .citizen) }
        let forgetful = SampleFault.tax { Array($0.prefix(1)) }
        #expect(throws: BondFailure.noTaxRate(.citizen)) {
            try forgetful.withholding(from: 1, taxedPart: 1, .citizen)
        }
        var sheet = SampleBond.callable
        sheet.tax = SampleBond.tax(rate: SampleBond.decimal("0.1"), income: .premium)
        let date = try SampleBond.date("2029-07-15")
        let call = BondExercise(.call, on: date, notice: try SampleBond.date("2029-01-05"))
        let bond = try BondSchedule(BondTerms(sheet), calendar: .laoModel, exercises: [call])
        #expect(try bond.due(BondDue.ID(.call, date))?.amount?.taxedPart == Ratio(2) / 102)
        #expect(bond.due(BondDue.ID(.coupon, date))?.amount?.taxedPart == 0)
    }
}
