import Foundation
import Testing

/// The executable's own comparison with files of known results, run on every file that the test data has.
@Suite("Calculations agree with files of known results", .needs("quantlib/golden-dev.json"))
struct ConformTests {
    private static let folder = "quantlib"

    /// Every file of cases in the folder.
    static let files: [String] = {
        let path = Conformance.root.appendingPathComponent(folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { ($0.hasPrefix("golden") || $0.hasPrefix("ids")) && $0.hasSuffix(".json") }.sorted()
    }()

    private func path(_ file: String) -> String {
        Conformance.root.appendingPathComponent("\(Self.folder)/\(file)").path
    }

    private struct Report: Decodable {
        struct Family: Decodable {
            struct Failure: Decodable {
                let id: String
                let differences: [String]
            }
            let family: String
            let passed: Int
            let failed: Int
            let failures: [Failure]
        }
        let passed: Int
        let failed: Int
        let families: [Family]
    }

    @Test("every case of the file passes", arguments: files)
    func passes(file: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await DemoRun(["conform", path(file), "--json", "--all"], in: folder)
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        for family in report.families {
            for failure in family.failures {
                Issue.record("\(family.family) \(failure.id): \(failure.differences.joined(separator: "; "))")
            }
        }
        let content = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path(file))))
        let counts = (content as? [String: Any] ?? [:]).compactMapValues { ($0 as? [Any])?.count }
        #expect(!counts.isEmpty)
        for (family, count) in counts {
            let found = report.families.first { $0.family == family }
            #expect(found?.passed == count, "\(family) of \(file)")
        }
        #expect(run.status == 0, "\(run.errors)")
    }

    /// A value of a case that is changed, and the phrase that must tell of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let file: String
        let family: String
        let member: String
        let value: String

        var testDescription: String { "\(family).\(member)" }
    }

    static let changes = [
        Change(file: "golden-dev.json", family: "dayCount", member: "exact", value: "1/7"),
        Change(file: "golden-dev.json", family: "dayCount", member: "yearFraction", value: "0.25000000000002"),
        Change(file: "golden-dev.json", family: "icmaStub", member: "exact", value: "1/7"),
        Change(file: "golden-dev.json", family: "calendar", member: "date", value: "2031-05-01"),
        Change(file: "golden-dev.json", family: "schedule", member: "termination", value: "2035-07-19"),
        Change(file: "golden-dev.json", family: "bond", member: "accruedExact", value: "1/7"),
        Change(file: "golden-dev.json", family: "bond", member: "streetAccrued", value: "99.5"),
        Change(file: "golden-dev.json", family: "bond", member: "maturity", value: "2042-01-17"),
        Change(file: "golden-dev.json", family: "tbill", member: "annualCompoundedYield", value: "0.5"),
        Change(file: "golden-dev.json", family: "tbill", member: "priceFromDiscountExact", value: "1/7"),
        Change(file: "ids-dev.json", family: "isin", member: "checkDigit", value: "x"),
        Change(file: "ids-dev.json", family: "lei", member: "lei", value: "0"),
        Change(file: "ids-dev.json", family: "cfi", member: "cfi", value: "ESVUFR"),
    ]

    @Test("a changed value is found, and the case is named", arguments: changes)
    func finds(change: Change) async throws {
        let folder = try TemporaryFolder()
        let source = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path(change.file))))
        var root = try #require(source as? [String: Any])
        var cases = try #require(root[change.family] as? [[String: Any]])
        let id = try #require(cases[0]["id"] as? String)
        #expect(cases[0][change.member] != nil)
        cases[0][change.member] = change.value
        root = ["meta": root["meta"] ?? [:], change.family: cases]
        let file = folder.url.appendingPathComponent("changed.json")
        try JSONSerialization.data(withJSONObject: root).write(to: file)
        let run = try await DemoRun(["conform", file.path], in: folder)
        #expect(run.status != 0)
        #expect(run.words.contains("\(id):"), "\(run.output)")
        #expect(run.errors.hasPrefix("error: 1 case of"), "\(run.errors)")
    }

    @Test(
        "a file that has no cases, or families that nobody knows, is an error",
        arguments: ["", "[]", "{}", "{\"meta\": {}}", "{\"swaption\": []}", "{\"bond\": {}}", "{\"bond\": []}"]
    )
    func refuses(text: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("cases.json")
        try Data(text.utf8).write(to: file)
        let run = try await DemoRun(["conform", file.path, "--json"], in: folder)
        #expect(run.status != 0)
        #expect(run.errors.hasPrefix("error: "))
    }

    @Test("a case that cannot be read fails by itself, and the others are run")
    func malformedCase() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("cases.json")
        let good = #"{"id": "good", "lei": "4597005TYE6YMC5RJ031", "valid": true}"#
        let text = "{\"lei\": [\(good), 7, {\"id\": \"bad\", \"lei\": 7}]}"
        try Data(text.utf8).write(to: file)
        let run = try await DemoRun(["conform", file.path, "--json"], in: folder)
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        #expect(report.passed == 1)
        #expect(report.failed == 2)
        #expect(report.families.first?.failures.map(\.id) == ["?", "bad"])
    }
}
