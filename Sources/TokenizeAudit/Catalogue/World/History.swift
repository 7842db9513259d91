import Tokenize

/// A random history of a ledger: transactions of every kind, good and bad, sent again, blocks closed, restarts.
struct History: StatefulModel {
    /// What a history does in one step.
    enum Command: Sendable, CustomStringConvertible {
        case submit(TransactionPlan, text: String)
        /// An earlier transaction, committed or refused, sent once more.
        case again(Int)
        case seal
        case reopen
        /// The clock says something else, mostly later.
        case clock(UInt64)

        var description: String {
            switch self {
            case .submit(_, let text): text
            case .again(let number): "transaction \(number) once more"
            case .seal: "close the block"
            case .reopen: "restart"
            case .clock(let time): "the clock says \(time)"
            }
        }
    }

    /// A step that was made, and what it came to.
    struct Step: Sendable {
        let before: LedgerState
        let after: LedgerState
        let sizeBefore: UInt64
        let sizeAfter: UInt64
        let transaction: SentTransaction?
        /// What the clock says.
        let time: UInt64
        /// Whether the open block was closed by the step itself.
        let closesBlock: Bool
    }

    /// A transaction and the answer to it.
    struct SentTransaction: Sendable {
        /// Nil for one that is sent once more.
        let plan: TransactionPlan?
        let bytes: [UInt8]
        let answer: AuditWorld.Answer
        /// What the ledger said of it just before, if the history asks.
        let explanation: ExplanationAnswer?
        /// What it said of it to those who may know less.
        let told: [AuditWorld.Told]
        /// The receipt that an earlier submission of the same bytes gave.
        let earlier: Receipt?
    }

    /// Seconds of a notice where time passes.
    private static let noticeSeconds: UInt32 = 60

    /// What a property demands of each step.
    typealias Check = @Sendable (_ step: Step, _ world: AuditWorld, _ trial: inout Trial) async throws -> Void

    private(set) var world: AuditWorld
    private(set) var state: LedgerState
    private let place: any AuditStorePlace
    private let restarts: Bool
    private let passesTime: Bool
    private let focus: ActDrawing.Focus
    private let explains: Bool
    /// Bytes that were sent, in order, with the receipt if they were committed.
    private(set) var sent: [(bytes: [UInt8], receipt: Receipt?)] = []
    /// Everything that was done, in order.
    private(set) var record: [Recorded] = []

    /// What was done, and what the ledger said.
    enum Recorded: Sendable {
        case answer([UInt8], AuditWorld.Answer)
        case seal
        case reopen
    }

    /// Runs a history of up to `stepCountMax` steps. The ledger is left open.
    ///
    /// - Parameters:
    ///   - place: where the ledger lives.
    ///   - restarts: whether the ledger is closed and opened on the way.
    ///   - passesTime: whether the clock goes on and back, on the way; then notices of mandates ask for seconds too.
    ///   - hasBond: whether there is a bond among the assets.
    ///   - focus: how often each family of acts is drawn.
    ///   - explains: whether the ledger is asked about each transaction before it is sent.
    ///   - check: what must hold after each step.
    static func run(
        _ trial: inout Trial,
        stepCountMax: Int,
        in place: any AuditStorePlace = MemoryPlace(),
        restarts: Bool = false,
        passesTime: Bool = false,
        hasBond: Bool = true,
        focus: ActDrawing.Focus = .everything,
        explains: Bool = false,
        check: @escaping Check = { _, _, _ in }
    ) async throws -> History {
        let world = try await AuditWorld(
            in: try await place.open(),
            noticeSeconds: passesTime ? noticeSeconds : 0,
            hasBond: hasBond
        )
        let state = try await world.ledger.read { $0 }
        var history = History(
            world: world,
            state: state,
            place: place,
            restarts: restarts,
            passesTime: passesTime,
            focus: focus,
            explains: explains
        )
        try await trial.run(&history, on: check, countMax: stepCountMax)
        return history
    }

    private init(
        world: AuditWorld,
        state: LedgerState,
        place: any AuditStorePlace,
        restarts: Bool,
        passesTime: Bool,
        focus: ActDrawing.Focus,
        explains: Bool
    ) {
        self.passesTime = passesTime
        self.focus = focus
        self.explains = explains
        self.world = world
        self.state = state
        self.place = place
        self.restarts = restarts
    }

