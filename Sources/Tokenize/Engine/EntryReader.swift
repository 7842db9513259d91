/// Reads groups ahead of a replay, and decodes and verifies them in chunks on all cores.
struct EntryReader: Sendable {
    /// Some entries of a group, decoded and with their signatures verified, as far as they could be.
    struct Chunk: Sendable {
        let entries: [StoredEntry<VerifiedTransaction>]
        /// What is wrong with the entry after them.
        let failure: LedgerFailure?
    }

    /// A chunk on its way.
    struct Piece: Sendable {
        let chunk: Task<Chunk, Never>
        /// The group that the chunk ends, if it ends one.
        let group: EntryGroup?
    }

    let store: any LedgerStore
    /// Entries whose transactions the store's receipts must know; nil where nobody asks for receipts.
    let projectedEntryCount: UInt64?
    /// Keys of accounts, so that a key is parsed once and not for each of its signatures.
    let directory = KeyDirectory()

    /// Reads the group of which `position` is the first entry that matters, and begins to check its entries from there.
    ///
    /// - Throws: ``LedgerFailure/corrupted(what:position:reason:)`` if the store gives none, another one, or one that
    ///   goes beyond `entryCount`.
    func pieces(at position: UInt64, notBeyond entryCount: UInt64) async throws(LedgerFailure) -> [Piece] {
        guard let group = try await store.group(containing: position) else {
            throw .corrupted(what: "group", position: position, reason: "missing")
        }
        let records = try GroupRecords.records(of: group)
        guard group.firstPosition <= position, group.endPosition > position, group.endPosition <= entryCount else {
            throw .corrupted(what: "group", position: position, reason: "does not follow the group before it")
        }
        return stride(
            from: Int(position - group.firstPosition),
            to: records.count,
            by: EngineLimits.verificationChunkCount
        ).map { start in
            let end = min(start + EngineLimits.verificationChunkCount, records.count)
            return Piece(
                chunk: Task { await check(records[start..<end]) },
                group: end == records.count ? group : nil
            )
        }
    }

    private func check(_ records: ArraySlice<GroupRecords.Record>) async -> Chunk {
        var decoded: [StoredEntry<SignedTransaction>] = []
        var failure: LedgerFailure?
        do throws(LedgerFailure) {
            for record in records { decoded.append(try StoredEntry(record)) }
        } catch {
            failure = error
        }
        var entries: [StoredEntry<VerifiedTransaction>] = []
        entries.reserveCapacity(decoded.count)
        do throws(LedgerFailure) {
            for entry in decoded {
                if case .transaction(let signed, _, _) = entry.content {
                    try await checkReceipt(of: signed.id, at: entry.position)
                }
                entries.append(
                    try entry.map { signed throws(LedgerFailure) in
                        try verify(signed, at: entry.position)
                    }
                )
            }
        } catch {
            failure = error
        }
        return Chunk(entries: entries, failure: failure)
    }

    /// Verifies every signature under the key that it carries; whether the key may sign is decided on replay.
    private func verify(
        _ signed: SignedTransaction,
        at position: UInt64
    ) throws(LedgerFailure) -> VerifiedTransaction {
        do {
            return try VerifiedTransaction.verify(signed) { directory.lookUp($0) ?? (try? ParsedPublicKey($0)) }
        } catch {
            throw .corrupted(what: "transaction", position: position, reason: "signature: \(error)")
        }
    }

    private func checkReceipt(of transaction: TransactionID, at position: UInt64) async throws(LedgerFailure) {
        guard let projectedEntryCount else { return }
        let found = try await store.position(of: transaction)
        guard found == position || found == nil && position >= projectedEntryCount else {
            let place = found.map { "position \($0)" } ?? "no position"
            throw .corrupted(what: "receipt", position: position, reason: "the store gives \(place)")
        }
    }
}
