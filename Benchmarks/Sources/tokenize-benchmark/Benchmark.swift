import Dispatch
import Foundation

/// Measures the engine against the speed limit of signature verification, in one process on the same cores.
///
///     tokenize-benchmark [--json] [--transfers N] [--accounts N] [--rounds N] [--growth] [--persons N]
///                        [--only apply|path|coupons|rulecheck|rules]
///
/// `--only` runs one part on one thread and nothing else, for a profiler that cannot follow many: `apply` the writer,
/// `path` all but the curve and the store, `coupons` payments to all holders, `rulecheck` a rulebook of six rules at
/// so many persons. `rules` measures that and signed transfers under a rulebook, on all cores.
struct Options {
    var json = false
    var transferCount = 100_000
    var accountCount = 10_000
    var growth = false
    var personCount = 1_000_000
    var rounds = 3
    var only: Part?

    enum Part: String { case apply, path, coupons, rulecheck, rules }

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": json = true
            case "--growth": growth = true
            case "--only":
                only = rest.popFirst().flatMap { Part(rawValue: $0) }
                if only == nil { Options.refuse("--only takes 'apply', 'path', 'coupons', 'rulecheck' or 'rules'") }
            case "--transfers": transferCount = rest.popFirst().flatMap { Int($0) } ?? transferCount
            case "--accounts": accountCount = rest.popFirst().flatMap { Int($0) } ?? accountCount
            case "--persons": personCount = rest.popFirst().flatMap { Int($0) } ?? personCount
            case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
            default:
                Options.refuse("unknown argument \(argument)")
            }
        }
    }

    private static func refuse(_ reason: String) -> Never {
        FileHandle.standardError.write(Data("tokenize-benchmark: \(reason)\n".utf8))
        exit(2)
    }
}

@main
enum Benchmark {
    static func main() {
        let options = Options(Array(CommandLine.arguments.dropFirst()))
        if let part = options.only, part != .rules {
            finish(options) { report in
                let suite = Suite(options: options)
                switch part {
                case .apply:
                    try suite.applyOnly(accountCount: options.accountCount, name: "applyPerSecond", into: &report)
                case .path: try suite.pathOnly(into: &report)
                case .coupons:
                    for count in Coupons.holderCounts { try Coupons.measure(holderCount: count, into: &report) }
                case .rulecheck: try RuleCheck.measure(personCount: options.personCount, into: &report)
                case .rules: break
                }
            }
        }
        Task {
            var report = Report()
            do {
                let suite = Suite(options: options)
                if options.only == .rules {
                    try await suite.rules(into: &report)
                } else {
                    try await suite.run(into: &report)
                }
            } catch {
                finish(options) { _ in throw error }
            }
            finish(options) { $0 = report }
        }
        dispatchMain()
    }

    /// Writes what was measured, or why nothing was, and ends the process.
    private static func finish(_ options: Options, _ measure: (inout Report) throws -> Void) -> Never {
        var report = Report()
        do {
            try measure(&report)
        } catch {
            FileHandle.standardError.write(Data("tokenize-benchmark: \(error)\n".utf8))
            exit(1)
        }
        report.write(json: options.json)
        exit(0)
    }
}
