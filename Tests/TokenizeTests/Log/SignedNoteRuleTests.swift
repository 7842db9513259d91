import Testing

@testable import Tokenize

/// The rules of C2SP signed-note, tlog-checkpoint and tlog-cosignature, each with a note that breaks it.
@Suite("Signed note rules")
struct SignedNoteRuleTests {
    static let origin = "ledger.example/bonds"
    let policy: CheckpointPolicy
    let signed: SignedCheckpoint
    let witnesses: [NoteVerifierKey]

    init() throws {
        let log = try Self.signer(Self.origin, .ed25519, 1)
        let first = try Self.signer("witness.example/1", .cosignatureV1, 2)
        let second = try Self.signer("witness.example/2", .cosignatureV1, 3)
        witnesses = [first.verifierKey, second.verifierKey]
        policy = try CheckpointPolicy(
            origin: log.verifierKey.name,
            logKeys: [log.verifierKey],
            witnessKeys: witnesses,
            witnessQuorum: 2
        )
        let checkpoint = Checkpoint(origin: log.verifierKey.name, size: 7, root: MerkleTree.leafHash([7]))
        signed = try second.cosign(first.cosign(log.sign(checkpoint), time: 100), time: 200)
    }

    static func signer(
        _ name: String,
        _ algorithm: NoteVerifierKey.Algorithm,
        _ seed: UInt8
    ) throws -> NoteSigner {
        let name = try #require(NoteName(name))
        return try NoteSigner(name: name, algorithm: algorithm, seed: [UInt8](repeating: seed, count: 32))
    }

    @Test("verifies, and reads back what it writes")
    func roundTrip() throws {
        #expect(try SignedCheckpoint(parsing: signed.bytes) == signed)
        let verified = try signed.verify(under: policy)
        #expect(verified.cosignatures.map(\.time) == [100, 200])
    }

