import GRDB
import Tokenize

extension LedgerFailure {
    /// The failure that an error of SQLite or GRDB amounts to.
    init(_ error: any Error, operation: String) {
        switch error {
        case let failure as LedgerFailure:
            self = failure
        case let error as DatabaseError:
            let reason = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
            switch error.resultCode {
            case .SQLITE_CORRUPT: self = .corrupted(what: "database", position: 0, reason: "\(operation): \(reason)")
            case .SQLITE_NOTADB: self = .foreignStore(reason: "\(operation): \(reason)")
            default: self = .inputOutput(operation: operation, reason: reason)
            }
        default:
            self = .inputOutput(operation: operation, reason: String(describing: error))
        }
    }

    /// The same failure, as an opener sees it: a file that cannot be used now is one that cannot be opened.
    func onOpening(path: String) -> LedgerFailure {
        guard case .inputOutput(let operation, let reason) = self else { return self }
        return .cannotOpen(path: path, reason: "\(operation): \(reason)")
    }

    /// True if what the device holds is unknown after it: whatever is not a refusal made before writing.
    var poisons: Bool {
        switch self {
        case .notContiguous, .limitExceeded, .storeClosed: false
        default: true
        }
    }
}

/// Runs `body`, and turns whatever it throws into a `LedgerFailure` that names the operation.
func typed<Value>(_ operation: String, _ body: () throws -> Value) throws(LedgerFailure) -> Value {
    do { return try body() } catch { throw LedgerFailure(error, operation: operation) }
}
