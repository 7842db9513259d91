import Testing

@testable import Tokenize

/// Trees that are at hand as a whole, such as the effects of one entry.
@Suite("Merkle trees at hand")
struct EffectsTreeTests {
    @Test("root and every proof, at every size to 130")
    func everySize() throws {
        let leafHashes = SampleLog(size: 130).leafHashes
        for size in 0...130 {
            let leaves = Array(leafHashes.prefix(size))
            let root = MerkleTree.root(ofLeafHashes: leaves)
            #expect(root == SampleLog.naiveRoot(leaves[...]))
            for index in 0..<size {
                let proof = MerkleTree.inclusionProof(index: index, leafHashes: leaves)
                try proof.verify(leafHash: leaves[index], root: root)
                #expect(
                    proof.path
                        == MerkleTree.inclusionRanges(index: UInt64(index), size: UInt64(size)).map { range in
                            SampleLog.naiveRoot(leaves[Int(range.lowerBound)..<Int(range.upperBound)])
                        }
                )
            }
        }
    }
}
