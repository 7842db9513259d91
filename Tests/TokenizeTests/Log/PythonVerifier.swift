import Foundation

/// Runs `Specs/verifier/verify.py`, which shares no code with the library.
enum PythonVerifier {
    private static let script = URL(filePath: #filePath).appending(path: "../../../../Specs/verifier/verify.py")
        .standardizedFileURL

    /// The folders in which a program is looked for.
    private static let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")

    /// True if there is a python3 to run it with.
    static let isInstalled = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/python3") }

    /// What it printed, a line for each file, and how it ended.
    struct Answer: Sendable {
        let status: Int32
        let lines: [String]
        let errors: String

        /// The verdicts, without the files' names.
        func verdicts(of paths: [String]) -> [String] {
            guard paths.count > 1 else { return lines }
            return zip(paths, lines).map { path, line in
                line.hasPrefix(path + ": ") ? String(line.dropFirst(path.count + 2)) : "out of place: " + line
            }
        }
    }

    /// Starts it, and waits for its end.
    static func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> Answer {
        let name = UUID().uuidString
        let files = ["out", "err"].map { folder.url.appending(path: "\(name).\($0)") }
        for file in files { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try ProcessStart.run(process) } catch { continuation.resume(throwing: error) }
        }
        let output = try String(contentsOf: files[0], encoding: .utf8)
        return Answer(
            status: process.terminationStatus,
            lines: output.split(separator: "\n").map(String.init),
            errors: try String(contentsOf: files[1], encoding: .utf8)
        )
    }

    /// Writes each input into a file and gives the verdict of each.
    static func verdicts(
        _ command: String,
        on inputs: [[UInt8]],
        _ options: [String],
        in folder: TemporaryFolder
    ) async throws -> (status: Int32, verdicts: [String]) {
        let paths = inputs.indices.map { folder.path("\(command)-\($0)") }
        for (path, bytes) in zip(paths, inputs) { try Data(bytes).write(to: URL(filePath: path)) }
        let answer = try await run([command] + paths + options, in: folder)
        return (answer.status, answer.verdicts(of: paths))
    }
}
