/// I/O, corruption or misuse of a ledger: what went wrong, and where.
///
/// A refusal by a rule is not a failure but a ``Rejection``.
///
/// Indirect, so that it is one word wide: Swift 6.3 miscompiles asynchronous functions that throw wide typed errors.
public indirect enum LedgerFailure: Error, Hashable, Sendable {
    /// The file could not be opened, created or locked.
    case cannotOpen(path: String, reason: String)
    /// The file exists and is not a ledger of this format, or belongs to another ledger.
    case foreignStore(reason: String)
    /// Stored bytes are not what was written: `what` names the record, `position` the log position or height.
    case corrupted(what: String, position: UInt64, reason: String)
    /// The store ends before what was acknowledged (`source` says by which witness it is known).
    case lostTail(entryCount: UInt64, expected: UInt64, source: String)
    /// The log's root at `entryCount` is not the one that `source` names.
    case rootMismatch(entryCount: UInt64, source: String)
    /// A read or write failed; `reason` is the system's text.
    case inputOutput(operation: String, reason: String)
    /// An earlier write or sync failed; open the store anew.
    case storePoisoned(reason: String)
    /// The store or the ledger was closed.
    case storeClosed
    /// A group does not follow the last one.
    case notContiguous(expected: UInt64, found: UInt64)
    /// A named limit was exceeded.
    case limitExceeded(limit: String, maximum: UInt64)
    /// The configuration does not fit the ledger (a wrong disclosure secret or log key, say).
    case misconfigured(reason: String)
}
