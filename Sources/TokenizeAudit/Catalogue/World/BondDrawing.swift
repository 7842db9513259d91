import Tokenize

/// What is done next in the life of a bond, drawn so that most of it can be done.
struct BondDrawing {
    /// As far as the deeds that were drawn have been done.
    private var clerk: BondClerk

    init(_ clerk: BondClerk) {
        self.clerk = clerk
        self.clerk.begin()
    }

    private var scale: UInt128 { clerk.plan.scale }

    // MARK: Transactions

    func transaction(_ trial: inout Trial) throws -> [BondDeed] {
        switch try trial.number(0...15) {
        case 0...3: return [try opening(&trial)]
        case 4: return [try movement(&trial), try openingPastRecord(&trial)]
        case 5: return [try opening(&trial), try deed(&trial)]
        case 6...9: return try payments(&trial)
        case 10, 11: return try settlements(&trial)
        case 12: return try around(true) { try $0.deed(&$1) }(&trial)
        default: return [try deed(&trial)]
        }
    }

    /// A payment of what is due, often with something before it and something after it.
    func payments(_ trial: inout Trial) throws -> [BondDeed] {
        try around(trial.number(0...2) > 0) { try $0.payment(&$1) }(&trial)
    }

    /// A claim that is settled, now and then with something before it and something after it.
    func settlements(_ trial: inout Trial) throws -> [BondDeed] {
        try around(trial.number(0...2) == 0) { try $0.settlement(&$1) }(&trial)
    }

    /// A deed, alone or with others before and after it.
    private func around(_ hasOthers: Bool, _ main: @escaping (BondDrawing, inout Trial) throws -> BondDeed)
        -> (inout Trial) throws -> [BondDeed]
    {
        { trial in
            var (drawing, deeds): (BondDrawing, [BondDeed]) = (self, [])
            if hasOthers, try trial.draw(.bool) { drawing.add(try drawing.hindrance(&trial), to: &deeds) }
            drawing.add(try main(drawing, &trial), to: &deeds)
            if hasOthers, try trial.number(0...2) > 0 {
                let isSpending = try trial.draw(.bool)
                drawing.add(isSpending ? try drawing.spending(&trial) : try drawing.deed(&trial), to: &deeds)
            }
            return deeds
        }
    }

    /// Adds a deed, so that the next is drawn for what will be there after it.
    private mutating func add(_ deed: BondDeed, to deeds: inout [BondDeed]) {
        deeds.append(deed)
        var next = clerk
        if (try? next.perform(deed)) != nil { clerk = next }
    }

    // MARK: Days and payments

    /// The next day, or one on which something is recorded, paid or in default.
    func opening(_ trial: inout Trial) throws -> BondDeed {
        let days = try trial.draw(Generator<Int>.integer(in: 1...7))
        let horizon = clerk.today.adding(days: 10) ?? clerk.today
        let unpaid = clerk.book.payments.first { clerk.paid[$0.id] == nil }
        let turns = unpaid.map { [$0.record, $0.record.adding(days: 1), $0.ex, $0.payment, BondBook.defaultDate($0)] }
        let ahead = (turns ?? []).compactMap { $0 }.filter { $0 > clerk.today && $0 <= horizon }
        if !ahead.isEmpty, try trial.number(0...2) == 0 { return .open(try trial.draw(.element(of: ahead))) }
        return .open(clerk.today.adding(days: days) ?? clerk.today)
    }

    /// A day after the next record day, if that is near enough.
    private func openingPastRecord(_ trial: inout Trial) throws -> BondDeed {
        let record = clerk.book.payments.map(\.record).filter { $0 >= clerk.today }.min()
        guard let next = record?.adding(days: 1), LedgerModel.days(from: clerk.today, to: next) <= 10 else {
            return try opening(&trial)
        }
        return .open(next)
    }

    private func payment(_ trial: inout Trial) throws -> BondDeed {
        let payments = clerk.book.payments
        var id = try trial.draw(.element(of: payments)).id
        // Mostly the first that is not paid yet.
        if try trial.number(0...4) > 0 { id = payments.first { clerk.paid[$0.id] == nil }?.id ?? id }
        if try trial.number(0...11) == 0 { id = BondDue.ID(.coupon, payments[0].record) }
        let partition: UInt32 = try trial.number(0...2) == 0 ? 1 : 0
        let claims = try trial.draw(.element(of: [BondWorld.claims, BondWorld.claims, Cast.carol]))
        return .pay(id, cashPartition: partition, claims: claims)
    }

