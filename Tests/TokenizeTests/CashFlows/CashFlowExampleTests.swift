import Testing
import Tokenize

/// Contracts of which the amounts can be worked out by hand.
@Suite("Cash flows of each contract type, worked out by hand")
struct CashFlowExampleTests {
    @Test("a bullet bond")
    func bullet() throws {
        #expect(
            try SampleContract.bullet.lines() == [
                "2014-01-01 IED -1200", "2014-04-01 IP 30", "2014-07-01 IP 30", "2014-10-01 IP 30",
                "2015-01-01 IP 30", "2015-01-01 MD 1200",
            ]
        )
    }

    @Test("a bill at a discount bears no interest")
    func bill() throws {
        let bill = SampleContract.bullet.with([
            "nominalInterestRate": "", "cycleOfInterestPayment": "", "cycleAnchorDateOfInterestPayment": "",
            "dayCountConvention": "", "premiumDiscountAtIED": " -24.5",
        ])
        #expect(try bill.lines() == ["2014-01-01 IED -2351/2", "2015-01-01 MD 1200"])
    }

    @Test("a rate without dates of interest pays at maturity")
    func interestAtMaturity() throws {
        let contract = SampleContract.bullet.with([
            "cycleOfInterestPayment": "", "cycleAnchorDateOfInterestPayment": "",
        ])
        #expect(try contract.lines() == ["2014-01-01 IED -1200", "2015-01-01 IP 120", "2015-01-01 MD 1200"])
    }

    @Test("interest is capitalised up to a date that is not on the cycle")
    func capitalisation() throws {
        let contract = SampleContract.bullet.with(["capitalizationEndDate": "2014-05-01"])
        let flows = try contract.flows()
        // 1,200 and 30 of the first quarter, then a month on 1,230.
        #expect(flows.map(\.eventType.rawValue) == ["IED", "IPCI", "IPCI", "IP", "IP", "IP", "MD"])
        #expect(flows[1].notionalPrincipal == 1_230 && flows[1].payoff == 0)
        #expect(try flows[2].notionalPrincipal == Ratio(decimal: "1240.25"))
        #expect(try flows[3].payoff == Ratio(decimal: "1240.25") / 60)
        #expect(try flows[6].payoff == Ratio(decimal: "1240.25"))
    }

    @Test("equal redemptions")
    func linear() throws {
        #expect(
            try SampleContract.linear.lines() == [
                "2014-01-01 IED -1200", "2014-04-01 PR 300", "2014-04-01 IP 30", "2014-07-01 PR 300",
                "2014-07-01 IP 45/2", "2014-10-01 PR 300", "2014-10-01 IP 15", "2015-01-01 IP 15/2",
                "2015-01-01 MD 300",
            ]
        )
    }

    @Test("a redemption that is not stated divides the notional by the number of payments")
    func derivedRedemption() throws {
        let flows = try SampleContract.linear.with(["nextPrincipalRedemptionPayment": ""]).flows()
        #expect(flows.filter { $0.eventType == .principalRedemption }.map(\.payoff) == [300, 300, 300])
    }

    @Test("a maturity that is not stated follows from the redemptions")
    func derivedMaturity() throws {
        let contract = SampleContract.linear.with(["maturityDate": "", "nextPrincipalRedemptionPayment": "500"])
        let principal = try contract.lines().filter { $0.contains("PR") || $0.contains("MD") }
        #expect(principal == ["2014-04-01 PR 500", "2014-07-01 PR 500", "2014-10-01 MD 200"])
    }

    @Test("a derived maturity on a holiday is shifted, and its redemption is not paid twice")
    func derivedMaturityOnHoliday() throws {
        // 1 February 2014 is a Saturday.
        let contract = SampleContract.linear.with([
            "maturityDate": "", "cycleAnchorDateOfPrincipalRedemption": "2014-02-01", "calendar": "MF",
            "nextPrincipalRedemptionPayment": "1200", "cycleAnchorDateOfInterestPayment": "2014-02-01",
        ])
        let following = try contract.with(["businessDayConvention": "SCF"]).lines()
        #expect(following == ["2014-01-01 IED -1200", "2014-02-03 IP 32/3", "2014-02-03 MD 1200"])
        let unadjusted = try contract.with(["businessDayConvention": "CSF"]).lines()
        #expect(unadjusted == ["2014-01-01 IED -1200", "2014-02-03 IP 10", "2014-02-03 MD 1200"])
    }

    @Test("a level payment below the interest makes the debt grow")
    func negativeAmortisation() throws {
        let contract = SampleContract.linear.with(["contractType": "NAM", "nextPrincipalRedemptionPayment": "20"])
        let flows = try contract.flows()
        #expect(flows[1].eventType == .principalRedemption && flows[1].payoff == -10)
        #expect(flows[1].notionalPrincipal == 1_210 && flows[2].payoff == 30)
    }

    @Test("a calculated level payment is the same every time and leaves nothing")
    func annuity() throws {
        let contract = SampleContract.linear.with(["contractType": "ANN", "nextPrincipalRedemptionPayment": ""])
        let flows = try contract.flows()
        var payments: [ContractTime: Ratio] = [:]
        for flow in flows.dropFirst() where flow.eventType != .redemptionFixing {
            payments[flow.eventDate] = try (payments[flow.eventDate] ?? 0) + flow.payoff
        }
        // 1,200 * 1.025^4 * 0.025 / (1.025^4 - 1)
        let growth = try Ratio(decimal: "1.025").power(4)
        let level = try 1_200 * growth * Ratio(decimal: "0.025") / (growth - 1)
        #expect(payments.count == 4 && payments.values.allSatisfy { $0 == level })
        #expect(flows.last?.notionalPrincipal == 0)
    }

    @Test("principal in steps: up, then down until nothing is left")
    func steps() throws {
        let contract = SampleContract.bullet.with(["contractType": "LAX", "maturityDate": ""]).with(lists: [
            "arrayCycleAnchorDateOfPrincipalRedemption": ["2014-04-01", "2014-10-01"],
            "arrayCycleOfPrincipalRedemption": ["P3ML1", "P1ML1"],
            "arrayNextPrincipalRedemptionPayment": ["100", "700"],
            "arrayIncreaseDecrease": ["INC", "DEC"],
            "arrayCycleAnchorDateOfRateReset": ["2014-07-01"],
            "arrayRate": ["0.2"],
            "arrayFixedVariable": ["F"],
        ])
        #expect(
            try contract.lines() == [
                "2014-01-01 IED -1200", "2014-04-01 PI -100", "2014-07-01 PI -100", "2014-07-01 RRF 0",
                "2014-10-01 PR 700", "2014-11-01 IP 865/6", "2014-11-01 MD 700",
            ]
        )
    }

    @Test("a call loan pays interest up to the notice, when the notice period ends")
    func call() throws {
        let contract = try SampleContract.call.after(.exercise, "2014-03-01").until("2014-03-15")
        let flows = try contract.flows()
        #expect(
            try contract.lines() == [
                "2014-01-01 IED -1200", "2014-03-01 XD 0", "2014-04-01 IP 20", "2014-04-01 STD 1200",
            ]
        )
        #expect(flows[1].accruedInterest == 20)
    }

    @Test("a deposit capitalises until it is closed")
    func deposit() throws {
        let contract = SampleContract.bullet.with([
            "contractType": "UMP", "maturityDate": "", "terminationDate": "2014-07-01",
            "priceAtTerminationDate": "1230",
        ])
        #expect(
            try contract.lines() == [
                "2014-01-01 IED -1200", "2014-04-01 IPCI 0", "2014-07-01 IPCI 0", "2014-07-01 TD 1230",
            ]
        )
        #expect(try contract.until("2014-05-01").lines().count == 2)
    }

    @Test("shares pay what is observed, up to the horizon and on it; commodities are counted")
    func sharesAndCommodities() throws {
        let deal = [
            "purchaseDate": "2014-01-15", "priceAtPurchaseDate": "90", "terminationDate": "2016-06-01",
            "priceAtTerminationDate": "110", "statusDate": "2014-01-01", "contractRole": "RPL", "currency": "LAK",
        ]
        let share = SampleContract(deal).with([
            "contractType": "STK", "cycleAnchorDateOfDividend": "2015-01-01", "cycleOfDividend": "P1YL0",
            "marketObjectCodeOfDividends": "rent",
        ]).observing("rent", ("2014-12-01", "3"), ("2015-12-31", "4")).until("2016-01-01")
        #expect(try share.lines() == ["2014-01-15 PRD 90", "2015-01-01 DV -3", "2016-01-01 DV -4"])
        let rice = SampleContract(deal).with(["contractType": "COM", "quantity": "3"])
        #expect(try rice.lines() == ["2014-01-15 PRD 270", "2016-06-01 TD -330"])
    }

    @Test("cash is reported when asked")
    func cash() throws {
        let cash = try SampleContract([
            "contractType": "CSH", "contractRole": "RPL", "currency": "LAK", "statusDate": "2014-01-01",
            "notionalPrincipal": "2500",
        ]).after(.monitoring, "2014-02-01T23:59:59")
        let flows = try cash.flows()
        #expect(flows.map(\.notionalPrincipal) == [-2_500] && flows.map(\.payoff) == [0])
        #expect(flows.first?.eventDate.description == "2014-02-01T23:59:59")
    }

    @Test("what happens before a purchase changes the state and is not reported")
    func purchase() throws {
        let contract = SampleContract.bullet.with([
            "purchaseDate": "2014-05-01", "priceAtPurchaseDate": "1180", "terminationDate": "2014-08-01",
            "priceAtTerminationDate": "1190",
        ])
        #expect(try contract.lines() == ["2014-05-01 PRD -1190", "2014-07-01 IP 30", "2014-08-01 TD 1200"])
    }
}
