import Tokenize

/// Days, sales and movements, orders, and keys that are lost.
extension BondClerk {
    // MARK: Days

    mutating func open(_ next: CalendarDate) throws -> [Effect] {
        if next <= today || touched.isDayOpened { throw Refusal(.businessDateNotLater) }
        let recording = Set(book.payments.map(\.record)).filter { today <= $0 && $0 < next }.sorted()
        if !recording.isEmpty, touched.isBond { throw Refusal(.holdingsChangedBefore) }
        var effects: [Effect] = [.businessDayOpened(next)]
        for date in recording {
            points[date] = Point(units: units, principal: units)
            effects.append(.service(.recordPointTaken(names.bond, on: date)))
        }
        for one in book.payments {
            guard let ex = one.ex, today < ex, ex <= next else { continue }
            effects.append(.service(.exDayCame(names.bond, due: one.id, on: ex)))
        }
        for one in book.payments where isPayable(one) && paid[one.id] == nil && !defaults.contains(one.id) {
            let units = entitled(to: one).reduce(0) { $0 + $1.units }
            guard units > 0, BondBook.defaultDate(one) <= next else { continue }
            defaults.insert(one.id)
            news.insert(one.isCoupon ? "default" : "default of principal")
            effects.append(.service(.defaulted(names.bond, due: one.id)))
        }
        (today, touched.isDayOpened) = (next, true)
        openedCount += 1
        return effects
    }

    // MARK: Sales

    /// SRV-006 for sales: principal is recorded and not paid.
    var owesRecordedPrincipal: Bool {
        book.payments.contains { !$0.isCoupon && paid[$0.id] == nil && points[$0.record] != nil }
    }

    mutating func issue(_ spot: BondSpot, _ amount: UInt128) throws -> [Effect] {
        try requireMovable(.bond)
        if amount == 0 { throw Refusal(.zeroUnits) }
        if owesRecordedPrincipal { throw Refusal(.earlierDueUnpaid) }
        give(amount, .bond, to: spot)
        return [
            .issued(
                names.bond,
                to: names.accounts[spot.member],
                partition: Partition(spot.partition),
                units: Quantity(amount)
            )
        ]
    }

    mutating func subscribe(_ spot: BondSpot, _ amount: UInt128, _ price: UInt128, _ partition: UInt32) throws
        -> [Effect]
    {
        if !BondBook.isSubscription(amount) { throw Refusal(.sizeNotAdmitted) }
        guard let cost = book.cost(units: amount, price: price, on: today) else { throw Refusal(.priceNotKnown) }
        var effects = try issue(spot, amount)
        let purse = BondSpot(member: spot.member, partition: partition)
        effects.append(try payCost(cost, from: purse, to: Cast.ministry))
        news.insert("sale")
        noteExDays("sale")
        let buyer = names.accounts[spot.member]
        effects.append(
            .service(.subscribed(names.bond, buyer: buyer, units: Quantity(amount), cost: Quantity(cost)))
        )
        return effects
    }

    mutating func buyBack(_ spot: BondSpot, _ amount: UInt128, _ price: UInt128, _ partition: UInt32) throws
        -> [Effect]
    {
        if amount == 0 || amount % plan.lot != 0 { throw Refusal(.sizeNotAdmitted) }
        guard let cost = book.cost(units: amount, price: price, on: today) else { throw Refusal(.priceNotKnown) }
        try requireMovable(.bond)
        try requireFree(spot.member)
        try take(amount, .bond, from: spot)
        // Principal that is recorded for units that are no more is not owed any more.
        for one in book.payments where !one.isCoupon && paid[one.id] == nil {
            guard let owed = points[one.record]?.principal[spot], owed > 0 else { continue }
            points[one.record]?.principal[spot] = owed - min(owed, amount)
            news.insert("principal bought back")
        }
        var effects = [names.redeemed(spot, amount)]
        let purse = BondSpot(member: Cast.ministry, partition: partition)
        effects.append(try payCost(cost, from: purse, to: spot.member))
        news.insert("bought back")
        noteExDays("buyback")
        let seller = names.accounts[spot.member]
        effects.append(
            .service(.boughtBack(names.bond, seller: seller, units: Quantity(amount), cost: Quantity(cost)))
        )
        return effects
    }

    private mutating func noteExDays(_ what: String) {
        let period = book.payments.first { $0.isCoupon && $0.payment > today }
        if let ex = period?.ex, today >= ex { news.insert("\(what) without the coupon") }
    }

