import Foundation
import Testing

@Suite("Scenario files")
struct ScenarioTests {
    private func tell(_ scenario: SampleScenario, in folder: TemporaryFolder) async throws -> DemoRun {
        let arguments = ["--scenario", try scenario.write(to: folder), "--ledger", folder.path("told")]
        return try await DemoRun(arguments, in: folder)
    }

    /// Expects one line that names the file and says why, and no ledger.
    private func expectRefusal(
        of scenario: SampleScenario,
        _ sentence: String,
        in folder: TemporaryFolder
    ) async throws {
        let run = try await tell(scenario, in: folder)
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: scenario.json: "), "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("told")), "nothing was begun")
    }

    @Test("a bad one is refused in one line that names the field", arguments: ScenarioCase.bad)
    func bad(_ change: ScenarioCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario(change.story)
        try scenario.set(change.path, to: change.value)
        try await expectRefusal(of: scenario, change.sentence, in: folder)
    }

    @Test("a changed one is told with its terms", arguments: ScenarioCase.good)
    func good(_ change: ScenarioCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = change.story == "bond" ? try SampleScenario.shortBond() : try SampleScenario.shortLand()
        try scenario.set(change.path, to: change.value)
        let run = try await tell(scenario, in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.words.contains(change.sentence), "\(run.output)")
    }

    @Test("a term sheet that is wrong, or that the story cannot tell, is refused in one line", arguments: TermCase.bad)
    func badTerms(_ change: TermCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario("bond")
        try scenario.replaceTerm(change.text, with: change.other)
        try await expectRefusal(of: scenario, change.sentence, in: folder)
    }

    @Test("another bond is told by its own terms, and the ledger is sound", arguments: TermCase.good)
    func goodTerms(_ change: TermCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario.shortBond()
        try scenario.replaceTerm(change.text, with: change.other)
        // What the letters of the CFI say of redemption would contradict some of these.
        try scenario.replaceTerm(#""cfi": "DBFTFR", "#, with: "")
        let run = try await tell(scenario, in: folder)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.words.contains(change.sentence), "\(run.output)")
        let verified = try await DemoRun(["verify", folder.path("told/bond.ledger")], in: folder)
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test("a name that stands twice in one object is refused, with its field and line", arguments: RepeatedCase.all)
    func repeatedNames(_ change: RepeatedCase) async throws {
        let folder = try TemporaryFolder()
        let path = try SampleScenario("land").write(to: folder)
        let text = try String(
            contentsOfFile: PackageRoot.url.path + "/Sources/TokenizeDemo/Scenarios/land.json",
            encoding: .utf8
        )
        let parts = text.components(separatedBy: change.text)
        try #require(parts.count == 2)
        try Data(parts.joined(separator: change.other).utf8).write(to: URL(fileURLWithPath: path))
        let run = try await DemoRun(["--scenario", path, "--ledger", folder.path("told")], in: folder)
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.contains(change.sentence), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("told")), "nothing was begun")
    }

    @Test("a term sheet beside the scenario is the one that is told; without it, the one of the program")
    func sheetBeside() async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario.shortBond()
        try scenario.replaceTerm(#""rate": 0.069"#, with: #""rate": 0.0701"#)
        let path = try scenario.write(to: folder)
        let beside = try await DemoRun(["--scenario", path, "--ledger", folder.path("one")], in: folder)
        #expect(beside.words.contains("7.01% a year every 3 months"), "\(beside.errors)")
        try FileManager.default.removeItem(atPath: folder.path("lao-bond-terms.json"))
        let alone = try await DemoRun(["--scenario", path, "--ledger", folder.path("two")], in: folder)
        #expect(alone.words.contains("6.9% a year every 6 months"), "\(alone.errors)")
    }

    @Test("a buyer who buys twice has one account")
    func repeatedBuyer() async throws {
        var scenario = try SampleScenario.shortLand()
        try scenario.set(
            "sales",
            to: """
                [{ "buyer": "A", "class": "citizen", "country": "LA", "shares": 3 },
                 { "buyer": "B", "class": "foreignEntity", "country": "SG", "shares": 4900 },
                 { "buyer": "A", "class": "citizen", "country": "LA", "shares": 4 }]
                """
        )
        let told = try await ToldLedger(scenario, "land")
        #expect((told.report["ledger"] as? [String: Any])?["accountCount"] as? Int == 12)
        let rents = try #require(told.report["rents"] as? [[String: Any]])
        #expect(rents.first?["holderCount"] as? Int == 3)
    }

    @Test("what is not a scenario at all", arguments: ["", "[]", "{", "{\n\"story\": bond\n}", "\u{0}\u{1}"])
    func garbage(_ text: String) async throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("scenario.json")))
        let run = try await DemoRun(["--scenario", folder.path("scenario.json")], in: folder)
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: scenario.json: "), "\(run.errors)")
    }
}
