extension MerkleTree {
    /// The ranges of leaves whose hashes prove that a tree of `old` leaves is the beginning of one of `new`.
    ///
    /// Source: RFC 6962, 2.1.2.
    ///
    /// - Precondition: `0 < old <= new`.
    static func consistencyRanges(old: UInt64, new: UInt64) -> [Range<UInt64>] {
        precondition(old > 0 && old <= new, "no such proof")
        var ranges: [Range<UInt64>] = []
        var start: UInt64 = 0
        var end = new
        // Down to the subtree that ends where the old tree ends.
        while end != old {
            let middle = start + split(end - start)
            if old <= middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(start..<middle)
                start = middle
            }
        }
        // The verifier knows this subtree already if it is the whole old tree.
        if start > 0 { ranges.append(start..<end) }
        return ranges.reversed()
    }

    /// Checks that the tree of `oldSize` leaves and root `oldRoot` is the beginning of the newer tree.
    ///
    /// Total: every input gives an answer. Two trees of one size are consistent if their roots are equal and the
    /// proof is empty. Source: RFC 9162, 2.1.4.2.
    ///
    /// - Throws: ``ProofFailure/sizesOutOfOrder``, ``ProofFailure/wrongHashCount`` or ``ProofFailure/rootMismatch``.
    public static func verifyConsistency(
        oldSize: UInt64,
        oldRoot: Digest,
        newSize: UInt64,
        newRoot: Digest,
        proof: [Digest]
    ) throws(ProofFailure) {
        guard oldSize <= newSize else { throw .sizesOutOfOrder }
        if oldSize == newSize {
            guard proof.isEmpty else { throw .wrongHashCount }
            guard oldRoot == newRoot, oldSize > 0 || oldRoot == emptyRoot else { throw .rootMismatch }
            return
        }
        guard oldSize > 0 else { throw .sizesOutOfOrder }
        // A complete old tree is itself the first hash.
        let hashes = oldSize & (oldSize - 1) == 0 ? [oldRoot] + proof : proof
        guard let first = hashes.first, !proof.isEmpty else { throw .wrongHashCount }
        let skipped = UInt64(oldSize.trailingZeroBitCount)
        var position = (oldSize - 1) >> skipped
        var last = (newSize - 1) >> skipped
        var oldHash = first
        var newHash = first
        for sibling in hashes.dropFirst() {
            guard last != 0 else { throw .wrongHashCount }
            if position & 1 == 1 || position == last {
                oldHash = nodeHash(sibling, oldHash)
                newHash = nodeHash(sibling, newHash)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                newHash = nodeHash(newHash, sibling)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongHashCount }
        guard oldHash == oldRoot, newHash == newRoot else { throw .rootMismatch }
    }
}
