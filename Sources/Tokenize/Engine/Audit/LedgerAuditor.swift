/// Checks a whole ledger against itself: believes nothing in the store that can be computed again.
///
/// From the genesis on, every signature is verified on all cores and every transaction is decided again. What comes
/// out must be what is stored: entries, effects, log roots, tiles, block rows, the state root of every header, the
/// snapshots and the receipts. At the end the state tree is built anew, by other code than the engine's.
public enum LedgerAuditor {
    /// Audits the ledger in `store`, which nobody may write meanwhile.
    ///
    /// - Parameters:
    ///   - store: where the ledger lies.
    ///   - secret: the disclosure secret that the genesis commits to; state roots cannot be computed without it.
    ///   - expecting: a checkpoint that the caller kept; its signature is the caller's business.
    ///   - progress: called now and then, from the task that audits.
    /// - Returns: what the ledger holds. Nothing differs if it returns at all.
    /// - Throws: the first difference, in order of position: ``LedgerFailure/corrupted(what:position:reason:)`` with
    ///   the record and its position (for a block or a snapshot, its height),
    ///   ``LedgerFailure/rootMismatch(entryCount:source:)`` or ``LedgerFailure/lostTail(entryCount:expected:source:)``
    ///   against the durable mark or `expecting`, ``LedgerFailure/foreignStore(reason:)`` for an empty store or one
    ///   of something else, ``LedgerFailure/misconfigured(reason:)`` for a wrong secret; what the store throws.
    public static func audit(
        store: any LedgerStore,
        secret: DisclosureSecret,
        expecting: Checkpoint? = nil,
        progress: (@Sendable (AuditProgress) -> Void)? = nil
    ) async throws(LedgerFailure) -> AuditReport {
        let extent = try await store.extent()
        guard extent.entryCount > 0 else { throw .foreignStore(reason: "the store is empty") }
        let witnesses = try LogWitnesses(extent: extent, expecting: expecting)
        let projectedEntryCount = try await store.projectedEntryCount()
        guard projectedEntryCount <= extent.entryCount else {
            throw .corrupted(what: "projection", position: projectedEntryCount, reason: "ahead of the log")
        }
        var replay = try await AuditReplay(
            reader: EntryReader(store: store, projectedEntryCount: projectedEntryCount),
            secret: secret,
            witnesses: witnesses
        )
        while replay.size < extent.entryCount {
            try await replay.advance(to: extent.entryCount)
            progress?(AuditProgress(entryCount: replay.size, totalEntryCount: extent.entryCount))
        }
        return try await replay.finish()
    }
}

/// How far an audit has come.
public struct AuditProgress: Hashable, Sendable {
    /// Entries checked.
    public let entryCount: UInt64
    /// Entries in the store.
    public let totalEntryCount: UInt64
}
