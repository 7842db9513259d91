import Tokenize

/// Payments of dues, and claims (chapter 13, sections 13.4 to 13.6).
extension BondClerk {
    /// What one holding is owed.
    private struct Share {
        let spot: BondSpot
        let gross: UInt128
        let tax: UInt128
        var net: UInt128 { gross - tax }
    }

    /// SRV-004, but for what was paid.
    func isPayable(_ one: BondBook.Payment) -> Bool {
        today >= one.payment && today > one.record && points[one.record] != nil
    }

    /// Holdings of record, in order, with the units on which a payment is owed.
    func entitled(to one: BondBook.Payment) -> [(spot: BondSpot, units: UInt128)] {
        guard let point = points[one.record] else { return [] }
        return Self.sorted(one.isCoupon ? point.units : point.principal)
    }

    /// SRV-002 to SRV-006.
    private func requirePayable(_ id: BondDue.ID) throws -> BondBook.Payment {
        guard let one = book.payment(id) else { throw Refusal(.noSuchDue) }
        if paid[id] != nil { throw Refusal(.dueAlreadyPaid) }
        if !isPayable(one) { throw Refusal(.notYetDue) }
        let hasEarlier = book.payments.contains { $0.isCoupon && paid[$0.id] == nil }
        if !one.isCoupon, hasEarlier { throw Refusal(.earlierDueUnpaid) }
        return one
    }

    mutating func pay(_ id: BondDue.ID, _ partition: UInt32, _ claimsMember: Int) throws -> [Effect] {
        let one = try requirePayable(id)
        if isPaused(.cash) { news.insert("due in cash that is paused") }
        if isFrozen(Cast.ministry) { news.insert("due of who is frozen") }
        try requireMovable(.cash)
        let holders = entitled(to: one)
        let sum = holders.reduce(0) { $0 + $1.units }
        let (total, penalty) = book.owed(one, units: sum, on: today)
        let declared = total + penalty
        try requireFree(Cast.ministry)
        if declared > 0 { try take(declared, .cash, from: BondSpot(member: Cast.ministry, partition: partition)) }
        let gross = holders.isEmpty ? [] : ModelSum.shares(of: declared, over: holders.map(\.units))
        let shares = zip(holders, gross).filter { $0.1 > 0 }.map { holder, gross in
            Share(spot: holder.spot, gross: gross, tax: book.tax(one, gross: gross, of: holder.spot.member))
        }
        let fitsBulk = max(declared, sum) <= UInt128(UInt64.max)
        let atOnce = shares.map { fitsBulk && isPaidAtOnce($0.spot, one, partition) }
        var (effects, claimed): ([Effect], UInt128) = ([], 0)
        let touchedBefore = touched
        for (share, isAtOnce) in zip(shares, atOnce) where isAtOnce {
            effects.append(payOut(share, one, to: share.spot.member, partition))
        }
        // What is paid at once touches nothing.
        touched = touchedBefore
        for (share, isAtOnce) in zip(shares, atOnce) where !isAtOnce {
            if let payee = payee(of: share.spot.member) {
                effects.append(payOut(share, one, to: payee, partition))
            } else {
                claimed += share.net
                effects.append(claim(share, one, BondSpot(member: claimsMember, partition: partition)))
            }
        }
        let tax = shares.reduce(0) { $0 + $1.tax }
        effects += close(
            one,
            PaidByHand(declared: declared, penalty: penalty, tax: tax, claimed: claimed, date: today),
            partition,
            claimsMember
        )
        noteKinds(shares.map(\.spot), one)
        return effects
    }

    private mutating func close(_ one: BondBook.Payment, _ record: PaidByHand, _ partition: UInt32, _ claims: Int)
        -> [Effect]
    {
        var effects: [Effect] = []
        if record.tax > 0 {
            give(record.tax, .cash, to: BondSpot(member: BondWorld.treasury, partition: partition))
            let treasury = names.accounts[BondWorld.treasury]
            effects.append(
                .service(.taxRemitted(names.bond, due: one.id, treasury: treasury, amount: Quantity(record.tax)))
            )
        }
        if record.claimed > 0 { give(record.claimed, .cash, to: BondSpot(member: claims, partition: partition)) }
        effects.append(
            .service(
                .dueDischarged(
                    names.bond,
                    due: one.id,
                    declared: Quantity(record.declared),
                    penalty: Quantity(record.penalty),
                    tax: Quantity(record.tax),
                    claimed: Quantity(record.claimed)
                )
            )
        )
        news.insert("paid")
        if today > one.payment { news.insert("late") }
        paid[one.id] = record
        defaults.remove(one.id)
        let isDone = book.payments.allSatisfy { $0.record != one.record || paid[$0.id] != nil }
        if isDone { points[one.record] = nil }
        guard !one.isCoupon else { return effects }
        for (spot, amount) in Self.sorted(units) { effects.append(names.redeemed(spot, amount)) }
        units = [:]
        isClosed = true
        touched.isBond = true
        news.insert("redeemed")
        return effects + [.assetClosed(names.bond)]
    }

