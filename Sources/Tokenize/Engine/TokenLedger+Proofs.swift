extension TokenLedger {
    /// A checkpoint of everything so far: seals the open block, waits until it is durable, and signs.
    ///
    /// - Throws: ``LedgerFailure/misconfigured(reason:)`` if the ledger was opened without a checkpoint signer.
    public func checkpoint() async throws(LedgerFailure) -> SignedCheckpoint {
        if let failure { throw failure }
        sealNow()
        return try await sign(writer.log.edge)
    }

    /// Proof of what an account holds of an asset now, or that it holds nothing.
    public func proveHolding(
        asset: AssetID,
        account: AccountID,
        partition: Partition = 0
    ) async throws(LedgerFailure) -> OwnershipProof {
        if let failure { throw failure }
        sealNow()
        // No suspension up to here: state, tree and log belong together.
        guard let header = writer.lastHeader else {
            throw .misconfigured(reason: "no block is sealed")
        }
        let key = StateKey.holding(asset: asset, account: account, partition: partition.number)
        let edge = writer.log.edge
        guard
            let state = writer.tree.proof(
                key: key.canonicalBytes,
                value: writer.leaves.value(of: key, in: writer.state)
            )
        else { throw .corrupted(what: "state tree", position: header.height, reason: "differs from the state") }
        let signed = try await sign(edge)
        let inclusion = try await reader(edge).inclusionProof(index: edge.size - 1, size: edge.size)
        return OwnershipProof(
            state: state,
            header: LogEntry.header(header).canonicalBytes,
            inclusion: inclusion,
            checkpoint: signed.bytes
        )
    }

    /// Proof that the entry at `position` is in the log as it is now; the root is in a checkpoint of the same size.
    public func proveInclusion(of position: UInt64) async throws(LedgerFailure) -> LogInclusionProof {
        let edge = writer.log.edge
        try await waitUntilDurable(edge.size)
        return try await reader(edge).inclusionProof(index: position, size: edge.size)
    }

    /// Proof that the log at `old` entries is the beginning of the log at `new` entries.
    public func proveConsistency(
        from old: UInt64,
        to new: UInt64
    ) async throws(LedgerFailure) -> LogConsistencyProof {
        let edge = writer.log.edge
        try await waitUntilDurable(edge.size)
        return try await reader(edge).consistencyProof(old: old, new: new)
    }

    private func sign(_ edge: LogEdge) async throws(LedgerFailure) -> SignedCheckpoint {
        guard let signer = configuration.checkpointSigner else {
            throw .misconfigured(reason: "the ledger was opened without a checkpoint signer")
        }
        try await waitUntilDurable(edge.size)
        do {
            return try await signer.sign(
                Checkpoint(origin: signer.verifierKey.name, size: edge.size, root: edge.root)
            )
        } catch {
            throw .misconfigured(reason: "checkpoint signer: \(error)")
        }
    }

    private func reader(_ edge: LogEdge) -> LogReader {
        LogReader(edge: edge) { [store] (level, index) async throws(LedgerFailure) in
            try await store.tile(level: level, index: index)
        }
    }
}
