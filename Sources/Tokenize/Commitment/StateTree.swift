/// The authenticated state: a compact sparse Merkle tree over key hashes, in memory.
///
/// A subtree without leaves is 32 zero bytes, a subtree with one leaf is that leaf, any other is the hash of its two
/// halves. So the root depends on the leaves alone, not on how they came (`Specs/06-state-commitment.md`).
///
/// The first four bits of a key hash choose one of 16 subtrees that share no storage; above them stands a fixed top.
/// A copy of the tree shares storage until one side changes.
struct StateTree: Sendable {
    /// One change of the state: a new value, or none any more.
    struct Update: Sendable {
        let keyHash: Digest
        /// Nil deletes.
        let valueHash: Digest?
    }

    /// Levels above the subtrees.
    static let topDepth = 4
    private static let subtreeCount = 1 << topDepth

    private var subtrees: [StateSubtree]
    private var top: StateTreeTop

    init() {
        subtrees = Array(repeating: StateSubtree(), count: Self.subtreeCount)
        top = StateTreeTop(subtrees: subtrees)
    }

    /// The root over all leaves; 32 zero bytes if there are none.
    var root: Digest { top.root }

    /// Leaves in the tree.
    var leafCount: Int { subtrees.reduce(0) { $0 + $1.leafCount } }

    /// Applies a batch; each inner node that it touches is hashed once.
    ///
    /// - Precondition: no key hash occurs twice. The order is free; `updates` is sorted on return.
    mutating func apply(_ updates: inout [Update]) {
        if updates.isEmpty { return }
        Self.sort(&updates)
        updates.withUnsafeBufferPointer { sorted in
            for part in Self.parts(of: sorted) {
                subtrees[part.subtree].apply(UnsafeBufferPointer(rebasing: sorted[part.range]), depth: Self.topDepth)
            }
        }
        join()
    }

    /// Applies one change.
    mutating func apply(_ update: Update) {
        var batch = [update]
        apply(&batch)
    }

    /// The path of `keyHash`: the siblings along it and what it ends in.
    func path(of keyHash: Digest) -> StateProofPath {
        var siblings: [Digest] = []
        switch top.descend(along: keyHash, siblings: &siblings) {
        case .empty:
            return StateProofPath(terminal: nil, siblings: siblings.reversed())
        case .leaf(let subtree):
            return StateProofPath(terminal: leaf(subtrees[subtree].top, in: subtree), siblings: siblings.reversed())
        case .inner(let subtree):
            let link = subtrees[subtree].descend(along: keyHash, depth: Self.topDepth, siblings: &siblings)
            let terminal = link.isEmpty ? nil : leaf(link, in: subtree)
            return StateProofPath(terminal: terminal, siblings: siblings.reversed())
        }
    }

    /// The value hash under `keyHash`, or nil.
    func valueHash(of keyHash: Digest) -> Digest? {
        guard let terminal = path(of: keyHash).terminal, terminal.keyHash == keyHash else { return nil }
        return terminal.valueHash
    }

    private func leaf(_ link: StateSubtree.Link, in subtree: Int) -> StateProofPath.Leaf {
        let leaf = subtrees[subtree].leaf(link)
        return StateProofPath.Leaf(keyHash: leaf.keyHash, valueHash: leaf.valueHash)
    }

    private static func subtreeIndex(_ keyHash: Digest) -> Int {
        Int(keyHash.word0.bigEndian >> UInt64(64 - topDepth))
    }
}

extension StateTree {
    /// The parts of a sorted batch that concern one subtree each.
    static func parts(of sorted: UnsafeBufferPointer<Update>) -> [(subtree: Int, range: Range<Int>)] {
        var parts: [(subtree: Int, range: Range<Int>)] = []
        var start = sorted.startIndex
        while start < sorted.endIndex {
            let subtree = subtreeIndex(sorted[start].keyHash)
            var end = start + 1
            while end < sorted.endIndex, subtreeIndex(sorted[end].keyHash) == subtree { end += 1 }
            parts.append((subtree, start..<end))
            start = end
        }
        return parts
    }

    /// Moves a subtree out, to be changed elsewhere and put back.
    mutating func take(_ subtree: Int) -> StateSubtree {
        var taken = StateSubtree()
        swap(&taken, &subtrees[subtree])
        return taken
    }

    mutating func put(_ subtree: StateSubtree, at index: Int) {
        subtrees[index] = subtree
    }

    /// Hashes the top anew; the root is right after it.
    mutating func join() {
        top = StateTreeTop(subtrees: subtrees)
    }
}

/// The path of a key through the state tree.
struct StateProofPath: Hashable, Sendable {
    struct Leaf: Hashable, Sendable {
        let keyHash: Digest
        let valueHash: Digest
    }

    /// The leaf in which the path ends, of this key or of another; nil if it ends in an empty subtree.
    let terminal: Leaf?
    /// From the terminal's sibling up to a child of the root; empty subtrees are zero.
    let siblings: [Digest]
}
