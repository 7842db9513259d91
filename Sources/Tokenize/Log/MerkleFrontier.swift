/// The right edge of a growing Merkle tree: the roots of its perfect subtrees, one for each set bit of its size.
///
/// Enough to append and to know the root, with one node hash a leaf on average and no allocation.
struct MerkleFrontier: Sendable {
    /// Leaves in the tree.
    private(set) var size: UInt64 = 0
    // Slot n holds the root of the last perfect subtree of 2^n leaves; it counts if bit n of `size` is set, or if the
    // last leaf has just completed it.
    private var peaks = [Digest](repeating: .zero, count: 64)

    init() {}

    /// The edge of a tree of `size` leaves whose perfect subtrees, the greatest first, have these roots.
    ///
    /// - Returns: nil if there is not one for each set bit of `size`.
    init?(size: UInt64, peaks roots: [Digest]) {
        guard roots.count == size.nonzeroBitCount else { return nil }
        self.size = size
        var remaining = size
        for root in roots {
            let level = 63 - remaining.leadingZeroBitCount
            peaks[level] = root
            remaining &= ~(1 << UInt64(level))
        }
    }

    /// Appends a leaf.
    ///
    /// - Precondition: the tree has fewer than 2^64 - 1 leaves.
    @inline(__always)
    mutating func append(_ leafHash: Digest) {
        precondition(size < UInt64.max, "the log is full")
        var hash = leafHash
        var level = 0
        while (size >> UInt64(level)) & 1 == 1 {
            let left = peaks[level]
            peaks[level] = hash
            hash = MerkleTree.nodeHash(left, hash)
            level += 1
        }
        peaks[level] = hash
        size += 1
    }

    /// The root of the subtree of `2^level` leaves that the last leaf completed, or nil if it completed none.
    func completedSubtree(level: Int) -> Digest? {
        size != 0 && size & ((1 << UInt64(level)) - 1) == 0 ? peaks[level] : nil
    }

    /// The root over all leaves.
    var root: Digest {
        var remaining = size
        guard remaining != 0 else { return MerkleTree.emptyRoot }
        var level = remaining.trailingZeroBitCount
        var hash = peaks[level]
        remaining &= remaining - 1
        while remaining != 0 {
            level = remaining.trailingZeroBitCount
            hash = MerkleTree.nodeHash(peaks[level], hash)
            remaining &= remaining - 1
        }
        return hash
    }
}
