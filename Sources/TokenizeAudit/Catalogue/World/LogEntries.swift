import Tokenize

/// The entries of a log, read from its store in order and decoded, from the genesis to what was stored when reading
/// began.
///
/// A store may be read while its ledger runs. Nothing is verified here: `LedgerAuditor` does that, and ``LedgerModel``
/// decides again what the transactions did.
///
/// ```swift
/// var names: [TransactionID] = []
/// for try await entry in LogEntries(of: store) {
///     guard case .transaction(let bytes, _, _) = entry else { continue }
///     names.append(try SignedTransaction(bytes: bytes).id)
/// }
/// ```
/// Reading throws the store's `LedgerFailure`; a `DecodingFailure` for bytes that are no entry; ``AuditFailure`` if the
/// store gives other groups than it says it has.
public struct LogEntries: AsyncSequence, Sendable {
    public typealias Element = LogEntry

    private let store: any LedgerStore

    /// The entries that a store holds.
    public init(of store: any LedgerStore) { self.store = store }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(store) }

    /// Reads a group at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let store: any LedgerStore
        private var end: UInt64?
        private var position: UInt64 = 0
        private var entries: ArraySlice<[UInt8]> = []

        init(_ store: any LedgerStore) { self.store = store }

        public mutating func next() async throws -> LogEntry? {
            if end == nil { end = try await store.extent().entryCount }
            if entries.isEmpty, let end, position < end {
                guard let group = try await store.group(containing: position), group.firstPosition == position,
                    group.entryCount > 0
                else { throw AuditFailure(reason: "the store has no group that begins at \(position)") }
                entries = try StoredLog(group).entries[...]
                position = group.endPosition
            }
            return try entries.popFirst().map { try LogEntry(canonicalBytes: $0) }
        }
    }
}
