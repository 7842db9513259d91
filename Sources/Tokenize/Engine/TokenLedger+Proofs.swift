extension TokenLedger {
    /// A checkpoint of everything so far: seals the open block, waits until it is durable, and signs.
    ///
    /// - Throws: ``LedgerFailure/misconfigured(reason:)`` if the ledger has no checkpoint signer, or one whose key was
    ///   rotated away.
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

    /// Proof that the entry at `position` is in the log, with the checkpoint that it leads to.
    ///
    /// - Throws: ``LedgerFailure/limitExceeded(limit:maximum:)`` if there is no such entry;
    ///   ``LedgerFailure/misconfigured(reason:)`` if the ledger has no checkpoint signer, or one whose key was
    ///   rotated away.
    public func proveInclusion(of position: UInt64) async throws(LedgerFailure) -> TransparencyProof {
        if let failure { throw failure }
        sealNow()
        let edge = writer.log.edge
        let signed = try await sign(edge)
        let inclusion = try await reader(edge).inclusionProof(index: position, size: edge.size)
        do {
            return try TransparencyProof(index: position, path: inclusion.path, checkpoint: signed)
        } catch {
            throw .corrupted(what: "log", position: position, reason: "\(error)")
        }
    }

    /// Proof of one effect of the transaction whose entry is at `position`, one payment of a distribution for example.
    ///
    /// - Parameters:
    ///   - position: the place of the entry in the log.
    ///   - index: the effect's place among those of the transaction, counted from 0.
    /// - Throws: ``LedgerFailure/limitExceeded(limit:maximum:)`` if there is no such entry or effect;
    ///   ``LedgerFailure/misconfigured(reason:)`` if the ledger has no checkpoint signer, or one whose key was
    ///   rotated away.
    public func proveEffect(position: UInt64, index: Int) async throws(LedgerFailure) -> EffectProof {
        if let failure { throw failure }
        sealNow()
        let edge = writer.log.edge
        let signed = try await sign(edge)
        return try await effectProof(position: position, index: index, edge: edge, checkpoint: signed)
    }

    /// Reads and hashes an entry's effects off the writer's executor: one entry may have millions.
    private nonisolated func effectProof(
        position: UInt64,
        index: Int,
        edge: LogEdge,
        checkpoint: SignedCheckpoint
    ) async throws(LedgerFailure) -> EffectProof {
        let inclusion = try await reader(edge).inclusionProof(index: position, size: edge.size)
        let record = try await GroupRecords.record(in: store, at: position)
        let effects = try GroupRecords.effectBytes(of: record)
        guard effects.indices.contains(index) else {
            throw .limitExceeded(limit: "effect index", maximum: UInt64(effects.count))
        }
        let proof = EffectProof(
            effect: effects[index],
            effectInclusion: MerkleTree.inclusionProof(index: index, leafHashes: effects.map(MerkleTree.leafHash)),
            entry: record.entry,
            inclusion: inclusion,
            checkpoint: checkpoint.bytes
        )
        // What the store gave is checked before anybody relies on it.
        guard case .transaction(_, let root, _)? = try? LogEntry(canonicalBytes: record.entry),
            (try? proof.inclusion.verify(entry: record.entry, root: edge.root)) != nil,
            (try? proof.effectInclusion.verify(entry: effects[index], root: root)) != nil
        else { throw .corrupted(what: "entry", position: position, reason: "not what the log commits to") }
        return proof
    }

    /// Proof that the log at `old` entries is the beginning of the log at `new` entries, the sizes of two checkpoints.
    public func proveConsistency(
        from old: UInt64,
        to new: UInt64
    ) async throws(LedgerFailure) -> LogConsistencyProof {
        let edge = writer.log.edge
        try await waitUntilDurable(edge.size)
        return try await reader(edge).consistencyProof(old: old, new: new)
    }

    /// Has checkpoints signed by this signer from now on, or by nobody.
    ///
    /// After the log keys were rotated no checkpoint is given until the signer of the new key is here. One that is being
    /// signed meanwhile keeps the signer that it began with.
    ///
    /// - Throws: ``LedgerFailure/misconfigured(reason:)``, with the signer as it was, if the key is not the log key that
    ///   the ledger names as it stands, or its name not the ledger's origin.
    public func use(checkpointSigner signer: (any CheckpointSigner)?) throws(LedgerFailure) {
        try requireLogKey(of: signer)
        checkpointSigner = signer
    }

    /// Checks that a checkpoint signer, if there is one, has the log key that the ledger names, and the ledger's origin.
    ///
    /// Nobody who knows the ledger would believe a checkpoint under another key.
    func requireLogKey(of signer: (any CheckpointSigner)?) throws(LedgerFailure) {
        guard let signer else { return }
        guard signer.verifierKey.publicKey == writer.state.logKeys.log.bytes else {
            throw .misconfigured(reason: "the checkpoint signer's key is not the log key that the ledger names")
        }
        // The origin is where a verdict says of which ledger it speaks.
        let origin = LogOrigin.text(ledger: writer.state.ledger, name: writer.state.name)
        guard signer.verifierKey.name == NoteName(origin) else {
            throw .misconfigured(reason: "the checkpoint signer's verifier key has not the ledger's origin, \(origin)")
        }
    }

    /// A checkpoint of the log up to now. Asked for in the same turn in which `edge` was taken: the key is that of the
    /// state at the edge.
    private func sign(_ edge: LogEdge) async throws(LedgerFailure) -> SignedCheckpoint {
        guard let signer = checkpointSigner else {
            throw .misconfigured(reason: "the ledger has no checkpoint signer")
        }
        try requireLogKey(of: signer)
        try await waitUntilDurable(edge.size)
        do {
            return try await signer.sign(
                Checkpoint(origin: signer.verifierKey.name, size: edge.size, root: edge.root)
            )
        } catch {
            throw .misconfigured(reason: "checkpoint signer: \(error)")
        }
    }

    private nonisolated func reader(_ edge: LogEdge) -> LogReader {
        LogReader(edge: edge) { [store] (level, index) async throws(LedgerFailure) in
            try await store.tile(level: level, index: index)
        }
    }
}
