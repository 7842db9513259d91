import Foundation
import Tokenize
import TokenizeSQLite

/// Opens a ledger and submits signed transactions until it is killed; says which ones it has receipts for.
///
/// `CrashWriter DATABASE SECRET FILE`: the disclosure secret in hexadecimal, and a file with a submitter on each line,
/// whose signed transactions stand in hexadecimal, separated by spaces; submissions by commas. Prints `open`, and then
/// the identifier of each acknowledged transaction, a line each.
///
/// `CrashWriter steps ...` and others: see ``SteppedWriter``, ``ScriptedWriter``, ``CrampedWriter`` and ``MutatingFuzzer``.
@main
struct CrashWriter {
    @MainActor
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch arguments.count > 1 ? arguments[1] : "" {
        case "steps": return try await SteppedWriter(Array(arguments.dropFirst(2))).run()
        case "scripted": return try await ScriptedWriter.run(Array(arguments.dropFirst(2)))
        case "mutate": return try MutatingFuzzer.run(Array(arguments.dropFirst(2)))
        case "cramped": return try await CrampedWriter.run(Array(arguments.dropFirst(2)))
        default: try await submit(arguments)
        }
    }

    private static func submit(_ arguments: [String]) async throws {
        guard arguments.count == 4, let bytes = [UInt8](hexadecimal: arguments[2]), let secret = Digest(bytes) else {
            throw UsageError()
        }
        let submitters = try submissions(at: arguments[3])
        say("begin")
        let store = try await SQLiteStore.open(path: arguments[1])
        var configuration = LedgerConfiguration(disclosureSecret: DisclosureSecret(secret))
        configuration.logger.logLevel = .critical
        let ledger = try await TokenLedger.open(store: store, configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for submissions in submitters {
                group.addTask {
                    for submission in submissions {
                        for result in await ledger.submit(submission) { say("\(try result.get().transaction)") }
                    }
                }
            }
            try await group.waitForAll()
        }
        say("end")
    }

    struct UsageError: Error {}

    /// For each submitter its submissions, for each of these its transactions.
    static func submissions(at path: String) throws -> [[[[UInt8]]]] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            try line.split(separator: ",").map { submission in
                try submission.split(separator: " ").map { transaction in
                    guard let bytes = [UInt8](hexadecimal: String(transaction)) else { throw UsageError() }
                    return bytes
                }
            }
        }
    }

    /// One write for one line, so that lines are whole or not there.
    static func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }
}
