/// The hashes of the state tree, with the constants of the `SmtSpec` of ICS-23.
enum StateHashing {
    /// First byte of a hashed leaf.
    static let leafPrefix: UInt8 = 0
    /// First byte of a hashed inner node.
    static let nodePrefix: UInt8 = 1
    /// Stands for a subtree without leaves, and is the root of an empty tree.
    static let empty = Digest.zero
    /// Bits in a key hash: the greatest depth of a leaf, and of siblings in a proof.
    static let depthMax = 256

    /// `SHA256(00 || keyHash || valueHash)`.
    @inline(__always)
    static func leaf(keyHash: Digest, valueHash: Digest) -> Digest {
        Hashing.node(prefix: leafPrefix, keyHash, valueHash)
    }

    /// `SHA256(01 || left || right)`.
    @inline(__always)
    static func node(_ left: Digest, _ right: Digest) -> Digest {
        Hashing.node(prefix: nodePrefix, left, right)
    }

    /// Folds siblings, given from leaf to root, over the hash of the subtree in which the path of `keyHash` ends.
    static func fold(_ start: Digest, siblings: [Digest], along keyHash: Digest) -> Digest {
        var hash = start
        var depth = siblings.count
        for sibling in siblings {
            depth -= 1
            hash = keyHash.bit(depth) ? node(sibling, hash) : node(hash, sibling)
        }
        return hash
    }
}
