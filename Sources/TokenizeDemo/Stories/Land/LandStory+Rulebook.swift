import Tokenize

/// What the charter does not say for ever, a rulebook says until the next version: who may buy, how much, and what it costs.
extension LandStory {
    private static let volumeDays = 30
    /// Of the shares, in one window: one twentieth.
    private static let volumeDivisor: UInt128 = 20
    /// Of the price, for each share: one hundredth.
    private static let dutyDenominator: UInt64 = 100
    /// How long anybody can see the next version before it is in force.
    private static let notice = Notice(openedDays: 10, seconds: 864_000)
    private static let attestedDays = 365

    struct RulebookReport: Encodable, Sendable {
        let seller: String
        let buyer: String
        let sold: String
        let duty: String
        let attempts: [Attempt]
        /// What the ledger answered about the sale that was too large.
        let answer: ExplanationAnswer?

        private enum CodingKeys: CodingKey { case seller, buyer, sold, duty, attempts }
    }

    /// A resale between two people of the country, and what it must meet.
    private struct Resale {
        let seller: Participant
        let buyer: Participant
        let units: Quantity
        let volumeMax: Quantity
        let dutyPerShare: UInt64
    }

    /// Lays down a rulebook for resales, and tries it. Nil if no two domestic buyers have bought.
    func regulateResales() async throws -> RulebookReport? {
        guard let resale = try await resale() else { return nil }
        console.chapter("A rulebook for every later sale")
        let issuer = stage.authority(AuthorityReference(.issuer, asset: shares), stage.ministry)
        let book = rulebook(resale)
        try await issuer.regulate(.setRulebook(RulebookSetting(asset: shares, version: 1, rulebook: book)))
        let attester = AuthorityReference(.identityIssuer)
        try await issuer.regulate(.setTrustedIssuers(TrustSetting(asset: shares, .dueDiligence, issuers: [attester])))
        show(resale)
        _ = try await stage.handOut(
            cash,
            [(resale.buyer, try cost(of: resale.units).adding(duty(resale.units, resale)) ?? .zero)]
        )
        let complete = try operations(resale.units, resale, withDuty: true)
        let withoutDuty = try operations(resale.units, resale, withDuty: false)
        let sale = "\(resale.seller.name) sells \(Amounts.grouped(resale.units)) to \(resale.buyer.name)"
        var attempts = [
            try await stage.refusal("\(sale), whom nobody has checked") { () throws(SubmissionError) in
                try await submit(complete, of: resale)
            }
        ]
        try await attest(resale.buyer)
        attempts.append(
            try await stage.refusal("the same without the stamp duty") { () throws(SubmissionError) in
                try await submit(withoutDuty, of: resale)
            }
        )
        _ = try await submit(complete, of: resale)
        attempts.append(
            try await stage.refusal("\(stage.ministry.name) changes the rulebook from today") {
                () throws(SubmissionError) in
                let setting = RulebookSetting(asset: shares, version: 2, rulebook: Rulebook().canonicalBytes)
                return try await issuer.regulate(.setRulebook(setting))
            }
        )
        let tooMany = try await unitsAboveVolume(resale)
        let answer = try await explain(tooMany, resale)
        console.show(Attempt.table(attempts))
        console.done(
            "\(stage.institutions.depository.name) attested that \(resale.buyer.name) was checked, with no word of "
                + "personal data; \(Amounts.count(resale.units.units, "share")) and the duty, "
                + "\(currency.text(try duty(resale.units, resale))), moved in one transaction"
        )
        if let answer {
            console.say(
                "\(resale.seller.name) asks what would refuse \(Amounts.grouped(tooMany)) more, without duty; nothing is "
                    + "committed:"
            )
            ExplanationPage(console: console).show(answer)
        }
        return RulebookReport(
            seller: resale.seller.name,
            buyer: resale.buyer.name,
            sold: "\(resale.units)",
            duty: "\(try duty(resale.units, resale))",
            attempts: attempts,
            answer: answer
        )
    }

    private func show(_ resale: Resale) {
        var table = Table("rule", "what it asks of every resale")
        table.add(
            "RBK-015",
            "the buyer was checked against money laundering, says \(stage.institutions.depository.name)"
        )
        table.add(
            "RBK-030",
            "nobody gives more than \(Amounts.grouped(resale.volumeMax)) shares in any \(Self.volumeDays) days"
        )
        table.add(
            "RBK-041",
            """
            stamp duty of 1% of the first price goes to \(stage.approvingMinistry.name) in the same transaction, to the \
            last unit
            """
        )
        table.add(
            "the next version",
            "is proposed, and waits \(Self.notice.openedDays) business days in everybody's sight"
        )
        console.show(table)
    }

