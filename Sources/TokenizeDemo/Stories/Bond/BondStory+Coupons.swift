import Tokenize

/// Coupons: declared on what is outstanding, paid to every holder, to the last unit.
extension BondStory {
    private static let sampleCount = 4

    func payFirstCoupon() async throws -> Payout {
        console.chapter("The first coupon")
        guard let date = scenario.couponDates.first else { throw DemoFailure("the bond has no coupon") }
        try await stage.openDays(to: date)
        let coupon = try await pay(number: 1)
        let rate = Amounts.percent(basisPoints: UInt64(scenario.couponRateBasisPoints))
        let declared = currency.text(coupon.declared)
        console.say(
            "Declared: \(Amounts.grouped(try await stage.record(of: bond).outstanding)) units of "
                + "\(currency.text(terms.faceUnit)) at \(rate), \(scenario.couponsPerYear) times a year, is \(declared)."
        )
        showShares(coupon)
        console.done(
            "\(Amounts.count(coupon.holderCount, "holder")) in one transaction; every balance rose by its share, "
                + "and the shares add up to the declared sum"
        )
        if let sentence = coupon.roundingSentence { console.say(sentence) }
        let again = try await stage.refusal("the same coupon is paid again") { () throws(SubmissionError) in
            try await distributeAgain(reference: coupon.reference)
        }
        console.show(Attempt.table([again]))
        return coupon
    }

    /// The coupons after the first, each on its day; the last with the outcome that redemption waits for.
    func payLaterCoupons() async throws -> (coupons: [Payout], last: Payout?) {
        console.chapter("The years until maturity")
        var coupons: [Payout] = []
        for (index, date) in scenario.couponDates.enumerated().dropFirst() {
            try await stage.openDays(to: date)
            coupons.append(try await pay(number: index + 1))
        }
        var table = Table("coupon", "paid on", ">holders", ">declared (\(currency.code))", ">paid (\(currency.code))")
        for coupon in coupons {
            table.add(
                "\(coupon.reference)",
                "\(coupon.date)",
                "\(Amounts.grouped(coupon.holderCount))",
                "\(currency.number(coupon.declared))",
                "\(currency.number(coupon.sharesSum))"
            )
        }
        if !coupons.isEmpty { console.show(table) }
        return (coupons, coupons.last)
    }

    private func pay(number: Int) async throws -> Payout {
        let outstanding = try await stage.record(of: bond).outstanding
        let coupons = schedule.dues.filter { $0.id.kind == .coupon }
        guard coupons.indices.contains(number - 1) else { throw DemoFailure("the bond has no coupon") }
        let total = try coupons[number - 1].total(on: outstanding, terms.rounding)
        let reference = "COUPON \(number) OF \(scenario.identification.value)"
        let order = try Document.order(reference, document: "\(reference): \(total) \(currency.code)")
        return try await stage.distribute(total, of: cash, to: bond, from: stage.ministry, order)
    }

    private func distributeAgain(reference: String) async throws(SubmissionError) -> Receipt {
        guard let order = OrderReference(reference: reference, documentDigest: .zero) else {
            throw .failed(.misconfigured(reason: "reference"))
        }
        return try await stage.authority(AuthorityReference(.payingAgent, asset: bond), stage.payingAgent)
            .distribute(Distribution(asset: bond, cash: cash, total: 1, order: order))
    }

    private func showShares(_ coupon: Payout) {
        var table = Table("holder", ">units", ">share of the coupon (\(currency.code))")
        let shown = dealers + citizens.prefix(BondStory.sampleCount)
        for holder in shown {
            guard let units = coupon.units[holder.account] else { continue }
            table.add(
                "\(holder.name)",
                "\(Amounts.grouped(units))",
                "\(currency.number(coupon.shares[holder.account] ?? .zero))"
            )
        }
        let rest = Set(coupon.units.keys).subtracting(shown.map(\.account))
        if !rest.isEmpty {
            let units = rest.reduce(UInt128(0)) { $0 + (coupon.units[$1]?.units ?? 0) }
            let paid = rest.reduce(UInt128(0)) { $0 + (coupon.shares[$1]?.units ?? 0) }
            table.add(
                "\(Amounts.count(rest.count, "other holder"))",
                "\(Amounts.grouped(units))",
                "\(currency.number(Quantity(paid)))"
            )
        }
        let held = coupon.units.values.reduce(UInt128(0)) { $0 + $1.units }
        table.addSum(
            "sum",
            "\(Amounts.grouped(held))",
            "\(currency.number(coupon.sharesSum))"
        )
        console.show(table)
    }
}
