import Testing
import Tokenize

/// Each habit of the published values changes what it says, and nothing else.
@Suite("Quirks are switches")
struct QuirkTests {
    /// The lines that differ between product mode and one quirk, those of product mode first.
    private func difference(_ contract: SampleContract, _ quirk: Quirk) throws -> [[String]] {
        func lines(_ quirks: Set<Quirk>) throws -> [String] {
            try contract.flows(quirks).map {
                "\($0.eventDate.date) \($0.eventType.rawValue) \($0.payoff) \($0.accruedInterest)"
            }
        }
        let (product, other) = (try lines([]), try lines([quirk]))
        #expect(product.count == other.count)
        for rest in Quirk.allCases where rest != quirk {
            #expect(try lines([rest]) == product, "\(rest) has no say here")
        }
        let differing = zip(product, other).filter { $0 != $1 }
        return [differing.map(\.0), differing.map(\.1)]
    }

    @Test("Q1: price and accrued interest of a liability")
    func liabilityPrice() throws {
        let asset = SampleContract.bullet.with([
            "purchaseDate": "2014-05-01", "priceAtPurchaseDate": "1180", "terminationDate": "2014-08-01",
            "priceAtTerminationDate": "1190",
        ])
        #expect(try difference(asset, .liabilityPriceLessAccrued) == [[], []])
        #expect(
            try difference(asset.with(["contractRole": "RPL"]), .liabilityPriceLessAccrued) == [
                ["2014-05-01 PRD 1190 -10", "2014-08-01 TD -1200 0"],
                ["2014-05-01 PRD 1170 -10", "2014-08-01 TD -1180 0"],
            ]
        )
    }

    @Test("Q2: the base of the initial exchange, in linear amortisers only")
    func initialBase() throws {
        let contract = SampleContract.linear.with(["interestCalculationBase": "NTIED"])
        #expect(
            try difference(contract, .initialBaseFollowsNotional) == [
                [
                    "2014-07-01 PR 300 30", "2014-07-01 IP 30 0", "2014-10-01 PR 300 30", "2014-10-01 IP 30 0",
                    "2015-01-01 IP 30 0",
                ],
                [
                    "2014-07-01 PR 300 45/2", "2014-07-01 IP 45/2 0", "2014-10-01 PR 300 15", "2014-10-01 IP 15 0",
                    "2015-01-01 IP 15/2 0",
                ],
            ]
        )
        #expect(try difference(contract.with(["contractType": "NAM"]), .initialBaseFollowsNotional) == [[], []])
    }

    @Test("Q3: the stated maturity of a call loan on a holiday")
    func callMaturity() throws {
        // 1 March 2014 is a Saturday.
        let contract = SampleContract.call.with([
            "maturityDate": "2014-03-01", "calendar": "MF", "businessDayConvention": "SCP",
        ])
        #expect(
            try difference(contract, .callLoanMaturityShiftsCalculation)
                == [["2014-03-01 IP 20 0"], ["2014-03-01 IP 19 0"]]
        )
        let unshifted = contract.with(["businessDayConvention": "CSP"])
        #expect(try difference(unshifted, .callLoanMaturityShiftsCalculation) == [[], []])
    }

    @Test("Q4: the accrued interest that a call notice reports")
    func callNotice() throws {
        let contract = try SampleContract.call.after(.exercise, "2014-03-01")
        #expect(
            try difference(contract, .callNoticeHidesAccrued) == [["2014-03-01 XD 0 20"], ["2014-03-01 XD 0 0"]]
        )
        #expect(try difference(contract.with(["xDayNotice": "P0D"]), .callNoticeHidesAccrued) == [[], []])
    }
}

/// Which published cases need which quirk.
@Suite("Quirks of published cases", .needs("actus"))
struct PublishedQuirkTests {
    @Test("without quirks a case differs only where one of them has its say", arguments: PublishedCase.all)
    func necessary(_ published: PublishedCase) throws {
        let contract = try published.content.get()
        let terms = try ContractTerms(contract.fields)
        let conforming = try contract.projection(quirks: Quirk.conformance).cashFlows()
        for quirk in Quirk.allCases {
            let flows = try contract.projection(quirks: Quirk.conformance.subtracting([quirk])).cashFlows()
            let differing = zip(flows, conforming).filter { $0 != $1 }.map(\.0)
            let isExpected =
                switch quirk {
                case .liabilityPriceLessAccrued:
                    terms.role.sign == -1 && differing.allSatisfy { [.purchase, .termination].contains($0.eventType) }
                case .initialBaseFollowsNotional: terms.type == .linearAmortiser && terms.interestBase == .initial
                case .callLoanMaturityShiftsCalculation:
                    terms.type == .callMoney && differing.allSatisfy { $0.eventType == .interestPayment }
                case .callNoticeHidesAccrued:
                    terms.type == .callMoney && differing.allSatisfy { $0.eventType == .exercise }
                }
            #expect(differing.isEmpty || isExpected, "\(published) \(quirk)")
        }
    }

    @Test("each quirk is needed by a case", arguments: Quirk.allCases)
    func needed(quirk: Quirk) throws {
        let needing = try PublishedCase.all.filter { published in
            let contract = try published.content.get()
            let flows = try contract.projection(quirks: Quirk.conformance.subtracting([quirk])).cashFlows()
            let expected = try #require(contract.expected).get()
            return try CashFlowDifference.first(expected: expected, found: flows) != nil
        }
        #expect(!needing.isEmpty, "\(quirk)")
    }
}
