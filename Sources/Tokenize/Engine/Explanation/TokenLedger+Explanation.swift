extension TokenLedger {
    /// Says which rules refuse a transaction, to whoever asks: no facts, and of operations whose principals have not
    /// signed nothing at all. Nothing is committed.
    ///
    /// - Parameter transaction: the signed transaction's bytes.
    public nonisolated func explanation(
        of transaction: [UInt8]
    ) async throws(ExplanationError) -> ExplanationAnswer {
        try await answer(.transaction(transaction), to: nil, isSigning: false)
    }

    /// As ``explanation(of:)``, of the bytes of a body that nobody has signed: a stranger is told what refuses it as a
    /// whole, and of its operations nothing.
    public nonisolated func explanation(
        ofDraft body: [UInt8]
    ) async throws(ExplanationError) -> ExplanationAnswer {
        try await answer(.draft(body), to: nil, isSigning: false)
    }

    /// Answers a signed question: the requester's own affairs, or those of assets that it has authority over, with
    /// facts and remedies. Nothing is committed.
    ///
    /// - Parameters:
    ///   - request: the bytes of a ``SignedExplanationRequest``. It is answered once.
    ///   - isSigning: true if a refusal is wanted under the ledger's signature.
    public nonisolated func explanation(
        answering request: [UInt8],
        isSigning: Bool = false
    ) async throws(ExplanationError) -> ExplanationAnswer {
        let signed: SignedExplanationRequest
        do {
            signed = try SignedExplanationRequest(bytes: request)
        } catch {
            throw .request(.malformed(error))
        }
        // The curve before the ledger's actor: whoever asks much must not hold up those who submit.
        let areValid = signed.signatures.allSatisfy { entry in
            (try? ParsedPublicKey(entry.key)).map {
                SignatureVerifier.verify(entry.signature, digest: signed.digest, key: $0)
            } ?? false
        }
        guard areValid else { throw .request(.badSignature) }
        return try await answer(signed.request.question, to: signed, isSigning: isSigning)
    }

    private nonisolated func answer(
        _ question: ExplanationRequest.Question,
        to request: SignedExplanationRequest?,
        isSigning: Bool
    ) async throws(ExplanationError) -> ExplanationAnswer {
        let prepared = PreparedQuestion(question, directory)
        let answer = try await explain(prepared, to: request, isSigning: isSigning)
        guard let id = answer.explanation.transaction,
            answer.explanation.findings.contains(where: { $0.code.mayBeDuplicate })
        else { return answer }
        do {
            guard let receipt = try await firstReceipt(of: id) else { return answer }
            return ExplanationAnswer(
                explanation: answer.explanation,
                size: answer.size,
                committed: receipt,
                refusal: nil
            )
        } catch {
            throw .failed(error)
        }
    }

    private func explain(
        _ question: PreparedQuestion,
        to request: SignedExplanationRequest?,
        isSigning: Bool
    ) async throws(ExplanationError) -> ExplanationAnswer {
        if let failure { throw .failed(failure) }
        guard !isClosed else { throw .failed(.storeClosed) }
        if let request, let fault = admit(request) { throw .request(fault) }
        let size = writer.size
        let explanation = question.explanation(to: request?.request.requester, on: writer.state)
        let refusal = isSigning ? explanation.refusalNote(origin: checkpointSigner?.verifierKey.name, size: size) : nil
        let signer = checkpointSigner as? any RefusalSigner
        do {
            try requireLogKey(of: signer)
            try await waitUntilDurable(size)
        } catch {
            throw .failed(error)
        }
        return ExplanationAnswer(
            explanation: explanation,
            size: size,
            committed: nil,
            refusal: try await sign(refusal, by: signer, isSigning: isSigning)
        )
    }

    /// Checks a question whose signatures are valid against the requester's policy as it stands, and takes note of it.
    private func admit(_ signed: SignedExplanationRequest) -> ExplanationError.Fault? {
        let (request, state) = (signed.request, writer.state)
        guard request.ledger == id else { return .wrongLedger }
        let height = state.clock.height
        guard request.lastValidHeight >= height else { return .expired }
        guard request.lastValidHeight - height <= EngineLimits.questionHeightMax else { return .validityTooFar }
        guard let account = state.accounts.index(of: request.requester) else { return .unknownRequester }
        let policy = state.accounts.records[Int(account)].policy
        var weight: UInt64 = 0
        for entry in signed.signatures {
            guard let share = policy.weight(of: entry.key) else { return .badSignature }
            weight += share
        }
        guard weight >= policy.threshold else { return .thresholdNotReached }
        guard !state.isInRecovery(AccountIndex(account), Transition()) else { return .inRecovery }
        return answered.note(
            signed.digest,
            of: AccountIndex(account),
            lastValidHeight: request.lastValidHeight,
            at: height
        )
    }

    private nonisolated func sign(
        _ refusal: RefusalNote?,
        by signer: (any RefusalSigner)?,
        isSigning: Bool
    ) async throws(ExplanationError) -> SignedNote? {
        guard isSigning else { return nil }
        guard let signer else { throw .request(.noRefusalSigner) }
        guard let refusal else { return nil }
        do {
            return try await signer.sign(refusal)
        } catch {
            throw .failed(.misconfigured(reason: "refusal signer: \(error)"))
        }
    }
}

