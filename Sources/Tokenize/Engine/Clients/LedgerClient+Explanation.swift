extension LedgerClient {
    /// Asks why a transaction is refused, or whether it would be, in this account's name.
    ///
    /// - Parameters:
    ///   - transaction: a signed transaction, of this account or any other.
    ///   - isSigning: true if a refusal is wanted under the ledger's signature.
    public nonisolated func explanation(
        of transaction: SignedTransaction,
        isSigning: Bool = false
    ) async throws(ExplanationError) -> ExplanationAnswer {
        try await ask(.transaction(transaction.bytes), isSigning: isSigning)
    }

    /// As above, of received bytes that may be no transaction.
    public nonisolated func explanation(
        ofBytes bytes: [UInt8],
        isSigning: Bool = false
    ) async throws(ExplanationError) -> ExplanationAnswer {
        try await ask(.transaction(bytes), isSigning: isSigning)
    }

    /// Asks what would become of a body if all its principals signed it, in this account's name.
    public nonisolated func explanation(
        ofDraft body: TransactionBody,
        isSigning: Bool = false
    ) async throws(ExplanationError) -> ExplanationAnswer {
        try await ask(.draft(body.canonicalBytes), isSigning: isSigning)
    }

    private nonisolated func ask(
        _ question: ExplanationRequest.Question,
        isSigning: Bool
    ) async throws(ExplanationError) -> ExplanationAnswer {
        let height: UInt64
        do {
            height = try await ledger.read { $0.clock.height }
        } catch {
            throw .failed(error)
        }
        let request = ExplanationRequest(
            ledger: ledger.id,
            requester: account,
            lastValidHeight: height + EngineLimits.questionHeightMax,
            // Nothing depends on it but that no two questions are the same.
            nonce: UInt64.random(in: 0 ... .max),
            question: question
        )
        return try await ledger.explanation(answering: try await sign(request).bytes, isSigning: isSigning)
    }

    /// A question with the signatures of this client's signers.
    nonisolated func sign(_ request: ExplanationRequest) async throws(ExplanationError) -> SignedExplanationRequest {
        let digest = request.digest
        var signatures: [TransactionSignature] = []
        for signer in signers where !signatures.contains(where: { $0.key == signer.publicKey.encoded }) {
            do {
                let signature = try await signer.sign(digest)
                signatures.append(TransactionSignature(key: signer.publicKey.encoded, signature: signature))
            } catch {
                throw .signing(error)
            }
        }
        return SignedExplanationRequest(request: request, signatures: signatures)
    }
}
