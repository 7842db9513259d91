import Tokenize

/// What a proof shows is so, and nothing else can be shown.
enum ProofProperties {
    static let all = [
        AuditCatalogue.Entry(consistency, usualCaseCount: 25),
        AuditCatalogue.Entry(PresenceProperties.presence, usualCaseCount: 30),
        AuditCatalogue.Entry(alteration, usualCaseCount: 60),
    ]

    static let consistency = Property(
        "PRP-012",
        "Of any two sizes of a log the smaller is proved to be the beginning of the greater, and of no other log."
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 40, in: place)
        let ledger = history.world.ledger
        try await ledger.seal()
        let new = try await ledger.size()
        let log = try await StoredLog(of: await place.fork())
        for _ in 0..<8 {
            let end = try trial.draw(.integer(in: 1...new))
            let start = try trial.draw(.integer(in: 1...end))
            trial.note("from \(start) to \(end)")
            let proof = try await ledger.proveConsistency(from: start, to: end)
            let (oldRoot, newRoot) = (log.root(size: Int(start)), log.root(size: Int(end)))
            try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
            let byte = UInt8(try trial.choices.choose(upTo: 254)) + 1
            let wrong = Digest(oldRoot.bytes.dropLast() + [oldRoot.bytes[31] ^ byte]) ?? .zero
            try trial.require((try? proof.verify(oldRoot: wrong, newRoot: newRoot)) == nil, "another beginning")
            if start < end {
                try trial.require((try? proof.verify(oldRoot: newRoot, newRoot: oldRoot)) == nil, "roots exchanged")
            }
            for index in proof.path.indices {
                var path = proof.path
                path[index] = wrong
                let altered = LogConsistencyProof(oldSize: start, newSize: end, path: path)
                let holds = (try? altered.verify(oldRoot: oldRoot, newRoot: newRoot)) != nil
                try trial.require(!holds, "hash \(index) does not matter")
            }
            let longer = LogConsistencyProof(oldSize: start, newSize: end, path: proof.path + [wrong])
            try trial.require((try? longer.verify(oldRoot: oldRoot, newRoot: newRoot)) == nil, "a hash too many")
        }
        let policy = try history.world.cast.checkpointPolicy()
        for _ in 0..<3 {
            let position = try trial.draw(.integer(in: 0...new - 1))
            let inclusion = try await ledger.proveInclusion(of: position)
            for (index, entry) in log.entries.enumerated() {
                let holds = (try? inclusion.verify(entry: entry, under: policy)) != nil
                try trial.require(holds == (UInt64(index) == position), "entry \(index) at \(position)")
            }
        }
        try await ledger.close()
    }

    static func target(
        _ world: AuditWorld,
        _ state: LedgerState,
        _ trial: inout Trial
    ) throws -> (AssetID, AccountID, Partition) {
        try trial.choices.span { (choices: inout ChoiceSource) throws(Discard) in
            let drawing = ActDrawing(world: world, state: state)
            if try choices.chance(perMille: 600) {
                let view = try drawing.holding(encumberedPerMille: 300, &choices).view
                return (view.asset, view.account, view.partition)
            }
            let asset = try drawing.asset(&choices)
            return (asset, try drawing.account(&choices), try drawing.partition(&choices))
        }
    }

    static let alteration = Property(
        "PRP-014",
        "No proof verifies once any byte is changed, left out or put in, but as another absence that is true.",
        coverage: [
            .init("ownership", perMille: 75), .init("inclusion", perMille: 75), .init("effect", perMille: 75),
            .init("of several effects", perMille: 20),
        ]
    ) { trial in
        let place = MemoryPlace()
        let history = try await History.run(&trial, stepCountMax: 12, in: place)
        let world = history.world
        let policy = try world.cast.checkpointPolicy()
        let kind = try trial.draw(.element(of: ["ownership", "inclusion", "effect"]))
        trial.label(kind)
        let bytes: [UInt8]
        /// Throws if the bytes prove nothing; true if they show that something else is not there, and it is not.
        let verify: ([UInt8]) throws -> Bool
        switch kind {
        case "ownership":
            let (asset, account, partition) = try target(world, history.state, &trial)
            let proof = try await world.ledger.proveHolding(asset: asset, account: account, partition: partition)
            bytes = proof.canonicalBytes
            let state = try await world.ledger.read { $0 }
            let proved = try proof.verify(under: policy)
            verify = { isOtherAbsence(try OwnershipProof(canonicalBytes: $0).verify(under: policy), proved, state) }
        case "inclusion":
            let position = try trial.draw(.integer(in: 0...(try await world.ledger.size()) - 1))
            bytes = try await world.ledger.proveInclusion(of: position).bytes
            let entry = try await StoredLog(of: await place.fork()).entries[Int(position)]
            verify = {
                _ = try TransparencyProof(parsing: $0).verify(entry: entry, under: policy)
                return false
            }
        default:
            let log = try await StoredLog(of: await place.fork())
            let (position, index, effects) = try ProvenEffects.draw(log, &trial)
            let proof = try await world.ledger.proveEffect(position: UInt64(position), index: index)
            bytes = proof.canonicalBytes
            let verdict = try EffectProof(canonicalBytes: bytes).verify(under: policy)
            try ProvenEffects.require(verdict, shows: index, of: effects, at: position, in: log, world, trial)
            trial.label("of several effects", when: effects.count > 1)
            verify = {
                _ = try EffectProof(canonicalBytes: $0).verify(under: policy)
                return false
            }
        }
        _ = try verify(bytes)
        for _ in 0..<100 {
            let damage = try Damage.draw(bytes.count, &trial)
            let damaged = damage.applied(to: bytes)
            guard damaged != bytes, let isHarmless = try? verify(damaged) else { continue }
            try trial.require(isHarmless, "\(kind) proof verifies: \(damage) of \(bytes.count)")
            trial.label("another absence")
        }
        try await world.ledger.close()
    }

    /// True if a verdict says, truly, that something is not there of which the proof that was made says nothing.
    ///
    /// A path to an empty place, or to a leaf of something else, shows the absence of every key that it leads to.
    private static func isOtherAbsence(
        _ verdict: OwnershipProof.Verdict,
        _ proved: OwnershipProof.Verdict,
        _ state: LedgerState
    ) -> Bool {
        let isSame =
            verdict.asset == proved.asset && verdict.account == proved.account
            && verdict.partition == proved.partition
        let partition = Partition(verdict.partition)
        let held = state.holding(asset: verdict.asset, account: verdict.account, partition: partition)
        return !isSame && verdict.units == .zero && verdict.encumbrances.isEmpty && held.units == .zero
            && held.encumbrances.isEmpty && verdict.height == proved.height
    }
}
