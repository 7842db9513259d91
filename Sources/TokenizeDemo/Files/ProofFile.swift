import Tokenize

/// Ownership proofs in files: the proof's encoding, and nothing else.
enum ProofFile {
    private static let byteCountMax = 1 << 20

    static func read(_ path: String) throws(DemoFailure) -> OwnershipProof { try proof(try bytes(path), path) }

    static func bytes(_ path: String) throws(DemoFailure) -> [UInt8] {
        try SmallFile.read(path, what: "proof", byteCountMax: byteCountMax)
    }

    /// The proof in the bytes of a file.
    static func proof(_ bytes: [UInt8], _ path: String) throws(DemoFailure) -> OwnershipProof {
        do {
            return try OwnershipProof(canonicalBytes: bytes)
        } catch {
            throw DemoFailure("\(path) is not an ownership proof, nor a signed refusal")
        }
    }

    /// Writes a proof, over an older one at most: a name that was mistyped must not cost a ledger.
    static func write(_ bytes: [UInt8], to path: String) throws(DemoFailure) {
        try requireReplaceable(path)
        try SmallFile.write(bytes, to: path)
    }

    static func requireReplaceable(_ path: String) throws(DemoFailure) {
        try SmallFile.requireReplaceable(path, what: "proof", byteCountMax: byteCountMax) {
            (try? OwnershipProof(canonicalBytes: $0)) != nil
        }
    }
}
