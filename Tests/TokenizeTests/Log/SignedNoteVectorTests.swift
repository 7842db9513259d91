import Foundation
import Testing

@testable import Tokenize

/// Notes, checkpoints, cosignatures and proof files that other tools wrote or checked.
@Suite("Signed notes of other tools", .enabled(if: LogConformance.exists("log/tlog"), "no outside test data"))
struct SignedNoteVectorTests {
    struct Keys: Decodable {
        let origin: String
        let logSeedText: String
        let witnessSeedText: String
        let vkey: String
        let witnessVkey: String
        let time: UInt64

        enum CodingKeys: String, CodingKey {
            case origin, vkey, time
            case logSeedText = "log_seed_sha256_of"
            case witnessSeedText = "witness_seed_sha256_of"
            case witnessVkey = "witness_vkey"
        }
    }

    struct Example: Decodable {
        let vkey: String
        let note: String
    }

    @Test("the example of the signed-note specification verifies")
    func example() throws {
        let example = try LogConformance.decode(Example.self, "log/tlog/signed_note_example.json")
        let key = try NoteVerifierKey(text: example.vkey)
        #expect(key.text == example.vkey)
        let note = try SignedNote(parsing: Array(example.note.utf8))
        #expect(try note.verifiedSignatures(by: [key]).map(\.key) == [key])
        #expect(note.bytes == Array(example.note.utf8))
    }

    @Test("checkpoint, signature and cosignature are made byte by byte")
    func checkpoint() throws {
        let keys = try LogConformance.decode(Keys.self, "log/tlog/keys.json")
        let origin = try #require(NoteName(keys.origin))
        let logSigner = try NoteSigner(
            name: origin,
            algorithm: .ed25519,
            seed: Hashing.sha256(Array(keys.logSeedText.utf8)).bytes
        )
        #expect(logSigner.verifierKey.text == keys.vkey)
        let witnessKey = try NoteVerifierKey(text: keys.witnessVkey)
        let witness = try NoteSigner(
            name: witnessKey.name,
            algorithm: .cosignatureV1,
            seed: Hashing.sha256(Array(keys.witnessSeedText.utf8)).bytes
        )
        #expect(witness.verifierKey == witnessKey)
        let root = TiledLogTests.log.builder.root
        let signed = try logSigner.sign(Checkpoint(origin: origin, size: 70_000, root: root))
        let cosigned = try witness.cosign(signed, time: keys.time)
        let expected = try LogConformance.bytes("log/tlog/checkpoint_70000.txt")
        #expect(cosigned.bytes == expected)

        let policy = try CheckpointPolicy(
            origin: origin,
            logKeys: [NoteVerifierKey(text: keys.vkey)],
            witnessKeys: [witnessKey],
            witnessQuorum: 1
        )
        let verified = try SignedCheckpoint(parsing: expected).verify(under: policy)
        #expect(verified.checkpoint == Checkpoint(origin: origin, size: 70_000, root: root))
        #expect(verified.cosignatures == [Cosignature(witness: witnessKey.name, time: keys.time)])
    }

    @Test("proof file is made byte by byte and verifies")
    func proofFile() async throws {
        let keys = try LogConformance.decode(Keys.self, "log/tlog/keys.json")
        let expected = try LogConformance.bytes("log/tlog/leaf12345.tlog-proof")
        let checkpoint = try SignedCheckpoint(parsing: LogConformance.bytes("log/tlog/checkpoint_70000.txt"))
        let path = try await TiledLogTests.log.reader.inclusionProof(index: 12_345, size: 70_000).path
        let made = try TransparencyProof(index: 12_345, path: path, checkpoint: checkpoint)
        #expect(made.bytes == expected)

        let policy = try CheckpointPolicy(
            origin: try #require(NoteName(keys.origin)),
            logKeys: [NoteVerifierKey(text: keys.vkey)],
            witnessKeys: [NoteVerifierKey(text: keys.witnessVkey)],
            witnessQuorum: 1
        )
        let proof = try TransparencyProof(parsing: expected)
        #expect(proof == made)
        #expect(try proof.verify(entry: SampleLog.entry(12_345), under: policy).checkpoint.size == 70_000)
        #expect(throws: NoteFailure.notIncluded(.rootMismatch)) {
            try proof.verify(entry: SampleLog.entry(12_346), under: policy)
        }
    }
}
