import Tokenize

/// What an order takes, and from where.
struct ModelTaking {
    let place: LedgerModel.Place
    let units: UInt128
    let rank: UInt16
    let lastDate: CalendarDate
    let order: OrderReference
    let executing: EncumbranceID?

    init(_ taking: Taking) {
        place = LedgerModel.Place(asset: taking.asset, account: taking.source, partition: taking.partition)
        (units, rank, lastDate) = (taking.units.units, taking.rank, taking.lastDate)
        (order, executing) = (taking.order, taking.executing)
    }

    init(_ forced: ForcedTransfer) {
        place = LedgerModel.Place(asset: forced.asset, account: forced.source, partition: forced.partition)
        (units, rank, lastDate) = (forced.units.units, forced.rank, forced.lastDate)
        (order, executing) = (forced.order, forced.executing)
    }
}

/// Sections 5.9 and 15.2: orders, appeals, and what is done under them.
extension LedgerModel {
    static func orderID(_ order: OrderReference, of authority: AuthorityReference) -> OrderID {
        let name = ModelHash.array(authority.canonicalBytes, order.canonicalBytes)
        return OrderID(digest: ModelHash.tagged("Tokenize/order", name))
    }

    /// COE-001, and the record of the order.
    mutating func note(_ order: OrderReference, of authority: AuthorityReference, takes: Bool) throws {
        let id = Self.orderID(order, of: authority)
        guard let known = orders[id] else {
            orders[id] = Order(authority: authority, order: order)
            return
        }
        if known.appeal == .quashed { throw ModelRefusal(.orderOnAppeal) }
        if known.appeal == .pending, takes { throw ModelRefusal(.orderOnAppeal) }
    }

    mutating func decideAppeal(_ finding: AppealFinding, _ under: AuthorityReference) throws {
        guard let order = orders[finding.order] else { throw ModelRefusal(.unknownOrder) }
        guard order.authority != under else { throw ModelRefusal(.ownOrder) }
        switch (order.appeal, finding.status) {
        case (.none, .pending), (.upheld, .pending), (.pending, .upheld), (.pending, .quashed): break
        default: throw ModelRefusal(.appealNotOpen)
        }
        orders[finding.order]?.appeal = finding.status
        effects.append(.control(.orderAppealed(finding.order, finding.status)))
    }

    mutating func nameCustody(_ account: AccountID, _ under: AuthorityReference) throws {
        _ = try known(account)
        custodies[under] = account
        effects.append(.control(.custodyNamed(under, account)))
    }

    mutating func seize(_ taking: ModelTaking, _ under: AuthorityReference) throws {
        guard let custody = custodies[under] else { throw ModelRefusal(.noCustody) }
        noteExecution(taking, under)
        try force(taking, to: custody, under)
    }

    mutating func forceRedeem(_ taking: ModelTaking, _ under: AuthorityReference) throws {
        guard try known(taking.place.asset).status == .active else { throw ModelRefusal(.assetClosed) }
        _ = try known(taking.place.account)
        noteExecution(taking, under)
        try takeByOrder(taking, under)
        assets[taking.place.asset]?.redeemed += taking.units
        effects.append(
            .redeemed(
                taking.place.asset,
                from: taking.place.account,
                partition: taking.place.partition,
                units: Quantity(taking.units)
            )
        )
    }

    private mutating func noteExecution(_ taking: ModelTaking, _ under: AuthorityReference) {
        effects.append(
            .control(
                .orderExecuted(
                    Self.orderID(taking.order, of: under),
                    taking.place.asset,
                    from: taking.place.account,
                    partition: taking.place.partition,
                    units: Quantity(taking.units)
                )
            )
        )
    }

    /// 5.9.
    mutating func force(_ taking: ModelTaking, to recipient: AccountID, _ under: AuthorityReference) throws {
        let place = taking.place
        guard try known(place.asset).status == .active else { throw ModelRefusal(.assetClosed) }
        _ = try known(place.account)
        _ = try known(recipient)
        guard place.account != recipient else { throw ModelRefusal(.selfTransfer) }
        try takeByOrder(taking, under)
        let following = splitLiens(at: place, taking.rank)
        let target = Place(asset: place.asset, account: recipient, partition: place.partition)
        try give(taking.units, to: target)
        try receive(following, at: target)
        effects.append(
            .forciblyTransferred(
                place.asset,
                from: place.account,
                to: recipient,
                partition: place.partition,
                units: Quantity(taking.units)
            )
        )
    }

