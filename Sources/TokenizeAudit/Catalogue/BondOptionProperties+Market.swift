import Tokenize

/// Sales and buybacks between the issuer and a holder.
extension OptionLife {
    /// A price in parts of ten thousand, mostly par.
    private func price(_ trial: inout Trial) throws -> Int128 {
        try trial.draw(.element(of: [10_000, 9_875, 10_000, 10_233]))
    }

    /// What paying a cost is refused for.
    private func refusal(paying cost: UInt128, by member: Int) async throws -> RejectionCode? {
        if book.isCashPaused { return .assetPaused }
        if book.isFrozen(member) { return .accountFrozen }
        let (cash, account) = (world.cash, world.account(member))
        let held = try await world.ledger.read { $0.holding(asset: cash, account: account) }
        return cost > held.units.units
            ? .insufficientUnits : cost > held.available.units ? .unitsEncumbered : cost == 0 ? .zeroUnits : nil
    }

    /// A sale of which the cost is worked out (BND-050, BND-051).
    mutating func subscribe(_ trial: inout Trial) async throws {
        let buyer = try trial.draw(.element(of: OptionWorld.holders))
        let units = UInt128(try trial.draw(.element(of: [10, 15, 25, 12, 5])))
        let price = try price(&trial)
        let isOwn = buyer.member == Cast.ministry
        let sale = Subscription(
            asset: world.bond,
            buyer: isOwn ? 0 : 1,
            partition: buyer.partition,
            units: Quantity(units),
            at: .price(try OptionPlan.price(price))
        )
        let before = try await world.kip(buyer.member)
        let cost = book.cost(units, price: price)
        let isSize = units >= OptionPlan.minimum && (units - OptionPlan.minimum) % OptionPlan.increment == 0
        var expected: RejectionCode? =
            isOwn
            ? .buyerIsSeller
            : !isSize
                ? .sizeNotAdmitted
                : cost == nil
                    ? .priceNotKnown
                    : book.isClosed
                        ? .assetClosed
                        : book.isBondPaused ? .assetPaused : book.owesRecordedPrincipal ? .earlierDueUnpaid : nil
        if expected == nil, let cost { expected = try await refusal(paying: cost, by: buyer.member) }
        let answer = try await world.submit(
            [.service(.subscribe(sale), under: AuthorityReference(.issuer))],
            with: isOwn ? [] : [buyer.member]
        )
        try require(answer, expected, "\(buyer) buys \(units) at \(price)", &trial)
        guard expected == nil, let cost else { return }
        book.held[buyer, default: 0] += units
        let spent = before - (try await world.kip(buyer.member))
        try trial.require(spent == cost, "\(units) cost \(spent), by the book \(cost)")
    }

    mutating func buyBack(_ trial: inout Trial) async throws {
        let seller = try trial.draw(.element(of: OptionWorld.holders))
        var units = try some(of: seller, &trial)
        if try trial.number(0...3) > 0 { units = 2 * max(1, units / 2) }
        let price = try price(&trial)
        let isOwn = seller.member == Cast.ministry
        let purchase = BuyBack(
            asset: world.bond,
            seller: isOwn ? 0 : 1,
            partition: seller.partition,
            units: Quantity(units),
            at: .price(try OptionPlan.price(price))
        )
        let before = try await world.kip(seller.member)
        let cost = book.cost(units, price: price)
        var expected: RejectionCode? =
            isOwn
            ? .buyerIsSeller
            : units == 0 || units % OptionPlan.lot != 0 ? .sizeNotAdmitted : cost == nil ? .priceNotKnown : nil
        expected = expected ?? refusal(of: seller.member) ?? book.taking(units, from: seller)
        if expected == nil, let cost { expected = try await refusal(paying: cost, by: Cast.ministry) }
        let answer = try await world.submit(
            [.service(.buyBack(purchase), under: AuthorityReference(.issuer))],
            with: isOwn ? [] : [seller.member]
        )
        try require(answer, expected, "\(seller) sells \(units) back at \(price)", &trial)
        guard expected == nil, let cost else { return }
        trial.label("bought back")
        trial.label("ended after record", when: hasRecordedPrincipal)
        book.end(units, of: seller)
        let got = (try await world.kip(seller.member)) - before
        try trial.require(got == cost, "\(units) brought \(got), by the book \(cost)")
    }
}
