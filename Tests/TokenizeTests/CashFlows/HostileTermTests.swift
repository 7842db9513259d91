import Testing
import Tokenize

/// Whatever the terms say, there are cash flows or a typed error: nothing ends the process.
@Suite("Hostile contract terms")
struct HostileTermTests {
    private static let times = [
        "1600-01-01", "9999-12-31T23:59:59", "2014-01-31T23:59:59", "2014-02-28", "2013-12-31", "2020-02-29", "x",
    ]
    private static let numbers = ["0", "-1", "1e9999", "1e-9999", "0.1", "99999999999999999999999999999999999999", "?"]
    private static let cycles = ["P1DL0", "P1DL1", "P999999YL1", "P1ML0", "P1HL1", "P0DL0", "P12WL0"]

    /// Values that are odd, most of them of the right form.
    private static let odd: [String: [String]] = [
        "contractType": ContractType.allCases.map(\.rawValue), "contractRole": ["RPL", "RPA"],
        "statusDate": times, "initialExchangeDate": times, "maturityDate": times + [""],
        "amortizationDate": times, "capitalizationEndDate": times, "purchaseDate": times, "terminationDate": times,
        "priceAtPurchaseDate": numbers, "priceAtTerminationDate": numbers, "notionalPrincipal": numbers,
        "nominalInterestRate": numbers, "accruedInterest": numbers, "nextPrincipalRedemptionPayment": numbers + [""],
        "dayCountConvention": ["AA", "B252", "30E360ISDA", "28E336"], "calendar": ["MF", "NC"],
        "businessDayConvention": ["SCF", "CSP", "SCMP"], "endOfMonthConvention": ["EOM", "SD"],
        "cycleOfInterestPayment": cycles, "cycleOfPrincipalRedemption": cycles, "cycleOfRateReset": cycles,
        "cycleAnchorDateOfInterestPayment": times, "cycleAnchorDateOfPrincipalRedemption": times,
        "cycleAnchorDateOfRateReset": times, "marketObjectCodeOfRateReset": ["rate", "none"],
        "rateMultiplier": numbers, "lifeCap": numbers, "periodFloor": numbers, "scalingEffect": ["INO", "IOO"],
        "cycleAnchorDateOfScalingIndex": times, "marketObjectCodeOfScalingIndex": ["rate"],
        "scalingIndexAtContractDealDate": numbers, "feeRate": numbers, "feeBasis": ["A", "N"],
        "cycleOfFee": cycles, "interestCalculationBase": ["NTL", "NTIED"], "xDayNotice": ["P0D", "P999999Y"],
        "cycleAnchorDateOfInterestCalculationBase": times, "cycleAnchorDateOfDividendPayment": times,
        "cycleOfDividendPayment": cycles, "marketObjectCodeOfDividends": ["rate"], "penaltyType": ["A", "N", "I"],
        "penaltyRate": numbers, "arrayCycleAnchorDateOfPrincipalRedemption": times,
        "arrayCycleOfPrincipalRedemption": cycles, "arrayNextPrincipalRedemptionPayment": numbers,
        "arrayIncreaseDecrease": ["INC", "DEC"], "arrayCycleAnchorDateOfRateReset": times, "arrayRate": numbers,
        "arrayFixedVariable": ["FIX", "VAR"],
    ]

    @Test("flows or a typed error", arguments: SeededRandom.seeds(4))
    func survives(seed: UInt64) throws {
        var generator = SeededRandom(seed)
        let names = Self.odd.keys.sorted()
        var (flowing, refused, failed) = (0, 0, 0)
        for _ in 0..<150 {
            var contract = SampleContract.linear.observing("rate", ("1600-01-01", "0.07"), ("2014-06-01", "1e50"))
            contract = try contract.after(.exercise, "2014-06-01").after(.principalPrepayment, "2014-05-01", 10)
            contract.horizon = Bool.random(using: &generator) ? "2016-01-01" : nil
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                guard let name = names.randomElement(using: &generator) else { continue }
                contract.fields[name] = Self.odd[name]?.randomElement(using: &generator).map { .text($0) }
            }
            do {
                let flows = try contract.flows(Bool.random(using: &generator) ? Quirk.conformance : [])
                flowing += 1
                #expect(zip(flows, flows.dropFirst()).allSatisfy { $0.eventDate <= $1.eventDate }, "seed \(seed)")
            } catch let failure as ContractTermsFailure {
                refused += 1
                #expect(!failure.faults.isEmpty, "seed \(seed)")
            } catch let failure as CashFlowFailure {
                failed += 1
                #expect(!failure.description.isEmpty, "seed \(seed)")
            }
        }
        #expect(flowing > 0 && refused > 0, "seed \(seed): \(flowing), \(refused), \(failed)")
    }
}
