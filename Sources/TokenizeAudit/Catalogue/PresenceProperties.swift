import Tokenize

/// What an ownership proof shows is what the state holds, to the last field.
enum PresenceProperties {
    static let presence = Property(
        "PRP-013",
        "For every account and asset, there or not, a proof shows exactly what the state holds.",
        coverage: [
            .init("present", perMille: 150), .init("absent", perMille: 150), .init("encumbered", perMille: 150),
        ]
    ) { trial in
        let history = try await History.run(&trial, stepCountMax: 25, focus: .encumbrances)
        let world = history.world
        let policy = try world.cast.checkpointPolicy()
        for _ in 0..<4 {
            let (asset, account, partition) = try ProofProperties.target(world, history.state, &trial)
            let proof = try await world.ledger.proveHolding(asset: asset, account: account, partition: partition)
            let read = try OwnershipProof(canonicalBytes: proof.canonicalBytes)
            let verdict = try read.verify(under: policy)
            let state = try await world.ledger.read { $0 }
            let held = state.holding(asset: asset, account: account, partition: partition)
            let isThere = held.units > .zero || !held.encumbrances.isEmpty
            trial.label(held.units > .zero ? "present" : "absent")
            trial.label("encumbered", when: !held.encumbrances.isEmpty)
            try trial.require(
                verdict.asset == asset && verdict.account == account && verdict.partition == partition.number,
                "a proof of something else"
            )
            try trial.require(verdict.units == held.units, "\(verdict.units) are proved, \(held.units) are held")
            try trial.require(verdict.available == held.available, "\(verdict.available) are proved available")
            let claims = held.encumbrances.map { LedgerModel.Claim($0) }
            try requireClaims(verdict.encumbrances, are: claims, trial)
            try trial.require(verdict.businessDate == state.businessDate, "\(verdict.businessDate)")
            let value = isThere ? try bytes(of: read.state.key, held.units, claims) : nil
            try trial.require(read.state.value == value, "another value is proved: \(read.state.claim)")
            try await requirePlace(verdict, in: world, trial)
        }
        try await world.ledger.close()
    }

    /// Every field of every encumbrance that a verdict shows.
    static func requireClaims(
        _ found: [ProvenEncumbrance],
        are claims: [LedgerModel.Claim],
        _ trial: Trial
    ) throws {
        try trial.require(found.count == claims.count, "\(found.count) encumbrances, not \(claims.count)")
        for (one, claim) in zip(found, claims) {
            let isSame =
                one.id == claim.id && one.kind == UInt64(claim.kind.rawValue) && one.amount.units == claim.amount
                && one.rank == UInt64(claim.rank) && one.lastDate == claim.lastDate
                && one.layer == UInt64(claim.layer) && one.isReserved == claim.isReserved
            try trial.require(isSame, "\(one) is proved, not \(claim)")
        }
    }

    /// The bytes of a holding's value (6.6): salt, units and encumbrances, with owner and order.
    private static func bytes(
        of key: [UInt8],
        _ units: Quantity,
        _ claims: [LedgerModel.Claim]
    ) throws -> [UInt8] {
        let salt = ModelHash.tagged("Tokenize/disclosure-salt", Cast.secret.reveal() + ModelHash.sha256(key))
        let record = ModelCode.array([ModelCode.quantity(units.units), ModelCode.claims(claims)])
        return ModelCode.array([ModelCode.bytes(Array(salt.bytes.prefix(16))), record])
    }

    /// Which log, how much of it, and when.
    private static func requirePlace(
        _ verdict: OwnershipProof.Verdict,
        in world: AuditWorld,
        _ trial: Trial
    ) async throws {
        let header = try await world.ledger.lastHeader()
        try trial.require(
            verdict.height == header?.height && verdict.sealingTime == header?.sealingTime,
            "height \(verdict.height) at \(verdict.sealingTime), not \(String(describing: header))"
        )
        let size = try await world.ledger.size()
        try trial.require(verdict.size == size, "\(verdict.size) entries, not \(size)")
        try trial.require(verdict.origin == world.origin, "of \(verdict.origin)")
        try trial.require(verdict.witnessCount == 0, "\(verdict.witnessCount) witnesses, though there is none")
    }
}