    private mutating func payCost(_ cost: UInt128, from purse: BondSpot, to payee: Int) throws -> Effect {
        try transfer(.cash, purse, payee, cost)[0]
    }

    // MARK: Movements

    mutating func transfer(_ thing: BondDeed.Thing, _ spot: BondSpot, _ recipient: Int, _ amount: UInt128) throws
        -> [Effect]
    {
        try requireMovable(thing)
        try requireFree(spot.member)
        if spot.member == recipient { throw Refusal(.selfTransfer) }
        try take(amount, thing, from: spot)
        give(amount, thing, to: BondSpot(member: recipient, partition: spot.partition))
        if thing == .cash, !mayHoldCash(recipient) { throw Refusal(.classNotAllowed) }
        return [names.transferred(thing, spot, to: recipient, amount)]
    }

    mutating func reclassify(_ thing: BondDeed.Thing, _ spot: BondSpot, _ partition: UInt32, _ amount: UInt128)
        throws -> [Effect]
    {
        try requireMovable(thing)
        try requireFree(spot.member)
        if spot.partition == partition { throw Refusal(.samePartition) }
        try take(amount, thing, from: spot)
        give(amount, thing, to: BondSpot(member: spot.member, partition: partition))
        return [
            .reclassified(
                names.asset(thing),
                names.accounts[spot.member],
                from: Partition(spot.partition),
                to: Partition(partition),
                units: Quantity(amount)
            )
        ]
    }

    /// Kip of the ministry, to all who hold the cash.
    mutating func distribute(_ total: UInt128) throws -> [Effect] {
        try requireFree(Cast.ministry)
        if total > kip { throw Refusal(.insufficientUnits) }
        kip -= total
        distributionCount += 1
        let holders = Self.sorted(cash)
        // What comes back to the ministry is its own again.
        let shares = ModelSum.shares(of: total, over: holders.map(\.units))
        var effects: [Effect] = []
        for (holder, share) in zip(holders, shares) where share > 0 {
            if holder.spot.member == Cast.ministry { kip += share }
            let account = names.accounts[holder.spot.member]
            effects.append(.paid(names.cash, holder: account, cash: names.kip, amount: Quantity(share)))
        }
        return effects
    }

    /// An instruction to be paid to itself is none.
    mutating func instruct(_ member: Int, _ recipient: Int) throws -> [Effect] {
        try requireFree(member)
        instructed[member] = recipient == member ? nil : recipient
        touched.accounts.insert(member)
        return [.service(.paymentInstructed(names.accounts[member], cashAccount: names.accounts[recipient]))]
    }

    // MARK: Orders, and keys that are lost

    mutating func freeze(_ target: BondDeed.Target, _ last: CalendarDate) throws -> [Effect] {
        if last < today { throw Refusal(.alreadyLapsed) }
        // What has lapsed goes when something is added.
        freezes[target] = freezes[target, default: []].filter { $0 >= today } + [last]
        switch target {
        case .account(let member): touched.accounts.insert(member)
        case .party(let member): touched.parties.insert(member)
        case .asset: break
        }
        return [.encumbered(names.target(target), EncumbranceID(digest: .zero), amount: .zero)]
    }

    mutating func fileRecovery(_ member: Int) throws -> [Effect] {
        if recoveries[member] != nil { throw Refusal(.recoveryPending) }
        recoveries[member] = openedCount
        touched.accounts.insert(member)
        return [.control(.recoveryFiled(names.accounts[member]))]
    }

    /// RCV-004 and RCV-006: the mandates of both filers say one opened day.
    mutating func executeRecovery(_ member: Int) throws -> [Effect] {
        guard let filed = recoveries[member] else { throw Refusal(.noRecovery) }
        if openedCount == filed { throw Refusal(.noticeRunning) }
        recoveries[member] = nil
        if instructed[member] != nil { news.insert("instruction taken back") }
        instructed[member] = nil
        touched.accounts.insert(member)
        return [.control(.recoveryExecuted(names.accounts[member])), .keysRotated(names.accounts[member])]
    }

    mutating func endRecovery(_ member: Int) throws -> [Effect] {
        if recoveries[member] == nil { throw Refusal(.noRecovery) }
        recoveries[member] = nil
        touched.accounts.insert(member)
        return [.control(.recoveryDecided(names.accounts[member], isAllowed: false))]
    }
}
