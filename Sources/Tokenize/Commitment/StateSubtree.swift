/// One of the subtrees below the state tree's fixed top, with storage of its own.
///
/// Leaves keep the hashes of key and value; a leaf's own hash is made when its parent is hashed. Inner nodes keep
/// their hash and two links. With random keys a leaf costs about 64 + 1.44 x 40 bytes.
struct StateSubtree: Sendable {
    /// Names nothing, a leaf or an inner node of this subtree.
    struct Link: Equatable, Sendable {
        static let empty = Link(raw: 0)
        private static let leafFlag: UInt32 = 1 << 31

        private let raw: UInt32

        private init(raw: UInt32) { self.raw = raw }
        // An inner node's link is its index + 1, since 0 is the empty link.
        init(inner index: UInt32) { raw = index + 1 }
        init(leaf index: UInt32) { raw = index | Link.leafFlag }

        var isEmpty: Bool { raw == 0 }
        var isLeaf: Bool { raw & Link.leafFlag != 0 }
        var leafIndex: UInt32 { raw & ~Link.leafFlag }
        var innerIndex: UInt32 { raw - 1 }
    }

    struct Leaf: Sendable {
        let keyHash: Digest
        var valueHash: Digest
    }

    struct Inner: Sendable {
        var hash: Digest
        var left: Link
        var right: Link
    }

    private var leaves = NodeArena<Leaf>()
    private var inners = NodeArena<Inner>()
    private(set) var top = Link.empty

    var leafCount: Int { leaves.count }

    /// The hash of what `link` names.
    @inline(__always)
    func hash(of link: Link) -> Digest {
        if link.isEmpty { return StateHashing.empty }
        if link.isLeaf {
            let leaf = leaves[link.leafIndex]
            return StateHashing.leaf(keyHash: leaf.keyHash, valueHash: leaf.valueHash)
        }
        return inners[link.innerIndex].hash
    }

    func leaf(_ link: Link) -> Leaf { leaves[link.leafIndex] }

    /// Walks from the top of the subtree along `keyHash` and appends the siblings it passes, from top to leaf.
    func descend(along keyHash: Digest, depth: Int, siblings: inout [Digest]) -> Link {
        var link = top
        var depth = depth
        while !link.isEmpty, !link.isLeaf {
            let inner = inners[link.innerIndex]
            let goesRight = keyHash.bit(depth)
            siblings.append(hash(of: goesRight ? inner.left : inner.right))
            link = goesRight ? inner.right : inner.left
            depth += 1
        }
        return link
    }
}

extension StateSubtree {
    typealias Updates = UnsafeBufferPointer<StateTree.Update>

    /// Applies updates whose keys all lie in this subtree, sorted and unique.
    mutating func apply(_ updates: Updates, depth: Int) {
        top = revise(top, updates, from: 0, to: updates.count, depth: depth)
    }

    /// Brings the subtree at `link` up to date with `updates[low..<high]`, and names what stands there afterwards.
    private mutating func revise(_ link: Link, _ updates: Updates, from low: Int, to high: Int, depth: Int) -> Link {
        if low == high { return link }
        if link.isEmpty || link.isLeaf {
            return grow(around: link, updates, from: low, to: high, depth: depth)
        }
        let index = link.innerIndex
        let middle = firstRight(updates, from: low, to: high, depth: depth)
        let left = revise(inners[index].left, updates, from: low, to: middle, depth: depth + 1)
        let right = revise(inners[index].right, updates, from: middle, to: high, depth: depth + 1)
        if let only = collapsed(left, right) {
            inners.release(index)
            return only
        }
        inners[index] = Inner(hash: StateHashing.node(hash(of: left), hash(of: right)), left: left, right: right)
        return link
    }

    /// Builds the subtree of `updates[low..<high]` and of the leaf that stood there, if one did.
    private mutating func grow(around old: Link, _ updates: Updates, from low: Int, to high: Int, depth: Int) -> Link {
        if low == high { return old }
        if high - low == 1 {
            let update = updates[low]
            if old.isEmpty { return insert(update) }
            if leaves[old.leafIndex].keyHash == update.keyHash { return replace(old, with: update) }
            if update.valueHash == nil { return old }
        }
        // Keys are unique, so some bit below 256 parts two of them.
        let middle = firstRight(updates, from: low, to: high, depth: depth)
        let oldGoesRight = old.isEmpty || leaves[old.leafIndex].keyHash.bit(depth)
        let left = grow(around: oldGoesRight ? .empty : old, updates, from: low, to: middle, depth: depth + 1)
        let right = grow(around: oldGoesRight ? old : .empty, updates, from: middle, to: high, depth: depth + 1)
        if let only = collapsed(left, right) { return only }
        let hash = StateHashing.node(hash(of: left), hash(of: right))
        return Link(inner: inners.insert(Inner(hash: hash, left: left, right: right)))
    }

    private mutating func insert(_ update: StateTree.Update) -> Link {
        guard let valueHash = update.valueHash else { return .empty }
        return Link(leaf: leaves.insert(Leaf(keyHash: update.keyHash, valueHash: valueHash)))
    }

    private mutating func replace(_ old: Link, with update: StateTree.Update) -> Link {
        guard let valueHash = update.valueHash else {
            leaves.release(old.leafIndex)
            return .empty
        }
        leaves[old.leafIndex].valueHash = valueHash
        return old
    }

    /// What stands for two children that need no inner node: nothing, or the only leaf.
    private func collapsed(_ left: Link, _ right: Link) -> Link? {
        if left.isEmpty, right.isEmpty || right.isLeaf { return right }
        if right.isEmpty, left.isLeaf { return left }
        return nil
    }

    /// The first of `updates[low..<high]` whose key has the bit at `depth` set.
    private func firstRight(_ updates: Updates, from low: Int, to high: Int, depth: Int) -> Int {
        var low = low
        var high = high
        while low < high {
            let middle = (low + high) / 2
            if updates[middle].keyHash.bit(depth) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
