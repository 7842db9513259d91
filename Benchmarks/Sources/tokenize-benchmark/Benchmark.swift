import Dispatch
import Foundation

/// Measures the engine against the speed limit of signature verification, in one process on the same cores.
///
///     tokenize-benchmark [--json] [--transfers N] [--accounts N] [--rounds N] [--growth] [--only apply|coupons]
///
/// `--only apply` runs one part on one thread and nothing else, for a profiler that cannot follow many.
struct Options {
    var json = false
    var transferCount = 100_000
    var accountCount = 10_000
    var growth = false
    var rounds = 3
    var onlyApply = false
    var onlyCoupons = false

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": json = true
            case "--growth": growth = true
            case "--only":
                switch rest.popFirst() {
                case "apply": onlyApply = true
                case "coupons": onlyCoupons = true
                default: Options.refuse("--only takes 'apply' or 'coupons'")
                }
            case "--transfers": transferCount = rest.popFirst().flatMap { Int($0) } ?? transferCount
            case "--accounts": accountCount = rest.popFirst().flatMap { Int($0) } ?? accountCount
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
        if options.onlyApply {
            finish(options) { report in
                try Suite(options: options).applyOnly(
                    accountCount: options.accountCount,
                    name: "applyPerSecond",
                    into: &report
                )
            }
        }
        if options.onlyCoupons {
            finish(options) { report in
                for count in Coupons.holderCounts { try Coupons.measure(holderCount: count, into: &report) }
            }
        }
        Task {
            var report = Report()
            do {
                try await Suite(options: options).run(into: &report)
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
