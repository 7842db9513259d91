import Testing

@testable import Tokenize

/// Effect proofs put together by hand, so that every part can be exchanged; no ledger runs here.
@Suite("Effect proofs")
struct EffectProofTests {
    /// A log of some entries, of which one is a transaction with seven effects.
    final class Log {
        static let position = 5
        static let effects = (0..<7).map { [UInt8](repeating: UInt8($0), count: 40) }

        let signer: NoteSigner
        let policy: CheckpointPolicy
        let entries: [[UInt8]]
        let leafHashes: [Digest]

        init() throws {
            signer = try SignedNoteRuleTests.signer("ledger.example/bonds", .ed25519, 1)
            policy = try CheckpointPolicy(origin: signer.verifierKey.name, logKeys: [signer.verifierKey])
            let root = MerkleTree.root(ofLeafHashes: Log.effects.map(MerkleTree.leafHash))
            let date = try #require(CalendarDate(daysSinceEpoch: 20_000))
            entries = (0..<12).map { index in
                let header = BlockHeader(
                    height: UInt64(index),
                    previousSize: UInt64(index),
                    stateRoot: .zero,
                    businessDate: date,
                    sealingTime: 0
                )
                let entry =
                    index == Log.position
                    ? LogEntry.transaction(bytes: [1, 2, 3], effectsRoot: root, effectCount: 7) : .header(header)
                return entry.canonicalBytes
            }
            leafHashes = entries.map(MerkleTree.leafHash)
        }

        func checkpoint(size: Int) throws -> [UInt8] {
            let root = MerkleTree.root(ofLeafHashes: leafHashes[..<size])
            return try signer.sign(Checkpoint(origin: signer.verifierKey.name, size: UInt64(size), root: root)).bytes
        }

        func proof(effect index: Int = 3, position: Int = Log.position, size: Int = 12) throws -> EffectProof {
            EffectProof(
                effect: Log.effects[index],
                effectInclusion: MerkleTree.inclusionProof(
                    index: index,
                    leafHashes: Log.effects.map(MerkleTree.leafHash)
                ),
                entry: entries[position],
                inclusion: MerkleTree.inclusionProof(index: position, leafHashes: Array(leafHashes[..<size])),
                checkpoint: try checkpoint(size: size)
            )
        }
    }

    @Test("every effect of the entry, and the way through bytes", arguments: 0..<7)
    func genuine(_ index: Int) throws {
        let log = try Log()
        let proof = try log.proof(effect: index)
        let read = try EffectProof(canonicalBytes: proof.canonicalBytes)
        #expect(read == proof)
        let verdict = try read.verify(under: log.policy)
        #expect(verdict.effect == Log.effects[index])
        #expect(verdict.effectIndex == UInt64(index))
        #expect(verdict.effectCount == 7)
        #expect(verdict.position == 5)
        #expect(verdict.size == 12)
        #expect(verdict.transaction == [1, 2, 3])
        #expect(verdict.origin == "ledger.example/bonds")
    }

    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: EffectProofFailure
        let forge: @Sendable (Log) throws -> EffectProof

        init(_ name: String, _ expected: EffectProofFailure, _ forge: @escaping @Sendable (Log) throws -> EffectProof) {
            testDescription = name
            self.expected = expected
            self.forge = forge
        }
    }

    static let attacks = [
        Attack("an effect that was not", .effect(.rootMismatch)) { try $0.proof().with(effect: [9, 9, 9]) },
        Attack("another effect's place", .effect(.rootMismatch)) { log in
            try log.proof().with(effect: Log.effects[4])
        },
        Attack("an inner node as an effect", .effect(.rootMismatch)) { log in
            let hashes = Log.effects.map(MerkleTree.leafHash)
            let node = hashes[0].bytes + hashes[1].bytes
            let pairs = [0, 2, 4].map { MerkleTree.nodeHash(hashes[$0], hashes[$0 + 1]) } + [hashes[6]]
            let path = MerkleTree.inclusionProof(index: 0, leafHashes: pairs).path
            return try log.proof().with(
                effect: node,
                effectInclusion: LogInclusionProof(index: 0, size: 7, path: [hashes[1]] + path)
            )
        },
        Attack("a smaller number of effects", .wrongSize) { log in
            let inclusion = try log.proof().effectInclusion
            return try log.proof().with(
                effectInclusion: LogInclusionProof(index: inclusion.index, size: 4, path: inclusion.path)
            )
        },
        Attack("a place beyond the effects", .effect(.indexOutOfRange)) { log in
            let inclusion = try log.proof().effectInclusion
            return try log.proof().with(
                effectInclusion: LogInclusionProof(index: 7, size: 7, path: inclusion.path)
            )
        },
        Attack("an older checkpoint", .wrongSize) { log in
            try log.proof().with(checkpoint: try log.checkpoint(size: 11))
        },
        Attack("an entry that is not in the log", .inclusion(.rootMismatch)) { log in
            let root = MerkleTree.leafHash([9, 9, 9])
            let entry = LogEntry.transaction(bytes: [1, 2, 3], effectsRoot: root, effectCount: 1).canonicalBytes
            return try log.proof().with(
                effect: [9, 9, 9],
                effectInclusion: LogInclusionProof(index: 0, size: 1, path: []),
                entry: entry
            )
        },
        Attack("an entry that is no transaction", .malformed) { try $0.proof(position: 6) },
        Attack("no checkpoint", .checkpoint(.notText)) { try $0.proof().with(checkpoint: [1, 2, 3]) },
        Attack("a checkpoint of another log", .checkpoint(.originMismatch)) { log in
            let other = try SignedNoteRuleTests.signer("ledger.example/land", .ed25519, 2)
            let root = MerkleTree.root(ofLeafHashes: log.leafHashes)
            let forged = try other.sign(Checkpoint(origin: other.verifierKey.name, size: 12, root: root))
            return try log.proof().with(checkpoint: forged.bytes)
        },
    ]

    @Test("a forged proof is refused, and the refusal says why", arguments: attacks)
    func forged(_ attack: Attack) throws {
        let log = try Log()
        let proof = try attack.forge(log)
        #expect(throws: attack.expected) { try proof.verify(under: log.policy) }
    }

    @Test("no changed byte says anything else")
    func changedBytes() throws {
        let log = try Log()
        let bytes = try log.proof().canonicalBytes
        let verdict = try log.proof().verify(under: log.policy)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            guard let proof = try? EffectProof(canonicalBytes: changed) else { continue }
            if let other = try? proof.verify(under: log.policy) { #expect(other == verdict, "byte \(index)") }
        }
        for count in 0..<bytes.count {
            #expect(throws: DecodingFailure.self) { try EffectProof(canonicalBytes: Array(bytes[..<count])) }
        }
    }
}

extension EffectProof {
    /// The proof with some parts exchanged.
    func with(
        effect: [UInt8]? = nil,
        effectInclusion: LogInclusionProof? = nil,
        entry: [UInt8]? = nil,
        checkpoint: [UInt8]? = nil
    ) -> EffectProof {
        EffectProof(
            effect: effect ?? self.effect,
            effectInclusion: effectInclusion ?? self.effectInclusion,
            entry: entry ?? self.entry,
            inclusion: inclusion,
            checkpoint: checkpoint ?? self.checkpoint
        )
    }
}
