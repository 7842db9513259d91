import Tokenize

/// How the bond comes into being, and into the hands of those who take it up.
extension BondStory {
    struct IssueReport: Encodable {
        let units: String
        let paid: String
        let cleanPrice: String
        let citizenCount: Int
    }

    struct Issue {
        let report: IssueReport
        let raised: Quantity
        let attempts: [Attempt]
    }

    /// Opens accounts, issues money, creates the bond, and sells it to dealers and investors.
    static func prepare(_ scenario: BondScenario, on stage: Stage) async throws -> (BondStory, Issue) {
        stage.console.chapter("Money and accounts")
        let cash = try await stage.createCash()
        stage.tellCash()
        let country = scenario.common.country
        let treasury = try Participant(scenario.treasury, .state, country: country)
        let subscribers = try (scenario.dealers + scenario.investors).map {
            try Participant($0.name, $0.holderClass, country: $0.country)
        }
        let citizens = try (1...scenario.citizens.count).map {
            try Participant("citizen \(Amounts.grouped($0))", .citizen, country: country)
        }
        try await stage.open(
            [treasury] + subscribers + citizens,
            "\(treasury.name), \(Amounts.count(scenario.dealers.count, "dealer")), "
                + "\(Amounts.count(scenario.investors.count, "investor")) and "
                + "\(Amounts.count(citizens.count, "citizen")) have accounts, each with a key of its own"
        )
        let terms = try scenario.sheet.terms(payingIn: cash, treasury: treasury.account)
        try await stage.openDays(to: terms.issueDate)
        let approval = try await create(scenario, terms, on: stage)
        let story = BondStory(
            stage: stage,
            scenario: scenario,
            treasury: treasury,
            dealers: Array(subscribers.prefix(scenario.dealers.count)),
            investors: Array(subscribers.dropFirst(scenario.dealers.count)),
            citizens: citizens,
            cash: cash,
            bond: approval.asset,
            schedule: try BondSchedule(terms, calendar: scenario.sheet.schedule.calendar)
        )
        return (story, try await story.sell(approval.attempts))
    }

    private static func create(
        _ scenario: BondScenario,
        _ terms: BondTerms,
        on stage: Stage
    ) async throws -> Stage.Approval {
        stage.console.chapter("Two ministries issue a bond")
        let charter = Charter(authorities: [
            CharterAuthority(.issuer, members: [stage.ministry.account]),
            CharterAuthority(.payingAgent, members: [stage.payingAgent.account]),
        ])
        stage.console.show(TermTable.table(scenario, terms))
        return try await stage.createTogether(
            "the bond",
            identification: scenario.sheet.identification,
            terms: .bond(terms),
            charter: charter,
            cap: scenario.units
        )
    }

    /// Sells new units at the clean price: bond and money change hands in one transaction that both sign.
    private func sell(_ earlier: [Attempt]) async throws -> Issue {
        console.chapter("The first sale")
        let buyers = Array(zip(dealers + investors, scenario.dealers + scenario.investors))
        let today = try await stage.businessDate()
        let costs = try buyers.map { buyer, terms in
            let invoice = try schedule.invoice(for: terms.units, cleanPrice: scenario.cleanPrice, settlement: today)
            return (buyer, invoice.total)
        }
        let brought = try await stage.handOut(cash, costs)
        let issuer = stage.authority(AuthorityReference(.issuer, asset: bond), stage.ministry)
        let attempts = earlier + [try await oddSubscription(by: dealers.first ?? investors[0], issuer)]
        var table = Table("buyer", "class", ">units", ">paid (\(currency.code))")
        for ((buyer, terms), (_, cost)) in zip(buyers, costs) {
            try await issuer.subscribe(
                terms.units,
                of: bond,
                to: stage.client(buyer),
                at: .price(scenario.cleanPrice)
            )
            table.add(
                "\(buyer.name)",
                "\(Attempt.words("\(terms.holderClass)"))",
                "\(Amounts.grouped(terms.units))",
                "\(currency.number(cost))"
            )
        }
        let raised = try await stage.holding(cash, of: stage.ministry).units
        guard raised == brought else { throw DemoFailure("the sale raised \(raised), and cost \(brought)") }
        table.addSum("sum", "", "\(Amounts.grouped(scenario.units))", "\(currency.number(raised))")
        console.say(
            "\(stage.ministry.name) sells at \(scenario.cleanPrice) for each 100, on \(today); the ledger works out the "
                + "cost. Both sides move, or neither."
        )
        console.show(table)
        console.show(Attempt.table([attempts[attempts.count - 1]]))
        let report = IssueReport(
            units: "\(scenario.units)",
            paid: "\(raised)",
            cleanPrice: "\(scenario.cleanPrice)",
            citizenCount: citizens.count
        )
        return Issue(report: report, raised: raised, attempts: attempts)
    }

    /// A unit more than the minimum is refused where subscriptions grow by more, and less than the minimum always.
    private func oddSubscription(by buyer: Participant, _ issuer: AuthorityClient) async throws -> Attempt {
        let denomination = terms.denomination
        let above = denomination.minimumSubscription.adding(1) ?? .max
        let odd = denomination.admits(subscription: above) ? Quantity.zero : above
        let price = BondQuote.price(scenario.cleanPrice)
        return try await stage.refusal("\(buyer.name) subscribes \(Amounts.count(odd.units, "unit"))") {
            () throws(SubmissionError) in
            try await issuer.subscribe(odd, of: bond, to: stage.client(buyer), at: price)
        }
    }
}
