import Tokenize

/// Nobody hears anything while the store has not said that it is safe.
enum GateProperties {
    static let all = [AuditCatalogue.Entry(gate, usualCaseCount: 25)]

    static let gate = Property(
        "PRP-030",
        "While the store holds a group, nothing that rests on it is told: no receipt, refusal, read, proof or event.",
        coverage: [.init("told after", perMille: 500)]
    ) { trial in
        let store = GateStore(base: MemoryStore())
        let world = try await AuditWorld(in: store, sealing: .onRequest)
        let start = try await world.ledger.read { $0 }
        let size = try await world.ledger.size()
        let units = try trial.draw(Generator<UInt64>.integer(in: 1...20))
        let share = world.assets[AuditWorld.share]
        let bob = world.cast.members[Cast.bob].account
        let transfer = Transfer(asset: share, recipient: bob, units: Quantity(UInt128(units)))
        let plan = TransactionPlan(principals: [Cast.alice], operations: [Operation(.transfer(transfer))])
        let bytes = try plan.bytes(for: start, world.cast)
        // Refused because of the first: its sequence is used.
        var second = plan
        second.validDays = 6
        let refused = try second.bytes(for: start, world.cast)
        await store.shut()
        let told = Told()
        let ways = try trial.draw(.integer(in: 1...31))
        await withTaskGroup(of: Void.self) { group in
            func ask(_ way: Int, _ name: String, _ question: @escaping @Sendable () async -> Bool) {
                guard ways >> way & 1 == 1 || way == 5 else { return }
                group.addTask { if await question() { await told.note(name) } }
            }
            ask(5, "receipt") { (try? await world.ledger.submit(bytes)) != nil }
            await store.waitUntilAsked()
            ask(0, "refusal") {
                do throws(SubmissionError) {
                    _ = try await world.ledger.submit(refused)
                    return false
                } catch {
                    if case .rejected(let rejection) = error { return rejection.code == .sequenceUsed }
                    return false
                }
            }
            ask(1, "read") {
                let held = try? await world.ledger.read { $0.holding(asset: share, account: bob).units }
                return held == Quantity(UInt128(units))
            }
            ask(2, "event") {
                var events = world.ledger.events(from: size).makeAsyncIterator()
                return (try? await events.next()) != nil
            }
            ask(3, "repetition") { (try? await world.ledger.submit(bytes)) != nil }
            ask(4, "checkpoint") { (try? await world.ledger.checkpoint()) != nil }
            for _ in 0..<2_000 { await Task.yield() }
            await told.close()
            await store.open()
        }
        let early = await told.early
        try trial.require(early.isEmpty, "told before the store had it: \(early.sorted())")
        let late = await told.late
        try trial.require(late.contains("receipt"), "no receipt was given")
        let asked = (0..<5).filter { ways >> $0 & 1 == 1 }.count + 1
        try trial.require(late.count == asked, "of \(asked) questions these were answered: \(late.sorted())")
        trial.label("told after")
        try await world.ledger.close()
    }
}

/// What was told before and after a moment.
private actor Told {
    private(set) var early: Set<String> = []
    private(set) var late: Set<String> = []
    private var isOpen = true

    func note(_ name: String) {
        if isOpen { early.insert(name) } else { late.insert(name) }
    }

    func close() { isOpen = false }
}

/// A store whose appends wait as long as it is shut.
private actor GateStore: StoreOverlay {
    let base: MemoryStore
    private var isShut = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    init(base: MemoryStore) { self.base = base }

    func shut() { isShut = true }

    func open() {
        isShut = false
        for one in waiting { one.resume() }
        waiting.removeAll()
    }

    /// Returns once an append waits.
    func waitUntilAsked() async {
        guard waiting.isEmpty else { return }
        await withCheckedContinuation { watchers.append($0) }
    }

    func append(_ group: EntryGroup) async throws(LedgerFailure) {
        if isShut {
            for one in watchers { one.resume() }
            watchers.removeAll()
            await withCheckedContinuation { waiting.append($0) }
        }
        try await base.append(group)
    }
}
