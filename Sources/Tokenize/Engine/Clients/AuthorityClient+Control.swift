extension AuthorityClient {
    /// Submits acts of chapter 15 under this authority as one transaction.
    @discardableResult
    public func control(_ acts: ControlAct...) async throws(SubmissionError) -> Receipt {
        try await submit(acts.map { .control($0, under: reference) })
    }

    /// Lays an act of this authority before its members; its first member proposes it.
    ///
    /// - Returns: the proposal's name, which the other members approve.
    public func propose(_ act: Act, until lastDate: CalendarDate) async throws(SubmissionError) -> ProposalID {
        let operation = Operation(.control(.propose(Proposal(act, until: lastDate)), under: nil))
        let receipt = try await members[0].submit([operation])
        return ProposalID(transaction: receipt.transaction)
    }
}

extension LedgerClient {
    /// Submits an act of chapter 15 of this account for itself.
    @discardableResult
    public nonisolated func control(_ act: ControlAct) async throws(SubmissionError) -> Receipt {
        try await submit([Operation(.control(act, under: nil))])
    }
}

extension ProposalID {
    /// The name of the proposal that an operation of a transaction makes.
    public init(transaction: TransactionID, operation: Int = 0) {
        let context = OperationContext(
            transaction: transaction,
            position: operation,
            actor: AccountIndex(0),
            principals: []
        )
        self = context.proposalID
    }
}
