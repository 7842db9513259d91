extension AuthorityClient {
    /// Submits acts of chapter 14 under this authority as one transaction.
    @discardableResult
    public func regulate(_ acts: RulebookAct...) async throws(SubmissionError) -> Receipt {
        try await submit(acts.map { .rulebook($0, under: reference) })
    }
}

extension LedgerClient {
    /// Submits an act of chapter 14 of this account for itself.
    @discardableResult
    public nonisolated func regulate(_ act: RulebookAct) async throws(SubmissionError) -> Receipt {
        try await submit([Operation(.rulebook(act, under: nil))])
    }
}
