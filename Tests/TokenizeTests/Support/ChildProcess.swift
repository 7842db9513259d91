import Foundation

/// A process that a test starts and waits for.
///
/// Not Foundation's: its `Process.run` copies whole directory entries while it lists the descriptors of this process, also
/// the last ones of a buffer, and so now and then reads beyond the end of memory.
struct ChildProcess: Sendable {
    /// How a process ended: its exit code, or the signal that ended it.
    struct Status: Sendable {
        let code: Int32
        let wasSignalled: Bool
        var wasKilled: Bool { wasSignalled && code == SIGKILL }
    }

    struct StartFailure: Error {
        let executable: String
        let code: Int32
    }

    let identifier: pid_t

    /// Starts an executable. Streams that are not named are `/dev/null`; the handles given are handed on to it alone.
    init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        input: FileHandle? = nil,
        output: FileHandle? = nil,
        errors: FileHandle? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (stream, handle) in [(0, input), (1, output), (2, errors)] as [(CInt, FileHandle?)] {
            if let handle {
                // A process that another test starts would keep a pipe open.
                _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
                posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, stream)
            } else {
                posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
            }
        }
        var words = ([executable] + arguments).map { strdup($0) }
        var settings = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in words + settings { free(text) } }
        words.append(nil)
        settings.append(nil)
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, executable, &actions, nil, words, settings)
        guard code == 0 else { throw StartFailure(executable: executable, code: code) }
        self.identifier = identifier
    }

    /// Waits for its end. Blocks the thread, which so must not be one of the cooperative pool.
    func waitUntilExit() -> Status {
        var status: CInt = 0
        while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7F
        return Status(code: signal == 0 ? status >> 8 & 0xFF : signal, wasSignalled: signal != 0)
    }

    /// Does what blocks on a thread of its own.
    static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }

    /// How a process ended, and all that it wrote to its standard output.
    struct Ended: Sendable {
        let status: Status
        let output: String
        var wasKilled: Bool { status.wasKilled }
        var wasSignalled: Bool { status.wasSignalled }
        var code: Int32 { status.code }
    }

    /// Starts a process, reads its output and waits for its end.
    static func run(_ executable: String, _ arguments: [String]) async throws -> Ended {
        try await onThread {
            let output = Pipe()
            let process = try ChildProcess(executable, arguments, output: output.fileHandleForWriting)
            try output.fileHandleForWriting.close()
            let bytes = output.fileHandleForReading.readDataToEndOfFile()
            return Ended(status: process.waitUntilExit(), output: String(decoding: bytes, as: UTF8.self))
        }
    }
}