    // MARK: Who gets it

    /// Whether nothing has to be looked at before a holding is paid (13.4.6).
    private func isPaidAtOnce(_ spot: BondSpot, _ one: BondBook.Payment, _ partition: UInt32) -> Bool {
        let member = spot.member
        return freezes[.account(member), default: []].isEmpty && freezes[.party(member), default: []].isEmpty
            && instructed[member] == nil && recoveries[member] == nil && mayHoldCash(member)
            && !touched.accounts.contains(member) && !touched.parties.contains(member)
            && !touched.cash.contains(BondSpot(member: member, partition: partition))
            && (one.isCoupon || !touched.isBond)
    }

    /// Who gets the cash of a holder, or nil if the holder cannot be paid (13.4.3).
    func payee(of member: Int) -> Int? {
        let payee = instructed[member] ?? member
        for one in [member, payee] where isFrozen(one) || recoveries[one] != nil { return nil }
        return mayHoldCash(payee) ? payee : nil
    }

    private mutating func payOut(_ share: Share, _ one: BondBook.Payment, to payee: Int, _ partition: UInt32) -> Effect
    {
        let purse = BondSpot(member: payee, partition: partition)
        if cash[purse] == nil { news.insert("newcomer") }
        give(share.net, .cash, to: purse)
        return .service(
            .duePaid(
                names.bond,
                due: one.id,
                holder: names.accounts[share.spot.member],
                partition: Partition(share.spot.partition),
                to: names.accounts[payee],
                gross: Quantity(share.gross),
                tax: Quantity(share.tax)
            )
        )
    }

    private mutating func claim(_ share: Share, _ one: BondBook.Payment, _ place: BondSpot) -> Effect {
        let name = BondDeed.ClaimName(due: one.id, spot: share.spot)
        claims[name] = Claim(amount: share.net, place: place)
        let holder = names.accounts[share.spot.member]
        return .service(
            .claimMade(
                names.bond,
                due: one.id,
                holder: holder,
                partition: Partition(share.spot.partition),
                to: holder,
                gross: Quantity(share.gross),
                tax: Quantity(share.tax)
            )
        )
    }

    /// Why somebody was not paid, and what else is worth a label.
    private mutating func noteKinds(_ spots: [BondSpot], _ one: BondBook.Payment) {
        for member in Set(spots.map(\.member)) {
            let payee = instructed[member] ?? member
            for one in Set([member, payee]) {
                let who = one == member ? "holder" : "cash account"
                if isFrozen(.account(one)) { news.insert("claim: frozen \(who)") }
                if isFrozen(.party(one)) { news.insert("claim: frozen party of a \(who)") }
                if recoveries[one] != nil { news.insert("claim: \(who) in recovery") }
            }
            if !mayHoldCash(payee) { news.insert("claim: excluded class") }
            if payee != member { news.insert("paid elsewhere") }
        }
        if Set(spots.map(\.partition)).count > 1 { news.insert("two partitions are paid") }
    }

    // MARK: Claims

    mutating func settle(_ name: BondDeed.ClaimName) throws -> [Effect] {
        guard let claim = claims[name] else { throw Refusal(.unknownClaim) }
        try requireMovable(.cash)
        guard let payee = payee(of: name.spot.member) else { throw Refusal(.cashAccountBlocked) }
        claims[name] = nil
        if claim.amount > 0 { try take(claim.amount, .cash, from: claim.place) }
        give(claim.amount, .cash, to: BondSpot(member: payee, partition: claim.place.partition))
        news.insert("settled")
        return [
            .service(
                .claimSettled(
                    names.bond,
                    due: name.due,
                    account: names.accounts[name.spot.member],
                    partition: Partition(name.spot.partition),
                    to: names.accounts[payee],
                    amount: Quantity(claim.amount)
                )
            )
        ]
    }
}
