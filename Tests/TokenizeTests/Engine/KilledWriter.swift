import Foundation
import Tokenize

/// A process of its own that writes a ledger and is killed in the middle of it.
struct KilledWriter: Sendable {
    struct Outcome: Sendable {
        /// Transactions that the process said it had receipts for.
        let acknowledged: [TransactionID]
        let wasKilled: Bool
    }

    /// The executable lies beside the one that runs the tests.
    private static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("CrashWriter")
    }

    let database: String
    let secretHexadecimal: String

    /// Lets a process submit what `submitters` hold, each a list of submissions, and kills it with SIGKILL as soon as
    /// it has acknowledged `count` transactions.
    func run(_ submitters: [[[[UInt8]]]], killingAfter count: Int, in folder: TemporaryFolder) async throws -> Outcome {
        let file = folder.url.appendingPathComponent("submissions")
        let lines = submitters.map { submissions in
            submissions.map { $0.map(\.hexadecimal).joined(separator: " ") }.joined(separator: ",")
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let arguments = [database, secretHexadecimal, file.path]
        return try await withCheckedThrowingContinuation { continuation in
            // Reading a pipe blocks its thread, which so must not be one of the cooperative pool.
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.runProcess(arguments, killingAfter: count) })
            }
        }
    }

    private static func runProcess(_ arguments: [String], killingAfter count: Int) throws -> Outcome {
        let process = Process()
        let output = Pipe()
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = output
        try ProcessStart.run(process)
        var received: [UInt8] = []
        var lineCount = 0
        var isKilled = false
        while true {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            received += data
            lineCount += data.count { $0 == UInt8(ascii: "\n") }
            // The first line says that the process has begun to open the ledger.
            if !isKilled, lineCount > count {
                isKilled = true
                kill(process.processIdentifier, SIGKILL)
            }
        }
        process.waitUntilExit()
        let lines = String(decoding: received, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // What follows the last line feed is no line.
        let whole = lines.dropLast().filter { $0 != "begin" && $0 != "end" }
        return Outcome(
            acknowledged: try whole.map { try TransactionID(text: String($0)) },
            wasKilled: process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
        )
    }
}
