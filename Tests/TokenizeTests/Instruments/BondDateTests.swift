import Testing
import Tokenize

@Suite("Days of payment, record and ex days, stubs and ends of months")
struct BondDateTests {
    private func schedule(_ change: (inout BondTermSheet) throws -> Void) throws -> BondSchedule {
        var sheet = SampleBond.fixed
        try change(&sheet)
        return try BondSchedule(BondTerms(sheet), calendar: .laoModel)
    }

    /// `payment / record / ex` of the first due.
    private func first(_ change: (inout BondTermSheet) throws -> Void) throws -> String {
        let due = try schedule(change).dues[0]
        return "\(due.paymentDate) / \(due.recordDate) / \(due.exDate.map { "\($0)" } ?? "-")"
    }

    private func bullet(_ sheet: inout BondTermSheet, _ issue: String, _ maturity: String, _ periods: BondPeriods?) {
        sheet.issueDate = CalendarDate(issue)
        sheet.maturityDate = CalendarDate(maturity)
        sheet.periods = periods
    }

    @Test("a payment in the Lao New Year moves by the convention, and record and ex days count from it")
    func newYear() throws {
        // 14 to 16 April 2027 are holidays, Wednesday to Friday; 15 October 2026 is a Thursday.
        let expected: [(BusinessDayConvention, String)] = [
            (.following, "2027-04-19 / 2027-04-12 / 2027-04-13"),
            (.modifiedFollowing, "2027-04-19 / 2027-04-12 / 2027-04-13"),
            (.preceding, "2027-04-13 / 2027-04-09 / 2027-04-12"),
            (.unadjusted, "2027-04-15 / 2027-04-12 / 2027-04-13"),
        ]
        for (convention, dates) in expected {
            let found = try first { sheet in
                bullet(&sheet, "2026-10-15", "2030-10-15", SampleBond.periods("2026-10-15"))
                sheet.businessDays = convention
            }
            #expect(found == dates)
        }
    }

    @Test("a payment at the year's end goes back with modified following, and into the new year with following")
    func yearEnd() throws {
        // The last three business days of 2027 are closed: 29, 30 and 31 December; 1 January 2028 is one too.
        for (convention, payment) in [
            (BusinessDayConvention.following, "2028-01-04"), (.modifiedFollowing, "2027-12-28"),
        ] {
            let due = try schedule { sheet in
                bullet(&sheet, "2027-06-30", "2030-12-31", SampleBond.periods("2027-06-30", endOfMonth: true))
                sheet.businessDays = convention
            }.dues[0]
            #expect(due.id.date == (try SampleBond.date("2027-12-31")))
            #expect("\(due.paymentDate)" == payment)
        }
    }

    @Test("a record day of calendar days that falls on a holiday moves as the terms say")
    func recordOnHoliday() throws {
        // Paid on 14 May 2027; 13 days before is 1 May, a Saturday and holiday; 3 May is given in lieu.
        for (convention, record) in [
            (BusinessDayConvention.preceding, "2027-04-30"), (.following, "2027-05-04"), (.unadjusted, "2027-05-01"),
        ] {
            let found = try first { sheet in
                bullet(&sheet, "2026-11-14", "2030-11-14", SampleBond.periods("2026-11-14"))
                sheet.recordDate = .calendarDays(13, convention)
                sheet.exDate = BondExDate.none
            }
            #expect(found == "2027-05-14 / \(record) / -")
        }
    }

