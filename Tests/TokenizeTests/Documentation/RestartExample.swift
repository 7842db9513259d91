import Tokenize
import TokenizeAudit

/// A ledger and the store that it restarts from. A restart replaces both: hence an actor.
actor RestartingLedger {
    private var store: MemoryStore
    private(set) var small: SmallLedger

    init() async throws {
        let store = MemoryStore()
        self.store = store
        small = try await SmallLedger(in: store)
    }

    func restart() async throws {
        try await small.ledger.close()
        store = await MemoryStore(reopening: store)
        small = try await small.reopened(in: store)
    }
}

/// What Alice and Bob must have.
struct TwoHolders: StatefulModel {
    enum Command: Sendable, CustomStringConvertible {
        case send(UInt64, isBack: Bool)
        case restart

        var description: String {
            switch self {
            case .send(let units, let isBack): "\(isBack ? "bob" : "alice") sends \(units)"
            case .restart: "restart"
            }
        }
    }

    private var alice: UInt64 = 100
    private var bob: UInt64 = 0

    func command(_ choices: inout ChoiceSource) throws(Discard) -> Command {
        if try choices.chance(perMille: 200) { return .restart }
        let isBack = try choices.draw(.bool)
        return .send(try choices.draw(.integer(in: 1...150)), isBack: isBack)
    }

    mutating func run(_ command: Command, on system: RestartingLedger, _ trial: inout Trial) async throws {
        guard case .send(let units, let isBack) = command else {
            trial.label("restart")
            return try await system.restart()
        }
        let small = await system.small
        let (from, to) = isBack ? (small.bob, small.alice) : (small.alice, small.bob)
        let isEnough = units <= (isBack ? bob : alice)
        do {
            try await from.transfer(Quantity(UInt128(units)), of: small.asset, to: to.account)
            try trial.require(isEnough, "\(units) were sent")
            (alice, bob) = isBack ? (alice + units, bob - units) : (alice - units, bob + units)
        } catch SubmissionError.rejected(let rejection) {
            try trial.require(!isEnough, "\(units) were refused by \(rejection.ruleID)")
        }
    }

    func check(_ system: RestartingLedger, _ trial: inout Trial) async throws {
        let small = await system.small
        let held = [try await small.units(of: small.alice), try await small.units(of: small.bob)]
        try trial.require(held == [alice, bob].map { Quantity(UInt128($0)) }, "they have \(held)")
    }
}

let restarts = Property(
    "ACME-002",
    "What two holders have is what they sent each other, restarts or not.",
    coverage: [.init("restart", perMille: 300)]
) { trial in
    var model = TwoHolders()
    try await trial.run(&model, on: try await RestartingLedger(), countMax: 20)
}
