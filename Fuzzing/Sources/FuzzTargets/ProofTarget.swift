import Tokenize

/// Every proof: what decodes is encoded as the very bytes, and is verified or refused.
enum ProofTarget {
    static func run(_ bytes: [UInt8]) {
        DecoderTarget.check(StateProof.self, bytes)
        DecoderTarget.check(LogInclusionProof.self, bytes)
        DecoderTarget.check(LogConsistencyProof.self, bytes)
        DecoderTarget.check(EffectProof.self, bytes)
        if let proof = try? OwnershipProof(canonicalBytes: bytes) {
            precondition(proof.canonicalBytes == bytes)
            if let policy = policy(of: proof.checkpoint) { _ = try? proof.verify(under: policy) }
            check(proof.state)
            check(proof.inclusion)
        }
        if let proof = try? EffectProof(canonicalBytes: bytes), let policy = FuzzKeys.policy {
            _ = try? proof.verify(under: policy)
        }
        if let proof = try? TransparencyProof(parsing: bytes) {
            precondition(proof.bytes == bytes)
            if let policy = FuzzKeys.policy { _ = try? proof.verify(entry: bytes, under: policy) }
        }
        if let proof = try? StateProof(canonicalBytes: bytes) { check(proof) }
        if let proof = try? LogInclusionProof(canonicalBytes: bytes) { check(proof) }
        if let proof = try? LogConsistencyProof(canonicalBytes: bytes) {
            _ = try? proof.verify(oldRoot: .zero, newRoot: MerkleTree.leafHash(bytes))
        }
    }

    private static func check(_ proof: StateProof) {
        do {
            // The root that the path leads to is not known, so that no other may be taken for it.
            try proof.verify(root: MerkleTree.leafHash(proof.canonicalBytes))
            preconditionFailure("a proof of a root that is its own hash")
        } catch {}
    }

    private static func check(_ proof: LogInclusionProof) {
        do {
            try proof.verify(leafHash: .zero, root: MerkleTree.leafHash(proof.canonicalBytes))
            preconditionFailure("a proof of a root that is its own hash")
        } catch {}
    }

    /// The policy for the log that a checkpoint names in its first line, under the corpus's key.
    private static func policy(of checkpoint: [UInt8]) -> CheckpointPolicy? {
        guard let line = checkpoint.split(separator: 0x0A, maxSplits: 1).first,
            let text = String(validating: line, as: UTF8.self), let origin = NoteName(text)
        else { return FuzzKeys.policy }
        return FuzzKeys.policy(of: origin)
    }
}
