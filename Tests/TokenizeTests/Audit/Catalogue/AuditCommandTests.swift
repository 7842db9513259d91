import Foundation
import Testing
import TokenizeAudit

/// The command runs a property, replays what is kept, and fails when a property does.
@Suite("Audit command")
struct AuditCommandTests {
    @Test("a property that holds is one line, or one object")
    func passes() async throws {
        let folder = try TemporaryFolder()
        let kept = folder.url.appendingPathComponent("kept").path
        let arguments = ["audit", "--property", "PRP-001", "--cases", "3", "--seed", "5", "--counterexamples", kept]
        let told = try await DemoRun(arguments, in: folder)
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.words.contains("PRP-001") && told.words.contains("3 cases"))
        let object = try await DemoRun(arguments + ["--json"], in: folder).object()
        let properties = try #require(object["properties"] as? [[String: Any]])
        #expect(properties.count == 1)
        #expect(properties[0]["outcome"] as? String == "passed" && properties[0]["caseCount"] as? Int == 3)
        #expect(!FileManager.default.fileExists(atPath: kept), "nothing was found, so nothing is kept")
    }

    @Test("too little seen, a damaged file and bad arguments are errors")
    func failures() async throws {
        let folder = try TemporaryFolder()
        let seen = try await DemoRun(
            ["audit", "--property", "PRP-016", "--cases", "1", "--counterexamples", folder.url.path],
            in: folder
        )
        #expect(seen.status != 0 && seen.words.contains("too little seen") && seen.errors.hasPrefix("error: "))
        try Data("{}".utf8).write(to: folder.url.appendingPathComponent("PRP-009-0123456789abcdef.json"))
        let damaged = try await DemoRun(
            ["audit", "--property", "PRP-009", "--counterexamples", folder.url.path, "--json"],
            in: folder
        )
        #expect(damaged.isOneClearError, "\(damaged.output) \(damaged.errors)")
        for arguments in [["--property", "PRP-999"], ["--cases", "0"], ["--seed", "x"]] {
            let run = try await DemoRun(["audit"] + arguments, in: folder)
            #expect(run.status != 0 && run.output.isEmpty, "\(arguments)")
        }
    }
}
