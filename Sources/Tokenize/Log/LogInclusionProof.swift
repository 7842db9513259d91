/// Proof that an entry stands at an index of the log as it was at a size (RFC 6962, 2.1.1).
public struct LogInclusionProof: Hashable, Sendable {
    /// The entry's place in the log, counted from 0.
    public let index: UInt64
    /// Entries in the log whose root the proof leads to.
    public let size: UInt64
    /// Hashes from the leaf's sibling up to a child of the root.
    public let path: [Digest]

    /// A proof with these parts; ``verify(entry:root:)`` checks it.
    public init(index: UInt64, size: UInt64, path: [Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Checks that the leaf with this hash stands at ``index`` under `root`.
    ///
    /// - Throws: the first ``ProofFailure`` that applies; nothing is proven then.
    public func verify(leafHash: Digest, root: Digest) throws(ProofFailure) {
        try MerkleTree.verifyInclusion(leafHash: leafHash, index: index, size: size, proof: path, root: root)
    }

    /// Checks that this entry stands at ``index`` under `root`.
    ///
    /// - Throws: the first ``ProofFailure`` that applies; nothing is proven then.
    public func verify(entry: [UInt8], root: Digest) throws(ProofFailure) {
        try verify(leafHash: MerkleTree.leafHash(entry), root: root)
    }
}
