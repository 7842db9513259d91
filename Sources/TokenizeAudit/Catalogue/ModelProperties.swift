import Tokenize

/// The engine does what the reference model does, which is written from Specs alone.
enum ModelProperties {
    static let all = [
        AuditCatalogue.Entry(answers, usualCaseCount: 40), AuditCatalogue.Entry(balances, usualCaseCount: 40),
        AuditCatalogue.Entry(encumbrances, usualCaseCount: 40),
    ]

    static let answers = Property(
        "PRP-020",
        "Engine and reference model give the same receipts and the same refusals, and keep the same records.",
        coverage: [.init("refused", perMille: 250), .init("committed", perMille: 250)]
    ) { trial in
        try await compare(&trial, focus: .everything) { model, step, world, trial in
            let difference = model.differenceOfRecords(to: step.after)
            try trial.require(difference == nil, difference.map { world.named($0) } ?? "")
        }
    }

    static let balances = Property(
        "PRP-021",
        "After every step each holding has the units, and the available units, that it has in the reference model.",
        coverage: [.init("committed", perMille: 250)]
    ) { trial in
        try await compare(&trial, focus: .units) { model, step, world, trial in
            let difference = model.differenceOfBalances(to: step.after)
            try trial.require(difference == nil, difference.map { world.named($0) } ?? "")
        }
    }

    static let encumbrances = Property(
        "PRP-022",
        "After every step the same encumbrances stand, in the same order, in the reference model.",
        coverage: [.init("committed", perMille: 250), .init("encumbered", perMille: 250)]
    ) { trial in
        try await compare(&trial, focus: .encumbrances) { model, step, world, trial in
            let difference = model.differenceOfEncumbrances(to: step.after)
            try trial.require(difference == nil, difference.map { world.named($0) } ?? "")
            let views = step.after.assetIDs.flatMap { step.after.holdings(of: $0) }
            trial.label("encumbered", when: views.contains { !$0.encumbrances.isEmpty })
        }
    }

    private typealias Check =
        @Sendable (_ model: LedgerModel, _ step: History.Step, _ world: AuditWorld, _ trial: inout Trial) throws -> Void

    /// Runs a history on both, and demands the same answers of both.
    private static func compare(
        _ trial: inout Trial,
        focus: ActDrawing.Focus,
        _ check: @escaping Check
    ) async throws {
        let twin = ModelTwin()
        _ = try await History.run(
            &trial,
            stepCountMax: 60,
            restarts: true,
            passesTime: true,
            focus: focus
        ) { step, world, trial in
            try await twin.follow(step, world, &trial)
            try check(await twin.model(world), step, world, &trial)
        }
    }
}

/// The model of a history's ledger.
private actor ModelTwin {
    private var model: LedgerModel?

    /// The model, which has done what founded the ledger.
    func model(_ world: AuditWorld) throws -> LedgerModel {
        if let model { return model }
        guard case .every(let count) = world.sealing else { throw AuditFailure(reason: "the blocks have no size") }
        var founded = try LedgerModel(genesis: world.cast.genesis, sealing: count, time: AuditClock.start)
        for bytes in world.founding {
            let answer = founded.submit(bytes, time: AuditClock.start)
            guard case .committed = answer else { throw AuditFailure(reason: "the founding is refused: \(answer)") }
        }
        model = founded
        return founded
    }

    func follow(_ step: History.Step, _ world: AuditWorld, _ trial: inout Trial) async throws {
        var model = try model(world)
        if let sent = step.transaction {
            let expected = model.submit(sent.bytes, time: step.time)
            try await Self.require(expected, sent.answer, world, &trial)
        }
        if step.closesBlock { model.seal(time: step.time) }
        self.model = model
        try trial.require(step.sizeAfter == model.size, "\(step.sizeAfter) entries, not \(model.size)")
    }

    private static func require(
        _ expected: LedgerModel.Answer,
        _ answer: AuditWorld.Answer,
        _ world: AuditWorld,
        _ trial: inout Trial
    ) async throws {
        switch (expected, answer) {
        case (.refused(let code, let operation), .refused(let rejection)):
            let isSame = rejection.code == code && rejection.operation == operation
            try trial.require(
                isSame,
                "refused by \(rejection), not \(code.ruleID) of \(operation.map { "\($0)" } ?? "-")"
            )
            trial.label("refused")
        case (.committed(let wanted), .committed(let receipt)):
            let isSame =
                receipt.transaction == wanted.transaction && receipt.position == wanted.position
                && receipt.height == wanted.height
            try trial.require(isSame, "\(receipt) and \(wanted)")
            try await requireEffects(wanted, receipt, world, &trial)
            trial.label("committed")
        case (.notModelled, _): throw AuditFailure(reason: "a history does what the model does not know")
        default: try trial.require(false, "\(answer), but the model: \(expected)")
        }
    }

    /// The effects beside the entry are those of the model, and their root is that of RFC 6962.
    private static func requireEffects(
        _ wanted: ModelReceipt,
        _ receipt: Receipt,
        _ world: AuditWorld,
        _ trial: inout Trial
    ) async throws {
        var events = world.ledger.events(from: receipt.position).makeAsyncIterator()
        guard case .transaction(let id, let effects)? = try await events.next()?.kind, id == receipt.transaction else {
            return try trial.require(false, "\(receipt) has no event")
        }
        let modelled = effects.filter { if case .service = $0 { wanted.mayHaveMoreEffects == false } else { true } }
        try trial.require(modelled == wanted.effects, "effects \(modelled), not \(wanted.effects)")
        let root = ModelHash.merkleRoot(effects.map { $0.canonicalBytes })
        try trial.require(receipt.effectsRoot.bytes == root, "the root over the effects is another")
        try trial.require(receipt.effectCount == UInt64(effects.count), "\(receipt.effectCount) effects")
    }
}
