import Foundation

/// One run of the demonstration's executable, which lies beside the test runner.
struct DemoRun: Sendable {
    let status: Int32
    let output: String
    let errors: String

    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("TokenizeDemo")

    /// Starts the executable with nothing in its environment but a path and a temporary folder, and waits for its end.
    init(_ arguments: [String], in folder: TemporaryFolder) async throws {
        let name = UUID().uuidString
        let files = ["out", "err"].map { folder.url.appendingPathComponent("\(name).\($0)") }
        for file in files { try Data().write(to: file) }
        let process = Process()
        process.executableURL = DemoRun.executable
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "TMPDIR": folder.url.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try ProcessStart.run(process) } catch { continuation.resume(throwing: error) }
        }
        status = process.terminationStatus
        output = try String(contentsOf: files[0], encoding: .utf8)
        errors = try String(contentsOf: files[1], encoding: .utf8)
        for file in files { try FileManager.default.removeItem(at: file) }
    }

    /// What was printed, without the breaks between lines.
    var words: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// The one JSON object that the run printed.
    func object() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }

    /// True if the run failed as it should: one line that says why, and nothing else.
    var isOneClearError: Bool {
        status != 0 && output.isEmpty && errors.hasPrefix("error: ") && errors.hasSuffix("\n")
            && errors.dropLast().allSatisfy { !$0.isNewline } && errors.count > 10
    }
}