    @Test("every altered bit of the signed text or of a signature is refused")
    func alteredBits() {
        let bytes = signed.bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var altered = bytes
                altered[index] ^= 1 << bit
                #expect(throws: NoteFailure.self, "byte \(index), bit \(bit)") {
                    try SignedCheckpoint(parsing: altered).verify(under: policy)
                }
            }
        }
    }

    @Test("every truncation is refused")
    func truncations() {
        for count in 0..<signed.bytes.count {
            #expect(throws: NoteFailure.self) {
                try SignedCheckpoint(parsing: Array(signed.bytes.prefix(count))).verify(under: policy)
            }
        }
    }

    @Test("signatures of unknown keys are ignored")
    func unknownKeys() throws {
        let stranger = try Self.signer("witness.example/stranger", .cosignatureV1, 9)
        let more = try stranger.cosign(signed, time: 300)
        #expect(try more.verify(under: policy).cosignatures.count == 2)
        // The same name with another key is another key.
        let impostor = try Self.signer("witness.example/1", .cosignatureV1, 9)
        #expect(try impostor.cosign(signed, time: 300).verify(under: policy).cosignatures.count == 2)
    }

    @Test("a log key that signs as a witness, or a witness key as a log, counts for nothing")
    func confusedPurposes() throws {
        // The log's secret, used with the cosignature algorithm, has another key id.
        let log = try Self.signer(Self.origin, .ed25519, 1)
        let same = try Self.signer(Self.origin, .cosignatureV1, 1)
        #expect(log.verifierKey.keyID != same.verifierKey.keyID)
        let checkpoint = Checkpoint(origin: log.verifierKey.name, size: 7, root: .zero)
        #expect(throws: NoteFailure.unsuitableAlgorithm(4)) { _ = try same.sign(checkpoint) }
        #expect(throws: NoteFailure.unsuitableAlgorithm(1)) { _ = try log.cosign(signed, time: 1) }
        #expect(throws: NoteFailure.unsuitableAlgorithm(4)) {
            try CheckpointPolicy(origin: log.verifierKey.name, logKeys: [same.verifierKey])
        }
        #expect(throws: NoteFailure.unsuitableAlgorithm(1)) {
            try CheckpointPolicy(
                origin: log.verifierKey.name,
                logKeys: [log.verifierKey],
                witnessKeys: [log.verifierKey],
                witnessQuorum: 0
            )
        }
    }

    @Test("a witness counts once, and too few are refused")
    func quorum() throws {
        let log = try Self.signer(Self.origin, .ed25519, 1)
        let first = try Self.signer("witness.example/1", .cosignatureV1, 2)
        let bare = try log.sign(Checkpoint(origin: log.verifierKey.name, size: 7, root: .zero))
        #expect(throws: NoteFailure.tooFewCosignatures(found: 0, required: 2)) { try bare.verify(under: policy) }
        let twice = try first.cosign(first.cosign(bare, time: 1), time: 2)
        #expect(throws: NoteFailure.tooFewCosignatures(found: 1, required: 2)) { try twice.verify(under: policy) }
        let lenient = try CheckpointPolicy(
            origin: policy.origin,
            logKeys: policy.logKeys,
            witnessKeys: policy.witnessKeys,
            witnessQuorum: 1
        )
        #expect(try twice.verify(under: lenient).cosignatures.map(\.time) == [2])
    }

    @Test("a checkpoint without its log's signature, or of another log, is refused")
    func withoutLog() throws {
        let note = try SignedNote(text: signed.note.text, signatures: Array(signed.note.signatures.dropFirst()))
        #expect(throws: NoteFailure.noKnownSignature) { try SignedCheckpoint(note).verify(under: policy) }
        let other = try Self.signer("ledger.example/land", .ed25519, 1)
        let foreign = try other.sign(Checkpoint(origin: other.verifierKey.name, size: 7, root: .zero))
        #expect(throws: NoteFailure.originMismatch) { try foreign.verify(under: policy) }
        #expect(throws: NoteFailure.originMismatch) {
            _ = try other.sign(Checkpoint(origin: policy.origin, size: 7, root: .zero))
        }
    }

    @Test("policies that name a key twice or demand too much are refused")
    func policies() throws {
        let log = try #require(policy.logKeys.first)
        #expect(throws: NoteFailure.malformedPolicy) {
            try CheckpointPolicy(origin: policy.origin, logKeys: [log, log])
        }
        #expect(throws: NoteFailure.malformedPolicy) { try CheckpointPolicy(origin: policy.origin, logKeys: []) }
        #expect(throws: NoteFailure.malformedPolicy) {
            try CheckpointPolicy(
                origin: policy.origin,
                logKeys: [log],
                witnessKeys: witnesses,
                witnessQuorum: 3
            )
        }
        let renamed = try NoteVerifierKey(
            name: try #require(NoteName("witness.example/3")),
            algorithm: .cosignatureV1,
            publicKey: witnesses[0].publicKey
        )
        #expect(throws: NoteFailure.malformedPolicy) {
            try CheckpointPolicy(
                origin: policy.origin,
                logKeys: [log],
                witnessKeys: witnesses + [renamed],
                witnessQuorum: 1
            )
        }
    }

    /// Points of order 1, 2, 4 and 8 with either sign, and a y that is not below the prime, least significant byte first.
    static let weakKeys: [[UInt8]] = [
        [1] + [UInt8](repeating: 0, count: 31), [1] + [UInt8](repeating: 0, count: 30) + [0x80],
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F], [UInt8](repeating: 0, count: 32),
        [UInt8](hexadecimal: "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85") ?? [],
        [UInt8](hexadecimal: "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a") ?? [],
        [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F], [UInt8](repeating: 0xFF, count: 32),
    ]

    @Test("a key under which anybody can sign is no verifier key", arguments: weakKeys)
    func weakKey(_ publicKey: [UInt8]) throws {
        #expect(publicKey.count == 32)
        let name = try #require(NoteName("log.example"))
        #expect(throws: NoteFailure.malformedKey) {
            try NoteVerifierKey(name: name, algorithm: .ed25519, publicKey: publicKey)
        }
        var sound = witnesses[0].publicKey
        #expect(try NoteVerifierKey(name: name, algorithm: .ed25519, publicKey: sound).publicKey == sound)
        sound[0] ^= 1
        // Perhaps no point: it verifies nothing, and need not be refused.
        #expect(try NoteVerifierKey(name: name, algorithm: .ed25519, publicKey: sound).publicKey == sound)
    }

    static let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

    @Test(
        "texts that are no checkpoint",
        arguments: [
            "", "\n", "a\n1\n", "a\n1\n\(root)", "a\n01\n\(root)\n", "a\n-1\n\(root)\n", "a\n+1\n\(root)\n",
            "a\n\n\(root)\n", "a\n18446744073709551616\n\(root)\n", "\n1\n\(root)\n", "a b\n1\n\(root)\n",
            "a+b\n1\n\(root)\n", "a\n1\n\(root.dropLast())\n", "a\n1\nAAAA\n",
            // The last digit before the padding has bits beyond the last byte.
            "a\n1\n\(root.dropLast(2))B=\n", "a\n1\n\(root)\n\n", "a\n1\n\(root)\n\nx\n", "a\n1\n\(root)\n\u{7}\n",
            "a\r\n1\r\n\(root)\r\n",
        ]
    )
    func malformedCheckpoints(_ text: String) {
        #expect(throws: NoteFailure.malformedCheckpoint) { try Checkpoint(parsing: Array(text.utf8)) }
    }

    @Test("checkpoints with the least and the greatest size, and with extension lines")
    func wellFormedCheckpoints() throws {
        for text in ["a\n0\n\(Self.root)\n", "a\n18446744073709551615\n\(Self.root)\n", "a\n1\n\(Self.root)\nx y\nz\n"]
        {
            #expect(try Checkpoint(parsing: Array(text.utf8)).text == Array(text.utf8))
        }
    }

    @Test(
        "notes of a wrong form",
        arguments: [
            "text\n\n", "text\n", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n—a AAAAAAA=\n",
            "text\n\n— a  AAAAAAA=\n", "text\n\n— a AAAAAAA\n", "text\n\n— a AAAAAAB=\n", "text\n\n— a AAAA\n",
            "text\n\n— a AAAAAA==\n", "text\n\n— a+b AAAAAAA=\n", "text\n\n—  AAAAAAA=\n", "text\n\n— a AAAAAAA= \n",
            "text\n\n— a\u{A0}b AAAAAAA=\n", "text\n\n— a AAAAAAA=\n\n", "te\txt\n\n— a AAAAAAA=\n",
            "text\r\n\n— a AAAAAAA=\n",
        ]
    )
    func malformedNotes(_ text: String) {
        #expect(throws: NoteFailure.self) { try SignedNote(parsing: Array(text.utf8)) }
    }

    @Test("a note may hold empty lines, and 16 signatures")
    func wellFormedNotes() throws {
        let lines = (0..<16).map { "— witness\($0).example/å AAAAAAA=\n" }.joined()
        let text = "one\n\ntwo\n\n\(lines)"
        let note = try SignedNote(parsing: Array(text.utf8))
        #expect(note.text == Array("one\n\ntwo\n".utf8))
        #expect(note.signatures.count == 16)
        #expect(note.bytes == Array(text.utf8))
        #expect(throws: NoteFailure.self) {
            try SignedNote(parsing: Array("a\n\n".utf8) + Array(String(repeating: lines, count: 5).utf8))
        }
        #expect(throws: NoteFailure.notText) { try SignedNote(parsing: [0xFF] + Array(text.utf8)) }
    }

    @Test("verifier keys of a wrong form")
    func malformedKeys() throws {
        let text = witnesses[0].text
        #expect(try NoteVerifierKey(text: text) == witnesses[0])
        let parts = text.split(separator: "+", maxSplits: 2).map(String.init)
        let wrong = [
            "", parts[0], parts[0] + "+" + parts[1], "x" + text, parts[0] + "+00000000+" + parts[2],
            parts[0] + "+" + parts[1].uppercased() + "+" + parts[2], text + "=", String(text.dropLast(4)),
        ]
        for text in wrong {
            #expect(throws: NoteFailure.self, "\(text)") { try NoteVerifierKey(text: text) }
        }
        #expect(throws: NoteFailure.unsuitableAlgorithm(2)) { try NoteVerifierKey(text: "a+00000000+AgAA") }
    }
}
