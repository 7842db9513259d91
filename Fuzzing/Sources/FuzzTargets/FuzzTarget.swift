/// Something that reads bytes from outside. It may refuse any bytes; it must not crash, hang, ask for memory without
/// bound, or take for good what it would not have written.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The canonical decoder and every schema on it.
    case decoder
    /// Signed notes, checkpoints, verifier keys and what is written in their manner.
    case note
    /// Every proof and its verifier.
    case proof
    /// The demonstration's scenarios.
    case scenario
    /// Term sheets of bonds.
    case termSheet = "term-sheet"
    /// Recovery of a store from files of any content.
    case store

    /// Gives `bytes` to the target; stops the process if the target does what it must not.
    public func run(_ bytes: [UInt8]) {
        switch self {
        case .decoder: DecoderTarget.run(bytes)
        case .note: NoteTarget.run(bytes)
        case .proof: ProofTarget.run(bytes)
        case .scenario: ScenarioTarget.run(bytes)
        case .termSheet: TermSheetTarget.run(bytes)
        case .store: StoreTarget.run(bytes)
        }
    }
}
