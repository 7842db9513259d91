/// Why a proof does not prove what it claims.
///
/// A verifier throws the first that applies. None of them says that the claim is false: only that this proof does
/// not show it.
public enum ProofFailure: Error, Hashable, Sendable {
    /// The siblings lead to another root than the one given.
    case rootMismatch
    /// The proof holds more or fewer hashes than its position in the tree needs.
    case wrongHashCount
    /// A named limit was exceeded.
    case limitExceeded(limit: String, maximum: UInt64)
    /// The entry's index is not below the log's size.
    case indexOutOfRange
    /// The older size is above the newer one, or is zero (the empty tree is a prefix of every log and proves nothing).
    case sizesOutOfOrder
    /// A proof of absence ends in a leaf of the very key that it denies.
    case keyIsPresent
    /// A proof of absence ends in a leaf that does not lie on the key's path.
    case leafOffPath
    /// The path runs through a subtree that a compact tree would have replaced by its only leaf, or by nothing.
    case notCompact
}
