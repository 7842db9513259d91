/// Why an effect proof does not prove what it claims, and in which of its parts.
public indirect enum EffectProofFailure: Error, Hashable, Sendable {
    /// The checkpoint is not one, or not signed as the policy asks.
    case checkpoint(NoteFailure)
    /// An inclusion proof is of another tree: not of the checkpoint's size, or not of the entry's number of effects.
    case wrongSize
    /// The entry is not in the log.
    case inclusion(ProofFailure)
    /// The entry is not of the form that the ledger writes for a transaction.
    case malformed
    /// The effect is not among those that the entry commits to.
    case effect(ProofFailure)
}
