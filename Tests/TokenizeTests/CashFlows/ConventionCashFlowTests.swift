import Testing
import Tokenize

/// Dates that are no business days, ends of months, stubs and day counts, as contracts use them.
@Suite("Dates and day counts of contracts")
struct ConventionCashFlowTests {
    /// 3,000 at 10 %, 30E/360, monthly from 31 January 2013; 31 March 2013 is a Sunday.
    private static let monthly = SampleContract.bullet.with([
        "statusDate": "2012-12-30", "initialExchangeDate": "2012-12-31", "maturityDate": "2013-06-30",
        "notionalPrincipal": "3000", "cycleAnchorDateOfInterestPayment": "2013-01-31",
        "cycleOfInterestPayment": "P1ML1", "calendar": "MF", "endOfMonthConvention": "EOM",
    ])

    @Test(
        "the interest of March and of April 2013",
        arguments: [
            ("NOS", "2013-03-31 IP 80/3", "2013-04-30 IP 25"), ("NULL", "2013-03-31 IP 80/3", "2013-04-30 IP 25"),
            ("SCF", "2013-04-01 IP 55/2", "2013-04-30 IP 145/6"), ("CSF", "2013-04-01 IP 80/3", "2013-04-30 IP 25"),
            ("SCMF", "2013-03-29 IP 155/6", "2013-04-30 IP 155/6"),
            ("CSMF", "2013-03-29 IP 80/3", "2013-04-30 IP 25"),
            ("SCP", "2013-03-29 IP 155/6", "2013-04-30 IP 155/6"), ("CSP", "2013-03-29 IP 80/3", "2013-04-30 IP 25"),
            ("SCMP", "2013-03-29 IP 155/6", "2013-04-30 IP 155/6"),
            ("CSMP", "2013-03-29 IP 80/3", "2013-04-30 IP 25"),
        ]
    )
    func shifts(convention: String, march: String, april: String) throws {
        let lines = try Self.monthly.with(["businessDayConvention": convention]).lines()
        #expect(Array(lines[3...4]) == [march, april], "\(convention)")
    }

    @Test("preceding, at the beginning of a month", arguments: [("CSP", "2013-08-30"), ("CSMP", "2013-09-02")])
    func modifiedPreceding(convention: String, date: String) throws {
        // 1 September 2013 is a Sunday.
        let contract = SampleContract.bullet.with([
            "statusDate": "2013-07-31", "initialExchangeDate": "2013-08-01", "maturityDate": "2013-10-01",
            "cycleAnchorDateOfInterestPayment": "2013-09-01", "cycleOfInterestPayment": "P1ML1", "calendar": "MF",
            "businessDayConvention": convention,
        ])
        #expect(try contract.lines()[1] == "\(date) IP 10")
    }

    @Test("a stated maturity is not shifted")
    func statedMaturity() throws {
        let contract = Self.monthly.with(["maturityDate": "2013-03-31", "businessDayConvention": "SCF"])
        #expect(try contract.lines().suffix(2) == ["2013-03-31 IP 80/3", "2013-03-31 MD 3000"])
    }

    @Test("observations are looked up by the unshifted date")
    func observationDate() throws {
        let contract = Self.monthly.with([
            "cycleAnchorDateOfRateReset": "2013-03-31", "marketObjectCodeOfRateReset": "rate",
            "businessDayConvention": "SCP",
        ]).observing("rate", ("2013-03-30", "0.2"))
        let reset = try #require(try contract.flows().first { $0.eventType == .rateReset })
        #expect(try reset.nominalInterestRate == Ratio(decimal: "0.2"))
    }

    @Test(
        "months ends are kept from a month's end, and not from a 30 January",
        arguments: [
            ("EOM", "2013-02-28", ["02-28", "03-31", "04-30", "05-31"]),
            ("SD", "2013-02-28", ["02-28", "03-28", "04-28", "05-28"]),
            ("EOM", "2013-01-30", ["01-30", "02-28", "03-30", "04-30"]),
            ("SD", "2013-01-31", ["01-31", "02-28", "03-31", "04-30"]),
        ]
    )
    func monthEnds(convention: String, anchor: String, days: [String]) throws {
        let contract = Self.monthly.with([
            "cycleAnchorDateOfInterestPayment": anchor, "endOfMonthConvention": convention,
        ])
        let dates = try contract.flows().filter { $0.eventType == .interestPayment }.map { "\($0.eventDate.date)" }
        #expect(dates.prefix(4) == ArraySlice(days.map { "2013-\($0)" }))
    }