    private func settlement(_ trial: inout Trial) throws -> BondDeed {
        let open = clerk.claims.keys.sorted()
        if !open.isEmpty, try trial.number(0...4) > 0 { return .settle(try trial.draw(.element(of: open))) }
        let due = try trial.draw(.element(of: clerk.book.payments)).id
        return .settle(BondDeed.ClaimName(due: due, spot: try spot(&trial)))
    }

    /// All that somebody has of the cash, or a unit more.
    private func spending(_ trial: inout Trial) throws -> BondDeed {
        let purses = clerk.cash.keys.filter { $0.member != Cast.ministry && clerk.held(.cash, $0) > 0 }.sorted()
        guard !purses.isEmpty else { return try deed(&trial) }
        let purse = try trial.draw(.element(of: purses))
        let tooMuch: UInt128 = try trial.number(0...3) == 0 ? 1 : 0
        let units = max(1, clerk.available(.cash, purse) + tooMuch)
        return .transfer(.cash, purse, to: try other(purse.member, &trial), units)
    }

    // MARK: Others

    /// Something that stands in the way of a payment, or changes who is paid what.
    private func hindrance(_ trial: inout Trial) throws -> BondDeed {
        let (spot, today) = (try spot(&trial), clerk.today)
        switch try trial.number(0...11) {
        case 0: return .freeze(.account(Cast.ministry), through: today)
        case 1: return .freeze(.party(Cast.ministry), through: today)
        case 2: return .freeze(.asset(.cash), through: today)
        case 3: return .freeze(.account(spot.member), through: today.adding(days: 5) ?? today)
        case 4: return .freeze(.party(spot.member), through: today.adding(days: 5) ?? today)
        case 5: return .fileRecovery(spot.member)
        case 6: return .instruct(spot.member, to: try other(spot.member, &trial))
        case 7: return try spending(&trial)
        case 8: return try movement(&trial)
        default: return try deed(&trial)
        }
    }

    /// A movement of the bond that can be done.
    private func movement(_ trial: inout Trial) throws -> BondDeed {
        let spot = try spot(&trial)
        guard clerk.held(.bond, spot) > 0, try trial.draw(.bool) else { return .issue(spot, try amount(&trial)) }
        let units = max(1, clerk.held(.bond, spot) / 2)
        if try trial.draw(.bool) { return .reclassify(.bond, spot, to: 1 - spot.partition, units) }
        return .transfer(.bond, spot, to: try other(spot.member, &trial), units)
    }

    func deed(_ trial: inout Trial) throws -> BondDeed {
        let spot = try spot(&trial)
        if clerk.owesRecordedPrincipal, try trial.draw(.bool) {
            let units = clerk.held(.bond, spot)
            return .buyBack(spot, units - units % clerk.plan.lot, price: try price(&trial), cashPartition: 0)
        }
        switch try trial.number(0...19) {
        case 0, 1, 2:
            let units = BondPlan.increment * (try amount(&trial) + 1) + (try trial.number(0...7) == 0 ? 1 : 0)
            return .subscribe(spot, units, price: try price(&trial), cashPartition: try purse(of: spot.member, &trial))
        case 3, 4:
            var units = try part(of: clerk.held(.bond, spot), &trial)
            if try trial.number(0...4) > 0 { units -= units % clerk.plan.lot }
            return .buyBack(spot, units, price: try price(&trial), cashPartition: try purse(of: Cast.ministry, &trial))
        case 5, 6, 7:
            let units = try part(of: clerk.held(.bond, spot), &trial)
            return .transfer(.bond, spot, to: try other(spot.member, &trial), units)
        case 8:
            let units = try part(of: clerk.available(.cash, spot), &trial)
            return .transfer(.cash, spot, to: try other(spot.member, &trial), units)
        case 9, 10:
            return .instruct(spot.member, to: try trial.draw(.element(of: BondWorld.holders + [Cast.ministry])))
        case 11, 12, 13: return try freeze(&trial)
        case 14:
            // Of those whose instruction goes with their keys, if there are any.
            let instructed = clerk.instructed.keys.sorted()
            return .fileRecovery(try instructed.isEmpty ? spot.member : trial.draw(.element(of: instructed)))
        case 15, 16:
            let waiting = clerk.recoveries.keys.sorted()
            let member = try waiting.isEmpty ? spot.member : trial.draw(.element(of: waiting))
            return try trial.number(0...3) == 0 ? .endRecovery(member) : .executeRecovery(member)
        case 17:
            let thing = try trial.draw(.element(of: [BondDeed.Thing.bond, .bond, .cash]))
            let units = try part(of: clerk.available(thing, spot), &trial)
            return .reclassify(
                thing,
                spot,
                to: try trial.number(0...4) == 0 ? spot.partition : 1 - spot.partition,
                units
            )
        case 18: return .issue(spot, try amount(&trial))
        default: return .distribute(UInt128(try trial.number(1...900)), number: clerk.distributionCount)
        }
    }

