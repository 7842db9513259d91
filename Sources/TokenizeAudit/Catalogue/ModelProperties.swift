import Tokenize

/// The engine does what the reference model does, which is written from Specs alone.
enum ModelProperties {
    static let all = [
        AuditCatalogue.Entry(answers, usualCaseCount: 100), AuditCatalogue.Entry(balances, usualCaseCount: 40),
        AuditCatalogue.Entry(encumbrances, usualCaseCount: 40), AuditCatalogue.Entry(bytes, usualCaseCount: 25),
    ]

    static let answers = Property(
        "PRP-020",
        "Engine and reference model give the same receipts and the same refusals, and keep the same records.",
        coverage: [.init("refused", perMille: 250), .init("committed", perMille: 250)]
    ) { trial in
        let focus: ActDrawing.Focus = try trial.draw(.element(of: [.modelled, .offices, .mandates]))
        try await compare(&trial, focus: focus) { model, step, world, trial in
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

    static let bytes = Property(
        "PRP-025",
        "Every entry of the log and every state root are, byte for byte, those that the reference model works out.",
        coverage: [.init("header", perMille: 250), .init("closed for good", perMille: 100)]
    ) { trial in
        let place = MemoryPlace()
        let writer = ModelWriter()
        let history = try await History.run(
            &trial,
            stepCountMax: 30,
            in: place,
            restarts: true,
            passesTime: true,
            hasBond: false,
            focus: .modelled
        ) { step, world, trial in
            trial.label("header", when: step.sizeAfter > step.sizeBefore)
            try await writer.write(step, world)
        }
        try await end(history.world, writer, &trial)
        try await history.world.ledger.seal()
        try await writer.seal(history.world)
        let checkpoint = try await history.world.ledger.checkpoint()
        let verified = try checkpoint.verify(under: try history.world.cast.checkpointPolicy()).checkpoint
        try await history.world.ledger.close()
        let entries = try await StoredLog(of: await place.fork()).entries
        let expected = try await writer.entries(history.world)
        for (position, entry) in expected.enumerated() {
            let found = position < entries.count ? entries[position].hexadecimal : "nothing"
            try trial.require(found == entry.hexadecimal, "entry \(position): \(found), not \(entry.hexadecimal)")
        }
        try trial.require(entries.count == expected.count, "\(entries.count) entries, not \(expected.count)")
        try trial.require(verified.size == UInt64(expected.count), "a checkpoint of \(verified.size)")
        try trial.require(verified.root.bytes == ModelHash.merkleRoot(expected), "the checkpoint has another root")
    }

    /// An asset of which nobody holds a unit is closed for good: what histories seldom do by themselves.
    private static func end(_ world: AuditWorld, _ writer: ModelWriter, _ trial: inout Trial) async throws {
        guard try trial.draw(.bool), let identification = AssetIdentification(.other, "closed") else { return }
        let state = try await world.ledger.read { $0 }
        let ministry = world.cast.members[Cast.ministry].account
        let asset = AssetCreation.id(ledger: state.ledger, creator: ministry, nonce: 99)
        let issuer = AuthorityReference(.issuer)
        let creation = AssetCreation(
            nonce: 99,
            identification: identification,
            terms: AuditWorld.plainTerms.canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: 1
        )
        let acts: [Act] = [
            .createAsset(creation, under: issuer), .control(.deactivateAsset(asset), under: issuer),
        ]
        let plan = TransactionPlan(principals: [Cast.ministry], operations: acts.map { Operation($0) })
        let bytes = try plan.bytes(for: state, world.cast)
        trial.note(plan.text(world))
        let answer = try await world.answer(to: bytes)
        try await writer.submit(bytes, world)
        trial.label("closed for good", when: answer.receipt != nil)
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
            let before = model
            let expected = model.submit(sent.bytes, time: step.time)
            if try Self.isBeyondModel(sent, before) {
                // Refused by what the model does not know: it must not have done it.
                model = before
            } else {
                try await Self.require(expected, sent.answer, world, &trial)
            }
        }
        if step.closesBlock { model.seal(time: step.time) }
        self.model = model
        try trial.require(step.sizeAfter == model.size, "\(step.sizeAfter) entries, not \(model.size)")
    }

    /// Whether a refusal is one of those that the model leaves open: a record point after a movement in the same
    /// transaction, an issue of a bond whose principal is owed already, and a key that only policies of the past held.
    private static func isBeyondModel(_ sent: History.SentTransaction, _ model: LedgerModel) throws -> Bool {
        guard case .refused(let rejection) = sent.answer else { return false }
        switch rejection.code {
        case .holdingsChangedBefore:
            let acts = try SignedTransaction(bytes: sent.bytes).body.operations.map { $0.act.code }
            return rejection.operation.map { $0 > 0 && acts[$0] == .openBusinessDay } ?? false
        case .earlierDueUnpaid:
            let acts = try SignedTransaction(bytes: sent.bytes).body.operations.map { $0.act.code }
            return rejection.operation.map { acts[$0] == .issue } ?? false
        case .unknownKey:
            return try SignedTransaction(bytes: sent.bytes).signatures.contains { model.isOfThePast($0.key) }
        default: return false
        }
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
            try await wanted.requireEffects(of: receipt, world, &trial)
            trial.label("committed")
        case (.notModelled, _): throw AuditFailure(reason: "a history does what the model does not know")
        default: try trial.require(false, "\(answer), but the model: \(expected)")
        }
    }
}

/// Writes the log of a history's ledger from the model alone.
private actor ModelWriter {
    private var model: LedgerModel?
    private var written: [[UInt8]] = []

    func write(_ step: History.Step, _ world: AuditWorld) throws {
        var model = try begin(world)
        if let sent = step.transaction { submit(sent.bytes, &model, world, step.time) }
        if step.closesBlock { close(&model, step.time) }
        self.model = model
    }

    func submit(_ bytes: [UInt8], _ world: AuditWorld) throws {
        var model = try begin(world)
        submit(bytes, &model, world, world.clock.time)
        self.model = model
    }

    func seal(_ world: AuditWorld) throws {
        var model = try begin(world)
        close(&model, world.clock.time)
        self.model = model
    }

    func entries(_ world: AuditWorld) throws -> [[UInt8]] {
        _ = try begin(world)
        return written
    }

    private func begin(_ world: AuditWorld) throws -> LedgerModel {
        if let model { return model }
        guard case .every = world.sealing else { throw AuditFailure(reason: "the blocks have no size") }
        // Blocks are closed here, where the root is worked out.
        var model = try LedgerModel(genesis: world.cast.genesis, sealing: .max, time: nil)
        written = [ModelCode.array([ModelCode.number(0), ModelCode.bytes(world.cast.genesis.canonicalBytes)])]
        close(&model, AuditClock.start)
        for bytes in world.founding { submit(bytes, &model, world, AuditClock.start) }
        self.model = model
        return model
    }

    private func submit(_ bytes: [UInt8], _ model: inout LedgerModel, _ world: AuditWorld, _ time: UInt64) {
        let size = model.size
        guard case .committed(let receipt) = model.submit(bytes, time: time), model.size > size else { return }
        written.append(LedgerModel.entry(of: bytes, receipt))
        guard case .every(let count) = world.sealing, model.unsealedCount >= count else { return }
        close(&model, time)
    }

    private func close(_ model: inout LedgerModel, _ time: UInt64) {
        guard model.unsealedCount > 0 else { return }
        let root = model.stateRoot(secret: Cast.secret.reveal())
        written.append(model.headerEntry(stateRoot: root, time: time))
        model.seal(time: time)
    }
}
