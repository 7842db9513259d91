import Logging

/// The engine's log, for failures only: the presentation speaks for itself.
enum QuietLog {
    static let logger: Logger = {
        var logger = Logger(label: "tokenize.demo") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }()
}
