import Tokenize

/// What holds accounts whatever a rulebook says: freezes, recoveries, units set apart; and the days that end it.
extension RulebookByHandProperties {
    static func openDay(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let days = try trial.number(1...(world.focus == .holds || world.focus == .keys ? 2 : 3))
        guard let next = world.book.today.adding(days: days) else { return }
        var transaction = RuledTransaction(world.book)
        addDay(next, to: &transaction)
        try await expect(transaction, &world, &trial)
    }

    private static func addDay(_ next: CalendarDate, to transaction: inout RuledTransaction) {
        transaction.add(.openBusinessDay(next, under: AuthorityReference(.operator)), by: Cast.ministry) { book in
            book.openDay(next)
            return nil
        }
    }

    // MARK: Freezes

    /// Of accounts and of parties, by the regulator or by one member at once; often of a person of several parties.
    static func freeze(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var holder = try holder(&trial)
        let joined = world.book.heads.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        if !joined.isEmpty, try trial.number(0...3) > 0 { holder = try trial.draw(.element(of: joined)) }
        let (isOfParty, isAtOnce) = (try trial.number(0...3) > 0, try trial.draw(.bool))
        let days = try trial.number(0...2)
        guard let last = world.book.today.adding(days: isAtOnce ? days : min(days, 1)) else { return }
        let target: EncumbranceTarget = isOfParty ? .party(world.party(holder)) : .account(world.account(holder))
        var transaction = RuledTransaction(world.book)
        if isAtOnce {
            let freeze = EmergencyFreeze(target: target, rank: 9, lastDate: last, order: try order())
            let person = world.book.person(holder)
            let isOfAnother = world.book.emergencies.contains {
                world.book.person($0.account) == person && $0.account != holder && world.book.today <= $0.until
            }
            transaction.add(.control(.emergencyFreeze(freeze), under: RuledWorld.regulator), by: Cast.firstJudge) {
                $0.freezeAtOnce(holder, isOfParty: isOfParty, through: last, daysMax: 2)
            }
            trial.label("emergency of another party", when: isOfAnother)
        } else {
            let freeze = Encumbering(
                target: target,
                kind: .freeze,
                amount: .zero,
                rank: 9,
                lastDate: last,
                order: try order()
            )
            transaction.add(.encumber(freeze, under: RuledWorld.regulator), by: Cast.firstJudge) {
                $0.freeze(holder, isOfParty: isOfParty, through: last)
            }
        }
        let isHeldBefore = world.book.hindrance(of: holder) != nil
        // Now and then the holder moves something in the same transaction, which is refused.
        if try trial.number(0...3) == 0, !isHeldBefore { addGift(by: holder, to: &transaction, world) }
        let isDone = try await expect(transaction, &world, &trial)
        trial.label("frozen", when: isDone && !isAtOnce)
        trial.label("frozen at once", when: isDone && isAtOnce)
        guard isDone, isOfParty else { return }
        let accounts = world.book.accounts(of: world.book.person(holder)).filter { $0 != holder }
        guard !accounts.isEmpty else { return }
        // Another account of the same person gives nothing either.
        let other = try trial.draw(.element(of: accounts))
        var gift = RuledTransaction(world.book)
        addGift(by: other, to: &gift, world)
        trial.label("held by another party", when: gift.refusal?.code == .accountFrozen)
        try await expect(gift, &world, &trial)
    }

    private static func addGift(by giver: Int, to transaction: inout RuledTransaction, _ world: RuledWorld) {
        let getter = giver == Cast.bob ? Cast.carol : Cast.bob
        let transfer = Transfer(asset: world.asset, recipient: world.account(getter), units: 1)
        let movement = RuleBookkeeper.Movement(from: giver, to: getter, units: 1)
        transaction.add(.transfer(transfer), by: giver) { $0.hindrance(of: giver) ?? $0.move(movement) }
    }

    /// A unit is set apart for another until the day is over, which it is at once.
    static func setApart(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (holder, other) = try pair(world, &trial)
        guard let contract = OrderReference(reference: "contract", documentDigest: .zero),
            let next = world.book.today.adding(days: 1)
        else { return }
        let hold = Encumbering(
            target: .holding(asset: world.asset, account: world.account(holder), partition: 0),
            kind: try trial.draw(.bool) ? .hold : .pledge,
            amount: 1,
            rank: 1,
            lastDate: world.book.today,
            order: contract,
            beneficiary: world.account(other)
        )
        var transaction = RuledTransaction(world.book)
        transaction.add(.encumber(hold, under: nil), by: holder) { $0.setApart(holder, for: other) }
        addDay(next, to: &transaction)
        trial.label("set apart", when: try await expect(transaction, &world, &trial))
    }

    // MARK: Keys

    /// Keys are said to be lost, or replaced once a day was opened.
    static func recover(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let registrar = AuthorityReference(.registrar)
        var transaction = RuledTransaction(world.book)
        let pending = world.book.recovering.keys.sorted()
        if !pending.isEmpty, try trial.number(0...2) > 0 {
            let member = try trial.draw(.element(of: pending))
            let isAsked = world.book.requests.contains { pair, request in
                pair.from == member || request.approvals.contains(world.account(member))
            }
            let act = Act.control(.executeRecovery(world.account(member)), under: registrar)
            transaction.add(act, by: Cast.ministry) { $0.recover(member, after: 1) }
            let isDone = try await expect(transaction, &world, &trial)
            trial.label("recovered", when: isDone)
            trial.label("request gone with keys", when: isDone && isAsked)
            return
        }
        let member = try trial.draw(
            .element(of: RuledWorld.holders + [Cast.secondJudge, Cast.secondJudge, Cast.carol])
        )
        let filing = RecoveryFiling(
            account: world.account(member),
            policy: world.cast.members[member].opening.policy,
            with: RuledWorld.regulator
        )
        _ = transaction.principal(Cast.ministry)
        _ = transaction.principal(Cast.firstJudge)
        transaction.add(.control(.fileRecovery(filing), under: registrar), by: Cast.ministry) {
            $0.fileRecovery(of: member)
        }
        try await expect(transaction, &world, &trial)
    }

    /// An owner sets its allowances anew.
    static func allow(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let resting = world.book.resting.sorted()
        let owner = try resting.isEmpty ? holder(&trial) : trial.draw(.element(of: resting))
        guard let last = world.book.today.adding(days: 3_650) else { return }
        var transaction = RuledTransaction(world.book)
        for trustee in RuledWorld.trustees where trustee != owner {
            let allowance = Allowance(asset: world.asset, operator: world.account(trustee), units: .max, until: last)
            transaction.add(.control(.setAllowance(allowance), under: nil), by: owner) { $0.allow(trustee, by: owner) }
        }
        if try await expect(transaction, &world, &trial) { world.book.resting.remove(owner) }
    }
}
