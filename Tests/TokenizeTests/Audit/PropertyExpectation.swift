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
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let run = PropertyRun(
        cases: cases,
        seed: seed,
        shrinkCallCountMax: shrinkCallCountMax,
        regressions: regressionFolder
    )
    switch try await property.check(run) {
    case .passed(let statistics):
        // A generator that has changed makes another case of what is kept: the counterexample must be found anew.
        if statistics.staleCount > 0 {
            Issue.record(
                "\(property.id): \(statistics.staleCount) kept cases are stale",
                sourceLocation: sourceLocation
            )
        }
    case .falsified(let example, _):
        let path = try example.write(into: regressionFolder)
        Issue.record(
            "\(property.id), seed \(example.seed): \(example.message)\n\(example.commands.joined(separator: "\n"))\n\(path)",
            sourceLocation: sourceLocation
        )
    case .gaveUp(let statistics):
        Issue.record("\(property.id), seed \(seed): gave up, \(statistics)", sourceLocation: sourceLocation)
    case .insufficientCoverage(let gaps, let statistics):
        Issue.record(
            "\(property.id), seed \(seed): seen too seldom: \(gaps) in \(statistics.caseCount) cases",
            sourceLocation: sourceLocation
        )
    }
}