    /// To take under an order (15.2.3).
    private mutating func takeByOrder(_ taking: ModelTaking, _ under: AuthorityReference) throws {
        guard taking.units > 0 else { throw ModelRefusal(.zeroUnits) }
        guard taking.rank > 0 else { throw ModelRefusal(.rankZero) }
        guard taking.lastDate >= today else { throw ModelRefusal(.alreadyLapsed) }
        try note(taking.order, of: under, takes: true)
        var holding = holdings[taking.place] ?? Holding()
        guard taking.units <= holding.units else { throw ModelRefusal(.insufficientUnits) }
        if let executed = taking.executing {
            guard let index = holding.claims.firstIndex(where: { $0.id == executed }) else {
                throw ModelRefusal(.unknownEncumbrance)
            }
            let claim = holding.claims[index]
            guard claim.owner == .authority(under) else { throw ModelRefusal(.notOwner) }
            guard claim.stands(on: today), claim.order == taking.order, claim.rank == taking.rank,
                claim.amount >= taking.units
            else { throw ModelRefusal(.orderDoesNotCover) }
            Self.lower(&holding.claims, at: index, by: taking.units)
            let place = taking.place
            let target = EncumbranceTarget.holding(
                asset: place.asset,
                account: place.account,
                partition: place.partition
            )
            effects.append(.released(target, executed, amount: Quantity(taking.units)))
        }
        holding.units -= taking.units
        try requireNoSenior(taking, under, holding)
        holdings[taking.place] = holding
    }

    /// ORD-002.
    private func requireNoSenior(_ taking: ModelTaking, _ under: AuthorityReference, _ left: Holding) throws {
        func isSenior(_ claim: Claim) -> Bool {
            guard claim.stands(on: today), claim.id != taking.executing else { return false }
            if case .account = claim.owner { return claim.rank < taking.rank }
            return claim.rank <= taking.rank
        }
        guard Self.cover(left.claims.filter(isSenior)) <= left.units else { throw ModelRefusal(.seniorEncumbrance) }
        let holder = try known(taking.place.account)
        let asset = try known(taking.place.asset)
        for claim in holder.claims + claims(onPersonOf: holder.party) + asset.claims {
            if isSenior(claim), claim.owner != .authority(under) { throw ModelRefusal(.seniorEncumbrance) }
        }
    }

    /// Step 4: what leaves of the liens of a holding whose units have left, under names of its own.
    private mutating func splitLiens(at place: Place, _ rank: UInt16) -> [Claim] {
        guard var holding = holdings[place] else { return [] }
        let liens = holding.claims.indices.filter {
            holding.claims[$0].kind == .lien && holding.claims[$0].stands(on: today)
        }
        var room = holding.units
        var kept: [UInt16: UInt128] = [:]
        let senior = liens.filter { holding.claims[$0].rank <= rank }
        let junior = liens.filter { holding.claims[$0].rank > rank }
        for index in senior + junior {
            let lien = holding.claims[index]
            let before = kept[lien.layer, default: 0]
            if lien.amount > before {
                let more = min(lien.amount - before, room)
                kept[lien.layer] = before + more
                room -= more
            }
        }
        var following: [Claim] = []
        for index in liens {
            let lien = holding.claims[index]
            let stays = kept[lien.layer, default: 0]
            guard lien.amount > stays else { continue }
            following.append(
                Claim(
                    id: encumbranceID(ordinal: UInt64(index) + 1),
                    kind: .lien,
                    owner: lien.owner,
                    amount: lien.amount - stays,
                    rank: lien.rank,
                    lastDate: lien.lastDate,
                    order: lien.order,
                    layer: lien.layer
                )
            )
            holding.claims[index].amount = stays
        }
        holding.claims.removeAll { $0.kind == .lien && $0.amount == 0 }
        holdings[place] = holding
        return following
    }
}
