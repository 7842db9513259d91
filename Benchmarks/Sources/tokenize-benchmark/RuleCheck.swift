@_spi(Benchmarks) import Tokenize

/// What a rulebook of six rules costs a transfer, at so many persons.
enum RuleCheck {
    private static let moveCount = 500_000
    private static let rounds = 5

    static func measure(personCount: Int, into report: inout Report) throws {
        let workload = try Workload(accountCount: 1)
        var loop = try RuleLoop(genesis: workload.genesis, partyCount: personCount)
        var (checks, applied): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            let plain = try seconds { try loop.run(moveCount, asksRules: false, applies: false) }
            let ruled = try seconds { try loop.run(moveCount, asksRules: true, applies: false) }
            checks.append((ruled - plain) / Double(moveCount) * 1e9)
            let plainApplied = try seconds { try loop.run(moveCount, asksRules: false, applies: true) }
            let ruledApplied = try seconds { try loop.run(moveCount, asksRules: true, applies: true) }
            applied.append((ruledApplied - plainApplied) / Double(moveCount) * 1e9)
        }
        report.add("ruleCheckNanoseconds", Report.median(checks), "six rules at \(personCount) persons, ns a transfer")
        report.add("ruleApplyNanoseconds", Report.median(applied), "the same and what it leaves behind, ns a transfer")
    }

    /// Processor time, which other processes do not lengthen as they do the clock's.
    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let before = Suite.processorSeconds()
        try body()
        return Suite.processorSeconds() - before
    }
}
