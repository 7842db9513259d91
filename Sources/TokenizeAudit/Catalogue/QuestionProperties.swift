import Tokenize

/// Who asks with a signed question is answered once, if it is signed as chapter 16 says; the refusal is signed on request.
enum QuestionProperties {
    static let all = [
        AuditCatalogue.Entry(questions, usualCaseCount: 120),
        AuditCatalogue.Entry(LogKeyProperties.keys, usualCaseCount: 8),
        AuditCatalogue.Entry(FactProperties.facts, usualCaseCount: 30),
    ]

    /// What is wrong with a question.
    private enum Fault: CaseIterable {
        case nothing, lastHeight, flippedSignature, oneOfTwoKeys, outsiderToo, outsiderAlone, keyOfAnother, repeated
        case expired, tooFar, otherLedger, unknownRequester, recovering, malformed, tooMany
    }

    static let questions = Property(
        "PRP-069",
        "A signed question is answered once, within its heights and signed as the requester's policy asks, and else refused with its fault; a refusal is signed as it was explained.",
        coverage: Fault.allCases.map { .init("\($0)", perMille: $0 == .tooMany ? 5 : 20) }
    ) { trial in
        let world = try await AuditWorld(in: MemoryStore(), sealing: .every(1))
        let cast = world.cast
        let fault = try trial.draw(.element(of: Fault.allCases + [.nothing, .flippedSignature, .oneOfTwoKeys]))
        trial.label("\(fault)")
        let state = try await world.ledger.read { $0 }
        let member = fault == .recovering ? Cast.carol : Cast.company
        if fault == .recovering { try await recover(member, in: world, state) }
        let share = Transfer(
            asset: world.assets[AuditWorld.share],
            recipient: cast.members[Cast.bob].account,
            units: Quantity(UInt128(31 + (try trial.number(0...9))))
        )
        let plan = TransactionPlan(principals: [Cast.company], operations: [Operation(.transfer(share))])
        let asked = Asked(
            world: world,
            member: cast.members[member],
            height: try await world.ledger.read { $0.clock.height },
            transaction: try plan.bytes(for: state, cast)
        )
        let expected: ExplanationError.Fault?
        let found: ExplanationError.Fault?
        switch fault {
        case .nothing: (found, expected) = (try await asked.answer(asked.signed()), nil)
        case .lastHeight: (found, expected) = (try await asked.answer(asked.signed(height: asked.height + 1_024)), nil)
        case .flippedSignature:
            let bytes = try asked.signed(flipping: try trial.number(0...1_023))
            (found, expected) = (try await asked.answer(bytes), .badSignature)
        case .oneOfTwoKeys:
            let bytes = try asked.signed(by: [asked.member.signers[try trial.number(0...1)]])
            (found, expected) = (try await asked.answer(bytes), .thresholdNotReached)
        case .outsiderToo:
            let bytes = try asked.signed(by: asked.member.signers + [cast.outsider])
            (found, expected) = (try await asked.answer(bytes), .badSignature)
        case .outsiderAlone:
            (found, expected) = (try await asked.answer(asked.signed(by: [cast.outsider])), .badSignature)
        case .keyOfAnother:
            (found, expected) = (
                try await asked.answer(asked.signed(by: cast.members[Cast.alice].signers)), .badSignature
            )
        case .repeated:
            let bytes = try asked.signed()
            let first = try await asked.answer(bytes)
            try trial.require(first == nil, "not answered once: \(first.map { "\($0)" } ?? "")")
            (found, expected) = (try await asked.answer(bytes), .alreadyAnswered)
        case .expired:
            (found, expected) = (try await asked.answer(asked.signed(height: asked.height - 1)), .expired)
        case .tooFar:
            (found, expected) = (try await asked.answer(asked.signed(height: asked.height + 1_025)), .validityTooFar)
        case .otherLedger:
            let bytes = try asked.signed(ledger: LedgerID(digest: Cast.digest(78)))
            (found, expected) = (try await asked.answer(bytes), .wrongLedger)
        case .unknownRequester:
            let bytes = try asked.signed(requester: AccountID(digest: Cast.digest(79)))
            (found, expected) = (try await asked.answer(bytes), .unknownRequester)
        case .recovering: (found, expected) = (try await asked.answer(asked.signed()), .inRecovery)
        case .malformed:
            let isRefused = try await asked.isMalformed(asked.signed() + [0])
            try trial.require(isRefused, "bytes that are no question are answered")
            (found, expected) = (nil, nil)
        case .tooMany:
            for nonce in 0..<256 {
                let one = try await asked.answer(asked.signed(nonce: UInt64(nonce)))
                try trial.require(one == nil, "question \(nonce) is refused: \(one.map { "\($0)" } ?? "")")
            }
            (found, expected) = (try await asked.answer(asked.signed(nonce: 256)), .tooManyQuestions)
        }
        try trial.require(found == expected, "\(fault): \(said(found)), not \(said(expected))")
        if fault == .nothing { try await requireRefusal(asked, trial) }
        try await world.ledger.close()
    }

