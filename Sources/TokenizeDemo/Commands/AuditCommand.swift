import ArgumentParser
import Foundation
import Tokenize
import TokenizeAudit

/// Tries the published properties of the engine on random ledgers.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Try the published properties of the engine (Specs/11-assurance.md) on random ledgers."
    )

    @Option(help: "One property by its id, PRP-001 for example; all unless it is said.")
    var property: String?

    @Option(help: "Cases of each property; each has its usual number unless it is said.")
    var cases: Int?

    @Option(help: "Everything that is drawn follows from it.")
    var seed: UInt64 = 0

    @Option(help: "Where counterexamples are kept: those of the property are tried first, and new ones are written.")
    var counterexamples = "counterexamples"

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    struct Report: Encodable {
        let seed: String
        let properties: [Line]

        struct Line: Encodable {
            let id: String
            let statement: String
            let outcome: String
            let caseCount: Int
            let discardCount: Int
            let replayedCount: Int
            let staleCount: Int
            let labels: [String: Int]
            let message: String?
            let commands: [String]?
            let file: String?
        }
    }

    func validate() throws {
        if let cases, cases < 1 { throw ValidationError("--cases must be at least 1") }
        if let property, !AuditCatalogue.all.contains(where: { $0.property.id == property }) {
            throw ValidationError("there is no property \(property)")
        }
    }

    func run() async throws {
        let catalogue = AuditCatalogue(storePlaces: [{ try TemporaryStorePlace() }])
        let console = Console(isSilent: json)
        let folder = URL(fileURLWithPath: counterexamples)
        var lines: [Report.Line] = []
        for entry in catalogue.entries.map(\.property) where property == nil || property == entry.id {
            let start = ContinuousClock.now
            let outcome = try await catalogue.run(
                property: entry.id,
                cases: cases,
                seed: seed,
                regressions: folder
            ) { count in
                if Terminal.hasLiveErrors { Terminal.overwriteErrorLine("  \(entry.id)  \(count) cases hold") }
            }
            if Terminal.hasLiveErrors { Terminal.overwriteErrorLine("") }
            var file: String?
            if case .falsified(let example, _) = outcome { file = try example.write(into: folder) }
            let line = Report.Line(entry, outcome, file)
            lines.append(line)
            show(line, ContinuousClock.now - start, console)
        }
        if json { try console.writeObject(Report(seed: String(seed), properties: lines)) }
        let failed = lines.filter { $0.outcome != "passed" }.map(\.id)
        guard failed.isEmpty else { throw DemoFailure("not passed, seed \(seed): \(failed.joined(separator: ", "))") }
    }

    /// One line a property; what went wrong stands below it.
    private func show(_ line: Report.Line, _ elapsed: Duration, _ console: Console) {
        if line.outcome == "passed" {
            return console.done("\(line.id)  \(line.statement) (\(line.caseCount) cases, \(Amounts.seconds(elapsed)))")
        }
        console.say("✗ \(line.id)  \(line.statement)", .bad)
        console.say("  \(line.outcome): \(line.message ?? "")")
        for command in line.commands ?? [] { console.say("    \(command)") }
        if let file = line.file { console.say("  kept as \(file)") }
    }
}

extension AuditCommand.Report.Line {
    fileprivate init(_ property: Property, _ outcome: PropertyOutcome, _ file: String?) {
        let (name, message, commands): (String, String?, [String]?) =
            switch outcome {
            case .passed: ("passed", nil, nil)
            case .falsified(let example, _): ("falsified", example.message, example.commands)
            case .gaveUp: ("gave up", "nearly every case was discarded", nil)
            case .insufficientCoverage(let gaps, let statistics):
                (
                    "too little seen",
                    gaps.map { "\($0.label) in \($0.count) of \(statistics.caseCount) cases" }.joined(separator: ", "),
                    nil
                )
            }
        let statistics = outcome.statistics
        self.init(
            id: property.id,
            statement: property.statement,
            outcome: name,
            caseCount: statistics.caseCount,
            discardCount: statistics.discardCount,
            replayedCount: statistics.replayedCount,
            staleCount: statistics.staleCount,
            labels: statistics.labelCounts,
            message: message,
            commands: commands,
            file: file
        )
    }
}
