import Tokenize

/// A state land parcel's concession, divided into shares: sold under a cap, and bearing rent.
struct LandStory: Sendable {
    let stage: Stage
    let scenario: LandScenario
    /// Each buyer once, in the order of their first sales.
    let buyers: [Participant]
    let tenant: Participant
    let cash: AssetID
    let shares: AssetID

    var console: Console { stage.console }
    var currency: Currency { scenario.common.currency }

    /// What the story showed, for machines.
    struct Report: Encodable {
        let story = "land"
        let asset: String
        let parcel: String
        let sales: [Sale]
        let foreignShares: String
        let foreignSharesMax: String
        let attempts: [Attempt]
        /// Nil if no two buyers of the country have bought.
        let rulebook: RulebookReport?
        /// Nil if nobody bought.
        let recovery: RecoveryReport?
        let rents: [Payout]
        let proof: ProofReport
        let ledger: LedgerSummary
    }

    /// Tells the story on a new ledger at `path`.
    static func tell(_ scenario: LandScenario, at path: String, _ console: Console) async throws -> Report {
        console.title("The shares in a state land parcel: \(scenario.name)")
        let clock = ContinuousClock.now
        let stage = try await Stage.found(scenario.common, at: path, console)
        let (story, approval) = try await prepare(scenario, on: stage)
        let sales = try await story.sell()
        let attempts = try await story.circumvent()
        let rulebook = try await story.regulateResales()
        let recovery = try await story.recoverLostKey()
        let rents = try await story.payRents()
        let holder = try await story.largestHolder()
        let proof = try await stage.prove(
            story.shares,
            of: holder,
            saying: "\(holder.name) wants credit on its shares. The lender checks what it holds, at home."
        )
        return Report(
            asset: "\(story.shares)",
            parcel: scenario.identification.value,
            sales: sales,
            foreignShares: "\(try await story.foreignShares())",
            foreignSharesMax: "\(story.foreignSharesMax)",
            attempts: approval.attempts + attempts,
            rulebook: rulebook,
            recovery: recovery,
            rents: rents,
            proof: proof,
            ledger: try await stage.conclude(asset: story.shares, account: holder, since: clock)
        )
    }

    /// The buyer with most shares; the ministry if nobody bought any.
    private func largestHolder() async throws -> Participant {
        let holdings = try await stage.ledger.read { [shares] in $0.holdings(of: shares) }
        let units = Dictionary(uniqueKeysWithValues: holdings.map { ($0.account, $0.units) })
        return buyers.filter { units[$0.account] != nil }
            .max { (units[$0.account] ?? .zero) < (units[$1.account] ?? .zero) } ?? stage.ministry
    }
}
