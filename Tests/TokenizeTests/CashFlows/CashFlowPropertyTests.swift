import Testing
import Tokenize

/// What is true of every contract, on random ones.
@Suite("Properties of cash flows")
struct CashFlowPropertyTests {
    private static let caseCount = 40

    private func contract(_ generator: inout SeededRandom) -> SampleContract {
        func pick(_ texts: String...) -> String { texts.randomElement(using: &generator) ?? "" }
        let months = Int.random(in: 3...40, using: &generator)
        let maturity = CalendarDate("2014-01-31")?.adding(months: months)?.description ?? ""
        var terms = [
            "contractType": pick("PAM", "LAM", "NAM", "ANN"), "maturityDate": maturity,
            "notionalPrincipal": "\(Int.random(in: 1_000...9_000, using: &generator))",
            "nominalInterestRate": pick("0.1", "0.0375", "-0.01", "0"),
            "dayCountConvention": pick("A365", "A360", "AA", "30E360", "28E336", "30E360ISDA", "B252"),
            "cycleAnchorDateOfInterestPayment": pick("2014-01-31", "2014-02-15", "2014-03-31"),
            "cycleOfInterestPayment": pick("P1ML0", "P1ML1", "P1QL0", "P5WL1", "P1HL0"),
            "cycleAnchorDateOfPrincipalRedemption": pick("2014-02-15", "2014-03-31"),
            "cycleOfPrincipalRedemption": pick("P1ML0", "P1ML1", "P1QL0"),
            "nextPrincipalRedemptionPayment": "\(Int.random(in: 50...900, using: &generator))",
            "calendar": pick("NC", "MF"), "endOfMonthConvention": pick("SD", "EOM"),
            "businessDayConvention": pick("NOS", "SCF", "CSF", "SCMF", "CSMF", "SCP", "CSP", "SCMP", "CSMP"),
            "interestCalculationBase": pick("NT", "NTIED"), "premiumDiscountAtIED": pick("0", "-12.5"),
        ]
        if terms["contractType"] == "ANN", Bool.random(using: &generator) {
            terms["nextPrincipalRedemptionPayment"] = ""
        }
        if Bool.random(using: &generator) {
            terms["purchaseDate"] = "2014-02-20"
            terms["priceAtPurchaseDate"] = "950"
        }
        if Bool.random(using: &generator) {
            terms["terminationDate"] = "2014-04-20"
            terms["priceAtTerminationDate"] = "970"
        }
        return SampleContract.bullet.with(terms)
    }

    @Test("what one side receives the other pays, to the last digit", arguments: SeededRandom.seeds(4))
    func mirror(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            let contract = contract(&generator)
            let (asset, liability) = (try contract.flows(), try contract.with(["contractRole": "RPL"]).flows())
            #expect(asset.count == liability.count, "seed \(seed): \(contract.fields)")
            for (left, right) in zip(asset, liability) {
                let isMirrored =
                    left.eventDate == right.eventDate && left.eventType == right.eventType
                    && left.payoff == -right.payoff && left.notionalPrincipal == -right.notionalPrincipal
                    && left.accruedInterest == -right.accruedInterest
                    && left.nominalInterestRate == right.nominalInterestRate
                #expect(isMirrored, "seed \(seed): \(left) \(right) \(contract.fields)")
            }
        }
    }

    @Test("principal that goes out comes back, and the events are in order", arguments: SeededRandom.seeds(4))
    func conservation(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            let contract = contract(&generator).with(["purchaseDate": "", "terminationDate": ""])
            let flows = try contract.flows()
            var paidBack = Ratio.zero
            for flow in flows where [.principalRedemption, .maturity].contains(flow.eventType) {
                try paidBack += flow.payoff
            }
            let notional = try ContractTerms(contract.fields).notionalPrincipal
            #expect(paidBack == notional, "seed \(seed): \(contract.fields)")
            #expect(flows.last?.notionalPrincipal == 0 && flows.last?.accruedInterest == 0)
            #expect(zip(flows, flows.dropFirst()).allSatisfy { $0.eventDate <= $1.eventDate })
        }
    }

    @Test("a horizon cuts the list and changes nothing before", arguments: SeededRandom.seeds(2))
    func horizon(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            let contract = contract(&generator)
            let all = try contract.flows()
            guard let middle = all.randomElement(using: &generator)?.eventDate else { continue }
            let cut = try contract.until(middle.description).flows()
            #expect(cut == all.filter { $0.eventDate <= middle }, "seed \(seed): \(contract.fields)")
        }
    }

    @Test("a calculated level payment leaves nothing at the end", arguments: SeededRandom.seeds(2))
    func level(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        for _ in 0..<Self.caseCount {
            // Interest on the dates of redemption only, so that payments are level.
            let contract = contract(&generator).with([
                "contractType": "ANN", "nextPrincipalRedemptionPayment": "", "purchaseDate": "", "terminationDate": "",
                "cycleAnchorDateOfInterestPayment": "", "cycleOfInterestPayment": "", "interestCalculationBase": "NT",
                "businessDayConvention": "NOS",
            ])
            var payments: [ContractTime: Ratio] = [:]
            for flow in try contract.flows().dropFirst() where flow.eventType != .redemptionFixing {
                payments[flow.eventDate] = try (payments[flow.eventDate] ?? 0) + flow.payoff
            }
            #expect(Set(payments.values).count <= 1, "seed \(seed): \(payments) \(contract.fields)")
        }
    }
}
