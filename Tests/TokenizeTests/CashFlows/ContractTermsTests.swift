import Testing
import Tokenize

/// Terms that are incomplete or contradict one another are refused with every fault.
@Suite("Faults of contract terms")
struct ContractTermsTests {
    private func faults(_ contract: SampleContract) -> [ContractFault] {
        do {
            _ = try ContractTerms(contract.fields)
            return []
        } catch {
            return error.faults
        }
    }

    @Test("nothing at all lacks what every contract has")
    func empty() {
        let lacking = faults(SampleContract([:])).map { fault -> String? in
            if case .missing(let term, _) = fault { term } else { nil }
        }
        #expect(lacking == ["statusDate", "currency", "contractType", "contractRole"])
    }

    @Test("every fault is named, not only the first")
    func all() {
        let contract = SampleContract.bullet.with([
            "maturityDate": "", "currency": " ", "notionalPrincipal": "1,200", "nominalInterestRate": "10%",
            "cycleOfInterestPayment": "P0ML1", "dayCountConvention": "30/360", "calendar": "LA",
            "businessDayConvention": "SCX", "endOfMonthConvention": "EO", "contractRole": "RPX",
            "initialExchangeDate": "2014-02-30", "lifeCap": "0.1", "lifeFloor": "0.2", "feeRate": "1",
            "purchaseDate": "2014-03-01T24:00", "terminationDate": "2014-04-01", "statusDate": "1/1/2014",
        ])
        let named = faults(contract).map { fault in
            switch fault {
            case .missing(let term, _), .malformed(let term, _, _): term
            case .contradiction(let terms, _): terms.joined(separator: "+")
            }
        }
        #expect(
            Set(named) == [
                "maturityDate", "currency", "notionalPrincipal", "nominalInterestRate", "cycleOfInterestPayment",
                "dayCountConvention", "calendar", "businessDayConvention", "endOfMonthConvention", "contractRole",
                "initialExchangeDate", "lifeFloor+lifeCap", "feeBasis", "purchaseDate", "priceAtTerminationDate",
                "statusDate",
            ]
        )
        #expect(named.count == Set(named).count, "\(named)")
    }

    @Test(
        "what a contract of a type needs",
        arguments: [
            ("PAM", "maturityDate"), ("PAM", "initialExchangeDate"), ("PAM", "notionalPrincipal"),
            ("PAM", "dayCountConvention"), ("LAM", "cycleAnchorDateOfPrincipalRedemption"),
            ("NAM", "nextPrincipalRedemptionPayment"), ("ANN", "cycleAnchorDateOfPrincipalRedemption"),
            ("LAX", "maturityDate"), ("CLM", "xDayNotice"), ("CSH", "notionalPrincipal"),
        ]
    )
    func needed(type: String, term: String) {
        let contract = SampleContract.bullet.with(["contractType": type]).with([term: ""])
            .with(type == "CLM" ? ["maturityDate": ""] : [:])
        let lacking = faults(contract).compactMap { fault -> String? in
            if case .missing(let term, _) = fault { term } else { nil }
        }
        #expect(lacking.contains(term), "\(type): \(lacking)")
    }

    @Test(
        "what cannot stand together",
        arguments: [
            ["maturityDate": "2014-01-01"], ["capitalizationEndDate": "2015-06-01"], ["notionalPrincipal": "-1"],
            ["periodCap": "0", "periodFloor": "0.01"],
            [
                "purchaseDate": "2014-03-01", "priceAtPurchaseDate": "1", "terminationDate": "2014-02-01",
                "priceAtTerminationDate": "1",
            ],
        ]
    )
    func contradictions(terms: [String: String]) {
        let found = faults(SampleContract.bullet.with(terms))
        guard case .contradiction(let names, _)? = found.first, found.count == 1 else {
            Issue.record("\(terms): \(found)")
            return
        }
        #expect(!Set(names).isDisjoint(with: terms.keys))
    }

    @Test(
        "steps whose lists do not fit",
        arguments: [
            ["arrayNextPrincipalRedemptionPayment": ["1", "2", "3"]], ["arrayIncreaseDecrease": ["DEC", "UP"]],
            ["arrayCycleOfPrincipalRedemption": ["P1ML1", "P1ML1", "P1ML1"]],
            ["arrayCycleAnchorDateOfPrincipalRedemption": ["2014-05-01", "2014-02-01"]],
            ["arrayNextPrincipalRedemptionPayment": ["1", "-2"]], ["arrayIncreaseDecrease": []],
        ]
    )
    func steps(lists: [String: [String]]) {
        let sound = SampleContract.bullet.with(["contractType": "LAX"]).with(lists: [
            "arrayCycleAnchorDateOfPrincipalRedemption": ["2014-02-01", "2014-05-01"],
            "arrayCycleOfPrincipalRedemption": ["P1ML1"], "arrayNextPrincipalRedemptionPayment": ["1", "2"],
            "arrayIncreaseDecrease": ["DEC"],
        ])
        #expect(faults(sound).isEmpty)
        #expect(!faults(sound.with(lists: lists)).isEmpty, "\(lists)")
    }

    @Test(
        "cycles",
        arguments: [
            "P1M", "1ML0", "PML0", "P1ML2", "P1M0", "P-1ML0", "P1XL0", "P1ML", "P1ML0L0", "P1Y6ML0", "P1000001DL0", "",
        ]
    )
    func badCycles(text: String) { #expect(ContractCycle(text) == nil, "\(text)") }

    @Test(
        "times",
        arguments: [
            "2014-01-01T", "2014-01-01T24:00", "2014-01-01T23:60", "2014-01-01T1:00", "2014-01-01T01:00:00Z",
            "2014-1-1", "T00:00", "2014-01-01T00:00:00T", "2014-01-01 00:00",
        ]
    )
    func badTimes(text: String) { #expect(ContractTime(text) == nil, "\(text)") }

    @Test("a time with minutes is the same as with seconds")
    func times() {
        #expect(ContractTime("2014-01-01T07:30") == ContractTime("2014-01-01T07:30:00"))
        #expect(ContractTime("2014-01-01") == ContractTime("2014-01-01T00:00"))
        #expect(ContractTime("2014-12-31T23:59:59")?.accrualDate == CalendarDate("2015-01-01"))
        #expect(ContractTime("2014-12-31T23:59:58")?.accrualDate == CalendarDate("2014-12-31"))
    }

    @Test(
        "sound terms that lead nowhere",
        arguments: [
            (
                ["cycleAnchorDateOfRateReset": "2014-04-01", "marketObjectCodeOfRateReset": "rate"],
                "there is no observation of 'rate' at or before 2014-04-01T00:00:00"
            ),
            (
                [
                    "contractType": "NAM", "maturityDate": "", "nextPrincipalRedemptionPayment": "30",
                    "cycleOfPrincipalRedemption": "P3ML1",
                ], "the redemptions never pay the contract off"
            ),
            (["contractType": "UMP", "maturityDate": ""], "a horizon is needed"),
            (["maturityDate": "9000-01-01", "cycleOfInterestPayment": "P1DL1"], "more than 20000 dates"),
            (
                [
                    "contractType": "LAM", "maturityDate": "", "nextPrincipalRedemptionPayment": "0.1",
                    "cycleOfPrincipalRedemption": "P1YL1",
                ], "outside the years"
            ),
            (
                [
                    "contractType": "LAM", "maturityDate": "", "nextPrincipalRedemptionPayment": "0.00001",
                    "cycleOfPrincipalRedemption": "P1DL1",
                ], "more than 20000 dates"
            ),
        ]
    )
    func failures(terms: [String: String], sentence: String) throws {
        let contract = SampleContract.bullet.with(terms)
        let failure = #expect(throws: CashFlowFailure.self) { try contract.flows() }
        #expect(failure.map(\.description)?.contains(sentence) == true, "\(terms): \(failure.map(\.description) ?? "")")
    }

    @Test("numbers that outgrow the limit are an error, and nothing ends the process")
    func growth() {
        let contract = SampleContract.bullet.with(["nominalInterestRate": "1e9999", "notionalPrincipal": "1e9999"])
        #expect(throws: CashFlowFailure.arithmetic(.tooLarge)) { try contract.flows() }
    }
}
