import Tokenize

/// Nobody hears anything while the store has not said that it is safe.
enum GateProperties {
    static let all = [AuditCatalogue.Entry(gate, usualCaseCount: 25)]

    static let gate = Property(
        "PRP-030",
        "While the store holds a group, nothing that rests on it is told: no receipt, refusal, read, proof or event.",
        coverage: [.init("told after", perMille: 500), .init("a group behind", perMille: 500)]
    ) { trial in
        let scene = try await Scene(&trial)
        let told = ToldByPhase()
        await scene.store.shut()
        let ways = try trial.draw(.integer(in: 1...31))
        let asked = (0..<5).filter { ways >> $0 & 1 == 1 }.count + 1
        try await withThrowingTaskGroup(of: Void.self) { group in
            func ask(_ question: Question) {
                group.addTask {
                    await told.start()
                    if await scene.isAnswered(question) { await told.note("\(question)") }
                }
            }
            ask(.receipt)
            await scene.store.waitUntilAsked()
            for question in Question.allCases where ways >> question.rawValue & 1 == 1 { ask(question) }
            await told.waitUntilStarted(count: asked)
            // A group that must wait until the first one is safe.
            ask(.secondReceipt)
            await told.waitUntilStarted(count: asked + 1)
            try await scene.answerElsewhere()
            await told.nextPhase()
            await scene.store.letOneThrough()
            await told.waitUntilTold("\(Question.receipt)")
            await scene.store.waitUntilAsked(count: 2)
            try await scene.answerElsewhere()
            await told.nextPhase()
            await scene.store.open()
            try await group.waitForAll()
        }
        let early = await told.names(in: 0)
        try trial.require(early.isEmpty, "told before the store had it: \(early.sorted())")
        let middle = await told.names(in: 1)
        try trial.require(middle.contains("receipt"), "no receipt was given")
        try trial.require(!middle.contains("secondReceipt"), "a receipt before the store had the second group")
        let late = await told.names(in: 2)
        try trial.require(
            middle.union(late).count == asked + 1,
            "of \(asked + 1) questions these were answered: \(middle.union(late).sorted())"
        )
        trial.label("told after")
        trial.label("a group behind", when: late.contains("secondReceipt"))
        try await scene.world.ledger.close()
    }

    /// What is asked while the store is shut.
    private enum Question: Int, CaseIterable, Sendable {
        case refusal, read, event, repetition, checkpoint
        case receipt = 10
        case secondReceipt = 11
    }

    /// A ledger over a store that can be shut, and one like it over a store that never is.
    private struct Scene: Sendable {
        let store: GateStore
        let world: AuditWorld
        private let size: UInt64
        private let units: Quantity
        private let cast: Cast
        private let first: [UInt8]
        private let second: [UInt8]
        private let refused: [UInt8]

        init(_ trial: inout Trial) async throws {
            store = GateStore(base: MemoryStore())
            world = try await AuditWorld(in: store, sealing: .onRequest)
            cast = world.cast
            size = try await world.ledger.size()
            units = Quantity(UInt128(try trial.draw(Generator<UInt64>.integer(in: 1...20))))
            let state = try await world.ledger.read { $0 }
            let (assets, members, units) = (world.assets, cast.members, units)
            func transfer(_ asset: Int, by member: Int, to recipient: Int) -> TransactionPlan {
                let transfer = Transfer(asset: assets[asset], recipient: members[recipient].account, units: units)
                return TransactionPlan(principals: [member], operations: [Operation(.transfer(transfer))])
            }
            let plan = transfer(AuditWorld.share, by: Cast.alice, to: Cast.bob)
            first = try plan.bytes(for: state, cast)
            // Refused because of the first: its sequence is used.
            var other = plan
            other.validDays = 6
            refused = try other.bytes(for: state, cast)
            second = try transfer(AuditWorld.cash, by: Cast.foreigner, to: Cast.carol).bytes(for: state, cast)
        }

        /// True once a question has the answer that rests on what the store was given.
        func isAnswered(_ question: Question) async -> Bool { await isAnswered(question, by: world) }

        /// The same questions of a ledger that has a store at its disposal, again and again: however many steps an
        /// answer takes, one that waits for nothing has been given when all of these have.
        func answerElsewhere() async throws {
            for _ in 0..<3 {
                let other = try await AuditWorld(in: MemoryStore(), sealing: .onRequest)
                for question in [.receipt] + Question.allCases where question != .event {
                    _ = await isAnswered(question, by: other)
                }
                _ = await isAnswered(.event, by: other)
                try await other.ledger.close()
            }
        }

        private func isAnswered(_ question: Question, by world: AuditWorld) async -> Bool {
            let ledger = world.ledger
            switch question {
            case .receipt, .repetition: return (try? await ledger.submit(first)) != nil
            case .secondReceipt: return (try? await ledger.submit(second)) != nil
            case .checkpoint: return (try? await ledger.checkpoint()) != nil
            case .refusal:
                do throws(SubmissionError) {
                    _ = try await ledger.submit(refused)
                    return false
                } catch {
                    if case .rejected(let rejection) = error { return rejection.code == .sequenceUsed }
                    return false
                }
            case .read:
                let (share, bob) = (world.assets[AuditWorld.share], cast.members[Cast.bob].account)
                let held = try? await ledger.read { $0.holding(asset: share, account: bob).units }
                return held == units
            case .event:
                var events = ledger.events(from: size).makeAsyncIterator()
                return (try? await events.next()) != nil
            }
        }
    }
}
