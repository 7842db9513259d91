import Testing
import Tokenize

/// Terms that the published cases do not use: caps and floors, fees, prepayments, scaling, contracts in progress.
@Suite("Terms that few contracts have")
struct OptionalTermTests {
    /// The bullet with two resets, on 1 April and 1 July.
    private static let floating = SampleContract.bullet.with([
        "cycleAnchorDateOfRateReset": "2014-04-01", "cycleOfRateReset": "P3ML1",
        "marketObjectCodeOfRateReset": "rate", "rateSpread": "0.01", "rateMultiplier": "2",
    ]).observing("rate", ("2014-01-01", "0.07"), ("2014-06-30", "0.01"))

    private func rates(_ contract: SampleContract) throws -> [String] {
        try contract.flows().filter { [.rateReset, .rateResetFixed].contains($0.eventType) }
            .map { try "\($0.eventType.rawValue) \($0.nominalInterestRate.decimalText(decimals: 3, .halfEven))" }
    }

    @Test("multiplier, spread, and a next rate that is known")
    func resets() throws {
        #expect(try rates(Self.floating) == ["RR 0.150", "RR 0.030", "RR 0.030"])
        #expect(try rates(Self.floating.with(["nextResetRate": "0.2"])) == ["RRF 0.200", "RR 0.030", "RR 0.030"])
    }

    @Test(
        "caps and floors, of the life and of a period, alone and together",
        arguments: [
            (["lifeCap": "0.12"], ["RR 0.120", "RR 0.030", "RR 0.030"]),
            (["lifeFloor": "0.04"], ["RR 0.150", "RR 0.040", "RR 0.040"]),
            (["periodCap": "0.02"], ["RR 0.120", "RR 0.030", "RR 0.030"]),
            (["periodFloor": "-0.05"], ["RR 0.150", "RR 0.100", "RR 0.050"]),
            (["periodFloor": "-0.05", "lifeFloor": "0.06"], ["RR 0.150", "RR 0.100", "RR 0.060"]),
            (["periodCap": "0.02", "lifeCap": "0.11", "periodFloor": "0"], ["RR 0.110", "RR 0.110", "RR 0.110"]),
        ]
    )
    func capsAndFloors(terms: [String: String], expected: [String]) throws {
        #expect(try rates(Self.floating.with(terms)) == expected)
    }

    @Test("a fee that is an amount, from either side")
    func fixedFee() throws {
        let contract = SampleContract.bullet.with([
            "feeRate": "5", "feeBasis": "A", "cycleAnchorDateOfFee": "2014-07-01", "cycleOfFee": "P6ML1",
        ])
        #expect(try contract.lines().filter { $0.contains("FP") } == ["2014-07-01 FP 5", "2015-01-01 FP 5"])
        let other = contract.with(["contractRole": "RPL"])
        #expect(try other.lines().filter { $0.contains("FP") } == ["2014-07-01 FP -5", "2015-01-01 FP -5"])
        let once = contract.with(["cycleAnchorDateOfFee": "", "cycleOfFee": ""])
        #expect(try once.lines().filter { $0.contains("FP") } == ["2015-01-01 FP 5"])
    }

