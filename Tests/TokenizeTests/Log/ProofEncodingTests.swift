import Testing

@testable import Tokenize

/// Proofs have one encoding each, and decoders take no other.
@Suite("Encoding of proofs")
struct ProofEncodingTests {
    static let hash = Digest.zero
    static let hashBytes = "5820" + String(repeating: "00", count: 32)

    @Test("inclusion and consistency proofs")
    func logProofs() throws {
        let inclusion = LogInclusionProof(index: 24, size: 65_536, path: [Self.hash])
        #expect(inclusion.canonicalBytes.hexadecimal == "8318181a0001000081" + Self.hashBytes)
        #expect(try LogInclusionProof(canonicalBytes: inclusion.canonicalBytes) == inclusion)
        let consistency = LogConsistencyProof(oldSize: 1, newSize: .max, path: [])
        #expect(consistency.canonicalBytes.hexadecimal == "83011bffffffffffffffff80")
        #expect(try LogConsistencyProof(canonicalBytes: consistency.canonicalBytes) == consistency)
    }

    @Test("state proofs of every claim")
    func stateProofs() throws {
        let claims: [(StateProof.Claim, String)] = [
            (.present(value: [7]), "82014107"), (.absentEmpty, "8102"),
            (.absentOther(keyHash: Self.hash, valueHash: Self.hash), "8303" + Self.hashBytes + Self.hashBytes),
        ]
        for (claim, expected) in claims {
            let proof = StateProof(key: [1, 2], claim: claim, siblings: [Self.hash])
            #expect(proof.canonicalBytes.hexadecimal == "83420102" + expected + "81" + Self.hashBytes)
            #expect(try StateProof(canonicalBytes: proof.canonicalBytes) == proof)
        }
    }

    @Test("more hashes than a tree can need are refused before they are read")
    func limits() throws {
        for (count, limit) in [(65, 64), (66, 65)] {
            let path = [Digest](repeating: .zero, count: count)
            #expect(throws: DecodingFailure.self) {
                if limit == MerkleTree.inclusionHashCountMax {
                    _ = try LogInclusionProof(
                        canonicalBytes: LogInclusionProof(index: 0, size: 1, path: path).canonicalBytes
                    )
                } else {
                    _ = try LogConsistencyProof(
                        canonicalBytes: LogConsistencyProof(oldSize: 1, newSize: 2, path: path).canonicalBytes
                    )
                }
            }
        }
        let proof = StateProof(
            key: [],
            claim: .absentEmpty,
            siblings: [Digest](repeating: .zero, count: StateProof.siblingCountMax + 1)
        )
        #expect(throws: DecodingFailure.self) { try StateProof(canonicalBytes: proof.canonicalBytes) }
    }

    @Test(
        "other forms are refused",
        arguments: [
            "", "80", "8240810280", "844081028080", "8340810280ff", "834081008080", "8340810180", "834082024080",
            "8340810480", "83408118028080", "9f40810280ff", "8360810280", "834081028140", "83408102",
        ]
    )
    func malformed(_ text: String) throws {
        let bytes = try #require([UInt8](hexadecimal: text))
        #expect(throws: DecodingFailure.self) { try StateProof(canonicalBytes: bytes) }
    }
}
