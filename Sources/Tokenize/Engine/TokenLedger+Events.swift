/// What the log tells those who follow it, one for each entry.
public struct LedgerEvent: Hashable, Sendable {
    /// What an entry is.
    public enum Kind: Hashable, Sendable {
        case genesis
        case transaction(TransactionID, effects: [Effect])
        case block(BlockHeader)
    }

    /// Position of the entry in the log.
    public let position: UInt64
    /// What the entry says.
    public let kind: Kind
}

/// The events of a ledger from a position on, without end: it waits for what is not there yet.
///
/// Pulled by its reader, so that a slow one holds nobody up. Every event is durable. Ends with an error when the
/// ledger fails or is closed.
public struct LedgerEvents: AsyncSequence, Sendable {
    public typealias Element = LedgerEvent

    let ledger: TokenLedger
    let start: UInt64

    public struct AsyncIterator: AsyncIteratorProtocol {
        let ledger: TokenLedger
        var position: UInt64
        var buffer: ArraySlice<LedgerEvent> = []

        public mutating func next() async throws -> LedgerEvent? {
            while buffer.isEmpty {
                try Task.checkCancellation()
                let batch = try await ledger.eventBatch(from: position)
                buffer = batch[...]
                position += UInt64(batch.count)
            }
            return buffer.popFirst()
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(ledger: ledger, position: start) }
}

extension TokenLedger {
    /// The events from `position` on.
    public nonisolated func events(from position: UInt64 = 0) -> LedgerEvents {
        LedgerEvents(ledger: self, start: position)
    }

    /// At least one event from `position` on; waits until there is one. None if the task is cancelled meanwhile.
    ///
    /// Read and decoded off the writer's executor: a reader of a long past takes nothing from the writer.
    nonisolated func eventBatch(from position: UInt64) async throws(LedgerFailure) -> [LedgerEvent] {
        guard try await waitForEvent(at: position) else { return [] }
        var events: [LedgerEvent] = []
        for record in try await GroupRecords.records(in: store, from: position) {
            events.append(try LedgerEvent(record))
        }
        return events
    }

    /// True once the entry at `position` is durable; false if the task is cancelled meanwhile.
    private func waitForEvent(at position: UInt64) async throws(LedgerFailure) -> Bool {
        // Asks for a flush only where there is something to flush.
        while durablePosition <= position {
            if let failure { throw failure }
            if isClosed { throw .storeClosed }
            if Task.isCancelled { return false }
            await awaitDurability(of: position + 1)
        }
        if isClosed { throw .storeClosed }
        return true
    }
}

extension LedgerEvent {
    /// The event of a stored entry; its effects are checked against the root that the entry commits to.
    init(_ record: GroupRecords.Record) throws(LedgerFailure) {
        position = record.position
        let entry: LogEntry
        do {
            entry = try LogEntry(canonicalBytes: record.entry)
        } catch {
            throw .corrupted(what: "entry", position: record.position, reason: "\(error)")
        }
        switch entry {
        case .genesis: kind = .genesis
        case .header(let header): kind = .block(header)
        case .transaction(let bytes, let root, let count):
            let effects = try GroupRecords.effects(of: record)
            guard UInt64(effects.count) == count, RecordEncoding.effectsRoot(effects) == root,
                let signed = try? SignedTransaction(bytes: bytes)
            else {
                throw .corrupted(what: "effects", position: record.position, reason: "not what the entry commits to")
            }
            kind = .transaction(signed.id, effects: effects)
        }
    }
}