    @Test("a fee on the notional accrues across every other event")
    func notionalFee() throws {
        let contract = SampleContract.linear.with([
            "feeRate": "0.02", "feeBasis": "N", "cycleAnchorDateOfFee": "2014-06-01", "cycleOfFee": "P6ML1",
        ])
        // 1,200 for 3 months, 900 for 2; then 900 for 1, 600 for 3, 300 for 2; then 300 for 1.
        #expect(
            try contract.lines().filter { $0.contains("FP") }
                == ["2014-06-01 FP 9", "2014-12-01 FP 11/2", "2015-01-01 FP 1/2"]
        )
        #expect(try contract.lines().last == "2015-01-01 MD 300")
        let seasoned = contract.with(["statusDate": "2014-05-01", "feeAccrued": "3"])
        // One month on the notional of the status date.
        #expect(try seasoned.lines().first == "2014-06-01 FP 5")
    }

    @Test("a fee accrued is paid with the principal where no fee is due then")
    func feeAtSettlement() throws {
        let contract = try SampleContract.call.with(["feeRate": "0.12", "feeBasis": "N"]).after(.exercise, "2014-02-01")
        #expect(try contract.lines().suffix(2) == ["2014-03-01 IP 10", "2014-03-01 STD 1224"])
    }

    @Test("a prepayment takes off principal, and no more than there is")
    func prepayment() throws {
        let contract = try SampleContract.bullet.after(.principalPrepayment, "2014-07-01", 200)
        #expect(
            try contract.lines() == [
                "2014-01-01 IED -1200", "2014-04-01 IP 30", "2014-07-01 PP 200", "2014-07-01 IP 30",
                "2014-10-01 IP 25", "2015-01-01 IP 25", "2015-01-01 MD 1000",
            ]
        )
        let all = try SampleContract.bullet.after(.principalPrepayment, "2014-12-01", 5_000)
        #expect(
            try all.lines().suffix(3) == ["2014-12-01 PP 1200", "2015-01-01 IP 20", "2015-01-01 MD 0"]
        )
    }

    @Test(
        "a penalty for prepayment",
        arguments: [("O", "0", nil), ("A", "7", "7"), ("N", "0.04", "8"), ("I", "", "10")]
            as [(String, String, String?)]
    )
    func penalty(basis: String, rate: String, amount: String?) throws {
        let contract = try SampleContract.bullet.with([
            "penaltyType": basis, "penaltyRate": rate, "marketObjectCodeOfRateReset": "rate",
        ]).observing("rate", ("2014-01-01", "0.05")).after(.principalPrepayment, "2014-06-01", 200)
        let penalties = try contract.lines().filter { $0.contains(" PY ") }
        #expect(penalties == (amount.map { ["2014-06-01 PY \($0)"] } ?? []))
    }

    @Test("a credit event is reported and pays nothing")
    func creditEvent() throws {
        let contract = try SampleContract.bullet.after(.creditEvent, "2014-05-01")
        let flow = try #require(try contract.flows().first { $0.eventType == .creditEvent })
        #expect(flow.payoff == 0 && flow.accruedInterest == 10)
    }

    @Test(
        "scaling multiplies cash of interest, of principal, or of both, and not what is outstanding",
        arguments: [("I0O", "45 1200"), ("ONO", "30 1800"), ("INO", "45 1800"), ("0N0", "30 1800"), ("000", "30 1200")]
    )
    func scaling(effect: String, amounts: String) throws {
        let contract = SampleContract.bullet.with([
            "scalingEffect": effect, "marketObjectCodeOfScalingIndex": "index",
            "scalingIndexAtContractDealDate": "100", "cycleAnchorDateOfScalingIndex": "2014-12-01",
        ]).observing("index", ("2014-11-30", "150"))
        let last = try contract.flows().suffix(2)
        #expect(last.map { "\($0.payoff)" }.joined(separator: " ") == amounts)
        #expect(last.first?.notionalPrincipal == 1_200)
    }

    @Test("a lagged base changes on its own dates")
    func laggedBase() throws {
        let contract = SampleContract.linear.with([
            "interestCalculationBase": "NTL", "cycleAnchorDateOfInterestCalculationBase": "2014-07-01",
            "cycleOfInterestCalculationBase": "P1YL1", "interestCalculationBaseAmount": "2400",
        ])
        #expect(
            try contract.lines().filter { $0.contains("IP ") }
                == ["2014-04-01 IP 60", "2014-07-01 IP 60", "2014-10-01 IP 15", "2015-01-01 IP 15"]
        )
    }

    @Test("a contract in progress accrues from its last date of interest")
    func seasoned() throws {
        let contract = SampleContract.bullet.with(["statusDate": "2014-06-01", "contractRole": "RPL"])
        #expect(try contract.lines().first == "2014-07-01 IP -30")
        #expect(try contract.with(["accruedInterest": "50"]).lines().first == "2014-07-01 IP -60")
        // Before the first date of interest nothing tells since when interest accrues but the terms.
        #expect(try contract.with(["statusDate": "2014-02-01"]).lines().first == "2014-04-01 IP -20")
        let linear = SampleContract.linear.with(["statusDate": "2014-05-01", "notionalPrincipal": "900"])
        #expect(try linear.lines().first == "2014-07-01 PR 300")
        #expect(try linear.lines()[1] == "2014-07-01 IP 45/2")
    }

    @Test("the level payment of an annuity in progress, from the status date on")
    func seasonedAnnuity() throws {
        let contract = SampleContract.linear.with([
            "contractType": "ANN", "nextPrincipalRedemptionPayment": "", "statusDate": "2014-04-01",
        ])
        let flows = try contract.flows()
        let growth = try Ratio(decimal: "1.025").power(3)
        let level = try 1_200 * growth * Ratio(decimal: "0.025") / (growth - 1)
        #expect(try flows[0].payoff + flows[1].payoff == level && flows.last?.eventType == .maturity)
    }

    @Test("a level payer pays interest on its own dates and on those of redemption, equal dates once")
    func union() throws {
        let contract = SampleContract.linear.with([
            "contractType": "NAM", "cycleAnchorDateOfInterestPayment": "2014-03-01",
            "cycleOfInterestPayment": "P2ML1",
        ])
        let interest = try contract.lines().filter { $0.contains("IP ") }.map { $0.prefix(7) }
        #expect(interest == ["2014-03", "2014-04", "2014-05", "2014-07", "2014-09", "2014-10", "2014-11", "2015-01"])
        // Between, interest is what accrued since the last date of either kind.
        #expect(try contract.lines()[1...3] == ["2014-03-01 IP 20", "2014-04-01 PR 290", "2014-04-01 IP 10"])
    }

    @Test("an annuity that is calculated beyond its maturity leaves a balloon")
    func balloon() throws {
        let contract = SampleContract.linear.with([
            "contractType": "ANN", "nextPrincipalRedemptionPayment": "", "nominalInterestRate": "0",
            "amortizationDate": "2016-01-01",
        ])
        let principal = try contract.lines().filter { $0.contains("PR ") || $0.contains("MD") }
        #expect(
            principal == ["2014-04-01 PR 150", "2014-07-01 PR 150", "2014-10-01 PR 150", "2015-01-01 MD 750"]
        )
    }

    @Test("a level payment that is rounded leaves the rest to the last payment")
    func roundedInstalment() throws {
        var contract = SampleContract.linear.with([
            "contractType": "ANN", "nextPrincipalRedemptionPayment": "",
        ])
        contract.instalment = InstalmentRounding(decimals: 0, .ceiling)
        let flows = try contract.flows()
        var payments: [Ratio] = []
        for date in Set(flows.dropFirst().map(\.eventDate)).sorted() {
            let paid = try flows.filter { $0.eventDate == date }.reduce(Ratio.zero) { try $0 + $1.payoff }
            if !paid.isZero { payments.append(paid) }
        }
        // 318.98 exactly; 319 three times, and less at the end.
        let growth = try Ratio(decimal: "1.025").power(3)
        let last = try (1_200 * growth - 319 * (growth - 1) / Ratio(decimal: "0.025")) * Ratio(decimal: "1.025")
        #expect(payments == [319, 319, 319, last] && flows.last?.notionalPrincipal == 0)
    }

    @Test("a long annuity with many resets outgrows the limit, unless its level payments are rounded")
    func longAnnuity() throws {
        var contract = SampleContract.linear.with([
            "contractType": "ANN", "nextPrincipalRedemptionPayment": "", "maturityDate": "2064-01-01",
            "cycleOfPrincipalRedemption": "P1ML1", "cycleOfInterestPayment": "P1ML1", "dayCountConvention": "AA",
            "cycleAnchorDateOfRateReset": "2015-01-01", "cycleOfRateReset": "P1YL1",
            "marketObjectCodeOfRateReset": "rate",
        ])
        contract.observed["rate"] = (2_014...2_063).map { ("\($0)-01-01", "0.0\($0)") }
        #expect(throws: CashFlowFailure.arithmetic(.tooLarge)) { try contract.flows() }
        contract.instalment = InstalmentRounding(decimals: 2, .halfUp)
        #expect(try contract.flows().last?.notionalPrincipal == 0)
    }

    @Test("interest that began before the exchange")
    func interestBeforeExchange() throws {
        let contract = SampleContract.bullet.with(["cycleAnchorDateOfInterestPayment": "2013-10-01"])
        let flows = try contract.flows()
        #expect(flows.first?.accruedInterest == 30)
        #expect(try contract.with(["accruedInterest": "7"]).flows().first?.accruedInterest == 7)
    }

    @Test("what happened up to the status date is not told again")
    func status() throws {
        let contract = SampleContract.bullet.with(["statusDate": "2014-01-01"])
        #expect(try contract.lines().first == "2014-04-01 IP 30")
        let ended = SampleContract.bullet.with([
            "statusDate": "2014-06-01", "terminationDate": "2014-05-01", "priceAtTerminationDate": "1",
        ])
        #expect(try ended.lines().isEmpty)
    }
}
