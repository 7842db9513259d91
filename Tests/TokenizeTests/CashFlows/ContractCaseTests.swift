import Testing
import Tokenize

/// The form of cases, and what is refused of it.
@Suite("Files of contract cases")
struct ContractCaseTests {
    private static let terms = """
        {"contractType":"PAM","contractRole":"RPA","currency":"LAK","statusDate":"2013-12-31T00:00",
         "initialExchangeDate":"2014-01-01T00:00:00","maturityDate":"2015-01-01T00:00:00",
         "notionalPrincipal":"   1200","nominalInterestRate":0.1,"dayCountConvention":"30E360","comment":{"a":[1]},
         "cycleAnchorDateOfRateReset":"2014-07-01T00:00:00","marketObjectCodeOfRateReset":"r\\u00e9","lifeCap":null}
        """

    private func file(_ text: String) throws(ContractCaseFailure) -> ContractCaseFile {
        try ContractCaseFile(Array(text.utf8))
    }

    private func single(_ text: String) throws -> ContractCase {
        let file = try file(text)
        return try #require(file.cases.first).content.get()
    }

    @Test("numbers are read as decimals, from numbers and texts, with blanks and exponents")
    func exactNumbers() throws {
        let contract = try single(
            """
            {"terms": \(Self.terms), "to": " ", "eventsObserved": [], "dataObserved":
             {"ré": {"identifier": "ré", "data": [{"timestamp": "2014-06-30T00:00", "value": "  5e-2"}]}},
             "results": [{"eventDate": "2014-01-01T00:00", "eventType": "IED", "payoff": "-1200.0", "currency": "LAK",
             "notionalPrincipal": 1200, "nominalInterestRate": 0.1, "accruedInterest": " 0"}]}
            """
        )
        let flows = try contract.projection(quirks: []).cashFlows()
        #expect(flows.map(\.payoff) == [-1_200, 0, 90, 1_200])
        // As a binary number it would be 0.1000000000000000055.
        #expect(try flows.first?.nominalInterestRate == Ratio(numerator: 1, denominator: 10))
        let expected = try #require(contract.expected).get()
        #expect(expected.count == 1 && contract.horizon == nil)
        let difference = try CashFlowDifference.first(expected: expected, found: flows)
        #expect(difference == .count(expected: 1, found: 4))
    }

    @Test("several cases keep their order, and one that is malformed does not hide the others")
    func several() throws {
        let file = try file(#"{"b": {"terms": \#(Self.terms)}, "a": {"terms": 1}, "c": {"terms": \#(Self.terms)}}"#)
        #expect(file.cases.map(\.identifier) == ["b", "a", "c"] && !file.isSingle)
        #expect(throws: ContractCaseFailure.malformed(member: "terms", expected: "an object")) {
            try file.cases[1].content.get()
        }
        #expect(throws: Never.self) { try file.cases[2].content.get().projection(quirks: []) }
    }

