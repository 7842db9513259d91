import Tokenize

extension AuditWorld {
    /// Who may know everything.
    private static let supervisors = [Cast.firstJudge, Cast.secondJudge, Cast.carol]
    /// Who has affairs of their own, and no office in the beginning but that of a club.
    private static let holders = [Cast.foreigner, Cast.company, Cast.alice, Cast.bob]

    /// What somebody was told of a transaction.
    struct Told: Sendable {
        /// The member who asked; nil for somebody who has signed nothing.
        let asker: Int?
        /// True if the body was asked about, as if nobody had signed it.
        let isDraft: Bool
        let answer: ExplanationAnswer
    }

    /// What the ledger says of a transaction to somebody who may know everything; nil if nobody of them is answered,
    /// since their keys are being replaced or have been.
    func explanation(of bytes: [UInt8], nonce: UInt64) async throws -> ExplanationAnswer? {
        for supervisor in Self.supervisors {
            if let answer = try await answer(.transaction(bytes), to: supervisor, nonce: nonce) { return answer }
        }
        return nil
    }

    /// What the ledger says of a transaction to two holders, one of whom shows the body alone, and to a stranger.
    func told(of bytes: [UInt8], nonce: UInt64) async throws -> [Told] {
        var told = [Told(asker: nil, isDraft: false, answer: try await ledger.explanation(of: bytes))]
        let (one, other) = (
            Self.holders[Int(nonce % UInt64(Self.holders.count))],
            Self.holders[Int((nonce / 2 + 1) % UInt64(Self.holders.count))]
        )
        if let answer = try await answer(.transaction(bytes), to: one, nonce: nonce) {
            told.append(Told(asker: one, isDraft: false, answer: answer))
        }
        if let body = try? SignedTransaction(bytes: bytes).body,
            let answer = try await answer(.draft(body.canonicalBytes), to: other, nonce: nonce)
        {
            told.append(Told(asker: other, isDraft: true, answer: answer))
        }
        return told
    }

    /// The answer to a member's signed question; nil if the member cannot ask just now, or has asked just that.
    private func answer(
        _ question: ExplanationRequest.Question,
        to asker: Int,
        nonce: UInt64
    ) async throws -> ExplanationAnswer? {
        let member = cast.members[asker]
        let request = ExplanationRequest(
            ledger: ledger.id,
            requester: member.account,
            lastValidHeight: try await ledger.read { $0.clock.height },
            nonce: nonce,
            question: question
        )
        let signatures = try member.signers.map {
            TransactionSignature(key: $0.publicKey.encoded, signature: try $0.sign(request.digest))
        }
        let signed = SignedExplanationRequest(request: request, signatures: signatures)
        do throws(ExplanationError) {
            return try await ledger.explanation(answering: signed.bytes)
        } catch {
            guard case .request(let fault) = error,
                [.badSignature, .thresholdNotReached, .inRecovery, .alreadyAnswered].contains(fault)
            else { throw error }
            return nil
        }
    }
}