    @Test("an ex day that comes after the first business day behind the record day is refused")
    func exAfterRecord() throws {
        let due = try SampleBond.date("2027-05-14")
        #expect(throws: BondFailure.exDateAfterRecordDate(due: due)) {
            try first { sheet in
                bullet(&sheet, "2026-11-14", "2030-11-14", SampleBond.periods("2026-11-14"))
                sheet.recordDate = .calendarDays(13, .preceding)
                sheet.exDate = .before(.businessDays(3))
            }
        }
        // The next business day after 30 April 2027 is 4 May: eight business days before the payment.
        let found = try first { sheet in
            bullet(&sheet, "2026-11-14", "2030-11-14", SampleBond.periods("2026-11-14"))
            sheet.recordDate = .calendarDays(13, .preceding)
            sheet.exDate = .before(.businessDays(8))
        }
        #expect(found == "2027-05-14 / 2027-04-30 / 2027-05-04")
    }

    @Test("on the day of payment itself: no days at all")
    func zeroOffsets() throws {
        let found = try first { sheet in
            sheet.recordDate = .businessDays(0)
            sheet.exDate = .before(.businessDays(0))
        }
        #expect(found == "2027-01-15 / 2027-01-15 / 2027-01-15")
    }

    @Test("ends of months stay ends of months, through a leap year")
    func endOfMonth() throws {
        let bond = try schedule { sheet in
            bullet(&sheet, "2027-08-31", "2029-02-28", SampleBond.periods("2027-08-31", endOfMonth: true))
        }
        #expect(bond.dues.dropLast().map { "\($0.id.date)" } == ["2028-02-29", "2028-08-31", "2029-02-28"])
        #expect(bond.dues.dropLast().allSatisfy { $0.amount?.perUnit == bond.dues[0].amount?.perUnit })
    }

    @Test("every stub, front and back, short and long, has the interest of its own days")
    func stubs() throws {
        // Act/Act ICMA by hand. 2026-09-01 to 2027-01-15: 136 of 184 days of the quasi period from 15 July.
        let cases: [(String, BondPeriods?, [String], [String])] = [
            ("short front", SampleBond.periods("2026-09-01"), ["2027-01-15", "2027-07-15"], ["136/184", "1"]),
            (
                "long front", SampleBond.periods("2026-09-01", stub: .long), ["2027-07-15"], ["320/184"]
            ),
            (
                "short back", SampleBond.periods("2026-09-01", direction: .forward),
                ["2027-03-01", "2027-07-15"], ["1", "136/184"]
            ),
            ("long back", SampleBond.periods("2026-09-01", direction: .forward, stub: .long), ["2027-07-15"], ["L"]),
            (
                "both stated", SampleBond.periods("2026-09-01", firstEnd: "2026-10-15", lastStart: "2027-04-15"),
                ["2026-10-15", "2027-04-15", "2027-07-15"], ["44/183", "1", "91/183"]
            ),
        ]
        for (name, periods, ends, parts) in cases {
            let bond = try schedule { sheet in
                bullet(&sheet, "2026-09-01", "2027-07-15", periods)
                sheet.interest = .fixed(.one)
            }
            let coupons = bond.dues.filter { $0.id.kind == .coupon }
            #expect(coupons.map { "\($0.id.date)" } == ends, "\(name)")
            for (coupon, part) in zip(coupons, parts) {
                let numbers = part.split(separator: "/").compactMap { Int($0) }
                guard let numerator = numbers.first else {
                    // A long back stub from 1 September: one whole half-year, and 136 of the 184 days from 1 March.
                    #expect(try coupon.amount?.perUnit == 500 * (1 + Ratio(136) / 184), "\(name)")
                    continue
                }
                let denominator = numbers.count > 1 ? numbers[1] : 1
                let expected: Ratio
                if name == "long front" {
                    // 136 of 184 days, and one whole half-year.
                    expected = try 500 * (Ratio(136) / 184 + 1)
                } else {
                    expected = try 500 * Ratio(numerator) / Ratio(denominator)
                }
                #expect(coupon.amount?.perUnit == expected, "\(name) \(coupon.id)")
            }
        }
    }

    @Test("interest follows the payment only where the terms adjust its days")
    func adjustedAccrual() throws {
        for (accrual, days) in [(BusinessDayConvention.unadjusted, 182), (.following, 186)] {
            let bond = try schedule { sheet in
                bullet(&sheet, "2026-10-15", "2030-10-15", SampleBond.periods("2026-10-15", accrual: accrual))
                sheet.dayCount = .actual365Fixed
                sheet.interest = .fixed(.one)
            }
            #expect(try bond.dues[0].amount?.perUnit == Ratio(days * 1_000) / 365)
            #expect(bond.dues[0].id.date == (try SampleBond.date("2027-04-15")), "the name does not move")
        }
    }

    @Test("names are unique and ascend, days are in order, for every product")
    func names() throws {
        for (name, sheet) in SampleBond.all {
            let horizon = try SampleBond.date("2040-01-15")
            let bond = try BondSchedule(BondTerms(sheet), calendar: .laoModel, through: horizon)
            let ids = bond.dues.map(\.id)
            #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }, "\(name)")
            for due in bond.dues {
                #expect(due.periodStart < due.periodEnd && due.recordDate <= due.paymentDate, "\(name) \(due.id)")
                #expect(due.exDate.map { $0 > due.recordDate } ?? true, "\(name) \(due.id)")
                #expect(try BusinessCalendar.laoModel.isBusinessDay(due.paymentDate), "\(name) \(due.id)")
            }
        }
    }

    @Test("another calendar, and days that nobody has announced, are refused")
    func calendars() throws {
        let terms = try BondTerms(SampleBond.fixed)
        #expect(throws: BondFailure.wrongCalendar(name: "MON-FRI", version: 1)) {
            try BondSchedule(terms, calendar: .mondayToFriday)
        }
        let day = try SampleBond.date("2066-01-15")
        #expect(throws: BondFailure.convention(.outsideCalendar(name: "LA-MODEL", date: day))) {
            try schedule { bullet(&$0, "2060-01-15", "2066-01-15", SampleBond.periods("2060-01-15")) }
        }
    }
}
