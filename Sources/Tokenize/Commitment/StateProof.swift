/// Proof that the state holds a value under a key, or holds none, checkable with the state root alone.
///
/// Pure: it needs no ledger, no store and no clock. The root comes from a header that a checkpoint vouches for.
public struct StateProof: Hashable, Sendable {
    /// What the key's path ends in.
    public enum Claim: Hashable, Sendable {
        /// The key's own leaf, with this value.
        case present(value: [UInt8])
        /// A subtree without leaves: the key is absent.
        case absentEmpty
        /// The leaf of another key whose path begins alike: the key is absent.
        case absentOther(keyHash: Digest, valueHash: Digest)
    }

    /// Siblings in a proof: one for each bit of a key hash.
    public static let siblingCountMax = 256
    /// Bytes in a key.
    public static let keyByteCountMax = 1_024
    /// Bytes in a value: those of a holding with all the encumbrances that it may have, each as long as it can be.
    public static let valueByteCountMax = 131_072
    /// Bytes in an encoded proof: key, value and siblings, each as long as it can be.
    public static let byteCountMax = 147_456

    /// The key in clear; its SHA-256 is the path.
    public let key: [UInt8]
    /// What the proof shows about the key.
    public let claim: Claim
    /// From the terminal's sibling up to a child of the root; an empty subtree is 32 zero bytes.
    public let siblings: [Digest]

    /// A proof with these parts; ``verify(root:)`` checks it.
    public init(key: [UInt8], claim: Claim, siblings: [Digest]) {
        self.key = key
        self.claim = claim
        self.siblings = siblings
    }

    /// Checks the claim against `root`.
    ///
    /// - Throws: the first ``ProofFailure`` that applies; nothing is proven then.
    public func verify(root: Digest) throws(ProofFailure) {
        guard siblings.count <= Self.siblingCountMax else {
            throw .limitExceeded(limit: "StateProof.siblingCountMax", maximum: UInt64(Self.siblingCountMax))
        }
        let keyHash = Hashing.sha256(key)
        // Two empty halves are an empty subtree, and a leaf beside an empty half is that leaf: neither has a parent.
        if siblings.first == StateHashing.empty { throw .notCompact }
        let start = try terminalHash(of: keyHash)
        guard StateHashing.fold(start, siblings: siblings, along: keyHash) == root else { throw .rootMismatch }
    }

    /// The value that is proven present, or nil if absence is proven.
    public var value: [UInt8]? {
        if case .present(let value) = claim { value } else { nil }
    }

    private func terminalHash(of keyHash: Digest) throws(ProofFailure) -> Digest {
        switch claim {
        case .present(let value):
            return StateHashing.leaf(keyHash: keyHash, valueHash: Hashing.sha256(value))
        case .absentEmpty:
            return StateHashing.empty
        case .absentOther(let otherKeyHash, let valueHash):
            if otherKeyHash == keyHash { throw .keyIsPresent }
            for depth in 0..<siblings.count where otherKeyHash.bit(depth) != keyHash.bit(depth) {
                throw .leafOffPath
            }
            return StateHashing.leaf(keyHash: otherKeyHash, valueHash: valueHash)
        }
    }
}

extension StateTree {
    /// Proves that `key` is absent, or present with `value`.
    ///
    /// - Returns: nil if `value` is not what the tree holds under `key` (nil for absent).
    func proof(key: [UInt8], value: [UInt8]?) -> StateProof? {
        let keyHash = Hashing.sha256(key)
        let path = path(of: keyHash)
        guard let terminal = path.terminal else {
            return value == nil ? StateProof(key: key, claim: .absentEmpty, siblings: path.siblings) : nil
        }
        guard terminal.keyHash == keyHash else {
            let claim = StateProof.Claim.absentOther(keyHash: terminal.keyHash, valueHash: terminal.valueHash)
            return value == nil ? StateProof(key: key, claim: claim, siblings: path.siblings) : nil
        }
        guard let value, Hashing.sha256(value) == terminal.valueHash else { return nil }
        return StateProof(key: key, claim: .present(value: value), siblings: path.siblings)
    }
}