    func command(_ choices: inout ChoiceSource) throws(Discard) -> Command {
        if try choices.chance(perMille: 50) { return .seal }
        if restarts, try choices.chance(perMille: 60) { return .reopen }
        if passesTime, try choices.chance(perMille: 60) {
            let step = try choices.choose(upTo: 2 * UInt64(Self.noticeSeconds))
            let isBack = try choices.chance(perMille: 250)
            return .clock(isBack ? world.clock.time - step : world.clock.time + step)
        }
        // Asked for always: what a step draws should depend on the steps before it as little as can be.
        if try choices.chance(perMille: 80), !sent.isEmpty {
            return .again(Int(try choices.choose(upTo: UInt64(sent.count - 1))))
        }
        let plan = try ActDrawing(world: world, state: state, focus: focus).plan(&choices)
        return .submit(plan, text: plan.text(world))
    }

    mutating func run(_ command: Command, on check: Check, _ trial: inout Trial) async throws {
        let (before, sizeBefore) = (state, try await world.ledger.size())
        var transaction: SentTransaction?
        var closesBlock = false
        switch command {
        case .clock(let time): world.clock.move(to: time)
        case .seal:
            closesBlock = true
            try await world.ledger.seal()
            record.append(.seal)
        case .reopen:
            closesBlock = true
            try await world.ledger.close()
            world = try await world.reopened(in: try await place.open())
            record.append(.reopen)
            trial.label("restart")
        case .again(let number):
            let (bytes, earlier) = sent[number]
            let explanation = try await explanation(of: bytes)
            let told = try await told(of: bytes)
            let answer = try await world.answer(to: bytes)
            transaction = SentTransaction(
                plan: nil,
                bytes: bytes,
                answer: answer,
                explanation: explanation,
                told: told,
                earlier: earlier
            )
            record.append(.answer(bytes, answer))
            sent[number].receipt = earlier ?? answer.receipt
            trial.label("sent once more")
        case .submit(let plan, _):
            let bytes = try plan.bytes(for: state, world.cast)
            let earlier = sent.last { $0.bytes == bytes }?.receipt
            let explanation = try await explanation(of: bytes)
            let told = try await told(of: bytes)
            let answer = try await world.answer(to: bytes)
            transaction = SentTransaction(
                plan: plan,
                bytes: bytes,
                answer: answer,
                explanation: explanation,
                told: told,
                earlier: earlier
            )
            record.append(.answer(bytes, answer))
            sent.append((bytes, answer.receipt))
            Self.label(answer, plan, &trial)
        }
        state = try await world.ledger.read { $0 }
        let step = Step(
            before: before,
            after: state,
            sizeBefore: sizeBefore,
            sizeAfter: try await world.ledger.size(),
            transaction: transaction,
            time: world.clock.time,
            closesBlock: closesBlock
        )
        try await check(step, world, &trial)
    }

    func check(_ check: Check, _ trial: inout Trial) async throws {}

    private func explanation(of bytes: [UInt8]) async throws -> ExplanationAnswer? {
        explains ? try await world.explanation(of: bytes, nonce: UInt64(sent.count)) : nil
    }

    private func told(of bytes: [UInt8]) async throws -> [AuditWorld.Told] {
        explains ? try await world.told(of: bytes, nonce: UInt64(sent.count)) : []
    }

    private static func label(_ answer: AuditWorld.Answer, _ plan: TransactionPlan, _ trial: inout Trial) {
        switch answer {
        case .refused(let rejection): trial.label("refused \(rejection.code)")
        case .committed:
            for operation in plan.operations { trial.label("done \(operation.act.name)") }
        }
    }
}

extension Act {
    /// The act that is done: for the execution of a proposal what was proposed, as far as the state knows it.
    func done(in state: LedgerState) -> Act {
        guard case .control(.execute(let id), _) = self, case .proposal(let record)? = state.control(.proposal(id)),
            let operation = try? Operation(canonicalBytes: record.act)
        else { return self }
        return operation.act
    }

    /// The name of the case.
    var name: String {
        if case .control(let act, _) = self { return "\(act.code)" }
        if case .rulebook(let act, _) = self { return "\(act.code)" }
        return String("\(self)".prefix { $0 != "(" })
    }
}