    // MARK: The rulebook

    private func rulebook(_ resale: Resale) -> [UInt8] {
        let duty = Charge(
            in: cash,
            to: stage.approvingMinistry.account,
            fixed: .zero,
            numerator: resale.dutyPerShare,
            denominator: Self.dutyDenominator
        )
        let book = Rulebook(
            notice: Self.notice,
            rules: [
                .accredited(Statement(.dueDiligence), .receiver), .volume(days: Self.volumeDays, resale.volumeMax),
                .stampDuty(duty),
            ]
        )
        return book.canonicalBytes
    }

    /// The domestic buyers with most and with fewest shares, and what they can do; nil where there are no two.
    private func resale() async throws -> Resale? {
        let domestic = buyers.filter {
            !HolderClassSet.foreign.contains(HolderClassSet($0.registration.holderClass))
        }
        var held: [(buyer: Participant, units: Quantity)] = []
        for buyer in domestic { held.append((buyer, try await stage.holding(shares, of: buyer).available)) }
        guard let seller = held.max(by: { $0.units < $1.units }), seller.units > .zero,
            let buyer = held.filter({ $0.buyer.account != seller.buyer.account }).min(by: { $0.units < $1.units }),
            let price = UInt64(exactly: scenario.pricePerShare.units), price > 0
        else { return nil }
        let volumeMax = Quantity(max(1, scenario.shares.units / Self.volumeDivisor))
        return Resale(
            seller: seller.buyer,
            buyer: buyer.buyer,
            units: Quantity(max(1, min(seller.units.units, volumeMax.units) / 25)),
            volumeMax: volumeMax,
            dutyPerShare: price
        )
    }

    // MARK: A resale

    private func duty(_ units: Quantity, _ resale: Resale) throws(DemoFailure) -> Quantity {
        let denominator = UInt128(Self.dutyDenominator)
        let (product, isTooLarge) = units.units.multipliedReportingOverflow(by: UInt128(resale.dutyPerShare))
        guard !isTooLarge else { throw DemoFailure("a duty is beyond all amounts") }
        return Quantity(product / denominator + (product % denominator == 0 ? 0 : 1))
    }

    /// The buyer pays price and duty; both sign.
    private func operations(_ units: Quantity, _ resale: Resale, withDuty: Bool) throws -> [Operation] {
        let settlement = Settlement(
            buyer: 1,
            delivery: Settlement.Side(asset: shares, units: units),
            payment: Settlement.Side(asset: cash, units: try cost(of: units))
        )
        let payment = Transfer(
            asset: cash,
            recipient: stage.approvingMinistry.account,
            units: try duty(units, resale)
        )
        return (withDuty ? [Operation(.transfer(payment), principal: 1)] : []) + [Operation(.settle(settlement))]
    }

    private func submit(_ operations: [Operation], of resale: Resale) async throws(SubmissionError) -> Receipt {
        try await stage.client(resale.seller).submit(operations, with: [stage.client(resale.buyer)])
    }

    private func attest(_ buyer: Participant) async throws {
        let today = try await stage.businessDate()
        let attestation = Attestation(
            of: buyer.registration.party,
            .dueDiligence,
            .number(1),
            from: today,
            until: today.adding(days: Self.attestedDays) ?? today
        )
        try await stage.authority(AuthorityReference(.identityIssuer), stage.institutions.depository)
            .regulate(.attest(attestation))
    }

    /// One more than the seller may still give, as far as it has them.
    private func unitsAboveVolume(_ resale: Resale) async throws -> Quantity {
        let left = resale.volumeMax.units - resale.units.units
        return Quantity(min(left + 1, try await stage.holding(shares, of: resale.seller).available.units))
    }

    /// What would refuse a sale without duty, for the seller's eyes; nil if it has nothing left.
    private func explain(_ units: Quantity, _ resale: Resale) async throws -> ExplanationAnswer? {
        guard units > .zero else { return nil }
        _ = try await stage.handOut(cash, [(resale.buyer, try cost(of: units))])
        let (seller, buyer) = (stage.client(resale.seller), stage.client(resale.buyer))
        let prepared = try await seller.prepare(try operations(units, resale, withDuty: false), with: [buyer])
        let answer = try await seller.explanation(of: prepared)
        await seller.discard(prepared, with: [buyer])
        return answer
    }
}
