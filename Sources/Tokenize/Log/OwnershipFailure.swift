/// Why an ownership proof does not prove what it claims, and in which of its parts.
public enum OwnershipFailure: Error, Hashable, Sendable {
    /// The checkpoint is not one, or not signed as the policy asks.
    case checkpoint(NoteFailure)
    /// The header is not the last entry under the checkpoint.
    case wrongPosition
    /// The header is not in the log.
    case inclusion(ProofFailure)
    /// The header, key or value is not of the form that the ledger writes.
    case malformed
    /// The state that the header commits to does not hold the record, or lack it, as claimed.
    case state(ProofFailure)
}
