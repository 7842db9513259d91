import Tokenize

extension LedgerModel {
    /// Decides a transaction (section 3.5), and commits it if nothing refuses it.
    ///
    /// - Parameters:
    ///   - bytes: the signed transaction.
    ///   - time: what the clock says, should a block be closed.
    public mutating func submit(_ bytes: [UInt8], time: UInt64) -> Answer {
        guard let signed = try? SignedTransaction(bytes: bytes) else { return .refused(.malformed, operation: nil) }
        let id = TransactionID(digest: ModelHash.tagged("Tokenize/transaction", signed.body.canonicalBytes))
        if let receipt = receipts[id] {
            // Keys that are not known any more are no reason to refuse what was committed; a wrong signature is.
            let refusal = refusalOfSignatures(signed, id)
            return refusal == .badSignature ? .refused(.badSignature, operation: nil) : .committed(receipt)
        }
        var after = self
        after.sealNotices()
        do {
            try after.decide(signed, id)
        } catch let refusal as ModelRefusal {
            return .refused(refusal.code, operation: refusal.operation)
        } catch {
            return .notModelled
        }
        let receipt = ModelReceipt(
            transaction: id,
            position: size,
            height: height,
            effects: after.effects,
            mayHaveMoreEffects: after.mayHaveMoreEffects
        )
        self = after
        receipts[id] = receipt
        size += 1
        unsealedCount += 1
        if unsealedCount >= sealing { seal(time: time) }
        return .committed(receipt)
    }

    private mutating func decide(_ signed: SignedTransaction, _ id: TransactionID) throws {
        let body = signed.body
        if let code = refusalOfSignatures(signed, id) { throw ModelRefusal(code) }
        try requireTime(body)
        var accountsSeen: Set<AccountID> = []
        for principal in body.principals {
            guard accounts[principal.account] != nil else { throw ModelRefusal(.unknownPrincipal) }
            guard accountsSeen.insert(principal.account).inserted else { throw ModelRefusal(.duplicatePrincipal) }
            let used = usedSequences[Lane(account: principal.account, number: principal.lane), default: []]
            guard !used.contains(principal.sequence) else { throw ModelRefusal(.sequenceUsed) }
            guard principal.sequence < Self.next(used) + 64 else { throw ModelRefusal(.sequenceBeyondWindow) }
        }
        try requireThresholds(signed)
        for principal in body.principals {
            usedSequences[Lane(account: principal.account, number: principal.lane), default: []]
                .insert(principal.sequence)
        }
        (transaction, principals) = (id, body.principals.map { $0.account })
        (effects, hasOpenedDay, mayHaveMoreEffects) = ([], false, false)
        joining = [:]
        for (index, operation) in body.operations.enumerated() {
            position = index
            do {
                try perform(operation.act, actor: principals[operation.principal])
            } catch var refusal as ModelRefusal {
                refusal.operation = index
                throw refusal
            }
        }
        holdings = holdings.filter { $0.value != Holding() }
        heads.merge(joining) { $1 }
    }

    /// The lowest sequence that was not used.
    static func next(_ used: Set<UInt64>) -> UInt64 {
        var next: UInt64 = 0
        while used.contains(next) { next += 1 }
        return next
    }

    // MARK: Signatures

    private func refusalOfSignatures(_ signed: SignedTransaction, _ id: TransactionID) -> RejectionCode? {
        for entry in signed.signatures {
            guard everKnownKeys.contains(entry.key) else { return .unknownKey }
        }
        for entry in signed.signatures {
            guard let key = try? ParsedPublicKey(entry.key),
                SignatureVerifier.verify(entry.signature, digest: id.digest, key: key)
            else { return .badSignature }
        }
        return nil
    }

    /// Whether a key is in no account's policy any more. Whether such a key is known to a node is left open (3.2).
    func isOfThePast(_ key: EncodedPublicKey) -> Bool {
        everKnownKeys.contains(key) && !accounts.values.contains { Self.weight(of: key, in: $0.policy) > 0 }
    }

    private func requireThresholds(_ signed: SignedTransaction) throws {
        let policies = signed.body.principals.compactMap { accounts[$0.account]?.policy }
        for entry in signed.signatures {
            let isPrincipals = policies.contains { Self.weight(of: entry.key, in: $0) > 0 }
            guard isPrincipals else { throw ModelRefusal(.foreignSignature) }
        }
        for policy in policies {
            var sum: UInt64 = 0
            for entry in signed.signatures { sum += Self.weight(of: entry.key, in: policy) }
            guard sum >= policy.threshold else { throw ModelRefusal(.thresholdNotReached) }
        }
    }

    private static func weight(of key: EncodedPublicKey, in policy: KeyPolicy) -> UInt64 {
        for entry in policy.keys where entry.key == key { return entry.weight }
        return 0
    }

    // MARK: Time

    private func requireTime(_ body: TransactionBody) throws {
        guard body.ledger == ledger else { throw ModelRefusal(.wrongLedger) }
        guard body.lastValidDate >= today else { throw ModelRefusal(.expired) }
        guard Self.days(from: today, to: body.lastValidDate) <= parameters.validityDaysMax else {
            throw ModelRefusal(.validityTooFar)
        }
        guard let last = body.lastValidHeight else { return }
        guard last >= height else { throw ModelRefusal(.heightPassed) }
        guard last - height <= parameters.validityHeightMax else { throw ModelRefusal(.heightTooFar) }
    }

    static func days(from first: CalendarDate, to second: CalendarDate) -> Int {
        Int(second.daysSinceEpoch) - Int(first.daysSinceEpoch)
    }
}
