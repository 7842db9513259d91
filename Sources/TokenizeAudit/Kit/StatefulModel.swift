/// What a tester knows of a system: which commands make sense now, and what must be true after each.
///
/// Commands are drawn from what the model knows, one at a time; each is run against the system before the next is
/// drawn. So a command may refer to whatever an earlier one made.
public protocol StatefulModel: Sendable {
    /// Something that the system can be told; its description is what a reader of a counterexample sees.
    associatedtype Command: Sendable & CustomStringConvertible
    /// The real thing. One value is used throughout: what a command replaces, a ledger by its reopened self for
    /// instance, is kept in an actor, and the actor is the system.
    associatedtype System: Sendable

    /// A next command.
    func command(_ choices: inout ChoiceSource) throws(Discard) -> Command

    /// Runs a command against the system, compares the answer with what the model expects, and takes note of it.
    mutating func run(_ command: Command, on system: System, _ trial: inout Trial) async throws

    /// Demands what must hold after every step.
    func check(_ system: System, _ trial: inout Trial) async throws
}

extension Trial {
    /// Runs commands until the choices say stop or there are `countMax`, and checks what must hold after each.
    ///
    /// About four runs in ten stop before the end; that a run can stop anywhere is what makes it shrink.
    public mutating func run<Model: StatefulModel>(
        _ model: inout Model,
        on system: Model.System,
        countMax: Int
    ) async throws {
        let share = 1_000 - 1_000 / UInt64(2 * countMax + 2)
        try await model.check(system, &self)
        for step in 0..<countMax {
            let next = try choices.span { [model] (choices: inout ChoiceSource) throws(Discard) -> Model.Command? in
                try choices.chance(perMille: share) ? try model.command(&choices) : nil
            }
            guard let next else { return }
            note("\(step + 1). \(next)")
            try await model.run(next, on: system, &self)
            try await model.check(system, &self)
        }
    }
}
