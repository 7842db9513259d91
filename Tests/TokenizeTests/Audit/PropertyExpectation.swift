import Foundation
import Testing
import TokenizeAudit

/// Where found counterexamples are kept for ever, beside this file.
let regressionFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Regressions")

/// Runs a property as a test: what is kept first, then new cases. Whatever is not a pass is an issue, and a found
/// counterexample is written where it is kept.
func expectHolds(
    _ property: Property,
    cases: Int,
    seed: UInt64 = 1,
    shrinkCallCountMax: Int = 200,
    keepingIn folder: URL = regressionFolder,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    func record(_ text: String) {
        Issue.record("\(property.id), seed \(seed): \(text)", sourceLocation: sourceLocation)
    }
    let run = PropertyRun(cases: cases, seed: seed, shrinkCallCountMax: shrinkCallCountMax)
    switch try await property.check(run, keepingIn: folder) {
    case .passed(let statistics):
        // A generator that has changed makes another case of what is kept: the counterexample must be found anew.
        if statistics.staleCount > 0 { record("\(statistics.staleCount) kept cases are stale") }
    case .falsified(let example, _):
        record("\(example.message)\n\(example.commands.joined(separator: "\n"))\n\(example.fileName)")
    case .gaveUp(let statistics):
        record("gave up, \(statistics)")
    case .insufficientCoverage(let gaps, let statistics):
        record("seen too seldom: \(gaps) in \(statistics.caseCount) cases")
    }
}
