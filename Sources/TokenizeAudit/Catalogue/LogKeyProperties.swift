import Tokenize

/// The log key that a ledger names signs its checkpoints, and no other (7.5.1).
enum LogKeyProperties {
    static let keys = Property(
        "PRP-070",
        "Once the log keys are rotated, no checkpoint and no refusal is signed until the new key's signer is there; the old one is refused, across restarts too."
    ) { trial in
        let place = MemoryPlace()
        var world = try await AuditWorld(in: await place.open())
        let ledger = world.cast.genesis.ledger
        let seeds = try (0..<2).map { _ in [UInt8](repeating: UInt8(try trial.number(20...200)), count: 32) }
        let (old, origin) = (try world.cast.checkpointSigner(), try world.cast.checkpointSigner().verifierKey.name)
        let new = try SoftwareCheckpointSigner(ledger: ledger, name: world.cast.genesis.name, seed: seeds[0])
        let before = try await world.ledger.checkpoint()
        _ = try before.verify(under: try world.cast.checkpointPolicy())
        guard let key = Digest(new.verifierKey.publicKey), let keys = LogKeys(log: key) else {
            throw AuditFailure(reason: "a key is malformed")
        }
        let act = Act.rotateLogKeys(keys, under: AuthorityReference(.governor))
        let plan = TransactionPlan(principals: [Cast.ministry], operations: [Operation(act)])
        let answer = try await world.answer(to: try plan.bytes(for: try await world.ledger.read { $0 }, world.cast))
        try trial.require(answer.receipt != nil, "the keys are not rotated: \(answer)")
        try await requireSilent(world, trial)
        try await requireRefused(old, by: world, trial)
        let stranger = try SoftwareCheckpointSigner(ledger: ledger, name: world.cast.genesis.name, seed: seeds[1])
        if seeds[0] != seeds[1] { try await requireRefused(stranger, by: world, trial) }
        let elsewhere = try SoftwareCheckpointSigner(ledger: ledger, name: "other", seed: seeds[0])
        try await requireRefused(elsewhere, by: world, trial)
        try await requireSilent(world, trial)
        try await world.ledger.use(checkpointSigner: new)
        let policy = try CheckpointPolicy(origin: origin, logKeys: [new.verifierKey])
        let after = try await world.ledger.checkpoint()
        let verified = try? after.verify(under: policy)
        try trial.require(verified != nil, "the new key does not sign")
        let isOld = (try? after.verify(under: try world.cast.checkpointPolicy())) != nil
        try trial.require(!isOld, "the old key signs what covers its successor")
        try await world.ledger.close()
        // Whoever opens it with the old signer gets none, or no ledger.
        if let reopened = try? await world.reopened(in: await place.open()) {
            world = reopened
            try await requireSilent(world, trial)
            try await world.ledger.close()
        }
    }

    private static func requireSilent(_ world: AuditWorld, _ trial: Trial) async throws {
        let (asset, account) = (world.assets[0], world.cast.members[0].account)
        let isSigned = (try? await world.ledger.checkpoint()) != nil
        try trial.require(!isSigned, "a checkpoint is signed by a key that was rotated away")
        let isProved = (try? await world.ledger.proveHolding(asset: asset, account: account)) != nil
        try trial.require(!isProved, "a proof is signed by a key that was rotated away")
        let isIncluded = (try? await world.ledger.proveInclusion(of: 1)) != nil
        try trial.require(!isIncluded, "an inclusion is signed by a key that was rotated away")
        let isShown = (try? await world.ledger.proveEffect(position: 1, index: 0)) != nil
        try trial.require(!isShown, "an effect is signed by a key that was rotated away")
    }

    private static func requireRefused(
        _ signer: SoftwareCheckpointSigner,
        by world: AuditWorld,
        _ trial: Trial
    ) async throws {
        let isTaken = (try? await world.ledger.use(checkpointSigner: signer)) != nil
        try trial.require(!isTaken, "the signer of \(signer.verifierKey) is taken")
    }
}
