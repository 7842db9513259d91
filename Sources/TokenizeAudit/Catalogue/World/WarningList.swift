import Logging
import Synchronization

/// What a ledger complains about, kept: a ledger that goes on without something says so there and nowhere else.
final class WarningList: Sendable {
    private let list = Mutex<[String]>([])

    /// Messages of warnings and of what is worse.
    var messages: [String] { list.withLock { $0 } }

    /// Writes into the list.
    var handler: any LogHandler { Handler(list: self) }

    private func note(_ message: String) { list.withLock { $0.append(message) } }

    private struct Handler: LogHandler {
        let list: WarningList
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            if event.level >= .warning { list.note("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
