import ArgumentParser
import Tokenize

/// Calculates the cash flows of a contract, or of a file of test cases.
struct CashFlowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cashflows",
        abstract: "Calculate the cash flows of a contract from its terms.",
        discussion: """
            FILE is JSON: a contract with 'terms' by their ACTUS names and, where it needs them, 'dataObserved', \
            'eventsObserved' and 'to' (the last time of interest); or an object of such cases by identifier.

            A contract is calculated as economics has it. Test cases, which have an 'identifier' or 'results' or come \
            several in a file, are calculated in conformance mode, with the four habits of the published expected \
            values (Specs/10). --product and --conformance say otherwise.
            """
    )

    /// Bytes in a file of terms or cases.
    private static let byteCountMax = 64_000_000

    @Argument(help: "The file of the terms, or of the cases.")
    var file: String

    @Flag(help: "Print JSON: a list of events; for several cases, one object from identifiers to such lists.")
    var json = false

    @Flag(help: "Compare with the 'results' in the file, and fail on a difference.")
    var check = false

    @Flag(help: "How to calculate; see above for what happens without either.")
    var mode: Mode?

    @Option(help: "Round the level payments of an annuity half up to so many decimals; without it they are exact.")
    var instalmentDecimals: Int?

    enum Mode: String, EnumerableFlag {
        case conformance
        case product
    }

    func validate() throws {
        if let instalmentDecimals, !(0...Ratio.decimalCountMax).contains(instalmentDecimals) {
            throw ValidationError("'--instalment-decimals' is in 0 ... \(Ratio.decimalCountMax)")
        }
    }

    func run() async throws {
        let bytes = try SmallFile.read(file, what: "file of terms", byteCountMax: CashFlowsCommand.byteCountMax)
        let content: ContractCaseFile
        do { content = try ContractCaseFile(bytes) } catch { throw DemoFailure("\(file) is no contract: \(error)") }
        let instalment = instalmentDecimals.map { InstalmentRounding(decimals: $0, .halfUp) }
        let outcomes = content.cases.map { identifier, contract in
            CaseOutcome(identifier, contract, mode: mode, isSingle: content.isSingle, instalment: instalment)
        }
        let console = Console(isSilent: json)
        if content.isSingle, let outcome = outcomes.first {
            try runSingle(outcome, console)
        } else {
            try runAll(outcomes, console)
        }
    }

    private func runSingle(_ outcome: CaseOutcome, _ console: Console) throws {
        if let failure = outcome.failure { throw DemoFailure("\(file): \(failure)") }
        if json { Terminal.write(try FlowsJSON.list(outcome.flows)) }
        if check, let difference = try outcome.difference() { throw DemoFailure("\(file): \(difference)") }
        if check { return console.done("The \(outcome.flows.count) events are as expected") }
        try FlowPage(console).show(outcome)
    }

    private func runAll(_ outcomes: [CaseOutcome], _ console: Console) throws {
        if json { Terminal.write(try FlowsJSON.object(outcomes.filter { $0.failure == nil })) }
        let failed = outcomes.compactMap { outcome in outcome.failure.map { "\(outcome.identifier): \($0)" } }
        if let first = failed.first {
            throw DemoFailure("\(failed.count) of \(outcomes.count) cases cannot be calculated; \(first)")
        }
        guard check else { return try FlowPage(console).show(outcomes) }
        let different = try outcomes.compactMap { outcome in
            try outcome.difference().map { "\(outcome.identifier): \($0)" }
        }
        if let first = different.first {
            throw DemoFailure("\(different.count) of \(outcomes.count) cases are not as expected; \(first)")
        }
        console.done("All \(outcomes.count) cases are as expected")
    }
}
