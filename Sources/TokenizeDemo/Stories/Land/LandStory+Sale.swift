import Tokenize

/// Shares against money, and the cap on foreign holders at work.
extension LandStory {
    struct Sale: Encodable, Sendable {
        let buyer: String
        let holderClass: String
        let requested: String
        let bought: String
        let paid: String
        /// The refusal that the buyer met, if the request went above the cap.
        let refusal: Attempt?
        /// Shares that would have been allowed, if the request was refused.
        let allowed: String?
        /// What the buyer is told about it.
        let explanation: String?
        /// What the ledger answered when it was asked why.
        let answer: ExplanationAnswer?

        private enum CodingKeys: CodingKey {
            case buyer, holderClass, requested, bought, paid, refusal, allowed, explanation
        }
    }

    func sell() async throws -> [Sale] {
        console.chapter("The shares are sold, delivery against payment")
        var orders: [(buyer: Participant, terms: LandScenario.Sale)] = []
        for terms in scenario.sales {
            guard let buyer = buyers.first(where: { $0.name == terms.buyer }) else { continue }
            orders.append((buyer, terms))
        }
        _ = try await stage.handOut(cash, orders.map { ($0.buyer, try cost(of: $0.terms.shares)) })
        var sales: [Sale] = []
        var table = Table("buyer", "class", ">asked", ">bought", ">paid (\(currency.code))", ">foreign")
        for (buyer, terms) in orders {
            let sale = try await sell(terms, to: buyer)
            sales.append(sale)
            let isShort = sale.requested != sale.bought
            table.add(
                "\(buyer.name)",
                "\(Attempt.words(sale.holderClass))",
                "\(Amounts.grouped(terms.shares))",
                Table.Cell(Amounts.grouped(UInt128(sale.bought) ?? 0), isShort ? .bad : .plain),
                "\(currency.number(Quantity(UInt128(sale.paid) ?? 0)))",
                "\(try await foreignPercentage())"
            )
        }
        table.addSum("left with the State", "state", "", "\(Amounts.grouped(try await unsold()))", "", "")
        console.show(table)
        for sale in sales { tellRefusal(of: sale) }
        return sales
    }

    /// Sells what was asked for; above the cap, what the refusal says is allowed.
    private func sell(_ terms: LandScenario.Sale, to buyer: Participant) async throws -> Sale {
        do {
            let paid = try await deliver(terms.shares, to: buyer)
            return Sale(buyer, terms, bought: terms.shares, paid: paid, refusal: nil, answer: nil)
        } catch SubmissionError.rejected(let rejection) where rejection.code == .classShareExceeded {
            let answer = try await explain(terms.shares, to: buyer)
            let allowed = answer.amountThatFits(.classShareExceeded) ?? .zero
            let paid = allowed > .zero ? try await deliver(allowed, to: buyer) : .zero
            let attempt = Attempt("\(buyer.name) buys \(Amounts.grouped(terms.shares))", rejection)
            return Sale(buyer, terms, bought: allowed, paid: paid, refusal: attempt, answer: answer)
        }
    }

    /// Asks in the name of the buyer, whose class decides, why a sale is refused and what would pass. Nothing is committed.
    private func explain(_ units: Quantity, to buyer: Participant) async throws -> ExplanationAnswer {
        let (ministry, client) = (stage.client(stage.ministry), stage.client(buyer))
        let sale = Settlement(
            buyer: 1,
            delivery: Settlement.Side(asset: shares, units: units),
            payment: Settlement.Side(asset: cash, units: try cost(of: units))
        )
        let prepared = try await ministry.prepare([Operation(.settle(sale))], with: [client])
        let answer = try await client.explanation(of: prepared)
        await ministry.discard(prepared, with: [client])
        return answer
    }

    private func deliver(_ units: Quantity, to buyer: Participant) async throws -> Quantity {
        let price = try cost(of: units)
        try await stage.client(stage.ministry).sell(
            Settlement.Side(asset: shares, units: units),
            to: stage.client(buyer),
            for: Settlement.Side(asset: cash, units: price)
        )
        return price
    }

    private func tellRefusal(of sale: Sale) {
        guard let refusal = sale.refusal, let answer = sale.answer, let explanation = sale.explanation else { return }
        console.show(Attempt.table([refusal]))
        console.say("Asked why, the ledger answers the buyer, and nobody else as much:")
        ExplanationPage(console: console).show(answer)
        console.say(explanation)
    }

