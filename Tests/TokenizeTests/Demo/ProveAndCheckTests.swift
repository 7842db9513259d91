import Foundation
import Testing

@testable import Tokenize

@Suite("Ownership proofs in files")
struct ProveAndCheckTests {
    @Test("a proof is written and checked offline, far from the ledger")
    func roundTrip() async throws {
        let told = try await ToldLedger(SampleScenario.shortLand(), "land")
        let proof = try told.file("some.proof")
        let account = try told.summary("account")
        let asset = try told.summary("asset")
        let proved = try await told.run(
            "prove",
            told.path,
            "--account",
            account,
            "--asset",
            asset,
            "--out",
            proof,
            "--json"
        )
        #expect(proved.status == 0, "\(proved.errors)")
        let key = try #require(try proved.object()["verifierKey"] as? String)
        for file in try FileManager.default.contentsOfDirectory(atPath: try told.file("told")) {
            try FileManager.default.removeItem(atPath: try told.file("told/\(file)"))
        }
        let checked = try await told.run("check", proof, "--key", key, "--json")
        #expect(checked.status == 0, "\(checked.errors)")
        let verdict = try checked.object()
        #expect(verdict["units"] as? String == "3000")
        #expect(verdict["account"] as? String == account)
        #expect(verdict["asset"] as? String == asset)
        #expect(verdict["businessDate"] as? String == "2026-02-02")
        let table = try await told.run("check", proof, "--key", key)
        #expect(table.output.contains("3,000 units"))
        // In full, to be compared with what was asked.
        #expect(table.output.contains(account))
        #expect(table.output.contains(asset))
    }

    @Test("an asset may be named as the world knows it, and holding nothing is proven too")
    func absence() async throws {
        let told = try await ToldLedger.bond()
        let account = try told.summary("account")
        let proof = try told.file("none.proof")
        let proved = try await told.run(
            "prove",
            told.path,
            "--account",
            account,
            "--asset",
            "LA0MOF31A017",
            "--out",
            proof
        )
        #expect(proved.status == 0, "\(proved.errors)")
        let checked = try await told.run("check", proof, "--key", "\(told.path).vkey", "--json")
        #expect(try checked.object()["units"] as? String == "0")
    }

    @Test("a proof with any byte changed, cut or added is refused")
    func tampering() async throws {
        let told = try await ToldLedger.bond()
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(told.path).proof")))
        var copies: [[UInt8]] = stride(from: 0, to: bytes.count, by: 41).map { index in
            var copy = bytes
            copy[index] ^= 1
            return copy
        }
        copies += [[], Array(bytes.dropLast()), bytes + [0], Array(repeating: 0, count: 500)]
        for (index, copy) in copies.enumerated() {
            let path = try told.file("\(index).proof")
            try Data(copy).write(to: URL(fileURLWithPath: path))
            let run = try await told.run("check", path, "--key", "\(told.path).vkey")
            #expect(run.isOneClearError, "copy \(index): \(run.output)\(run.errors)")
        }
    }

    @Test("a signed refusal is checked with the log's key alone, and says which rules refused what")
    func refusal() async throws {
        let folder = try TemporaryFolder()
        let scene = try await ExplanationScene()
        let signed = try await scene.signed([scene.transfer(1, to: scene.bob), scene.transfer(5_000, to: scene.bob)])
        let note = try #require(try await scene.alice.explanation(of: signed, isSigning: true).refusal)
        func key(_ seed: [UInt8]) throws -> String {
            let genesis = scene.fixture.genesis
            return try SoftwareCheckpointSigner(ledger: genesis.ledger, name: genesis.name, seed: seed).verifierKey.text
        }
        func check(_ bytes: [UInt8], _ key: String, _ more: String...) async throws -> DemoRun {
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path("some.refusal")))
            return try await DemoRun(["check", folder.path("some.refusal"), "--key", key] + more, in: folder)
        }
        let own = try key(Fixture.logSeed)
        let run = try await check(note.bytes, own, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.object()
        #expect(report["transaction"] as? String == "\(signed.id)")
        #expect(report["businessDate"] as? String == "\(Fixture.firstDate)")
        let rules = try #require(report["rules"] as? [[String: Any]])
        #expect(rules.map { $0["ruleID"] as? String } == ["TRF-005"])
        #expect(rules.map { $0["operation"] as? Int } == [1])
        let page = try await check(note.bytes, own)
        #expect(page.status == 0 && page.words.contains("TRF-005, operation 1"), "\(page.output)")
        #expect(page.words.contains("The refusal is the ledger's own"), "\(page.output)")
        // With a byte changed, or under another's key, it is nobody's.
        let other = try await check(note.bytes, try key(Fixture.logSeed.map { $0 ^ 1 }))
        #expect(other.isOneClearError && other.errors.contains("the signed refusal does not hold"), "\(other.errors)")
        for index in stride(from: 0, to: note.bytes.count, by: 47) {
            var bytes = note.bytes
            bytes[index] ^= 1
            let tampered = try await check(bytes, own)
            #expect(tampered.isOneClearError, "byte \(index): \(tampered.output)\(tampered.errors)")
        }
        // What explains it without a signature is no refusal.
        let text = try await check(Array("nothing/refusal\nnothing\n".utf8), own)
        #expect(text.isOneClearError && text.errors.contains("the signed refusal does not hold"), "\(text.errors)")
    }

    @Test("a proof is refused under another ledger's key")
    func foreignKey() async throws {
        let told = try await ToldLedger.bond()
        let other = try await ToldLedger.bond()
        let run = try await told.run("check", "\(told.path).proof", "--key", "\(other.path).vkey")
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.contains("the proof is refused"))
    }
}
