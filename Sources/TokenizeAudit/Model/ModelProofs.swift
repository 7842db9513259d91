import Tokenize

/// The verifiers of chapters 6 and 7, step by step as they stand there.
enum ModelProofs {
    /// What the steps come to: a hash, and whether a rule before the comparison with a root refuses.
    struct Fold: Hashable, Sendable {
        var hash: [UInt8] = []
        /// Of a consistency proof: what the older tree comes to.
        var oldHash: [UInt8] = []
        var isRefused = false
    }

    /// 7.2.1.
    static func inclusion(_ leaf: [UInt8], index: UInt64, size: UInt64, path: [[UInt8]]) -> Fold {
        var fold = Fold(hash: leaf, isRefused: index >= size)
        var (f, s) = (index, size == 0 ? 0 : size - 1)
        for sibling in path {
            if s == 0 { fold.isRefused = true }
            step(sibling, &fold.hash, &f, &s)
        }
        if s != 0 { fold.isRefused = true }
        return fold
    }

    private static func step(_ sibling: [UInt8], _ hash: inout [UInt8], _ f: inout UInt64, _ s: inout UInt64) {
        if f % 2 == 1 || f == s {
            hash = ModelHash.sha256([1] + sibling + hash)
            while f % 2 == 0, f != 0 {
                f /= 2
                s /= 2
            }
        } else {
            hash = ModelHash.sha256([1] + hash + sibling)
        }
        f /= 2
        s /= 2
    }

    /// 7.2.2, for an older size above 0 and below the newer.
    static func consistency(oldSize: UInt64, oldRoot: [UInt8], newSize: UInt64, path: [[UInt8]]) -> Fold {
        var hashes = path
        if oldSize & (oldSize - 1) == 0 { hashes.insert(oldRoot, at: 0) }
        guard let first = hashes.first, !path.isEmpty else { return Fold(isRefused: true) }
        var (f, s) = (oldSize - 1, newSize - 1)
        while f % 2 == 1 {
            f /= 2
            s /= 2
        }
        var fold = Fold(hash: first, oldHash: first)
        for sibling in hashes.dropFirst() {
            if s == 0 { fold.isRefused = true }
            if f % 2 == 1 || f == s { fold.oldHash = ModelHash.sha256([1] + sibling + fold.oldHash) }
            step(sibling, &fold.hash, &f, &s)
        }
        if s != 0 { fold.isRefused = true }
        return fold
    }

    /// 6.4.1.
    static func state(_ proof: StateProof) -> Fold {
        let path = ModelHash.sha256(proof.key)
        let siblings = proof.siblings.map { $0.bytes }
        let empty = [UInt8](repeating: 0, count: 32)
        guard siblings.count <= 256 else { return Fold(isRefused: true) }
        var fold = Fold(isRefused: siblings.first == empty)
        switch proof.claim {
        case .present(let value): fold.hash = ModelHash.sha256([0] + path + ModelHash.sha256(value))
        case .absentEmpty: fold.hash = empty
        case .absentOther(let otherKey, let otherValue):
            if otherKey.bytes == path { fold.isRefused = true }
            for depth in siblings.indices where bit(otherKey.bytes, depth) != bit(path, depth) { fold.isRefused = true }
            fold.hash = ModelHash.sha256([0] + otherKey.bytes + otherValue.bytes)
        }
        for (index, sibling) in siblings.enumerated() {
            let isRight = bit(path, siblings.count - 1 - index) == 1
            fold.hash = ModelHash.sha256([1] + (isRight ? sibling + fold.hash : fold.hash + sibling))
        }
        return fold
    }

    private static func bit(_ bytes: [UInt8], _ index: Int) -> UInt8 { bytes[index / 8] >> (7 - UInt8(index % 8)) & 1 }
}
