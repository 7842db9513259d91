import Tokenize

/// Section 5.10: payments to all holders.
extension LedgerModel {
    private static let effectCountMax = 3_145_728

    /// Holdings with units, by account and then partition.
    private func holders(of asset: AssetID) -> [(place: Place, holding: Holding)] {
        var holders: [(Place, Holding)] = []
        for account in accountOrder {
            let own = holdings.filter { $0.key.asset == asset && $0.key.account == account && $0.value.units > 0 }
            holders += own.sorted { $0.key.partition.number < $1.key.partition.number }.map { ($0.key, $0.value) }
        }
        return holders
    }

    /// AST-002, STL-002, PAY-004, AST-008, TRF-004 for what a payment is made in.
    private func requireCash(_ cash: AssetID, for asset: AssetID) throws {
        let record = try known(cash)
        guard cash != asset else { throw ModelRefusal(.sameAsset) }
        guard case .cash = record.terms else { throw ModelRefusal(.amountContradictsTerms) }
        if case .bond(let bond) = try known(asset).terms, bond.cash != cash {
            throw ModelRefusal(.amountContradictsTerms)
        }
        try requireMovable(cash)
    }

    /// PAY-001.
    private mutating func notePayment(of asset: AssetID, _ order: OrderReference) throws {
        let name = PaymentName(asset: asset, reference: Array(order.reference.utf8))
        guard payments.insert(name).inserted else { throw ModelRefusal(.alreadyPaid) }
    }

    private func requireRoom(for count: Int) throws {
        guard effects.count + count <= Self.effectCountMax else { throw ModelRefusal(.tooManyEffects) }
    }

    mutating func distribute(_ distribution: Distribution, _ actor: AccountID) throws {
        let (asset, cash) = (distribution.asset, distribution.cash)
        try requireCash(cash, for: asset)
        try notePayment(of: asset, distribution.order)
        let holders = holders(of: asset)
        guard !holders.isEmpty else { throw ModelRefusal(.nothingOutstanding) }
        let shares = ModelSum.shares(of: distribution.total.units, over: holders.map { $0.holding.units })
        try requireRoom(for: shares.filter { $0 > 0 }.count)
        try requireFree(actor)
        try take(
            distribution.total.units,
            from: Place(asset: cash, account: actor, partition: distribution.cashPartition)
        )
        for (holder, share) in zip(holders, shares) where share > 0 {
            let account = holder.place.account
            try give(share, to: Place(asset: cash, account: account, partition: distribution.cashPartition))
            effects.append(.paid(asset, holder: account, cash: cash, amount: Quantity(share)))
        }
    }

    mutating func redeemAll(_ redemption: FinalRedemption, _ actor: AccountID) throws {
        let (asset, cash, price) = (redemption.asset, redemption.cash, redemption.amountPerUnit.units)
        try requireMovable(asset)
        try requireCash(cash, for: asset)
        try notePayment(of: asset, redemption.order)
        guard price > 0 else { throw ModelRefusal(.zeroUnits) }
        try requireTerms(asset)
        let outstanding = try known(asset).outstanding
        guard outstanding > 0 else { throw ModelRefusal(.nothingOutstanding) }
        guard let total = ModelSum.product(outstanding, price) else { throw ModelRefusal(.quantityOverflow) }
        let holders = holders(of: asset)
        let carriedCount = holders.map { $0.holding.claims.filter { $0.stands(on: today) }.count }.reduce(0, +)
        try requireRoom(for: 2 * holders.count + carriedCount + 1)
        try requireFree(actor)
        try take(total, from: Place(asset: cash, account: actor, partition: redemption.cashPartition))
        for (place, holding) in holders {
            let cashPlace = Place(asset: cash, account: place.account, partition: redemption.cashPartition)
            try replace(holding, at: place, by: cashPlace, price)
        }
        assets[asset]?.status = .redeemed
        effects.append(.assetClosed(asset))
    }

    /// Steps 1 to 4 of 5.10.2.
    private mutating func replace(_ holding: Holding, at place: Place, by cash: Place, _ price: UInt128) throws {
        holdings[place] = nil
        assets[place.asset]?.redeemed += holding.units
        effects.append(
            .redeemed(place.asset, from: place.account, partition: place.partition, units: Quantity(holding.units))
        )
        var carried = holding.claims.filter { $0.stands(on: today) }
        for index in carried.indices {
            carried[index].amount = ModelSum.product(min(carried[index].amount, holding.units), price) ?? .max
        }
        guard let amount = ModelSum.product(holding.units, price) else { throw ModelRefusal(.quantityOverflow) }
        var target = cash
        while !carried.isEmpty {
            let present = (holdings[target]?.claims ?? []).filter { $0.stands(on: today) }
            if present.isEmpty || arrival(of: carried, at: target) != nil { break }
            target = Place(
                asset: cash.asset,
                account: cash.account,
                partition: Partition(target.partition.number &+ 1)
            )
        }
        try give(amount, to: target)
        effects.append(.paid(place.asset, holder: place.account, cash: cash.asset, amount: Quantity(amount)))
        try receive(carried, at: target)
    }

    /// PAY-003, PAY-004: no bond of the histories is older than the ledger, so that its redemption is a due.
    private func requireTerms(_ asset: AssetID) throws {
        guard case .bond(let bond) = try known(asset).terms else { return }
        guard let maturity = bond.maturityDate, today >= maturity else { throw ModelRefusal(.beforeMaturity) }
        throw ModelRefusal(.amountContradictsTerms)
    }
}
