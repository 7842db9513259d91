import Testing

@testable import Tokenize

/// Ownership proofs put together by hand, so that every part can be exchanged; no ledger runs here.
@Suite("Ownership proofs")
struct OwnershipProofTests {
    static let asset = AssetID(digest: MerkleTree.leafHash([1]))
    static let partition: UInt32 = 0
    static let blockCount = 4

    static func account(_ holder: UInt8) -> AccountID { AccountID(digest: MerkleTree.leafHash([2, holder])) }

    static func key(_ holder: UInt8) -> [UInt8] {
        StateKey.holding(asset: asset, account: account(holder), partition: partition).canonicalBytes
    }

    static func value(_ units: UInt64) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encodeArray(count: 2)
        encoder.encode(bytes: [UInt8](repeating: 0x5A, count: DisclosureSecret.saltByteCount))
        encoder.encodeArray(count: 2)
        encoder.encode(Quantity(UInt128(units)))
        encoder.encodeArray(count: 0)
        return encoder.bytes
    }

    static func units(_ holder: UInt8, block: Int) -> UInt64 { UInt64(1_000 * block) + UInt64(holder) }

    /// Blocks of three entries each, the last a header; in block `n` the holder `h` of 20 has `1000 * n + h` units.
    final class Ledger {
        let signer: NoteSigner
        let policy: CheckpointPolicy
        let leafHashes: [Digest]
        let trees: [StateTree]
        let headers: [BlockHeader]

        init() throws {
            signer = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
            policy = try CheckpointPolicy(origin: signer.verifierKey.name, logKeys: [signer.verifierKey])
            var tree = StateTree()
            var leafHashes: [Digest] = []
            var trees: [StateTree] = []
            var headers: [BlockHeader] = []
            for block in 1...blockCount {
                for entry in 0..<2 { leafHashes.append(MerkleTree.leafHash([9, UInt8(block), UInt8(entry)])) }
                var updates = (0..<20).map { holder in
                    StateTree.Update(
                        keyHash: Hashing.sha256(key(UInt8(holder))),
                        valueHash: Hashing.sha256(value(units(UInt8(holder), block: block)))
                    )
                }
                tree.apply(&updates)
                let header = BlockHeader(
                    height: UInt64(block),
                    previousSize: UInt64(leafHashes.count),
                    stateRoot: tree.root,
                    businessDate: try #require(CalendarDate(daysSinceEpoch: Int32(20_000 + block))),
                    sealingTime: UInt64(1_700_000_000 + block)
                )
                leafHashes.append(MerkleTree.leafHash(LogEntry.header(header).canonicalBytes))
                trees.append(tree)
                headers.append(header)
            }
            self.leafHashes = leafHashes
            self.trees = trees
            self.headers = headers
        }

        func size(block: Int) -> Int { 3 * block }

        func checkpoint(block: Int) throws -> [UInt8] {
            let root = MerkleTree.root(ofLeafHashes: leafHashes.prefix(size(block: block)))
            let checkpoint = Checkpoint(
                origin: signer.verifierKey.name,
                size: UInt64(size(block: block)),
                root: root
            )
            return try signer.sign(checkpoint).bytes
        }

        func inclusion(ofBlock block: Int, under checkpointBlock: Int) -> LogInclusionProof {
            MerkleTree.inclusionProof(
                index: size(block: block) - 1,
                leafHashes: Array(leafHashes.prefix(size(block: checkpointBlock)))
            )
        }

        func state(_ holder: UInt8, block: Int) throws -> StateProof {
            let value = holder < 20 ? OwnershipProofTests.value(units(holder, block: block)) : nil
            return try #require(trees[block - 1].proof(key: key(holder), value: value))
        }

        func header(block: Int) -> [UInt8] { LogEntry.header(headers[block - 1]).canonicalBytes }

        func proof(_ holder: UInt8, block: Int) throws -> OwnershipProof {
            OwnershipProof(
                state: try state(holder, block: block),
                header: header(block: block),
                inclusion: inclusion(ofBlock: block, under: block),
                checkpoint: try checkpoint(block: block)
            )
        }
    }

    let ledger: Ledger

    init() throws { ledger = try Ledger() }

    @Test("says what was held, of what, when", arguments: 1...blockCount)
    func honest(block: Int) throws {
        for holder in [0, 7, 19] as [UInt8] {
            let proof = try ledger.proof(holder, block: block)
            #expect(try OwnershipProof(canonicalBytes: proof.canonicalBytes) == proof)
            let verdict = try proof.verify(under: ledger.policy)
            #expect(verdict.units == Quantity(UInt128(Self.units(holder, block: block))))
            #expect(verdict.asset == Self.asset)
            #expect(verdict.account == Self.account(holder))
            #expect(verdict.height == UInt64(block))
            #expect(verdict.size == UInt64(ledger.size(block: block)))
            #expect(verdict.businessDate.daysSinceEpoch == Int32(20_000 + block))
            #expect(verdict.origin == "ledger.example/bonds")
        }
    }

    @Test("says that nothing is held")
    func absent() throws {
        for holder in 20..<40 as Range<UInt8> {
            let verdict = try ledger.proof(holder, block: 2).verify(under: ledger.policy)
            #expect(verdict.units == .zero)
            #expect(verdict.account == Self.account(holder))
        }
    }

    @Test("an old header under a new checkpoint does not pose as the present")
    func oldHeader() throws {
        let posing = OwnershipProof(
            state: try ledger.state(7, block: 2),
            header: ledger.header(block: 2),
            inclusion: ledger.inclusion(ofBlock: 2, under: 4),
            checkpoint: try ledger.checkpoint(block: 4)
        )
        #expect(throws: OwnershipFailure.wrongPosition) { try posing.verify(under: ledger.policy) }
        let renamed = OwnershipProof(
            state: posing.state,
            header: posing.header,
            inclusion: LogInclusionProof(index: 11, size: 12, path: posing.inclusion.path),
            checkpoint: posing.checkpoint
        )
        #expect(throws: OwnershipFailure.self) { try renamed.verify(under: ledger.policy) }
        let shorter = OwnershipProof(
            state: posing.state,
            header: posing.header,
            inclusion: ledger.inclusion(ofBlock: 2, under: 2),
            checkpoint: posing.checkpoint
        )
        #expect(throws: OwnershipFailure.wrongPosition) { try shorter.verify(under: ledger.policy) }
    }

    @Test("parts of two blocks do not go together")
    func mixedBlocks() throws {
        let honest = try ledger.proof(7, block: 3)
        let oldState = OwnershipProof(
            state: try ledger.state(7, block: 2),
            header: honest.header,
            inclusion: honest.inclusion,
            checkpoint: honest.checkpoint
        )
        #expect(throws: OwnershipFailure.state(.rootMismatch)) { try oldState.verify(under: ledger.policy) }
        let oldHeader = OwnershipProof(
            state: try ledger.state(7, block: 2),
            header: ledger.header(block: 2),
            inclusion: honest.inclusion,
            checkpoint: honest.checkpoint
        )
        #expect(throws: OwnershipFailure.inclusion(.rootMismatch)) { try oldHeader.verify(under: ledger.policy) }
        let forged = BlockHeader(
            height: 3,
            previousSize: 8,
            stateRoot: ledger.trees[0].root,
            businessDate: ledger.headers[2].businessDate,
            sealingTime: 0
        )
        let invented = OwnershipProof(
            state: try ledger.state(7, block: 1),
            header: LogEntry.header(forged).canonicalBytes,
            inclusion: honest.inclusion,
            checkpoint: honest.checkpoint
        )
        #expect(throws: OwnershipFailure.inclusion(.rootMismatch)) { try invented.verify(under: ledger.policy) }
    }

    @Test("an entry that is no header, or a header that names another place, proves nothing")
    func notAHeader() throws {
        let state = try ledger.state(7, block: 1)
        let misplaced = BlockHeader(
            height: 1,
            previousSize: 5,
            stateRoot: ledger.trees[0].root,
            businessDate: ledger.headers[0].businessDate,
            sealingTime: 0
        )
        let entries = [
            LogEntry.genesis(ledger.header(block: 1)).canonicalBytes,
            LogEntry.transaction(bytes: [1], effectsRoot: ledger.trees[0].root, effectCount: 1).canonicalBytes,
            LogEntry.header(misplaced).canonicalBytes, [],
        ]
        for entry in entries {
            let leafHashes = [ledger.leafHashes[0], MerkleTree.leafHash(entry)]
            let checkpoint = Checkpoint(
                origin: ledger.policy.origin,
                size: 2,
                root: MerkleTree.root(ofLeafHashes: leafHashes)
            )
            let proof = OwnershipProof(
                state: state,
                header: entry,
                inclusion: MerkleTree.inclusionProof(index: 1, leafHashes: leafHashes),
                checkpoint: try ledger.signer.sign(checkpoint).bytes
            )
            #expect(throws: OwnershipFailure.malformed) { try proof.verify(under: ledger.policy) }
        }
    }

    @Test("the checkpoint of another log, or of nobody, proves nothing")
    func foreignCheckpoint() throws {
        let honest = try ledger.proof(7, block: 3)
        let stranger = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 2)
        let checkpoint = try SignedCheckpoint(parsing: honest.checkpoint).checkpoint
        let forged = OwnershipProof(
            state: honest.state,
            header: honest.header,
            inclusion: honest.inclusion,
            checkpoint: try stranger.sign(checkpoint).bytes
        )
        #expect(throws: OwnershipFailure.checkpoint(.noKnownSignature)) { try forged.verify(under: ledger.policy) }
        let empty = OwnershipProof(
            state: honest.state,
            header: honest.header,
            inclusion: honest.inclusion,
            checkpoint: []
        )
        #expect(throws: OwnershipFailure.self) { try empty.verify(under: ledger.policy) }
    }

    @Test("every altered bit is refused")
    func alteredBits() throws {
        let bytes = try ledger.proof(7, block: 3).canonicalBytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var altered = bytes
                altered[index] ^= 1 << bit
                #expect(throws: (any Error).self, "byte \(index), bit \(bit)") {
                    try OwnershipProof(canonicalBytes: altered).verify(under: ledger.policy)
                }
            }
        }
        for count in bytes.indices {
            #expect(throws: DecodingFailure.self) {
                try OwnershipProof(canonicalBytes: Array(bytes.prefix(count)))
            }
        }
    }
}
