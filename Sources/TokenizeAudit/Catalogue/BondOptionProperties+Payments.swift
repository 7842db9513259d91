import Tokenize

/// Payments, and what is set aside by them.
extension OptionLife {
    mutating func pay(_ trial: inout Trial) async throws {
        let dues = book.dues
        guard let last = dues.last else { return }
        var due = dues.first { book.paid[$0.id] == nil } ?? last
        if try trial.number(0...2) == 0 { due = try trial.draw(.element(of: dues)) }
        if try trial.number(0...2) == 0 { due = dues.first { book.paid[$0.id] == nil && !$0.isCoupon } ?? due }
        // Units that were put, now and then after the next record day.
        if try trial.number(0...2) == 0 { due = dues.first { $0.isPut && book.paid[$0.id] == nil } ?? due }
        try await pay(due, &trial)
    }

    /// What members have of the cash, and what weighs on it.
    private struct Cash {
        var kip: [Int: UInt128] = [:]
        var weights: [Int: [BondWeight]] = [:]

        init(_ world: OptionWorld) async throws {
            for member in OptionWorld.members + [OptionWorld.treasury, OptionWorld.claims] {
                kip[member] = try await world.kip(member)
                weights[member] = try await world.cashWeights(member)
            }
        }
    }

    mutating func pay(_ due: OptionBook.Due, _ trial: inout Trial) async throws {
        // Principal of units on which something weighs is now and then set aside.
        let weighed = OptionWorld.holders.filter { !(book.weights[$0] ?? []).isEmpty }
        if !due.isCoupon, book.paid[due.id] == nil, book.isPayable(due, on: book.today), !weighed.isEmpty,
            try trial.number(0...2) == 0
        {
            let member = try trial.draw(.element(of: weighed)).member
            if member != Cast.ministry { try await freeze(member, through: book.today, &trial) }
        }
        let payment = DuePayment(asset: world.bond, due: due.id, claimsAccount: world.account(OptionWorld.claims))
        let before = try await Cash(world)
        let act = Act.service(.payDue(payment), under: AuthorityReference(.payingAgent))
        let answer = try await world.submit([act])
        try require(answer, refusal(paying: due), "paying \(due.id)", &trial)
        guard answer.code == nil, let settlement = book.settlement(due) else { return }
        try await requirePaid(due, settlement, before, trial)
        note(due, settlement, &trial)
        book.pay(due, settlement)
        let isLowered = book.points.values.contains { $0.principal != $0.units }
        trial.label("principal lowered", when: isLowered)
        if due.isPut, isLowered { try await world.reopen(&trial) }
    }

    private func refusal(paying due: OptionBook.Due) -> RejectionCode? {
        if book.paid[due.id] != nil { return .dueAlreadyPaid }
        if !book.isPayable(due, on: book.today) { return .notYetDue }
        if due.amount == nil { return .amountNotKnown }
        if book.hasEarlier(due) { return .earlierDueUnpaid }
        return book.isCashPaused ? .assetPaused : book.isFrozen(Cast.ministry) ? .accountFrozen : nil
    }

    /// Each member has what the book gives it, with what weighed on the units, and no more.
    private func requirePaid(
        _ due: OptionBook.Due,
        _ settlement: OptionBook.Settlement,
        _ before: Cash,
        _ trial: Trial
    ) async throws {
        var expected = before
        func give(_ member: Int, _ units: UInt128) { expected.kip[member, default: 0] += units }
        expected.kip[Cast.ministry, default: 0] -= settlement.declared
        give(OptionWorld.treasury, settlement.tax)
        for share in settlement.shares {
            let isSetAside = book.isFrozen(share.recipient)
            give(isSetAside ? OptionWorld.claims : share.recipient, share.net)
            if !isSetAside { expected.weights[share.recipient, default: []] += share.weights }
        }
        try await require(expected, "\(due.id)", trial)
    }

    private func require(_ expected: Cash, _ what: String, _ trial: Trial) async throws {
        let found = try await Cash(world)
        for (member, units) in expected.kip {
            let has = found.kip[member] ?? 0
            try trial.require(has == units, "after \(what) \(member) has \(has), by the book \(units)")
        }
        for member in OptionWorld.members {
            // The layers on which they arrive are another property's business.
            let (weighs, wanted) = (found.weights[member] ?? [], expected.weights[member] ?? [])
            let (isThere, isWanted) = (
                weighs.filter { $0.lastDate >= book.today }, wanted.filter { $0.lastDate >= book.today }
            )
            // What has lapsed may be gone, and never comes.
            try trial.require(
                Set(weighs.map(\.unlayered)).isSubset(of: wanted.map(\.unlayered))
                    && Set(isThere.map(\.unlayered)) == Set(isWanted.map(\.unlayered))
                    && isThere.count == isWanted.count,
                "after \(what) on the cash of \(member) weigh \(weighs), by the book \(wanted)"
            )
        }
    }

    private func note(_ due: OptionBook.Due, _ settlement: OptionBook.Settlement, _ trial: inout Trial) {
        trial.label("put paid", when: due.isPut)
        trial.label("acceleration paid", when: due.id.kind == .acceleration)
        trial.label("late", when: settlement.penalty > 0)
        trial.label("taxed", when: settlement.tax > 0)
        trial.label("taxed principal", when: settlement.tax > 0 && !due.isCoupon)
        trial.label("pledgee paid", when: settlement.shares.contains { $0.recipient != $0.holder.member })
        trial.label("claim", when: settlement.shares.contains { book.isFrozen($0.recipient) })
        let weighs = settlement.shares.contains { !$0.weights.isEmpty }
        trial.label("weighs on cash", when: weighs)
        trial.label("weighs on cash of a put", when: weighs && due.isPut)
        let isOthers =
            due.isPrincipal
            && settlement.shares.contains { share in
                let point = book.points[due.record]
                return (point?.principal[share.holder] ?? 0) > (point?.units[share.holder] ?? 0)
            }
        trial.label("principal of another", when: isOthers)
    }

    // MARK: Claims

    mutating func settle(_ trial: inout Trial) async throws {
        let names = book.claims.keys.sorted { ($0.due, $0.member, $0.partition) < ($1.due, $1.member, $1.partition) }
        guard !names.isEmpty else { return }
        let name = try trial.draw(.element(of: names))
        let settlement = ClaimSettlement(
            asset: world.bond,
            due: name.due,
            account: world.account(name.member),
            partition: name.partition
        )
        var cash = try await Cash(world)
        let answer = try await world.submit(
            [.service(.settleClaim(settlement), under: AuthorityReference(.payingAgent))]
        )
        let expected: RejectionCode? =
            book.isCashPaused ? .assetPaused : book.isFrozen(name.member) ? .cashAccountBlocked : nil
        try require(answer, expected, "settling \(name)", &trial)
        guard expected == nil, let claim = book.claims.removeValue(forKey: name) else { return }
        cash.kip[OptionWorld.claims, default: 0] -= claim.amount
        cash.kip[name.member, default: 0] += claim.amount
        // What has lapsed since it was set aside may come along, and weighs no more.
        cash.weights[name.member, default: []] += claim.weights
        try await self.require(cash, "settling \(name)", trial)
        trial.label("settled")
        trial.label("settled with weights", when: claim.weights.contains { $0.lastDate >= book.today })
    }
}

extension BondWeight {
    /// The same on no layer.
    fileprivate var unlayered: BondWeight {
        var copy = self
        copy.layer = 0
        return copy
    }
}
