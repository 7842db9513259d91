import Testing

@testable import Tokenize

@Suite("Refusals under the ledger's signature")
struct RefusalNoteTests {
    private struct Refused {
        let scene: ExplanationScene
        let transaction: SignedTransaction
        let answer: ExplanationAnswer
        let bytes: [UInt8]
        let key: NoteVerifierKey

        init() async throws {
            scene = try await ExplanationScene()
            transaction = try await scene.signed([
                scene.transfer(1, to: scene.bob), scene.transfer(5_000, to: scene.bob),
            ])
            answer = try await scene.alice.explanation(of: transaction, isSigning: true)
            bytes = try #require(answer.refusal).bytes
            key = try SoftwareCheckpointSigner(
                ledger: scene.fixture.genesis.ledger,
                name: scene.fixture.genesis.name,
                seed: Fixture.logSeed
            ).verifierKey
        }
    }

    @Test("it is read and checked with the log's key alone, and binds the explanation")
    func verified() async throws {
        let refused = try await Refused()
        let note = try RefusalNote.verify(refused.bytes, under: [refused.key], origin: refused.key.name)
        #expect(note.transaction == refused.transaction.id)
        #expect(note.lines == [.init(operation: 1, ruleID: "TRF-005")])
        #expect(note.size == refused.answer.size)
        #expect(note.businessDate == Fixture.firstDate)
        #expect(note.explanation == refused.answer.explanation.digest)
        // What a stranger was told is another explanation.
        let stranger = try await refused.scene.ledger.explanation(of: refused.transaction.bytes).explanation
        #expect(stranger.digest != note.explanation)
    }

    @Test("with any byte changed it is refused")
    func tampered() async throws {
        let refused = try await Refused()
        for index in refused.bytes.indices {
            var bytes = refused.bytes
            bytes[index] ^= 1
            #expect(throws: NoteFailure.self, "byte \(index)") {
                try RefusalNote.verify(bytes, under: [refused.key], origin: refused.key.name)
            }
        }
    }

    @Test("a refusal is no checkpoint, a checkpoint no refusal, and another key's is nobody's")
    func confused() async throws {
        let refused = try await Refused()
        let policy = try CheckpointPolicy(origin: refused.key.name, logKeys: [refused.key])
        #expect(throws: NoteFailure.malformedCheckpoint) {
            try SignedCheckpoint(SignedNote(parsing: refused.bytes)).verify(under: policy)
        }
        let checkpoint = try await refused.scene.ledger.checkpoint().bytes
        #expect(throws: NoteFailure.malformedRefusal) {
            try RefusalNote.verify(checkpoint, under: [refused.key], origin: refused.key.name)
        }
        let other = try SoftwareCheckpointSigner(
            ledger: refused.scene.fixture.genesis.ledger,
            name: refused.scene.fixture.genesis.name,
            seed: Fixture.logSeed.map { $0 ^ 1 }
        ).verifierKey
        #expect(throws: NoteFailure.noKnownSignature) {
            try RefusalNote.verify(refused.bytes, under: [other], origin: refused.key.name)
        }
        let elsewhere = try #require(NoteName("elsewhere"))
        #expect(throws: NoteFailure.originMismatch) {
            try RefusalNote.verify(refused.bytes, under: [refused.key], origin: elsewhere)
        }
    }

    @Test("what passes has no refusal, and a ledger without a signer signs none")
    func absent() async throws {
        let scene = try await ExplanationScene()
        let fine = try await scene.signed([scene.transfer(1, to: scene.bob)])
        #expect(try await scene.alice.explanation(of: fine, isSigning: true).refusal == nil)
        try await scene.ledger.use(checkpointSigner: nil)
        await #expect(throws: ExplanationError.request(.noRefusalSigner)) {
            _ = try await scene.alice.explanation(of: fine, isSigning: true)
        }
    }

    @Test("the explanation's bytes are as the schema says")
    func schema() async throws {
        let refused = try await Refused()
        let schema = try SchemaConformanceTests.schema.get()
        for explanation in [
            refused.answer.explanation,
            try await refused.scene.ledger.explanation(of: refused.transaction.bytes).explanation,
            try await refused.scene.ledger.explanation(of: [1, 2, 3]).explanation,
        ] {
            let value = try CanonicalValue(decoding: explanation.encodedBytes)
            #expect(schema.matches(value, rule: "explanation"), "\(value)")
        }
    }
}
