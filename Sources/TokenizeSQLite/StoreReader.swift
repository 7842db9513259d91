import Dispatch
import GRDB
import Tokenize

/// A reading connection: sees whole transactions only, and does not wait for the writer.
actor StoreReader {
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var connection: DatabaseQueue?

    private let label: String

    init(label: String, queue: DispatchQueue? = nil) {
        self.label = label
        executor = QueueExecutor(label: label, queue: queue)
    }

    /// Opens the connection; the writer's must be open already.
    func open(_ path: String) throws(LedgerFailure) {
        connection = try typed("open for reading") {
            var configuration = Connections.configuration(label: label)
            configuration.readonly = true
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    /// Closes the connection. Idempotent.
    func close() {
        // What cannot be closed now is closed with the last reference.
        try? connection?.close()
        connection = nil
    }

    /// Runs `body` on one state of the store.
    func read<Value: Sendable>(
        _ operation: String,
        _ body: @Sendable (LedgerTables) throws -> Value
    ) throws(LedgerFailure) -> Value {
        guard let connection else { throw .storeClosed }
        return try typed(operation) {
            try connection.read { try body(LedgerTables(database: $0)) }
        }
    }
}

/// What both connections have in common.
enum Connections {
    static func configuration(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(Double(StoreOptions.busyMilliseconds) / 1_000)
        configuration.prepareDatabase { database in
            // A damaged page must not make SQLite run a view or trigger's function, or walk outside a cell.
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        return configuration
    }
}
