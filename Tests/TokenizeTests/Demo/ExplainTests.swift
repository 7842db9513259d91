import Foundation
import Testing
import Tokenize

@Suite("Explanations for people and for machines")
struct ExplainTests {
    /// The attempt of the bond story: a citizen who sells more than he has.
    private struct Told {
        let ledger: ToldLedger
        var attempt: String { "\(ledger.path).attempt" }

        init() async throws { ledger = try await ToldLedger.bond() }
    }

    private static func rules(_ run: DemoRun) throws -> [String] {
        let operations = try run.object()["operations"] as? [[String: Any]] ?? []
        return operations.flatMap { $0["findings"] as? [[String: Any]] ?? [] }.compactMap { $0["ruleID"] as? String }
    }

    @Test("whoever keeps the ledger sees every rule, fact and remedy, and nothing is committed")
    func everything() async throws {
        let told = try await Told()
        let before = try await told.ledger.run("info", told.ledger.path, "--json").object()["entryCount"] as? Int
        let run = try await told.ledger.run("explain", told.ledger.path, told.attempt, "--everything", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let object = try run.object()
        #expect(object["passes"] as? Bool == false)
        let whole = object["findings"] as? [[String: Any]] ?? []
        #expect(whole.compactMap { $0["ruleID"] as? String } == ["TXN-002"])
        // The bond is redeemed by now, and nobody has a unit of it.
        #expect(try Self.rules(run) == ["AST-008", "TRF-005"])
        #expect(run.output.contains("amountThatFits 0"))
        let after = try await told.ledger.run("info", told.ledger.path, "--json").object()["entryCount"] as? Int
        #expect(before == after)
        let page = try await told.ledger.run("explain", told.ledger.path, told.attempt, "--everything")
        #expect(page.status == 0, "\(page.errors)")
        for words in ["TRF-005 v1", "insufficient units", "no amount fits", "AST-008 v1"] {
            #expect(page.words.contains(words), "\(page.output)")
        }
    }

    @Test("a stranger is told the rules alone")
    func stranger() async throws {
        let told = try await Told()
        let run = try await told.ledger.run("explain", told.ledger.path, told.attempt, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let whole = try run.object()["findings"] as? [[String: Any]] ?? []
        // That its last day has passed stands in the transaction itself.
        #expect(whole.map { $0["isWithheld"] as? Bool } == [false])
        #expect(whole.allSatisfy { ($0["facts"] as? [Any])?.isEmpty == false })
        // It can no longer be committed, so a stranger is told nothing further.
        #expect(try Self.rules(run) == [])
        let page = try await told.ledger.run("explain", told.ledger.path, told.attempt)
        #expect(page.words.contains("TXN-002"), "\(page.output)")
        #expect(!page.words.contains("not yours to know"), "\(page.output)")
    }

    @Test("a body that nobody has signed: whoever keeps the ledger sees all, a stranger nothing of what it does")
    func draft() async throws {
        let told = try await Told()
        let attempt = try SignedTransaction(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: told.attempt))))
        let draft = try told.ledger.file("some.draft")
        try Data(attempt.body.canonicalBytes).write(to: URL(fileURLWithPath: draft))
        let arguments = ["explain", told.ledger.path, draft, "--draft", "--json"]
        let all = try await DemoRun(arguments + ["--everything"], in: told.ledger.folder.get())
        #expect(all.status == 0, "\(all.errors)")
        #expect(try all.object()["isDraft"] as? Bool == true)
        #expect(try Self.rules(all) == ["AST-008", "TRF-005"])
        let stranger = try await DemoRun(arguments, in: told.ledger.folder.get())
        #expect(stranger.status == 0, "\(stranger.errors)")
        #expect(try Self.rules(stranger) == [])
        let operations = try stranger.object()["operations"] as? [[String: Any]] ?? []
        #expect(operations.map { $0["verdict"] as? String } == ["undisclosed"])
    }

    @Test("a proof is written over an older proof, and over nothing else")
    func overAnOlderProof() async throws {
        let told = try await ToldLedger.bond()
        let account = try told.summary("account")
        for _ in 0..<2 {
            let run = try await told.run(
                "prove",
                told.path,
                "--account",
                account,
                "--asset",
                "LAK",
                "--out",
                told.file("some.proof")
            )
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    @Test("what cannot work is one clear sentence")
    func badInput() async throws {
        let told = try await Told()
        let account = try told.ledger.summary("account")
        let key = try told.ledger.file("some.key")
        try Data(String(repeating: "01", count: 32).utf8).write(to: URL(fileURLWithPath: key))
        for (arguments, sentence) in [
            ([told.attempt, "--as", account], "go together"),
            ([told.attempt, "--receipt", "x"], "name one with --as"),
            (["\(told.attempt).not"], "there is no transaction"),
            ([told.attempt, "--as", account, "--key", told.attempt], "does not hold a secret key"),
            ([told.attempt, "--as", account, "--key", key], "not one of the account"),
        ] {
            let run = try await DemoRun(["explain", told.ledger.path] + arguments, in: told.ledger.folder.get())
            #expect(run.isOneClearError && run.errors.contains(sentence), "\(run.output)\(run.errors)")
        }
    }
}
