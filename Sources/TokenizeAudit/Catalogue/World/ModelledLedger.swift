import Tokenize

/// A ledger and its model side by side: what one is told, the other is told, and they are compared.
struct ModelledLedger {
    let world: AuditWorld
    private(set) var model: LedgerModel

    init() async throws {
        world = try await AuditWorld(in: MemoryStore())
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
        case (.committed, .committed): break
        default: try trial.require(false, "\(answer), by the model \(expected)")
        }
        let state2 = try await world.ledger.read { $0 }
        let difference =
            model.differenceOfRecords(to: state2) ?? model.differenceOfEncumbrances(to: state2)
            ?? model.differenceOfBalances(to: state2)
        try trial.require(difference == nil, difference.map { world.named($0) } ?? "")
        return answer.receipt != nil
    }

    /// The clock goes on, and the open block is closed.
    mutating func pass(_ seconds: UInt64) async throws {
        world.clock.move(to: world.clock.time + seconds)
        try await world.ledger.seal()
        model.seal(time: world.clock.time)
    }
}
