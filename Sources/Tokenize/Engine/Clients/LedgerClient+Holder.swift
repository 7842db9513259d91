/// What a holder does.
extension LedgerClient {
    /// Moves this account's units to another account.
    @discardableResult
    public nonisolated func transfer(
        _ units: Quantity,
        of asset: AssetID,
        to recipient: AccountID,
        partition: Partition = 0,
        memo: String = ""
    ) async throws(SubmissionError) -> Receipt {
        let transfer = Transfer(asset: asset, recipient: recipient, partition: partition, units: units)
        return try await submit([Operation(.transfer(transfer))], memo: memo)
    }

    /// Moves this account's units to several accounts, all or none.
    @discardableResult
    public nonisolated func transfer(
        of asset: AssetID,
        to legs: [BatchTransfer.Leg],
        partition: Partition = 0
    ) async throws(SubmissionError) -> Receipt {
        try await submit([Operation(.batchTransfer(BatchTransfer(asset: asset, partition: partition, legs: legs)))])
    }

    /// Delivers units to a buyer against payment; both sign.
    @discardableResult
    public nonisolated func sell(
        _ delivery: Settlement.Side,
        to buyer: LedgerClient,
        for payment: Settlement.Side
    ) async throws(SubmissionError) -> Receipt {
        let settlement = Settlement(buyer: 1, delivery: delivery, payment: payment)
        return try await submit([Operation(.settle(settlement))], with: [buyer])
    }

    /// Sets this account's own units aside for somebody, who alone can release them.
    @discardableResult
    public nonisolated func reserve(
        _ units: Quantity,
        of asset: AssetID,
        partition: Partition = 0,
        kind: EncumbranceKind,
        for beneficiary: AccountID,
        rank: UInt16 = 1,
        until lastDate: CalendarDate,
        order: OrderReference
    ) async throws(SubmissionError) -> Receipt {
        let encumbering = Encumbering(
            target: .holding(asset: asset, account: account, partition: partition),
            kind: kind,
            amount: units,
            rank: rank,
            lastDate: lastDate,
            order: order,
            beneficiary: beneficiary
        )
        return try await submit([Operation(.encumber(encumbering, under: nil))])
    }

    /// Replaces this account's keys. Signs with the old ones; afterwards use a client with the new ones.
    @discardableResult
    public nonisolated func rotateKeys(to policy: KeyPolicy) async throws(SubmissionError) -> Receipt {
        try await submit([Operation(.rotateKeys(policy))])
    }

    /// Uses up a sequence of this client's lane so that a transaction that was signed with it can never pass.
    @discardableResult
    public nonisolated func cancel(
        sequence: UInt64,
        lastValidDate: CalendarDate
    ) async throws(SubmissionError) -> Receipt {
        let body = TransactionBody(
            ledger: ledger.id,
            principals: [Principal(account: account, lane: lane, sequence: sequence)],
            lastValidDate: lastValidDate,
            operations: [Operation(.cancelSequence)]
        )
        var signatures: [TransactionSignature] = []
        for signer in signers {
            do {
                let signature = try await signer.sign(body.id.digest)
                signatures.append(TransactionSignature(key: signer.publicKey.encoded, signature: signature))
            } catch {
                throw .signing(error)
            }
        }
        return try await submit(SignedTransaction(body: body, signatures: signatures))
    }
}