/// A question with all done that needs no state.
private struct PreparedQuestion: Sendable {
    private enum Content: Sendable {
        case signed(SignedTransaction, areValid: [Bool?])
        case draft(TransactionBody)
        case malformed(DecodingFailure, isDraft: Bool)
    }

    private let content: Content

    init(_ question: ExplanationRequest.Question, _ directory: KeyDirectory) {
        do throws(DecodingFailure) {
            switch question {
            case .transaction(let bytes):
                let signed = try SignedTransaction(bytes: bytes)
                let keys = directory.lookUp(signed.signatures.map { $0.key })
                let areValid = zip(signed.signatures, keys).map { entry, key in
                    key.map { SignatureVerifier.verify(entry.signature, digest: signed.id.digest, key: $0) }
                }
                content = .signed(signed, areValid: areValid)
            case .draft(let bytes): content = .draft(try TransactionBody(canonicalBytes: bytes))
            }
        } catch {
            if case .draft = question {
                content = .malformed(error, isDraft: true)
            } else {
                content = .malformed(error, isDraft: false)
            }
        }
    }

    func explanation(to requester: AccountID?, on state: LedgerState) -> Explanation {
        switch content {
        case .signed(let signed, let found):
            // As the writer does: an account may have been opened by a transaction just before this one.
            let areValid =
                !found.contains(nil)
                ? found
                : signed.signatures.map { entry in
                    state.isKnown(entry.key, toPrincipalsOf: signed.body)
                        ? SignatureVerifier.isValid(entry, of: signed) : nil
                }
            let disclosure = Disclosure(of: signed.body, to: requester, on: state)
            return disclosure.disclosed(
                state.explain(signed, .signed(areValid)) {
                    disclosure.asksOperations($0, isDraft: false)
                } asks: {
                    disclosure.asks($0, $1, isDraft: false)
                }
            )
        case .draft(let body):
            let disclosure = Disclosure(of: body, to: requester, on: state)
            let signed = SignedTransaction(body: body, signatures: [])
            return disclosure.disclosed(
                state.explain(signed, .draft) {
                    disclosure.asksOperations($0, isDraft: true)
                } asks: {
                    disclosure.asks($0, $1, isDraft: true)
                }
            )
        case .malformed(let failure, let isDraft):
            let finding = RuleFinding(Rejection(.malformed, (.reason, .text("\(failure)"))))
            return Explanation(
                transaction: nil,
                isDraft: isDraft,
                businessDate: state.clock.businessDate,
                height: state.clock.height,
                findings: [finding],
                operations: []
            )
        }
    }
}

extension Explanation {
    /// What the ledger may sign of it: the rules that refuse; nil if none that is disclosed does.
    fileprivate func refusalNote(origin: NoteName?, size: UInt64) -> RefusalNote? {
        var lines = findings.map { RefusalNote.Line(operation: nil, ruleID: $0.ruleID) }
        for operation in operations {
            lines += operation.findings.map { RefusalNote.Line(operation: operation.position, ruleID: $0.ruleID) }
        }
        guard let origin, let transaction, !lines.isEmpty else { return nil }
        return RefusalNote(
            origin: origin,
            transaction: transaction,
            height: height,
            size: size,
            businessDate: businessDate,
            explanation: digest,
            lines: lines
        )
    }
}
