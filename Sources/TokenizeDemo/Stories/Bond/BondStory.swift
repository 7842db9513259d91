import Tokenize

/// The life of a government bond, from its term sheet to the last kip of its redemption.
struct BondStory: Sendable {
    let stage: Stage
    let scenario: BondScenario
    let treasury: Participant
    let dealers: [Participant]
    let investors: [Participant]
    let citizens: [Participant]
    let cash: AssetID
    let bond: AssetID
    /// What falls due by the terms that the ledger holds.
    let schedule: BondSchedule

    var terms: BondTerms { schedule.terms }
    var console: Console { stage.console }
    var currency: Currency { scenario.common.currency }
    var payingAgent: AuthorityClient {
        stage.authority(AuthorityReference(.payingAgent, asset: bond), stage.payingAgent)
    }

    /// What the story showed, for machines.
    struct Report: Encodable {
        let story = "bond"
        let bond: String
        let isin: String
        let issue: IssueReport
        let trading: TradingReport
        let attempts: [Attempt]
        let payments: [BondPayment]
        let court: CourtReport
        let claim: ClaimReport
        let proof: ProofReport
        let redemption: RedemptionReport
        let statement: StatementReport
        let ledger: LedgerSummary
    }

    /// Tells the story on a new ledger at `path`.
    static func tell(_ scenario: BondScenario, at path: String, _ console: Console) async throws -> Report {
        console.title("The life of a government bond: \(scenario.name)")
        let clock = ContinuousClock.now
        let stage = try await Stage.found(scenario.common, at: path, console)
        let (story, issue) = try await prepare(scenario, on: stage)
        let trading = try await story.trade()
        let attempts = try await story.attack()
        let stopped = try await story.stopCashAccount()
        let first = try await story.payFirst(stopped)
        let court = try await story.holdCourt(sparing: stopped.holder)
        let proof = try await story.prove(court)
        let claim = try await story.settle(stopped, first, court)
        let later = try await story.payLater()
        let (last, redemption) = try await story.redeem(court)
        let payments = first + later + [last]
        return Report(
            bond: "\(story.bond)",
            isin: scenario.sheet.identification.value,
            issue: issue.report,
            trading: trading,
            attempts: issue.attempts + attempts,
            payments: payments,
            court: court.report,
            claim: claim,
            proof: proof,
            redemption: redemption,
            statement: try await story.giveStatements(of: stopped.holder, payments, raised: issue.raised),
            ledger: try await stage.conclude(asset: story.bond, account: court.creditor, since: clock)
        )
    }
}
