import Foundation
import Tokenize

/// A process that writes a ledger under strace, which counts its calls and makes one of them fail or be the last.
///
/// The process makes all its calls on the store's files on one thread, since strace counts for each thread by itself.
struct TracedWriter: Sendable {
    /// What strace does at a call.
    struct Fault: Sendable, CustomStringConvertible {
        enum Effect: Sendable {
            case kill
            /// Fails this once.
            case error(String)
            /// Fails from then on.
            case lastingError(String)
        }

        let call: String
        /// Which one of its name, from 1.
        let number: Int
        let effect: Effect

        var description: String { "\(call) \(number), \(effect)" }

        var arguments: [String] {
            switch effect {
            case .kill: ["-e", "inject=\(call):signal=KILL:when=\(number)"]
            case .error(let name): ["-e", "inject=\(call):error=\(name):when=\(number)"]
            case .lastingError(let name): ["-e", "inject=\(call):error=\(name):when=\(number)+"]
            }
        }
    }

    struct Outcome: Sendable {
        /// What the process noted, a line each.
        let lines: [String]
        /// What strace saw, a line each call.
        let trace: [String]
        /// Threads that made a call on the store's files.
        let threadCount: Int
        let wasKilled: Bool

        /// Transactions that were acknowledged.
        var acknowledged: [TransactionID] {
            get throws {
                try lines.compactMap { line in
                    line.hasPrefix("done ") ? try TransactionID(text: String(line.dropFirst(5))) : nil
                }
            }
        }

        /// How often each call was made.
        var counts: [String: Int] {
            var counts: [String: Int] = [:]
            for line in trace {
                guard let end = line.firstIndex(of: "("), line.first?.isLetter == true else { continue }
                counts[String(line[..<end]), default: 0] += 1
            }
            return counts
        }
    }

    static let strace = "/usr/bin/strace"
    /// The calls that change a file or a folder, or make that durable. `write` is the record's alone.
    static let calls = [
        "openat", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat", "renameat2",
        "unlink", "unlinkat",
    ]

    /// Nil if the system lets one process trace another; else why not.
    static let obstacle: String? = {
        guard FileManager.default.isExecutableFile(atPath: strace) else { return "there is no \(strace)" }
        let attempt = Process()
        attempt.executableURL = URL(fileURLWithPath: strace)
        attempt.arguments = ["-o", "/dev/null", "/bin/true"]
        attempt.standardError = FileHandle.nullDevice
        do { try ProcessStart.run(attempt) } catch { return "strace cannot be started: \(error)" }
        attempt.waitUntilExit()
        return attempt.terminationStatus == 0 ? nil : "the system does not let one process trace another (ptrace)"
    }()

    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("CrashWriter").path

    let folder: TemporaryFolder
    let secretHexadecimal: String
    /// Files with the submissions and the genesis.
    let genesis: [UInt8]
    let transactions: [[UInt8]]

    var database: String { StoreCrash.path(in: folder) }
    private var record: String { folder.path("record") }

    /// The arguments of the process for `CrashWriter steps`.
    func stepArguments() throws -> [String] {
        let submissions = folder.url.appendingPathComponent("submissions")
        try Data(transactions.map(\.hexadecimal).joined(separator: ",").utf8).write(to: submissions)
        return [database, secretHexadecimal, submissions.path, genesis.hexadecimal, record]
    }

    /// Lets the process live under strace.
    func run(_ fault: Fault?) async throws -> Outcome {
        let log = folder.path("trace")
        var arguments = ["-f", "-y", "-o", log, "-e", "trace=write," + TracedWriter.calls.joined(separator: ",")]
        // Only calls on these files are seen, and so counted.
        let files = [
            "", "-wal", "-shm", "-journal", ".mark", ".lock", ".creating", ".creating-wal", ".creating-journal",
        ]
        let projections = [".projection", ".projection-wal", ".projection-journal", ".projection-shm"]
        for suffix in files + projections { arguments += ["-P", database + suffix] }
        arguments += ["-P", folder.url.path, "-P", record]
        arguments += fault?.arguments ?? []
        arguments += [TracedWriter.executable, "steps"] + (try stepArguments())
        let status = try await ChildProcess.run(TracedWriter.strace, arguments)
        // Each line begins with the thread.
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: " ", maxSplits: 1).map { $0.drop { $0 == " " } }
        }
        let trace = lines.compactMap { $0.count == 2 ? String($0[1]) : nil }
        return Outcome(
            lines: try recordedLines(),
            trace: trace,
            threadCount: Set(lines.filter { $0.last?.contains("ledger.sqlite") == true }.map { $0[0] }).count,
            wasKilled: status.wasKilled || trace.contains { $0.contains("killed by SIGKILL") }
        )
    }

    /// What the process noted; what follows the last line feed is no line.
    func recordedLines() throws -> [String] {
        guard let text = try? String(contentsOfFile: record, encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// A process that a test starts and waits for.
enum ChildProcess {
    struct Status: Sendable {
        let code: Int32
        let wasSignalled: Bool
        let output: String
        var wasKilled: Bool { wasSignalled && code == SIGKILL }
    }

    static func run(_ executable: String, _ arguments: [String]) async throws -> Status {
        try await withCheckedThrowingContinuation { continuation in
            // Waiting blocks a thread, which so must not be one of the cooperative pool.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        let output = Pipe()
                        process.executableURL = URL(fileURLWithPath: executable)
                        process.arguments = arguments
                        process.standardOutput = output
                        process.standardError = FileHandle.nullDevice
                        try ProcessStart.run(process)
                        let bytes = output.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return Status(
                            code: process.terminationStatus,
                            wasSignalled: process.terminationReason == .uncaughtSignal,
                            output: String(decoding: bytes, as: UTF8.self)
                        )
                    }
                )
            }
        }
    }
}
