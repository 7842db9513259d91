extension StateTree {
    /// The root over leaves that are sorted by key hash, computed from the definition and from nothing else.
    ///
    /// An auditor's check: it shares no code with the tree that is kept up to date.
    ///
    /// - Precondition: the key hashes ascend strictly.
    static func root(of leaves: [StateProofPath.Leaf]) -> Digest {
        for index in leaves.indices.dropFirst() {
            precondition(leaves[index - 1].keyHash < leaves[index].keyHash, "leaves must ascend strictly")
        }
        return root(of: leaves[...], depth: 0)
    }

    private static func root(of leaves: ArraySlice<StateProofPath.Leaf>, depth: Int) -> Digest {
        guard let first = leaves.first else { return StateHashing.empty }
        if leaves.count == 1 { return StateHashing.leaf(keyHash: first.keyHash, valueHash: first.valueHash) }
        let split = leaves.firstIndex { $0.keyHash.bit(depth) } ?? leaves.endIndex
        let left = root(of: leaves[..<split], depth: depth + 1)
        let right = root(of: leaves[split...], depth: depth + 1)
        return StateHashing.node(left, right)
    }
}
