import Tokenize

/// How the bond comes into being, and into the dealers' hands.
extension BondStory {
    struct IssueReport: Encodable {
        let units: String
        let paid: String
        let citizenCount: Int
    }

    /// Opens accounts, issues money and the bond, and delivers it to the dealers against payment.
    static func prepare(_ scenario: BondScenario, on stage: Stage) async throws -> (BondStory, IssueReport) {
        stage.console.chapter("Money and accounts")
        let cash = try await stage.createCash()
        stage.tellCash()
        let dealers = try scenario.dealers.map {
            try Participant($0.name, .financialInstitution, country: scenario.common.country)
        }
        let citizens = try (1...scenario.citizens.count).map {
            try Participant("citizen \(Amounts.grouped($0))", .citizen, country: scenario.common.country)
        }
        try await stage.open(
            dealers + citizens,
            "\(Amounts.count(dealers.count, "dealer")) and \(Amounts.count(citizens.count, "citizen")) have accounts, each with a key of its own"
        )
        try await stage.openDays(to: scenario.issueDate)
        let (bond, terms) = try await create(scenario, cash, on: stage)
        let story = BondStory(
            stage: stage,
            scenario: scenario,
            dealers: dealers,
            citizens: citizens,
            cash: cash,
            bond: bond,
            schedule: try BondSchedule(terms, calendar: try scenario.businessCalendar())
        )
        return (story, try await story.sellToDealers())
    }

    private static func create(
        _ scenario: BondScenario,
        _ cash: AssetID,
        on stage: Stage
    ) async throws -> (AssetID, BondTerms) {
        let console = stage.console
        console.chapter("The ministry issues the bond")
        let terms = try scenario.terms(payingIn: cash)
        try await stage.register(try scenario.businessCalendar())
        let charter = Charter(authorities: [
            CharterAuthority(.issuer, members: [stage.ministry.account]),
            CharterAuthority(.payingAgent, members: [stage.payingAgent.account]),
        ])
        let bond = try await stage.authority(AuthorityReference(.issuer), stage.ministry).createAsset(
            nonce: 1,
            identification: scenario.identification,
            terms: .bond(terms),
            charter: charter,
            cap: scenario.units
        )
        try await stage.authority(AuthorityReference(.issuer, asset: bond), stage.ministry)
            .issue(scenario.units, of: bond, to: stage.ministry.account)
        let currency = scenario.common.currency
        var table = Table("", "")
        table.add("bond", "\(scenario.name), ISIN \(scenario.identification.value)")
        table.add("face value", "\(Amounts.grouped(scenario.units)) units of \(currency.text(scenario.faceUnit))")
        let rate = Amounts.percent(basisPoints: UInt64(scenario.couponRateBasisPoints))
        table.add("coupon", "\(rate) a year, paid \(Amounts.count(scenario.couponsPerYear, "time")) a year")
        table.add("life", "\(scenario.issueDate) to \(scenario.maturityDate)")
        table.add("on the ledger", "\(bond.short)")
        console.show(table)
        return (bond, terms)
    }

    /// Delivery versus payment: bond and money change hands in one transaction that both sign.
    private func sellToDealers() async throws -> IssueReport {
        let price = scenario.issuePricePerUnit
        let costs = try scenario.dealers.map { try cost(of: $0.units, at: price) }
        _ = try await stage.handOut(cash, Array(zip(dealers, costs)))
        let seller = stage.client(stage.ministry)
        var table = Table("dealer", ">units", ">paid (\(currency.code))")
        var total: UInt128 = 0
        for ((dealer, terms), cost) in zip(zip(dealers, scenario.dealers), costs) {
            try await seller.sell(
                Settlement.Side(asset: bond, units: terms.units),
                to: stage.client(dealer),
                for: Settlement.Side(asset: cash, units: cost)
            )
            total += cost.units
            table.add("\(dealer.name)", "\(Amounts.grouped(terms.units))", "\(currency.number(cost))")
        }
        table.addSum("sum", "\(Amounts.grouped(scenario.units))", "\(currency.number(Quantity(total)))")
        console.say("Dealers take it up, delivery against payment: both sides move, or neither.")
        console.show(table)
        return IssueReport(units: "\(scenario.units)", paid: "\(total)", citizenCount: citizens.count)
    }

    func cost(of units: Quantity, at price: Quantity) throws(DemoFailure) -> Quantity {
        guard let cost = price.multiplied(by: units.units) else { throw DemoFailure("a price is beyond all amounts") }
        return cost
    }
}