    @Test(
        "stubs: the end on the cycle, a short one, a long one, and one that would leave nothing",
        arguments: [
            ("P3ML1", "2015-01-01", 4), ("P3ML0", "2015-01-01", 4), ("P3ML1", "2014-12-01", 4),
            ("P3ML0", "2014-12-01", 3), ("P1YL1", "2014-12-01", 2), ("P1YL0", "2014-12-01", 2),
            ("P2QL0", "2015-01-01", 2), ("P1HL1", "2015-01-01", 3), ("P13WL0", "2014-12-01", 3),
        ]
    )
    func stubs(cycle: String, maturity: String, count: Int) throws {
        let contract = SampleContract.bullet.with(["cycleOfInterestPayment": cycle, "maturityDate": maturity])
        #expect(try contract.flows().count { $0.eventType == .interestPayment } == count, "\(cycle) to \(maturity)")
    }

    @Test("the last second of a day counts as the next day and is reported as itself")
    func endOfDay() throws {
        let contract = SampleContract.bullet.with([
            "maturityDate": "2014-12-31T23:59:59", "cycleOfInterestPayment": "P3ML1",
        ])
        let last = try #require(try contract.flows().last { $0.eventType == .interestPayment })
        #expect(last.eventDate.description == "2014-12-31T23:59:59" && last.payoff == 30)
    }

    @Test(
        "one period of interest under each day count",
        arguments: [
            ("A360", "59/360"), ("A365", "59/365"), ("AA", "59/365"), ("30E360", "58/360"), ("30E360ISDA", "58/360"),
            ("28E336", "56/336"), ("B252", "43/252"),
        ]
    )
    func dayCounts(code: String, fraction: String) throws {
        // From Tuesday 31 December 2013 to Friday 28 February 2014, which is the maturity.
        let contract = SampleContract.bullet.with([
            "statusDate": "2013-12-30", "initialExchangeDate": "2013-12-31", "maturityDate": "2014-02-28",
            "cycleAnchorDateOfInterestPayment": "", "cycleOfInterestPayment": "", "dayCountConvention": code,
            "notionalPrincipal": "10", "calendar": "MF",
        ])
        let parts = fraction.split(separator: "/").compactMap { Int(String($0)) }
        let interest = try #require(try contract.flows().first { $0.eventType == .interestPayment }?.payoff)
        #expect(try interest == Ratio(numerator: parts[0], denominator: parts[1]), "\(code)")
    }

    @Test("30E/360 ISDA: the end of February is a 30th unless it is the maturity")
    func thirtyISDA() throws {
        let contract = SampleContract.bullet.with([
            "statusDate": "2013-12-30", "initialExchangeDate": "2013-12-31", "maturityDate": "2014-03-31",
            "cycleAnchorDateOfInterestPayment": "2014-02-28", "cycleOfInterestPayment": "",
            "dayCountConvention": "30E360ISDA", "notionalPrincipal": "36",
        ])
        #expect(
            try contract.lines() == [
                "2013-12-31 IED -36", "2014-02-28 IP 3/5", "2014-03-31 IP 3/10", "2014-03-31 MD 36",
            ]
        )
    }

    @Test("a calendar that the caller brings, and the error of a day that it does not know")
    func ownCalendar() throws {
        let days = try ["2013-01-01", "2013-04-30", "2013-03-29"].map { try #require(CalendarDate($0)) }
        let calendar = try BusinessCalendar(
            name: "SPRING",
            version: 1,
            firstDay: days[0],
            lastDay: days[1],
            weekend: [.saturday, .sunday],
            holidays: [days[2]]
        )
        var contract = Self.monthly.with(["calendar": "SPRING", "businessDayConvention": "CSP"])
        #expect(throws: ContractTermsFailure.self) { try contract.flows() }
        let terms = try ContractTerms(contract.fields, calendars: ["SPRING": calendar])
        #expect(throws: CashFlowFailure.self) { try CashFlowProjection(terms: terms).cashFlows() }
        contract = contract.with(["maturityDate": "2013-04-30"])
        let flows = try CashFlowProjection(terms: ContractTerms(contract.fields, calendars: ["SPRING": calendar]))
            .cashFlows()
        #expect(flows[3].eventDate.date == CalendarDate("2013-03-28"))
    }
}
