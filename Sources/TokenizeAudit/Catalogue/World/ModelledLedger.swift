import Tokenize

/// A ledger and its model side by side: what one is told, the other is told, and they are compared.
struct ModelledLedger {
    private(set) var world: AuditWorld
    private(set) var model: LedgerModel
    private let place = ProjectedPlace()

    init() async throws {
        world = try await AuditWorld(in: await place.open())
        guard case .every(let count) = world.sealing else { throw AuditFailure(reason: "the blocks have no size") }
        model = try LedgerModel(genesis: world.cast.genesis, sealing: count, time: AuditClock.start)
        for bytes in world.founding { _ = model.submit(bytes, time: AuditClock.start) }
    }

    /// Submits acts, the first principal's unless an operation says otherwise, and demands the same answer of both.
    @discardableResult
    mutating func submit(_ operations: [Operation], by members: [Int], _ trial: inout Trial) async throws -> Bool {
        let state = try await world.ledger.read { $0 }
        let plan = TransactionPlan(principals: members, operations: operations)
        let bytes = try plan.bytes(for: state, world.cast)
        let answer = try await world.answer(to: bytes)
        let expected = model.submit(bytes, time: world.clock.time)
        trial.note("\(plan.text(world)): \(answer.receipt == nil ? "refused" : "done")")
        switch (expected, answer) {
        case (.refused(let code, let operation), .refused(let rejection)):
            let isSame = code == rejection.code && operation == rejection.operation
            try trial.require(isSame, "\(rejection), by the model \(code.ruleID)")
            trial.label("refused \(code)")
        case (.committed(let wanted), .committed(let receipt)):
            try await wanted.requireEffects(of: receipt, world, &trial)
        default: try trial.require(false, "\(answer), by the model \(expected)")
        }
        try await compare(trial)
        return answer.receipt != nil
    }

    private func compare(_ trial: Trial) async throws {
        let state = try await world.ledger.read { $0 }
        let difference =
            model.differenceOfRecords(to: state) ?? model.differenceOfEncumbrances(to: state)
            ?? model.differenceOfBalances(to: state)
        try trial.require(difference == nil, difference.map { world.named($0) } ?? "")
    }

    /// The ledger restarts from what it has stored.
    mutating func reopen(_ trial: inout Trial) async throws {
        trial.note("restart")
        try await world.ledger.close()
        world = try await world.reopened(inOrder: await place.open(), trial)
        model.seal(time: world.clock.time)
        try await compare(trial)
    }

    /// The tables for readers show what the ledger holds.
    func requireShown(_ trial: Trial) async throws {
        try await world.ledger.waitUntilProjected()
        let difference = await place.shown().difference(from: try await world.ledger.read { $0 })
        try trial.require(difference == nil, "the tables show \(world.named(difference ?? ""))")
    }

    /// The clock goes on, and the open block is closed.
    mutating func pass(_ seconds: UInt64) async throws {
        world.clock.move(to: world.clock.time + seconds)
        try await world.ledger.seal()
        model.seal(time: world.clock.time)
    }
}

extension ModelReceipt {
    /// The effects beside the entry are those of the model, and their root is that of RFC 6962.
    func requireEffects(of receipt: Receipt, _ world: AuditWorld, _ trial: inout Trial) async throws {
        var events = world.ledger.events(from: receipt.position).makeAsyncIterator()
        guard case .transaction(let id, let effects)? = try await events.next()?.kind, id == receipt.transaction else {
            return try trial.require(false, "\(receipt) has no event")
        }
        let modelled = effects.filter { if case .service = $0 { mayHaveMoreEffects == false } else { true } }
        try trial.require(modelled == self.effects, "effects \(modelled), not \(self.effects)")
        let root = ModelHash.merkleRoot(effects.map { $0.canonicalBytes })
        try trial.require(receipt.effectsRoot.bytes == root, "the root over the effects is another")
        try trial.require(receipt.effectCount == UInt64(effects.count), "\(receipt.effectCount) effects")
    }
}
