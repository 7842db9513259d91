import Tokenize

/// Nobody is told what a crash could take back.
enum DurabilityProperties {
    static let entry = AuditCatalogue.Entry(durability, usualCaseCount: 60)

    static let durability = Property(
        "PRP-006",
        "Whatever is acknowledged, read or refused rests on entries that are durable, also when the store fails.",
        coverage: [.init("failed", perMille: 100), .init("refused", perMille: 60)]
    ) { trial in
        let base = MemoryStore()
        let store = FailingStore(base: base)
        let world = try await AuditWorld(in: store, sealing: .adaptive)
        let start = try await world.ledger.read { $0 }
        // Two transactions for each sequence of a giver, of which one at most can be committed.
        let givers = [Cast.alice, Cast.ministry, Cast.company]
        let drawn = try trial.draw(
            Generator<(giver: Int, ahead: UInt64, units: UInt64)> { choices throws(Discard) in
                (
                    givers[Int(try choices.choose(upTo: 2))], try choices.choose(upTo: 2),
                    try choices.choose(upTo: 40)
                )
            }.array(count: 1...16)
        )
        let failing = try trial.draw(.integer(in: 0...4))
        let yields = try trial.draw(.integer(in: 0...20))
        await store.fail(after: failing, yieldCount: yields)
        trial.note("the store fails after \(failing) groups")
        var transactions: [(giver: Int, bytes: [UInt8])] = []
        for one in drawn {
            let transfer = Transfer(
                asset: world.assets[AuditWorld.share],
                recipient: world.cast.members[Cast.bob].account,
                units: Quantity(UInt128(one.units))
            )
            var plan = TransactionPlan(principals: [one.giver], operations: [Operation(.transfer(transfer))])
            plan.ahead = one.ahead
            trial.note(plan.text(world))
            transactions.append((one.giver, try plan.bytes(for: start, world.cast)))
        }
        let seen = await observe(transactions, world)
        // Nothing more can become durable: the store has failed, or everything is delivered.
        await store.fail(after: 0, yieldCount: 0)
        let kept = await MemoryStore(reopening: base)
        let reopened = try await world.reopened(in: kept)
        let state = try await reopened.ledger.read { $0 }
        trial.label("failed", when: seen.contains { if case .failed = $0 { true } else { false } })
        trial.label("refused", when: seen.contains { if case .refused = $0 { true } else { false } })
        for one in seen { try await require(one, state, reopened, start, trial) }
        try await reopened.ledger.close()
    }

    /// What somebody was told.
    private enum Told: Sendable {
        case committed(Receipt)
        case refused(Rejection, [UInt8])
        case read(LedgerPicture)
        case failed
    }

    /// Submits all at once, and reads meanwhile. The order in which tasks run is the system's; what must hold does not
    /// depend on it.
    private static func observe(
        _ transactions: [(giver: Int, bytes: [UInt8])],
        _ world: AuditWorld
    ) async -> [Told] {
        await withTaskGroup(of: Told.self) { group in
            for (_, bytes) in transactions {
                group.addTask {
                    do throws(SubmissionError) {
                        return .committed(try await world.ledger.submit(bytes))
                    } catch {
                        if case .rejected(let rejection) = error { return .refused(rejection, bytes) }
                        return .failed
                    }
                }
                group.addTask {
                    guard let state = try? await world.ledger.read({ $0 }) else { return .failed }
                    return .read(LedgerPicture(state))
                }
            }
            var seen: [Told] = []
            for await one in group { seen.append(one) }
            return seen
        }
    }

    private static func require(
        _ told: Told,
        _ state: LedgerState,
        _ world: AuditWorld,
        _ start: LedgerState,
        _ trial: Trial
    ) async throws {
        switch told {
        case .failed: break
        case .committed(let receipt):
            let found = try await world.ledger.receipt(of: receipt.transaction)
            try trial.require(found?.position == receipt.position, "\(receipt) is lost")
        case .read(let picture):
            // Units of the receiver only grow: more than is kept was not durable.
            let bob = world.cast.members[Cast.bob].account
            let kept = state.holding(asset: world.assets[AuditWorld.share], account: bob).units
            let read = picture.holdings.first { $0.account == bob && $0.asset == world.assets[AuditWorld.share] }
            try trial.require(
                (read?.units ?? .zero) <= kept,
                "\(read?.units ?? .zero) units were read, \(kept) are kept"
            )
        case .refused(let rejection, let bytes):
            let body = try SignedTransaction(bytes: bytes).body
            // The state that is kept must refuse it too, and by the same rule unless more has been committed since.
            let answer = try await world.answer(to: bytes)
            if case .refused = answer { return }
            try trial.require(false, "\(rejection) was told, and \(body.id) is committed later: \(answer)")
        }
    }
}

/// A store that fails for good after some groups, and takes its time before each.
private actor FailingStore: StoreOverlay {
    let base: MemoryStore
    private var groupsLeft = Int.max
    private var yieldCount = 0

    init(base: MemoryStore) { self.base = base }

    func fail(after groups: Int, yieldCount: Int) {
        groupsLeft = min(groupsLeft, groups)
        self.yieldCount = yieldCount
    }

    func append(_ group: EntryGroup) async throws(LedgerFailure) {
        for _ in 0..<yieldCount { await Task.yield() }
        guard groupsLeft > 0 else { throw .inputOutput(operation: "append", reason: "the device is gone") }
        groupsLeft -= 1
        try await base.append(group)
    }
}
