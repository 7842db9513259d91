import Testing

@testable import Tokenize

@Suite("Signed questions")
struct ExplanationRequestTests {
    private func request(
        _ scene: ExplanationScene,
        by requester: AccountID? = nil,
        ledger: LedgerID? = nil,
        validFor heights: UInt64 = 10,
        nonce: UInt64 = 1
    ) async throws -> ExplanationRequest {
        let signed = try await scene.signed([scene.transfer(5_000, to: scene.bob)])
        return ExplanationRequest(
            ledger: ledger ?? scene.ledger.id,
            requester: requester ?? scene.alice.account,
            lastValidHeight: try await scene.ledger.read { $0.clock.height } + heights,
            nonce: nonce,
            question: .transaction(signed.bytes)
        )
    }

    private func sign(_ request: ExplanationRequest, _ keys: [Int]) throws -> SignedExplanationRequest {
        SignedExplanationRequest(
            request: request,
            signatures: try keys.map {
                let signer = try Fixture.signer($0)
                return TransactionSignature(key: signer.publicKey.encoded, signature: try signer.sign(request.digest))
            }
        )
    }

    private func fault(_ scene: ExplanationScene, _ bytes: [UInt8]) async throws -> ExplanationError.Fault? {
        do {
            _ = try await scene.ledger.explanation(answering: bytes)
            return nil
        } catch ExplanationError.request(let fault) {
            return fault
        }
    }

    @Test("a question with the requester's signature is answered, once")
    func answeredOnce() async throws {
        let scene = try await ExplanationScene()
        let question = try sign(try await request(scene), [ExplanationScene.aliceKey])
        let answer = try await scene.ledger.explanation(answering: question.bytes)
        #expect(answer.explanation.finding(.insufficientUnits)?.remedy == .amountThatFits(1_000))
        #expect(try await fault(scene, question.bytes) == .alreadyAnswered)
        let next = try sign(try await request(scene, nonce: 2), [ExplanationScene.aliceKey])
        #expect(try await fault(scene, next.bytes) == nil)
    }

    @Test("a forged question is refused: another's key, a stolen signature, an altered question")
    func forged() async throws {
        let scene = try await ExplanationScene()
        let genuine = try await request(scene)
        #expect(try await fault(scene, try sign(genuine, [ExplanationScene.bobKey]).bytes) == .badSignature)
        #expect(try await fault(scene, try sign(genuine, [99]).bytes) == .badSignature)
        let signed = try sign(genuine, [ExplanationScene.aliceKey])
        let other = SignedExplanationRequest(
            request: try await request(scene, nonce: 7),
            signatures: signed.signatures
        )
        #expect(try await fault(scene, other.bytes) == .badSignature)
        // Her signature under a transaction is none under a question.
        let transaction = try await scene.signed([scene.transfer(5_000, to: scene.bob)])
        let reused = SignedExplanationRequest(request: genuine, signatures: transaction.signatures)
        #expect(try await fault(scene, reused.bytes) == .badSignature)
        guard case .malformed? = try await fault(scene, signed.bytes.dropLast()) else {
            Issue.record("a question that is cut short is answered")
            return
        }
    }

    @Test("a question is bound to its ledger and to a height")
    func bounds() async throws {
        let scene = try await ExplanationScene()
        let key = [ExplanationScene.aliceKey]
        let elsewhere = try await request(scene, ledger: LedgerID(digest: Fixture.digest(77)))
        #expect(try await fault(scene, try sign(elsewhere, key).bytes) == .wrongLedger)
        let long = try await request(scene, validFor: EngineLimits.questionHeightMax + 1)
        #expect(try await fault(scene, try sign(long, key).bytes) == .validityTooFar)
        let longest = try await request(scene, validFor: EngineLimits.questionHeightMax)
        #expect(try await fault(scene, try sign(longest, key).bytes) == nil)
        let short = try sign(try await request(scene, validFor: 0, nonce: 3), key)
        try await scene.fixture.ministry.cancelNext()
        try await scene.ledger.seal()
        #expect(try await fault(scene, short.bytes) == .expired)
        let nobody = try await request(scene, by: AccountID(digest: Fixture.digest(78)))
        #expect(try await fault(scene, try sign(nobody, key).bytes) == .unknownRequester)
    }

    @Test("all that the policy asks for must sign")
    func threshold() async throws {
        let scene = try await ExplanationScene()
        let keys = try [50, 51].map { KeyPolicy.WeightedKey(key: try Fixture.signer($0).publicKey.encoded) }
        try await scene.alice.rotateKeys(to: try KeyPolicy(threshold: 2, keys: keys))
        let asked = try await request(scene)
        #expect(try await fault(scene, try sign(asked, [50]).bytes) == .thresholdNotReached)
        #expect(try await fault(scene, try sign(asked, [50, 51, ExplanationScene.aliceKey]).bytes) == .badSignature)
        #expect(try await fault(scene, try sign(asked, [50, 51]).bytes) == nil)
    }

    @Test("keys that are being replaced ask nothing")
    func recovery() async throws {
        let scene = try await ExplanationScene()
        let filing = RecoveryFiling(
            account: scene.alice.account,
            policy: KeyPolicy(try Fixture.signer(60).publicKey),
            with: AuthorityReference(.court)
        )
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        _ = try await scene.fixture.ministry.submit([Operation(act)], with: scene.fixture.judges)
        let asked = try sign(try await request(scene), [ExplanationScene.aliceKey])
        #expect(try await fault(scene, asked.bytes) == .inRecovery)
    }

    @Test("answered questions are remembered until they are no longer valid, and no more than there is room for")
    func memory() {
        var answered = AnsweredQuestions()
        let share = EngineLimits.answeredQuestionCountMaxOfAccount
        for number in 0..<EngineLimits.answeredQuestionCountMax {
            let digest = MerkleTree.leafHash(bigEndianBytes(UInt64(number)))
            let account = AccountIndex(UInt32(number / share))
            #expect(answered.note(digest, of: account, lastValidHeight: number == 0 ? 5 : 9, at: 5) == nil)
        }
        let other = AccountIndex(UInt32(EngineLimits.answeredQuestionCountMax))
        #expect(answered.note(.zero, of: other, lastValidHeight: 9, at: 5) == .tooManyQuestions)
        #expect(answered.note(.zero, of: other, lastValidHeight: 9, at: 6) == nil)
        #expect(answered.note(.zero, of: other, lastValidHeight: 9, at: 6) == .alreadyAnswered)
    }

    @Test("an account that asks without end takes its own room and nobody else's")
    func ownRoom() {
        var answered = AnsweredQuestions()
        let (eager, other) = (AccountIndex(UInt32(1)), AccountIndex(UInt32(2)))
        for number in 0..<EngineLimits.answeredQuestionCountMaxOfAccount {
            let digest = MerkleTree.leafHash(bigEndianBytes(UInt64(number)))
            #expect(answered.note(digest, of: eager, lastValidHeight: number == 0 ? 5 : 9, at: 5) == nil)
        }
        #expect(answered.note(.zero, of: eager, lastValidHeight: 9, at: 5) == .tooManyQuestions)
        #expect(answered.note(.zero, of: other, lastValidHeight: 9, at: 5) == nil)
        // One of its questions is no longer valid.
        #expect(answered.note(.zero, of: eager, lastValidHeight: 9, at: 6) == nil)
        #expect(answered.note(.zero, of: eager, lastValidHeight: 9, at: 6) == .alreadyAnswered)
    }
}
