import Tokenize

/// The life of a government bond, from its terms to the last kip of its redemption.
struct BondStory: Sendable {
    let stage: Stage
    let scenario: BondScenario
    let dealers: [Participant]
    let citizens: [Participant]
    let cash: AssetID
    let bond: AssetID
    let schedule: BondSchedule

    var terms: BondTerms { schedule.terms }
    var console: Console { stage.console }
    var currency: Currency { scenario.common.currency }

    /// What the story showed, for machines.
    struct Report: Encodable {
        let story = "bond"
        let bond: String
        let isin: String
        let issue: IssueReport
        let trading: TradingReport
        let attempts: [Attempt]
        let coupons: [Payout]
        let court: CourtReport
        let proof: ProofReport
        let redemption: RedemptionReport
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
        let first = try await story.payFirstCoupon()
        let court = try await story.holdCourt()
        let proof = try await story.prove(court)
        let (coupons, last) = try await story.payLaterCoupons()
        let redemption = try await story.redeem(lastCoupon: last, court)
        return Report(
            bond: "\(story.bond)",
            isin: scenario.identification.value,
            issue: issue,
            trading: trading,
            attempts: attempts,
            coupons: [first] + coupons,
            court: court.report,
            proof: proof,
            redemption: redemption,
            ledger: try await stage.conclude(asset: story.bond, account: court.creditor, since: clock)
        )
    }
}
