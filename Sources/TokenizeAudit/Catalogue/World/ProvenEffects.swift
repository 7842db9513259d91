import Tokenize

/// Effects of a log, taken from its store, to be proved.
enum ProvenEffects {
    /// A position of a transaction, the index of one of its effects, and all of them.
    static func draw(_ log: StoredLog, _ trial: inout Trial) throws -> (position: Int, index: Int, all: [[UInt8]]) {
        var places: [(position: Int, all: [[UInt8]])] = []
        for (position, effects) in log.effects.enumerated() {
            let all = try StoredLog.byteStrings(effects)
            if !all.isEmpty, case .transaction = try LogEntry(canonicalBytes: log.entries[position]) {
                places.append((position, all))
            }
        }
        guard !places.isEmpty else { throw AuditFailure(reason: "no transaction has an effect") }
        let place = places[try trial.number(0...places.count - 1)]
        return (place.position, try trial.number(0...place.all.count - 1), place.all)
    }

    /// Every field of a verdict is that of the log.
    static func require(
        _ verdict: EffectProof.Verdict,
        shows index: Int,
        of effects: [[UInt8]],
        at position: Int,
        in log: StoredLog,
        _ world: AuditWorld,
        _ trial: Trial
    ) throws {
        guard case .transaction(let transaction, _, _) = try LogEntry(canonicalBytes: log.entries[position]) else {
            throw AuditFailure(reason: "no transaction at \(position)")
        }
        try trial.require(verdict.effect == effects[index], "another effect is proved")
        try trial.require(
            verdict.effectIndex == UInt64(index) && verdict.effectCount == UInt64(effects.count),
            "effect \(verdict.effectIndex) of \(verdict.effectCount), not \(index) of \(effects.count)"
        )
        try trial.require(verdict.position == UInt64(position), "at \(verdict.position), not \(position)")
        try trial.require(verdict.transaction == transaction, "of another transaction")
        try trial.require(verdict.size >= UInt64(log.entries.count), "of a log of \(verdict.size) entries")
        try trial.require(verdict.origin == world.origin && verdict.witnessCount == 0, "\(verdict)")
    }
}
