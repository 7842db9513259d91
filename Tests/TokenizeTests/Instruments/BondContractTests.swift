import Testing
import Tokenize

/// The same bond as a contract of the cash-flow engine: its payoffs are the bond's amounts for one unit.
@Suite("Bonds agree with the cash-flow engine")
struct BondContractTests {
    private static let base = SampleContract([
        "contractType": "PAM", "contractRole": "RPA", "currency": "LAK", "statusDate": "2026-07-14",
        "initialExchangeDate": "2026-07-15", "maturityDate": "2031-07-15", "notionalPrincipal": "1000",
        "nominalInterestRate": "0.0525", "dayCountConvention": "30E360",
        "cycleAnchorDateOfInterestPayment": "2027-01-15", "cycleOfInterestPayment": "P6ML1",
    ])

    private func expect(_ sheet: BondTermSheet, _ contract: SampleContract) throws {
        var sheet = sheet
        sheet.dayCount = .thirtyE360
        let bond = try BondSchedule(BondTerms(sheet), calendar: .laoModel)
        var paid: [CalendarDate: Ratio] = [:]
        for due in bond.dues where due.id.kind != .capitalisation {
            paid[due.id.date] = try (paid[due.id.date] ?? 0) + (due.amount?.perUnit ?? 0)
        }
        var expected: [CalendarDate: Ratio] = [:]
        for flow in try contract.flows()
        where [.interestPayment, .principalRedemption, .maturity].contains(flow.eventType) {
            let date = flow.eventDate.date
            expected[date] = try (expected[date] ?? 0) + flow.payoff
        }
        expected = expected.filter { !$0.value.isZero }
        #expect(!expected.isEmpty && paid == expected)
    }

    @Test("a fixed bullet is a PAM")
    func bullet() throws { try expect(SampleBond.fixed, Self.base) }

    @Test("a linear amortiser is a LAM")
    func linear() throws {
        var sheet = SampleBond.fixed
        sheet.repayment = .linear(first: try SampleBond.date("2027-01-15"))
        try expect(
            sheet,
            Self.base.with([
                "contractType": "LAM", "cycleAnchorDateOfPrincipalRedemption": "2027-01-15",
                "cycleOfPrincipalRedemption": "P6ML1", "nextPrincipalRedemptionPayment": "100",
            ])
        )
    }

    @Test("a level amortiser is an ANN")
    func level() throws {
        try expect(
            SampleBond.level,
            Self.base.with([
                "contractType": "ANN", "cycleAnchorDateOfPrincipalRedemption": "2027-01-15",
                "cycleOfPrincipalRedemption": "P6ML1",
            ])
        )
    }

    @Test("a savings bond is a PAM that capitalises to its end")
    func savings() throws {
        try expect(SampleBond.savings, Self.base.with(["capitalizationEndDate": "2031-01-15"]))
    }
}
