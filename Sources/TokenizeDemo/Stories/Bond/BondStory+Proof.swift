import Tokenize

/// An outsider learns who owns what, without the ledger.
extension BondStory {
    func prove(_ court: Case) async throws -> ProofReport {
        try await stage.prove(
            bond,
            of: court.creditor,
            saying: "The creditor wants to show a bank what the court gave. The bank has the log's public key, and "
                + "no access to the ledger."
        )
    }
}
