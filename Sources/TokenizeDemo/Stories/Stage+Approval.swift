import Tokenize

/// Two ministries and one asset: one proposes it, and without the other it does not come into being.
extension Stage {
    private static let daysToApprove = 14

    struct Approval: Sendable {
        let asset: AssetID
        let attempts: [Attempt]
    }

    /// Creates an asset as the mandate asks: the first ministry proposes, the second approves, the first carries out.
    func createTogether(
        _ what: String,
        identification: AssetIdentification,
        terms: InstrumentTerms,
        charter: Charter,
        cap: Quantity
    ) async throws -> Approval {
        let creation = AssetCreation(
            nonce: 1,
            identification: identification,
            terms: terms.canonicalBytes,
            charter: charter.canonicalBytes,
            cap: cap
        )
        let issuer = authority(AuthorityReference(.issuer), ministry)
        let act = Act.createAsset(creation, under: issuer.reference)
        let today = try await businessDate()
        var attempts = [
            try await refusal("\(ministry.name) creates \(what) alone") { () throws(SubmissionError) in
                try await issuer.submit([act])
            }
        ]
        let proposal = try await issuer.propose(act, until: today.adding(days: Stage.daysToApprove) ?? today)
        attempts.append(
            try await refusal("it carries its own proposal out") { () throws(SubmissionError) in
                try await client(ministry).control(.execute(proposal))
            }
        )
        try await client(approvingMinistry).control(.approve(proposal))
        try await client(ministry).control(.execute(proposal))
        let asset = AssetCreation.id(ledger: ledger.id, creator: ministry.account, nonce: 1)
        _ = try await record(of: asset)
        console.show(Attempt.table(attempts))
        console.done(
            "\(ministry.name) proposed it, \(approvingMinistry.name) approved, and the ledger created \(what) by the "
                + "hands of both"
        )
        return Approval(asset: asset, attempts: attempts)
    }
}