    private static func said(_ fault: ExplanationError.Fault?) -> String { fault.map { "\($0)" } ?? "answered" }

    private static func recover(_ member: Int, in world: AuditWorld, _ state: LedgerState) async throws {
        let filing = RecoveryFiling(
            account: world.cast.members[member].account,
            policy: world.cast.members[member].opening.policy,
            with: AuthorityReference(.court)
        )
        let act = Act.control(.fileRecovery(filing), under: AuthorityReference(.registrar))
        let plan = TransactionPlan(
            principals: [Cast.ministry, Cast.firstJudge, Cast.secondJudge],
            operations: [Operation(act)]
        )
        let answer = try await world.answer(to: try plan.bytes(for: state, world.cast))
        guard answer.receipt != nil else { throw AuditFailure(reason: "no recovery was filed: \(answer)") }
    }

    /// The refusal under the log's key says what was explained, and where the ledger stood.
    private static func requireRefusal(_ asked: Asked, _ trial: Trial) async throws {
        let bytes = try asked.signed(nonce: 7)
        let answer = try await asked.world.ledger.explanation(answering: bytes, isSigning: true)
        let key = try asked.world.cast.checkpointSigner().verifierKey
        guard let note = answer.refusal else {
            return try trial.require(false, "no refusal is signed: \(answer.explanation)")
        }
        let refusal = try RefusalNote.verify(note.bytes, under: [key], origin: key.name)
        let explanation = answer.explanation
        let id = try SignedTransaction(bytes: asked.transaction).id
        let size = try await asked.world.ledger.size()
        try trial.require(
            refusal.transaction == id && refusal.height == asked.height && refusal.size == size,
            "refused at \(refusal.size) and \(refusal.height), not at \(size) and \(asked.height)"
        )
        let date = try await asked.world.ledger.read { $0.businessDate }
        try trial.require(refusal.businessDate == date, "refused on \(refusal.businessDate)")
        try trial.require(refusal.explanation == explanation.digest, "of another explanation")
        let lines = refusal.lines.map { "\($0.operation.map { "\($0)" } ?? "-") \($0.ruleID)" }
        try trial.require(lines == ["0 TRF-005"], "the refusal names \(lines)")
    }

    /// Somebody who asks about a transaction that is refused.
    private struct Asked {
        let world: AuditWorld
        let member: Cast.Member
        let height: UInt64
        let transaction: [UInt8]

        func signed(
            by signers: [SoftwareSigner]? = nil,
            height: UInt64? = nil,
            ledger: LedgerID? = nil,
            requester: AccountID? = nil,
            nonce: UInt64 = 1,
            flipping bit: Int? = nil
        ) throws -> [UInt8] {
            let request = ExplanationRequest(
                ledger: ledger ?? world.ledger.id,
                requester: requester ?? member.account,
                lastValidHeight: height ?? self.height,
                nonce: nonce,
                question: .transaction(transaction)
            )
            // The digest that is signed, by 16.4.
            let digest = ModelHash.tagged("Tokenize/question", request.canonicalBytes)
            let signatures = try (signers ?? member.signers).enumerated().map { index, signer in
                var signature = try signer.sign(digest)
                if let bit, bit / 512 == index {
                    var bytes = signature.bytes
                    bytes[bit % 512 / 8] ^= 1 << UInt8(bit % 8)
                    signature = (try? Signature(algorithm: signature.algorithm, bytes: bytes)) ?? signature
                    // Where it is no signature any more, one of something else stands there.
                    if signature.bytes != bytes { signature = try signer.sign(Cast.digest(1)) }
                }
                return TransactionSignature(key: signer.publicKey.encoded, signature: signature)
            }
            return SignedExplanationRequest(request: request, signatures: signatures).bytes
        }

        /// What is said to be wrong with a question; nil if it is answered.
        func answer(_ bytes: [UInt8]) async throws -> ExplanationError.Fault? {
            do throws(ExplanationError) {
                _ = try await world.ledger.explanation(answering: bytes)
                return nil
            } catch {
                guard case .request(let fault) = error else { throw error }
                return fault
            }
        }

        func isMalformed(_ bytes: [UInt8]) async throws -> Bool {
            if case .malformed? = try await answer(bytes) { true } else { false }
        }
    }
}
