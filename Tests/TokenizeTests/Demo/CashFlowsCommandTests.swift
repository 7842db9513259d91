import Foundation
import Testing

/// The command that calculates cash flows, as its users run it.
@Suite("The command for cash flows")
struct CashFlowsCommandTests {
    /// A liability that is sold with accrued interest, so that the two modes differ.
    private static let terms = """
        {"contractType": "PAM", "contractRole": "RPL", "currency": "LAK", "statusDate": "2013-12-31T00:00:00",
        "initialExchangeDate": "2014-01-01T00:00:00", "maturityDate": "2015-01-01T00:00:00",
        "notionalPrincipal": "1200", "nominalInterestRate": 0.1, "dayCountConvention": "30E360",
        "cycleAnchorDateOfInterestPayment": "2014-04-01T00:00:00", "cycleOfInterestPayment": "P3ML1",
        "terminationDate": "2014-08-01T00:00:00", "priceAtTerminationDate": "1190"}
        """

    private func run(_ text: String, _ options: String...) async throws -> DemoRun {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("terms.json")))
        return try await DemoRun(["cashflows", folder.path("terms.json")] + options, in: folder)
    }

    private func payoffs(_ run: DemoRun) throws -> [Double] {
        let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
        return list?.compactMap { $0["payoff"] as? Double } ?? []
    }

    @Test("a contract is a table and a chart")
    func page() async throws {
        let run = try await run("{\"terms\": \(Self.terms)}")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.output.contains("2014-08-01  TD termination  -1,200.00"), "\(run.output)")
        #expect(run.output.contains("product mode") && run.output.contains("◄█") && run.output.contains("█►"))
        let widths = run.output.split(separator: "\n").map(\.count)
        #expect(widths.allSatisfy { $0 <= 80 })
    }

    @Test("as JSON, an event has exactly the fields of the published results")
    func json() async throws {
        let run = try await run("{\"terms\": \(Self.terms)}", "--json")
        let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
        let fields: Set = [
            "eventDate", "eventType", "payoff", "currency", "notionalPrincipal", "nominalInterestRate",
            "accruedInterest",
        ]
        #expect(list?.count == 4 && list?.allSatisfy { Set($0.keys) == fields } == true, "\(run.output)")
        #expect(list?.last?["eventDate"] as? String == "2014-08-01T00:00:00")
        #expect(try payoffs(run) == [1_200, -30, -30, -1_200])
    }

    @Test("a contract is calculated in product mode, a test case in conformance mode, unless an option says otherwise")
    func modes() async throws {
        let contract = "{\"terms\": \(Self.terms)}"
        let test = "{\"identifier\": \"x\", \"terms\": \(Self.terms)}"
        #expect(try payoffs(await run(contract, "--json")).last == -1_200)
        #expect(try payoffs(await run(contract, "--json", "--conformance")).last == -1_180)
        #expect(try payoffs(await run(test, "--json")).last == -1_180)
        #expect(try payoffs(await run(test, "--json", "--product")).last == -1_200)
    }

    @Test("several cases are one object in the order of the file")
    func several() async throws {
        let run = try await run("{\"b\": {\"terms\": \(Self.terms)}, \"a\\n\": {\"terms\": \(Self.terms)}}", "--json")
        let object = try run.object()
        #expect(Set(object.keys) == ["a\n", "b"] && (object["b"] as? [Any])?.count == 4)
        #expect(run.output.hasPrefix("{\"b\""))
    }

    @Test("a case that cannot be calculated is named, and the others are told")
    func partly() async throws {
        let run = try await run("{\"good\": {\"terms\": \(Self.terms)}, \"bad\": {\"terms\": {}}}", "--json")
        #expect(try run.status != 0 && Array(run.object().keys) == ["good"])
        #expect(run.errors.contains("1 of 2 cases cannot be calculated; bad: statusDate is missing"), "\(run.errors)")
    }

    @Test(
        "what cannot work ends in one clear line",
        arguments: [
            ("not JSON", [], "it is not JSON in line 1"), ("{}", [], "neither 'terms' nor cases"),
            ("{\"terms\": {\"contractType\": \"SWAPS\"}}", [], "contractType is 'SWAPS', not one of PAM"),
            ("{\"terms\": {}}", ["--check"], "currency is missing: every contract has one; contractType is missing"),
            ("{\"terms\": @}", ["--check"], "there are no 'results' to compare with"),
            ("{\"terms\": @, \"results\": []}", ["--check"], "0 events are expected, there are 4"),
            ("{\"one\": {\"terms\": @, \"results\": []}}", ["--check"], "1 of 1 cases are not as expected; one: "),
            ("{\"terms\": @}", ["--product", "--conformance"], "conformance"),
        ] as [(String, [String], String)]
    )
    func errors(text: String, options: [String], sentence: String) async throws {
        let folder = try TemporaryFolder()
        let content = text.replacingOccurrences(of: "@", with: Self.terms)
        try Data(content.utf8).write(to: URL(fileURLWithPath: folder.path("terms.json")))
        let run = try await DemoRun(["cashflows", folder.path("terms.json")] + options, in: folder)
        #expect(run.isOneClearError && run.errors.contains(sentence), "\(run.output)\(run.errors)")
    }

    @Test("a file that is not there")
    func absent() async throws {
        let folder = try TemporaryFolder()
        let run = try await DemoRun(["cashflows", folder.path("nothing")], in: folder)
        #expect(run.isOneClearError && run.errors.contains("there is no file of terms at"), "\(run.errors)")
    }
}

/// The published files through the command.
@Suite("Published cash flows through the command", .needs("actus"))
struct PublishedCommandTests {
    @Test(
        "every file passes its own check",
        arguments: ["ann", "clm", "com", "csh", "lam", "lax", "nam", "pam", "stk", "ump"]
    )
    func check(type: String) async throws {
        let folder = try TemporaryFolder()
        let file = Conformance.root.appendingPathComponent("actus/actus-tests-\(type).json").path
        let run = try await DemoRun(["cashflows", file, "--check"], in: folder)
        #expect(run.status == 0 && run.output.contains("are as expected"), "\(run.errors)")
        let product = try await DemoRun(["cashflows", file, "--json"], in: folder)
        let published = PublishedCase.all.filter { $0.identifier.hasPrefix(type) }.map(\.identifier)
        #expect(try Set(product.object().keys) == Set(published))
    }
}
