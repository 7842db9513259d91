import Testing

@testable import Tokenize

/// A holding with as many encumbrances as it may have, each as long as it can be, is proven like any other.
@Suite("Proof of a full holding")
struct FullHoldingProofTests {
    static let asset = AssetID(digest: Fixture.digest(1))
    static let account = AccountID(digest: Fixture.digest(2))

    /// Every field takes as many bytes as it can.
    private func record() throws -> HoldingRecord {
        let order = try #require(
            OrderReference(
                reference: String(repeating: "x", count: TransactionLimits.referenceByteCountMax),
                documentDigest: Fixture.digest(3),
                legalBasis: .withdrawalOfRight
            )
        )
        let list = try (0..<TransactionLimits.holdingEncumbranceCountMax).map { number in
            var encumbrance = EncumbranceRecord(
                id: EncumbranceID(digest: MerkleTree.leafHash([UInt8(number >> 8), UInt8(number & 255)])),
                kind: .lien,
                owner: .authority(AuthorityReference(.transferAgent, number: .max, asset: Self.asset)),
                amount: .max,
                rank: .max,
                lastDate: try #require(CalendarDate(year: 9_999, month: 12, day: 31)),
                order: order
            )
            encumbrance.layer = UInt16(number + 1)
            return encumbrance
        }
        return HoldingRecord(units: .max, encumbrances: EncumbranceAlgebra.ordered(list))
    }

    @Test("it is proven, encoded, read and checked; one byte more than the limit is not read")
    func proven() throws {
        let record = try record()
        let leaves = StateLeaves(secret: Fixture.secret)
        let key = StateKey.holding(asset: Self.asset, account: Self.account, partition: .max).canonicalBytes
        let value = leaves.value(keyHash: Hashing.sha256(key)) { record.encode(into: &$0) }
        #expect(value.count > 65_535)
        #expect(value.count <= StateProof.valueByteCountMax)
        var tree = StateTree()
        var updates = [StateTree.Update(keyHash: Hashing.sha256(key), valueHash: Hashing.sha256(value))]
        for number in 0..<40 as Range<UInt8> {
            updates.append(StateTree.Update(keyHash: Hashing.sha256([number]), valueHash: .zero))
        }
        tree.apply(&updates)
        let header = BlockHeader(
            height: 1,
            previousSize: 1,
            stateRoot: tree.root,
            businessDate: Fixture.firstDate,
            sealingTime: 0
        )
        let entry = LogEntry.header(header).canonicalBytes
        let leafHashes = [MerkleTree.leafHash([9]), MerkleTree.leafHash(entry)]
        let signer = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
        let root = MerkleTree.root(ofLeafHashes: leafHashes)
        let proof = OwnershipProof(
            state: try #require(tree.proof(key: key, value: value)),
            header: entry,
            inclusion: MerkleTree.inclusionProof(index: 1, leafHashes: leafHashes),
            checkpoint: try signer.sign(Checkpoint(origin: signer.verifierKey.name, size: 2, root: root)).bytes
        )
        let read = try OwnershipProof(canonicalBytes: proof.canonicalBytes)
        #expect(read == proof)
        let policy = try CheckpointPolicy(origin: signer.verifierKey.name, logKeys: [signer.verifierKey])
        let verdict = try read.verify(under: policy)
        #expect(verdict.units == .max)
        #expect(verdict.encumbrances.count == TransactionLimits.holdingEncumbranceCountMax)
        #expect(verdict.available == .zero)
    }

    @Test("the limits of a proof's parts add up to the limit of the whole")
    func limitsAgree() throws {
        func proof(value count: Int) -> StateProof {
            StateProof(
                key: [UInt8](repeating: 0, count: StateProof.keyByteCountMax),
                claim: .present(value: [UInt8](repeating: 0, count: count)),
                siblings: [Digest](repeating: Fixture.digest(1), count: StateProof.siblingCountMax)
            )
        }
        let largest = proof(value: StateProof.valueByteCountMax)
        #expect(largest.canonicalBytes.count <= StateProof.byteCountMax)
        #expect(try StateProof(canonicalBytes: largest.canonicalBytes) == largest)
        let tooLarge = proof(value: StateProof.valueByteCountMax + 1).canonicalBytes
        #expect(throws: DecodingFailure.self) { try StateProof(canonicalBytes: tooLarge) }
    }
}
