import ArgumentParser
import Tokenize

/// Runs cases that another implementation calculated.
struct ConformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conform",
        abstract: "Compare calendars, day counts, schedules, bonds, bills and identifiers with a file of known results."
    )

    /// Failures that are named for each family, unless all are asked for.
    private static let failureCountMax = 5

    @Argument(help: "The file of cases (JSON).")
    var file: String

    @Flag(help: "Name every failure, not only the first few of each family.")
    var all = false

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    struct Report: Encodable {
        let passed: Int
        let failed: Int
        let families: [Family]
    }

    struct Family: Encodable {
        let family: String
        let passed: Int
        let failed: Int
        /// The first failures, or all.
        let failures: [Failure]
    }

    struct Failure: Encodable {
        let id: String
        let differences: [String]
    }

    func run() async throws {
        let bytes = try SmallFile.read(file, what: "file of cases", byteCountMax: ConformanceFile.byteCountMax)
        let report = Report(try ConformanceFile(bytes).run(), failureCountMax: all ? .max : Self.failureCountMax)
        let console = Console(isSilent: json)
        if json { try console.writeObject(report) } else { show(report, console) }
        guard report.passed + report.failed > 0 else { throw DemoFailure("\(file) has no cases") }
        guard report.failed == 0 else {
            throw DemoFailure("\(Amounts.count(report.failed, "case")) of \(file) came out differently")
        }
    }

    private func show(_ report: Report, _ console: Console) {
        var table = Table("family", ">passed", ">failed")
        for family in report.families {
            table.add(
                "\(family.family)",
                "\(Amounts.grouped(family.passed))",
                "\(Amounts.grouped(family.failed))"
            )
        }
        table.addSum("together", "\(Amounts.grouped(report.passed))", "\(Amounts.grouped(report.failed))")
        console.show(table)
        for family in report.families where family.failed > 0 {
            console.say("Failures of \(family.family):")
            for failure in family.failures {
                console.say("\(failure.id): \(failure.differences.joined(separator: "; "))")
            }
            let hidden = family.failed - family.failures.count
            if hidden > 0 { console.say("... and \(Amounts.grouped(hidden)) more; --all names them.") }
        }
    }
}

extension ConformCommand.Report {
    init(_ results: [FamilyResult], failureCountMax: Int) {
        families = results.map { result in
            ConformCommand.Family(
                family: result.family,
                passed: result.passedCount,
                failed: result.failures.count,
                failures: result.failures.prefix(failureCountMax).map {
                    ConformCommand.Failure(id: $0.id, differences: $0.differences)
                }
            )
        }
        passed = families.reduce(0) { $0 + $1.passed }
        failed = families.reduce(0) { $0 + $1.failed }
    }
}
