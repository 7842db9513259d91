extension LedgerState {
    /// Every rule that refuses a transaction on this state, with all facts: for whoever may see the whole state.
    ///
    /// Pure, and it runs the rules that ``decide(_:)`` runs: what is noted instead of thrown is settled in
    /// `Objections` alone. After an operation that is refused the next one is asked as if that one were not there.
    public func explanation(of transaction: SignedTransaction) -> Explanation {
        let areValid = transaction.signatures.map { entry in
            let isKnown = accounts.records.contains { $0.policy.weight(of: entry.key) != nil }
            return isKnown ? SignatureVerifier.isValid(entry, of: transaction) : nil
        }
        return explain(transaction, .signed(areValid))
    }

    /// As ``explanation(of:)``, of a body that nobody has signed yet: as if every principal had.
    public func explanation(ofDraft body: TransactionBody) -> Explanation {
        explain(SignedTransaction(body: body, signatures: []), .draft)
    }

    /// What an explanation takes a transaction's signatures for.
    enum SignatureStanding {
        /// Nobody has signed yet; they are not asked.
        case draft
        /// Of each signature whether it is valid; nil if no account knows its key.
        case signed([Bool?])
    }

    /// - Parameter asksOperations: given what refuses the transaction as a whole, false where whoever asks is to learn
    ///   nothing of the operations.
    /// - Parameter asks: false of an operation that is neither asked nor made: what comes after it is asked as if it
    ///   were not there.
    func explain(
        _ signed: SignedTransaction,
        _ standing: SignatureStanding,
        asksOperations: (_ findings: [RuleFinding]) -> Bool = { _ in true },
        asks: (_ operation: Int, _ findings: [RuleFinding]) -> Bool = { _, _ in true }
    ) -> Explanation {
        let objections = Objections()
        let principals = principals(of: signed, standing, objections)
        var findings = objections.take()
        var operations: [OperationExplanation] = []
        if let principals, asksOperations(findings) {
            var draft = Transition()
            draft.objections = objections
            draft.begin(signed)
            operations = explainOperations(of: signed, principals, objections, &draft) { asks($0, findings) }
            if operations.allSatisfy({ $0.verdict == .passes }) {
                do {
                    try checkConservation(draft)
                } catch {
                    findings.append(RuleFinding(error))
                }
            }
        } else {
            operations = signed.body.operations.enumerated().map { position, operation in
                OperationExplanation(position: position, act: operation.act.code, verdict: .notAsked)
            }
        }
        return Explanation(
            transaction: signed.id,
            isDraft: standing.isDraft,
            businessDate: clock.businessDate,
            height: clock.height,
            findings: findings,
            operations: operations
        )
    }

    /// The principals' accounts, once all rules of the transaction as a whole were asked; nil if one is unknown.
    private func principals(
        of signed: SignedTransaction,
        _ standing: SignatureStanding,
        _ objections: Objections
    ) -> ShortList<AccountIndex>? {
        do throws(Rejection) {
            if case .signed(let areValid) = standing {
                // As VerifiedTransaction does: no signature is looked at before every key is known.
                if areValid.contains(nil) { objections.note(RuleFinding(Rejection(.unknownKey))) }
                if areValid.contains(false) { objections.note(RuleFinding(Rejection(.badSignature))) }
            }
            let principals = try AuthorisedTransaction.resolve(signed, on: self, objections)
            if !standing.isDraft {
                try AuthorisedTransaction.checkKeys(signed, of: principals, on: self, objections)
            }
            return principals
        } catch {
            objections.note(RuleFinding(error))
            return nil
        }
    }

    private func explainOperations(
        of signed: SignedTransaction,
        _ principals: ShortList<AccountIndex>,
        _ objections: Objections,
        _ draft: inout Transition,
        asks: (_ operation: Int) -> Bool
    ) -> [OperationExplanation] {
        var explained: [OperationExplanation] = []
        var followsRefusal = false
        for position in signed.body.operations.indices {
            guard asks(position) else {
                let act = signed.body.operations[position].act.code
                explained.append(OperationExplanation(position: position, act: act, verdict: .notAsked))
                continue
            }
            let before = draft
            do throws(Rejection) {
                try decide(position, of: signed, principals, &draft)
            } catch {
                objections.noteEnd(RuleFinding(error, of: owner(of: error, draft)))
            }
            let findings = objections.take()
            explained.append(
                OperationExplanation(
                    position: position,
                    act: signed.body.operations[position].act.code,
                    verdict: findings.isEmpty ? .passes : .refused,
                    findings: findings,
                    followsRefusal: followsRefusal
                )
            )
            if !findings.isEmpty {
                draft = before
                followsRefusal = true
            }
        }
        return explained
    }

    /// Whose the facts of a rule that ended an operation are: those that name an account or a party are that party's. Nil
    /// for what ``RejectionCode/factsAreEverybodys`` says.
    func owner(of rejection: Rejection, _ draft: Transition) -> DecidingFact.Owner? {
        guard !rejection.code.factsAreEverybodys else { return nil }
        for fact in rejection.facts {
            switch fact.value {
            case .account(let id): return accountIndex(id, draft).map { owner(of: $0, draft) }
            case .party(let id): return .party(id)
            default: continue
            }
        }
        return nil
    }
}

extension LedgerState.SignatureStanding {
    var isDraft: Bool { if case .draft = self { true } else { false } }
}

extension RejectionCode {
    /// True of the rules that say whether the principals have signed.
    var isOfSignatures: Bool {
        switch self {
        case .unknownKey, .badSignature, .foreignSignature, .thresholdNotReached, .unknownPrincipal, .wrongLedger: true
        default: false
        }
    }
}

extension SignatureVerifier {
    /// Whether a signature of a transaction is valid; false for a key that is none.
    static func isValid(_ entry: TransactionSignature, of signed: SignedTransaction) -> Bool {
        guard let key = try? ParsedPublicKey(entry.key) else { return false }
        return verify(entry.signature, digest: signed.id.digest, key: key)
    }
}