    func cost(of units: Quantity) throws(DemoFailure) -> Quantity {
        guard let cost = scenario.pricePerShare.multiplied(by: units.units) else {
            throw DemoFailure("a price is beyond all amounts")
        }
        return cost
    }

    private func unsold() async throws -> Quantity { try await stage.holding(shares, of: stage.ministry).units }

    // MARK: The cap

    func foreignShares() async throws -> Quantity {
        ClassShare.held(by: .foreign, in: try await stage.record(of: shares))
    }

    /// The largest whole number of shares within the cap.
    var foreignSharesMax: Quantity {
        let limit = scenario.foreignShareLimit
        return ClassShare.limit(limit.numerator, limit.denominator, of: scenario.shares)
    }

    private func foreignPercentage() async throws -> String {
        Amounts.share(try await foreignShares().units, of: scenario.shares.units)
    }

    // MARK: Ways around it

    /// What is tried by those who do not like the cap, or have no money, or want to sell the land twice.
    func circumvent() async throws -> [Attempt] {
        var attempts: [Attempt] = []
        let room = foreignSharesMax.subtracting(try await foreignShares()) ?? .zero
        let more = room.adding(1) ?? room
        let foreigner = buyers.first { HolderClassSet.foreign.contains(HolderClassSet($0.registration.holderClass)) }
        if let foreigner, let seller = try await domesticHolder(of: more) {
            attempts.append(
                try await stage.refusal(
                    "\(seller.name) sells \(Amounts.grouped(more)) to \(foreigner.name) afterwards"
                ) { () throws(SubmissionError) in
                    try await stage.client(seller).transfer(more, of: shares, to: foreigner.account)
                }
            )
        }
        if try await unsold() > .zero {
            attempts.append(
                try await stage.refusal("the tenant buys a share without money") { () throws(SubmissionError) in
                    try await stage.client(stage.ministry).sell(
                        Settlement.Side(asset: shares, units: 1),
                        to: stage.client(tenant),
                        for: Settlement.Side(asset: cash, units: scenario.pricePerShare)
                    )
                }
            )
        }
        attempts.append(
            try await stage.refusal("both ministries divide the parcel a second time") { () throws(SubmissionError) in
                try await divideAgain()
            }
        )
        console.chapter("Ways around")
        console.show(Attempt.table(attempts))
        return attempts
    }

    private func divideAgain() async throws(SubmissionError) -> Receipt {
        let terms = LandShareTerms(
            parcel: scenario.identification.value,
            right: scenario.right,
            start: scenario.start,
            end: scenario.end,
            contractDigest: .zero
        )
        let creation = AssetCreation(
            nonce: 2,
            identification: scenario.identification,
            terms: InstrumentTerms.landShare(terms).canonicalBytes,
            charter: Charter(authorities: []).canonicalBytes,
            cap: scenario.shares
        )
        let issuer = stage.authority(AuthorityReference(.issuer), stage.ministry, stage.approvingMinistry)
        return try await issuer.submit([.createAsset(creation, under: issuer.reference)])
    }

    private func domesticHolder(of units: Quantity) async throws -> Participant? {
        for buyer in buyers
        where !HolderClassSet.foreign.contains(HolderClassSet(buyer.registration.holderClass)) {
            if try await stage.holding(shares, of: buyer).available >= units { return buyer }
        }
        return nil
    }
}

extension LandStory.Sale {
    fileprivate init(
        _ buyer: Participant,
        _ terms: LandScenario.Sale,
        bought: Quantity,
        paid: Quantity,
        refusal: Attempt?,
        answer: ExplanationAnswer?
    ) {
        self.init(
            buyer: buyer.name,
            holderClass: "\(terms.holderClass)",
            requested: "\(terms.shares)",
            bought: "\(bought)",
            paid: "\(paid)",
            refusal: refusal,
            allowed: answer?.amountThatFits(.classShareExceeded).map { "\($0)" },
            explanation: answer.map { _ in Self.sentence(buyer.name, bought) },
            answer: answer
        )
    }

    private static func sentence(_ buyer: String, _ bought: Quantity) -> String {
        bought == .zero
            ? "Nothing fits, and \(buyer) buys nothing."
            : "\(buyer) buys the \(Amounts.grouped(bought)) that fit. The money of the refused sale never moved."
    }
}

extension ExplanationAnswer {
    /// The amount with which a rule would not refuse, if the answer names it.
    fileprivate func amountThatFits(_ code: RejectionCode) -> Quantity? {
        for operation in explanation.operations {
            for finding in operation.findings where finding.code == code {
                if case .amountThatFits(let units)? = finding.remedy { return units }
            }
        }
        return nil
    }
}
