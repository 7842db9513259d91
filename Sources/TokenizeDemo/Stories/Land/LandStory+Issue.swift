import Tokenize

/// How a right in land becomes shares, with the rule on who may hold them in the shares themselves.
extension LandStory {
    static func prepare(
        _ scenario: LandScenario,
        on stage: Stage
    ) async throws -> (LandStory, Stage.Approval) {
        stage.console.chapter("Money and accounts")
        let cash = try await stage.createCash()
        stage.tellCash()
        var buyers: [Participant] = []
        for sale in scenario.sales where !buyers.contains(where: { $0.name == sale.buyer }) {
            buyers.append(try Participant(sale.buyer, sale.holderClass, country: sale.country))
        }
        let tenant = try Participant(scenario.tenant, .domesticEntity, country: scenario.common.country)
        try await stage.open(
            buyers + [tenant],
            "\(Amounts.count(buyers.count, "investor")) and the tenant, \(tenant.name), have accounts"
        )
        let approval = try await create(scenario, on: stage)
        let story = LandStory(
            stage: stage,
            scenario: scenario,
            buyers: buyers,
            tenant: tenant,
            cash: cash,
            shares: approval.asset
        )
        return (story, approval)
    }

    private static func create(_ scenario: LandScenario, on stage: Stage) async throws -> Stage.Approval {
        stage.console.chapter("Two ministries turn a parcel into shares")
        let terms = LandShareTerms(
            parcel: scenario.identification.value,
            right: scenario.right,
            start: scenario.start,
            end: scenario.end,
            contractDigest: Document.digest(of: scenario.contract)
        )
        let limit = scenario.foreignShareLimit
        let charter = Charter(
            authorities: [
                CharterAuthority(.issuer, members: [stage.ministry.account]),
                CharterAuthority(.payingAgent, members: [stage.payingAgent.account]),
            ],
            rules: [.classShareLimit(.foreign, numerator: limit.numerator, denominator: limit.denominator)]
        )
        var table = Table("", "")
        table.add("parcel", "\(scenario.name), No. \(scenario.identification.value)")
        table.add("right", "\(Attempt.words("\(scenario.right)")), \(scenario.start) to \(scenario.end)")
        table.add("contract", "\(scenario.contract)")
        table.add("its SHA-256", "\(terms.contractDigest.bytes.hexadecimal.prefix(32))…, in the terms")
        table.add("divided into", "\(Amounts.count(scenario.shares.units, "share")), all with the State at first")
        table.add(
            "the charter",
            """
            foreign persons and entities together hold at most \(limit.numerator)/\(limit.denominator) of the shares; \
            no act of anybody can exceed it, a court's order alone excepted
            """
        )
        stage.console.show(table)
        let approval = try await stage.createTogether(
            "the shares",
            identification: scenario.identification,
            terms: .landShare(terms),
            charter: charter,
            cap: scenario.shares
        )
        let shares = approval.asset
        try await stage.authority(AuthorityReference(.issuer, asset: shares), stage.ministry)
            .issue(scenario.shares, of: shares, to: stage.ministry.account)
        return approval
    }
}
