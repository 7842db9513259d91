/// The fixed levels above the 16 subtrees: 31 places, the root first, the subtrees last.
struct StateTreeTop: Sendable {
    /// What stands at a place, or where a path through the top ends.
    enum Place: Sendable {
        case empty
        /// The only leaf below; it is the top of the subtree with this index.
        case leaf(subtree: Int)
        /// More than one leaf below; at the last level, in the subtree with this index.
        case inner(subtree: Int)
    }

    // Place 1 is the root; the children of place n are 2n and 2n + 1; the subtrees are 16...31. Place 0 is unused.
    private var places: [Place]
    private var hashes: [Digest]

    init(subtrees: [StateSubtree]) {
        let count = subtrees.count
        places = Array(repeating: .empty, count: 2 * count)
        hashes = Array(repeating: StateHashing.empty, count: 2 * count)
        for (index, subtree) in subtrees.enumerated() where !subtree.top.isEmpty {
            places[count + index] = subtree.top.isLeaf ? .leaf(subtree: index) : .inner(subtree: index)
            hashes[count + index] = subtree.hash(of: subtree.top)
        }
        for place in (1..<count).reversed() { join(place) }
    }

    var root: Digest { hashes[1] }

    /// Walks from the root along `keyHash` and appends the siblings it passes.
    func descend(along keyHash: Digest, siblings: inout [Digest]) -> Place {
        var place = 1
        for depth in 0..<StateTree.topDepth {
            guard case .inner = places[place] else { break }
            let goesRight = keyHash.bit(depth)
            siblings.append(hashes[2 * place + (goesRight ? 0 : 1)])
            place = 2 * place + (goesRight ? 1 : 0)
        }
        return places[place]
    }

    private mutating func join(_ place: Int) {
        let left = 2 * place
        let right = left + 1
        switch (places[left], places[right]) {
        case (.empty, .empty): break
        case (.empty, .leaf): move(right, to: place)
        case (.leaf, .empty): move(left, to: place)
        default:
            places[place] = .inner(subtree: 0)
            hashes[place] = StateHashing.node(hashes[left], hashes[right])
        }
    }

    private mutating func move(_ child: Int, to place: Int) {
        places[place] = places[child]
        hashes[place] = hashes[child]
    }
}
