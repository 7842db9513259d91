/// Proof that the log at one size is the beginning of the log at another (RFC 6962, 2.1.2).
public struct LogConsistencyProof: Hashable, Sendable {
    /// At least 1.
    public let oldSize: UInt64
    /// Entries in the later log.
    public let newSize: UInt64
    /// Hashes in the order of RFC 6962; none if the sizes are equal.
    public let path: [Digest]

    /// A proof with these parts, not yet verified.
    public init(oldSize: UInt64, newSize: UInt64, path: [Digest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Checks that the log of `oldRoot` is the beginning of the log of `newRoot`.
    ///
    /// - Throws: the first ``ProofFailure`` that applies; nothing is proven then.
    public func verify(oldRoot: Digest, newRoot: Digest) throws(ProofFailure) {
        try MerkleTree.verifyConsistency(
            oldSize: oldSize,
            oldRoot: oldRoot,
            newSize: newSize,
            newRoot: newRoot,
            proof: path
        )
    }
}
