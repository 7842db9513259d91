/// PRM-001, PRM-002: units against cash between the issuer and a buyer or seller, at a price that the ledger works out.
extension LedgerState {
    /// Issue at a price: the units come into being with the buyer, and their cost goes to the acting issuer.
    func decide(
        _ subscription: Subscription,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let line = try requireBond(subscription.asset, draft).line
        let buyer = try requireCounterparty(subscription.buyer, context)
        if !line.terms.denomination.admits(subscription: subscription.units) {
            try draft.object(Rejection(.sizeNotAdmitted, (.requested, .quantity(subscription.units))))
        }
        let cost = try cost(of: subscription.units, at: subscription.quote, line, draft)
        try decide(
            Issuance(
                asset: subscription.asset,
                recipient: accountID(buyer, draft),
                partition: subscription.partition,
                units: subscription.units
            ),
            &draft
        )
        try payCost(cost, line, from: buyer, to: context.actor, subscription.cashPartition, &draft)
        draft.effects.append(
            .service(
                .subscribed(
                    subscription.asset,
                    buyer: accountID(buyer, draft),
                    units: subscription.units,
                    cost: cost
                )
            )
        )
    }

    /// Buyback: the seller's units go out of being, and their cost comes from the acting issuer.
    func decide(_ purchase: BuyBack, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        let (asset, line) = try requireBond(purchase.asset, draft)
        let seller = try requireCounterparty(purchase.seller, context)
        if !line.terms.denomination.admits(trade: purchase.units) {
            try draft.object(Rejection(.sizeNotAdmitted, (.requested, .quantity(purchase.units))))
        }
        let cost = try cost(of: purchase.units, at: purchase.quote, line, draft)
        try extinguish(purchase.units, of: asset, held: seller, in: purchase.partition, &draft)
        try payCost(cost, line, from: context.actor, to: seller, purchase.cashPartition, &draft)
        draft.effects.append(
            .service(
                .boughtBack(
                    purchase.asset,
                    seller: accountID(seller, draft),
                    units: purchase.units,
                    cost: cost
                )
            )
        )
    }

    /// STL-001: the other side is a principal, and another account.
    private func requireCounterparty(_ index: Int, _ context: OperationContext) throws(Rejection) -> AccountIndex {
        guard index < context.principals.count, context.principals[index] != context.actor else {
            throw Rejection(.buyerIsSeller)
        }
        return context.principals[index]
    }

    /// PRM-002: what units cost today (BND-051), from a price or a yield.
    private func cost(
        of units: Quantity,
        at quote: BondQuote,
        _ line: BondLine,
        _ draft: Transition
    ) throws(Rejection) -> Quantity {
        let today = businessDate(draft)
        guard line.acceleration == nil else { throw Rejection(.priceNotKnown, (.date, .date(today))) }
        do throws(BondFailure) {
            let price: BondDecimal
            switch quote {
            case .price(let clean): price = clean
            case .yield(let yield): price = try line.schedule.cleanPrice(atYield: yield, settlement: today)
            }
            guard price > .zero else { throw .arithmetic(.doesNotFit) }
            return try line.schedule.invoice(for: units, cleanPrice: price, settlement: today).total
        } catch {
            throw Rejection(.priceNotKnown, (.reason, .text("\(error)")))
        }
    }

    /// Cash moves as in a transfer by the one who gives it.
    private func payCost(
        _ cost: Quantity,
        _ line: BondLine,
        from payer: AccountIndex,
        to payee: AccountIndex,
        _ partition: Partition,
        _ draft: inout Transition
    ) throws(Rejection) {
        let cash = try requireAsset(line.terms.cash, draft)
        try requireMovable(cash, draft)
        try requireFree(payer, draft)
        try moveByHolder(Movement(asset: cash, from: payer, to: payee, partition: partition, units: cost), &draft)
    }
}
