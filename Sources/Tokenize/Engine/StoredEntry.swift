/// An entry read back from a store: its place, and what it says. `Transaction` tells how far a transaction is checked.
struct StoredEntry<Transaction: Sendable>: Sendable {
    enum Content: Sendable {
        case genesis(Genesis)
        case transaction(Transaction, effectsRoot: Digest, effectCount: UInt64)
        case header(BlockHeader)
    }

    let position: UInt64
    let content: Content

    /// The same entry with its transaction replaced by what `transform` makes of it.
    func map<Other: Sendable, Failure: Error>(
        _ transform: (Transaction) throws(Failure) -> Other
    ) throws(Failure) -> StoredEntry<Other> {
        let content: StoredEntry<Other>.Content
        switch self.content {
        case .genesis(let genesis): content = .genesis(genesis)
        case .header(let header): content = .header(header)
        case .transaction(let transaction, let root, let count):
            content = .transaction(try transform(transaction), effectsRoot: root, effectCount: count)
        }
        return StoredEntry<Other>(position: position, content: content)
    }
}

extension StoredEntry<SignedTransaction> {
    /// Decodes a record. Needs no state, so that it can be done on any core.
    init(_ record: GroupRecords.Record) throws(LedgerFailure) {
        position = record.position
        let entry: LogEntry
        do {
            entry = try LogEntry(canonicalBytes: record.entry)
        } catch {
            throw .corrupted(what: "entry", position: record.position, reason: "\(error)")
        }
        do {
            switch entry {
            case .genesis(let bytes): content = .genesis(try Genesis(canonicalBytes: bytes))
            case .header(let header): content = .header(header)
            case .transaction(let bytes, let root, let count):
                content = .transaction(try SignedTransaction(bytes: bytes), effectsRoot: root, effectCount: count)
            }
        } catch {
            throw .corrupted(what: "entry", position: record.position, reason: "\(error)")
        }
    }
}
