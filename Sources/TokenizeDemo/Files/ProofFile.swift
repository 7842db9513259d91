import Tokenize

/// Ownership proofs in files: the proof's encoding, and nothing else.
enum ProofFile {
    private static let byteCountMax = 1 << 20

    static func read(_ path: String) throws(DemoFailure) -> OwnershipProof {
        let bytes = try SmallFile.read(path, what: "proof", byteCountMax: byteCountMax)
        do {
            return try OwnershipProof(canonicalBytes: bytes)
        } catch {
            throw DemoFailure("\(path) is not an ownership proof")
        }
    }
}
