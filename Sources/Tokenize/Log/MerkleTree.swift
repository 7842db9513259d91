/// The Merkle tree of RFC 6962 (and RFC 9162) with SHA-256: hashes, ranges and roots.
///
/// Used for the log, and for the effects of one entry.
public enum MerkleTree {
    /// First byte of a hashed leaf.
    static let leafPrefix: UInt8 = 0
    /// First byte of a hashed inner node.
    static let nodePrefix: UInt8 = 1
    /// Hashes in an inclusion proof: no tree of at most 2^64 - 1 leaves needs more.
    public static let inclusionHashCountMax = 64
    /// Hashes in a consistency proof: one more, for the subtree that ends the older tree.
    public static let consistencyHashCountMax = 65

    /// The root of a tree without leaves: the SHA-256 of nothing.
    public static let emptyRoot = Hashing.sha256([])

    /// `SHA256(00 || entry)`.
    public static func leafHash(_ entry: [UInt8]) -> Digest {
        entry.withUnsafeBytes { leafHash($0) }
    }

    /// `SHA256(00 || entry)`.
    @inline(__always)
    static func leafHash(_ entry: UnsafeRawBufferPointer) -> Digest {
        Hashing.prefixed(leafPrefix, entry)
    }

    /// `SHA256(01 || left || right)`.
    @inline(__always)
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        Hashing.node(prefix: nodePrefix, left, right)
    }

    /// The root over these leaf hashes, in order.
    public static func root(ofLeafHashes leafHashes: some Collection<Digest>) -> Digest {
        switch leafHashes.count {
        case 0: return emptyRoot
        case 1: return leafHashes[leafHashes.startIndex]
        default:
            var hashes = Array(leafHashes)
            while hashes.count > 1 { foldLevel(&hashes) }
            return hashes[0]
        }
    }

    /// Proof that the leaf at `index` of these is under their root; for trees that are at hand as a whole, such as
    /// the effects of an entry.
    ///
    /// - Precondition: `index` is an index of `leafHashes`.
    public static func inclusionProof(index: Int, leafHashes: [Digest]) -> LogInclusionProof {
        precondition(leafHashes.indices.contains(index), "no such leaf")
        var path: [Digest] = []
        var hashes = leafHashes
        var position = index
        while hashes.count > 1 {
            let sibling = position ^ 1
            if sibling < hashes.count { path.append(hashes[sibling]) }
            foldLevel(&hashes)
            position >>= 1
        }
        return LogInclusionProof(index: UInt64(index), size: UInt64(leafHashes.count), path: path)
    }

    /// Replaces each pair by its node; an odd last hash moves up as it is, which is where RFC 6962's split puts it.
    private static func foldLevel(_ hashes: inout [Digest]) {
        let pairs = hashes.count / 2
        for pair in 0..<pairs { hashes[pair] = nodeHash(hashes[2 * pair], hashes[2 * pair + 1]) }
        if hashes.count % 2 == 1 { hashes[pairs] = hashes[hashes.count - 1] }
        hashes.removeLast(pairs)
    }

    /// The greatest power of two that is smaller than `count`, where RFC 6962 splits a tree of `count` leaves.
    ///
    /// - Precondition: `count` is at least 2.
    @inline(__always)
    static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}

/// A perfect subtree of a Merkle tree: `2^level` leaves, the first of them at `index * 2^level`.
struct MerkleNode: Hashable, Sendable {
    /// 0 for a leaf.
    let level: Int
    /// Counted from 0 within the level.
    let index: UInt64

    /// The perfect subtrees that make up the leaves `range`, left to right.
    ///
    /// `range` must be one that RFC 6962 cuts out of a tree: its start is a multiple of the least power of two that
    /// is not below its count. Their hashes, folded from the right, are the Merkle tree hash of the range.
    static func covering(_ range: Range<UInt64>) -> [MerkleNode] {
        var nodes: [MerkleNode] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = 63 - (range.upperBound - start).leadingZeroBitCount
            nodes.append(MerkleNode(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return nodes
    }

    /// The Merkle tree hash over perfect subtrees that stand side by side, the greatest first.
    static func fold(_ hashes: [Digest]) -> Digest {
        guard var hash = hashes.last else { return MerkleTree.emptyRoot }
        for left in hashes.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
        return hash
    }
}