    @Test(
        "texts that are not JSON",
        arguments: [
            "", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}",
            "{\"a\":1e}", "{\"a\":NaN}", "{\"a\":1,\"a\":2}", "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12G4\"}", "{\"a\":\"\\ud800\"}", "{\"a\":1} x", "{\"a\":tru}", "{\"a\":\"b}", "{\"a\":-}",
        ]
    )
    func notJSON(text: String) {
        #expect(throws: ContractCaseFailure.notJSON(line: 1)) { try file(text) }
    }

    @Test("bytes that are not UTF-8, and nesting without end")
    func hostile() throws {
        #expect(throws: ContractCaseFailure.notJSON(line: 2)) {
            try ContractCaseFile(Array("{\n\"".utf8) + [0xFF] + Array("\":1}".utf8))
        }
        #expect(throws: ContractCaseFailure.notJSON(line: 1)) {
            try ContractCaseFile([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
        }
    }

    @Test("JSON that holds no case", arguments: ["[]", "1", "{}", "{\"a\":1}", "{\"a\":{}}", "\"terms\"", "null"])
    func noCases(text: String) {
        #expect(throws: ContractCaseFailure.noCases) { try file(text) }
    }

    @Test(
        "members that are not what they should be",
        arguments: [
            (#""to": "soon""#, "to"), (#""to": 5"#, "to"), (#""eventsObserved": {}"#, "eventsObserved"),
            (#""eventsObserved": [{"type": "XD"}]"#, "eventsObserved[0].time"),
            (#""eventsObserved": [{"time": "2014-01-01", "type": "??"}]"#, "eventsObserved[0].type"),
            (#""eventsObserved": [{"time": "2014-01-01", "type": "PP", "value": "x"}]"#, "eventsObserved[0].value"),
            (#""dataObserved": 5"#, "dataObserved"), (#""dataObserved": {"r": {}}"#, "dataObserved.r.data"),
            (#""dataObserved": {"r": {"data": [{"value": 1}]}}"#, "dataObserved.r.data[0].timestamp"),
            (
                #""dataObserved": {"r": {"data": [{"timestamp": "2014-01-01", "value": true}]}}"#,
                "dataObserved.r.data[0].value"
            ),
        ]
    )
    func malformed(member: String, path: String) throws {
        let failure = #expect(throws: ContractCaseFailure.self) {
            try single("{\"terms\": \(Self.terms), \(member)}")
        }
        guard case .malformed(path, _)? = failure else {
            Issue.record("\(member): \(String(describing: failure))")
            return
        }
    }

    @Test(
        "results that cannot be read are an error where they are asked for, and do not hide the contract",
        arguments: [
            (#""results": [{}]"#, "results[0].eventDate"),
            (#""results": [{"eventDate": "2014-01-01"}]"#, "results[0].currency"), (#""results": 1"#, "results"),
        ]
    )
    func malformedResults(member: String, path: String) throws {
        let contract = try single("{\"terms\": \(Self.terms), \(member)}")
        let failure = #expect(throws: ContractCaseFailure.self) { try contract.expected?.get() }
        guard case .malformed(path, _)? = failure else {
            Issue.record("\(member): \(String(describing: failure))")
            return
        }
        #expect(throws: Never.self) { try contract.projection(quirks: []) }
    }

    @Test("a term that is a list or an object where a text belongs is a fault of the terms")
    func structuredTerms() throws {
        let terms = Self.terms.replacing("\"   1200\"", with: "[1, 2]").replacing("\"LAK\"", with: "{}")
        let contract = try single("{\"terms\": \(terms)}")
        let failure = #expect(throws: ContractTermsFailure.self) { try contract.projection(quirks: []) }
        #expect(failure?.faults.count == 2, "\(failure.map(\.description) ?? "")")
    }

    @Test("differences are found where they are, within the tolerance and beyond it")
    func differences() throws {
        let flows = try SampleContract.bullet.flows()
        #expect(try CashFlowDifference.first(expected: flows, found: flows) == nil)
        func changed(_ payoff: Ratio) -> [CashFlow] {
            flows.map { flow in
                guard flow.eventType == .initialExchange else { return flow }
                return CashFlow(
                    eventDate: flow.eventDate,
                    eventType: flow.eventType,
                    payoff: payoff,
                    currency: flow.currency,
                    notionalPrincipal: flow.notionalPrincipal,
                    nominalInterestRate: flow.nominalInterestRate,
                    accruedInterest: flow.accruedInterest
                )
            }
        }
        let (near, far) = try (Ratio(decimal: "-1200.0000012"), Ratio(decimal: "-1200.0000012001"))
        #expect(try CashFlowDifference.first(expected: flows, found: changed(near)) == nil)
        let difference = try CashFlowDifference.first(expected: flows, found: changed(far))
        guard case .field(1, "payoff", _, _)? = difference else {
            Issue.record("\(String(describing: difference))")
            return
        }
    }
}
