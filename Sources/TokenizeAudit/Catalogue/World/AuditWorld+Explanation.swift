import Tokenize

extension AuditWorld {
    /// What the ledger says of a transaction to somebody who may know everything; nil if nobody of them is answered,
    /// since their keys are being replaced or have been.
    func explanation(of bytes: [UInt8], nonce: UInt64) async throws -> ExplanationAnswer? {
        let height = try await ledger.read { $0.clock.height }
        for supervisor in [Cast.firstJudge, Cast.secondJudge, Cast.carol] {
            let member = cast.members[supervisor]
            let request = ExplanationRequest(
                ledger: ledger.id,
                requester: member.account,
                lastValidHeight: height,
                nonce: nonce,
                question: .transaction(bytes)
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
            }
        }
        return nil
    }
}
