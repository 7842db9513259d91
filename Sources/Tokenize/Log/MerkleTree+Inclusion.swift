extension MerkleTree {
    /// The ranges of leaves whose hashes prove that the leaf at `index` is in a tree of `size`, from leaf to root.
    ///
    /// Source: RFC 6962, 2.1.1.
    ///
    /// - Precondition: `index < size`.
    static func inclusionRanges(index: UInt64, size: UInt64) -> [Range<UInt64>] {
        precondition(index < size, "no such leaf")
        var ranges: [Range<UInt64>] = []
        var start: UInt64 = 0
        var end = size
        while end - start > 1 {
            let middle = start + split(end - start)
            if index < middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        return ranges.reversed()
    }

    /// Checks that the leaf at `index` of the tree with `size` leaves and this root has this hash.
    ///
    /// Total: every input gives an answer. Source: RFC 9162, 2.1.3.2.
    ///
    /// - Parameters:
    ///   - leafHash: the hash of the leaf.
    ///   - index: the leaf's place, counted from 0.
    ///   - size: leaves in the tree.
    ///   - proof: hashes from the leaf's sibling up to a child of the root.
    ///   - root: the root of the tree.
    /// - Throws: ``ProofFailure/indexOutOfRange``, ``ProofFailure/wrongHashCount`` or ``ProofFailure/rootMismatch``.
    public static func verifyInclusion(
        leafHash: Digest,
        index: UInt64,
        size: UInt64,
        proof: [Digest],
        root: Digest
    ) throws(ProofFailure) {
        guard index < size else { throw .indexOutOfRange }
        var position = index
        var last = size - 1
        var hash = leafHash
        for sibling in proof {
            guard last != 0 else { throw .wrongHashCount }
            if position & 1 == 1 || position == last {
                hash = nodeHash(sibling, hash)
                // A right edge without a sibling on these levels: the node stands for its parents too.
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongHashCount }
        guard hash == root else { throw .rootMismatch }
    }
}
