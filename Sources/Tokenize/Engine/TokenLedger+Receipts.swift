extension TokenLedger {
    /// The receipt of a committed transaction, or nil if it is not committed.
    public func receipt(of transaction: TransactionID) async throws(LedgerFailure) -> Receipt? {
        let size = writer.size
        try await waitUntilDurable(size)
        return try await firstReceipt(of: transaction)
    }

    /// As ``receipt(of:)``, for a transaction whose entry is durable already. Read and decoded off the writer's executor.
    nonisolated func firstReceipt(of transaction: TransactionID) async throws(LedgerFailure) -> Receipt? {
        guard let position = try await durablePosition(of: transaction) else { return nil }
        let record = try await GroupRecords.record(in: store, at: position)
        guard case .transaction(let bytes, let root, let count)? = try? LogEntry(canonicalBytes: record.entry),
            let signed = try? SignedTransaction(bytes: bytes), signed.id == transaction
        else { throw .corrupted(what: "entry", position: position, reason: "not the transaction that was looked for") }
        return Receipt(
            transaction: transaction,
            position: position,
            height: try await height(of: position),
            effectsRoot: root,
            effectCount: count
        )
    }

    private func durablePosition(of transaction: TransactionID) async throws(LedgerFailure) -> UInt64? {
        var position = recent.position(of: transaction)
        if position == nil { position = try await store.position(of: transaction) }
        // What is not durable yet has no receipt yet.
        return position.flatMap { $0 < durablePosition ? $0 : nil }
    }

    /// The height of the entry at `position`: headers before it, plus one.
    nonisolated func height(of position: UInt64) async throws(LedgerFailure) -> UInt64 {
        guard let last = try await store.lastBlock() else { return 1 }
        guard last.headerPosition >= position else { return last.height + 1 }
        var low: UInt64 = 1
        var high = last.height
        while low < high {
            let middle = low + (high - low) / 2
            guard let block = try await store.block(height: middle) else {
                throw .corrupted(what: "block", position: middle, reason: "missing")
            }
            if block.headerPosition >= position { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
