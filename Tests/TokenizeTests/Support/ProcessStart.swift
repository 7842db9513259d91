import Foundation

/// Starts processes one at a time: Foundation looks through the descriptors and the environment of this process while it
/// starts another, and was seen to read beyond them when tests that run at the same time did so too.
enum ProcessStart {
    private static let lock = NSLock()

    static func run(_ process: Process) throws { try lock.withLock { try process.run() } }
}