    /// A freeze of an account or a person, or a pause; for a few days where it stops many.
    private func freeze(_ trial: inout Trial) throws -> BondDeed {
        let officials = [Cast.ministry, BondWorld.treasury, BondWorld.claims]
        var days = try trial.draw(Generator<Int>.integer(in: 0...25))
        let target: BondDeed.Target
        switch try trial.number(0...9) {
        case 0...3: target = .account(try trial.draw(.element(of: BondWorld.holders)))
        case 4...6: target = .party(try trial.draw(.element(of: BondWorld.holders)))
        case 7: target = .account(try trial.draw(.element(of: officials)))
        case 8: target = .party(try trial.draw(.element(of: officials)))
        default: target = .asset(try trial.draw(.element(of: [.bond, .cash, .cash])))
        }
        switch target {
        case .account(let member) where officials.contains(member): days %= 6
        case .party(let member) where officials.contains(member): days %= 6
        case .asset: days %= 4
        default: break
        }
        return .freeze(target, through: clerk.today.adding(days: days) ?? clerk.today)
    }

    // MARK: Who and how much

    /// A holding, mostly one that has units.
    func spot(_ trial: inout Trial) throws -> BondSpot {
        let held = clerk.units.keys.filter { clerk.held(.bond, $0) > 0 }.sorted()
        if !held.isEmpty, try trial.draw(.bool) { return try trial.draw(.element(of: held)) }
        let partition: UInt32 = try trial.number(0...2) == 0 ? 1 : 0
        return BondSpot(member: try trial.draw(.element(of: BondWorld.holders)), partition: partition)
    }

    private func other(_ member: Int, _ trial: inout Trial) throws -> Int {
        if try trial.number(0...15) == 0 { return member }
        return try trial.draw(.element(of: BondWorld.holders.filter { $0 != member }))
    }

    /// A few units of a holding's size, never round where holdings are large.
    func amount(_ trial: inout Trial) throws -> UInt128 {
        let rest = UInt64(min(scale, 1 << 40) - 1)
        return UInt128(try trial.number(1...9)) * scale
            + UInt128(try trial.draw(Generator<UInt64>.integer(in: 0...rest)))
    }

    /// All, one more, half or a little of what is there.
    private func part(of whole: UInt128, _ trial: inout Trial) throws -> UInt128 {
        switch try trial.number(0...9) {
        case 0, 1: whole
        case 2: whole + 1
        case 3, 4, 5: whole / 2
        default: min(whole, try amount(&trial))
        }
    }

    private func price(_ trial: inout Trial) throws -> UInt128 {
        UInt128(try trial.draw(Generator<UInt64>.integer(in: 9_000...11_000)))
    }

    /// The partition from which a member pays: mostly one in which it has cash.
    private func purse(of member: Int, _ trial: inout Trial) throws -> UInt32 {
        let isUsual = clerk.held(.cash, BondSpot(member: member)) > 0
        return try trial.number(0...3) == 0 ? (isUsual ? 1 : 0) : (isUsual ? 0 : 1)
    }
}
