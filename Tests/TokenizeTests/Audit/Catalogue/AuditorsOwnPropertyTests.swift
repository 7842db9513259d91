import Foundation
import Testing
import Tokenize
import TokenizeAudit

/// What an auditor writes who has a question of their own, on public names alone.
@Suite("An auditor's own property")
struct AuditorsOwnPropertyTests {
    // The documentation shows what stands between the two marks, word for word.
    // example
    let trading = Property(
        "ACME-001",
        "Whatever two holders send each other, together they have as many units as before.",
        coverage: [.init("sent", perMille: 500), .init("refused", perMille: 200)]
    ) { trial in
        let small = try await SmallLedger()
        for _ in 0..<8 {
            let units = try trial.draw(Generator<UInt64>.integer(in: 0...150))
            let isBack = try trial.draw(.bool)
            let (from, to) = isBack ? (small.bob, small.alice) : (small.alice, small.bob)
            trial.note("\(isBack ? "bob" : "alice") sends \(units)")
            do {
                try await from.transfer(Quantity(UInt128(units)), of: small.asset, to: to.account)
                trial.label("sent")
            } catch SubmissionError.rejected(let rejection) {
                trial.note("refused by \(rejection.ruleID)")
                trial.label("refused")
            }
            let (one, other) = (try await small.units(of: small.alice), try await small.units(of: small.bob))
            try trial.require(one.adding(other) == 100, "they have \(one) and \(other)")
        }
        try await small.ledger.close()
    }
    // end

    @Test("it holds, and is replayed like any other")
    func holds() async throws {
        try await expectHolds(trading, cases: 20)
    }

    @Test("a defect is found, and made as small as it can be")
    func finds() async throws {
        let wrong = Property("ACME-002", "Nobody sends more than 50 units.") { trial in
            let small = try await SmallLedger()
            for _ in 0..<4 {
                let units = try trial.draw(Generator<UInt64>.integer(in: 1...90))
                trial.note("alice sends \(units)")
                do throws(SubmissionError) {
                    try await small.alice.transfer(Quantity(UInt128(units)), of: small.asset, to: small.bob.account)
                } catch { continue }
                try trial.require(units <= 50, "\(units) were sent")
            }
        }
        guard case .falsified(let example, _) = try await wrong.check(PropertyRun(cases: 200, seed: 3)) else {
            Issue.record("the property holds")
            return
        }
        #expect(example.message == "51 were sent")
        #expect(example.commands == ["alice sends 51"])
    }

    @Test("the documentation and the specification show it as it stands here")
    func isShown() throws {
        let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        let parts = source.components(separatedBy: "    // example\n")
        let shown = try #require(parts.last?.components(separatedBy: "    // end\n").first)
        let example = shown.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
        for path in ["Specs/11-assurance.md", "Sources/TokenizeAudit/TokenizeAudit.docc/TokenizeAudit.md"] {
            let text = try String(contentsOf: PackageRoot.url.appending(path: path), encoding: .utf8)
            #expect(text.contains(example), "\(path) shows another example")
        }
    }
}
