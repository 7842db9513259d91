import Tokenize

/// Movements under a rulebook: by holders and operators, by sale, issue, redemption and order.
extension RulebookByHandProperties {
    /// A number of units on one side or the other of where the answer changes, or any.
    private static func units(
        _ book: RuleBookkeeper,
        _ movement: RuleBookkeeper.Movement,
        _ trial: inout Trial
    ) throws -> UInt128 {
        let any = UInt128(try trial.number(1...40))
        guard try trial.number(0...2) > 0 else { return any }
        let answers: [RejectionCode?] = (1...64).map { units in
            var copy = book
            copy.hasMemo = true
            copy.paid = Dictionary(uniqueKeysWithValues: copy.people.indices.map { ($0, 1_000_000) })
            var one = movement
            one.units = UInt128(units)
            return copy.move(one)
        }
        let edges = answers.indices.dropLast().filter { answers[$0] != answers[$0 + 1] }
        guard !edges.isEmpty else { return any }
        return UInt128(try trial.draw(.element(of: Array(edges))) + (try trial.number(1...2)))
    }

    /// A transaction with a memo or without, and now and then with something that is said before the movement.
    private static func beginning(_ world: RuledWorld, _ trial: inout Trial) throws -> RuledTransaction {
        let hasMemo = try trial.number(0...9) < (world.book.book.rules.contains(.memo) ? 8 : 1)
        var transaction = RuledTransaction(world.book, hasMemo: hasMemo)
        switch try trial.number(0...11) {
        case 0: try addWord(to: &transaction, world, &trial)
        case 1 where world.focus != .holds && world.focus != .keys: try addWord(to: &transaction, world, &trial)
        case 2 where try trial.number(0...3) == 0: try addRulebook(to: &transaction, world, &trial)
        default: break
        }
        return transaction
    }

    /// Two holders; often two for whom something was asked, or two accounts of one person.
    static func pair(_ world: RuledWorld, _ trial: inout Trial) throws -> (from: Int, to: Int) {
        let asked = world.book.requests.keys.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        if !asked.isEmpty, try trial.number(0...3) < (world.focus == .keys ? 3 : 2) {
            let pair = try trial.draw(.element(of: asked))
            return (pair.from, pair.to)
        }
        let joined = world.book.heads.keys.sorted()
        let isOfPersons = world.focus == .persons || world.focus == .holds
        if !joined.isEmpty, try trial.number(0...3) < (isOfPersons ? 2 : 1) {
            let one = try trial.draw(.element(of: joined))
            let head = world.book.person(one)
            return try trial.draw(.bool) ? (one, head) : (head, one)
        }
        return (try holder(&trial), try holder(&trial))
    }

    // MARK: By holders

    static func transfer(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (from, to) = try pair(world, &trial)
        let isByOperator = try trial.number(0...2) == 0
        var movement = RuleBookkeeper.Movement(from: from, to: to, units: 0)
        if isByOperator {
            movement.trustee = try trial.draw(.element(of: RuledWorld.trustees.filter { $0 != from }))
        }
        movement.part = try trial.number(0...4) == 0 ? 1 : 0
        var transaction = try beginning(world, &trial)
        // Mostly what was asked for, if anything was, or one unit more.
        let choice = try trial.number(0...5)
        if let asked = world.book.requests[.init(from: from, to: to)], choice > 0 {
            movement.units = asked.units + (choice == 1 ? 1 : 0)
        } else {
            movement.units = try units(transaction.book, movement, &trial)
        }
        // Or all that there is, so that others become holders.
        let few = world.focus == .holders ? 3 : 8
        if try trial.number(1...few) == 1, let all = world.book.units[.init(account: from, part: movement.part)],
            all > 0
        {
            movement.units = all
        }
        // Or once more what was done a moment ago.
        if world.focus == .approval, choice > 3, let last = world.last { movement = last }
        try addPayment(for: [movement], to: &transaction, world, &trial)
        // A sale asks what a gift asks: the price is nothing to the rulebook.
        let mayBeSale = movement.trustee == nil && movement.from != movement.to
        let isSale = try trial.number(0...4) == 0 && mayBeSale
        if isSale {
            addSale(movement, to: &transaction, world)
        } else {
            add(movement, to: &transaction, world)
        }
        guard try await expect(transaction, of: movement, &world, &trial) else { return }
        world.last = movement
        trial.label("by operator", when: movement.trustee != nil)
        trial.label("settled", when: isSale)
    }

    /// Submits a movement, and says what silence has to do with it.
    private static func expect(
        _ transaction: RuledTransaction,
        of movement: RuleBookkeeper.Movement,
        _ world: inout RuledWorld,
        _ trial: inout Trial
    ) async throws -> Bool {
        let spoken = silence(about: movement, world)
        for label in spoken.unheard { trial.label(label, when: transaction.refusal?.code == .approvalMissing) }
        let isDone = try await expect(transaction, &world, &trial)
        trial.label("by silence", when: isDone && spoken.isOnlyOne)
        return isDone
    }

    /// Nobody answers a request until silence is enough; meanwhile, often, a rulebook follows or an approver cannot speak.
    static func waitInSilence(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (from, to) = (try holder(&trial), try holder(&trial))
        let movement = RuleBookkeeper.Movement(from: from, to: to, units: UInt128(try trial.number(1...4)))
        guard let last = world.book.today.adding(days: 5) else { return }
        try await request(movement, until: last, &world, &trial)
        switch try trial.number(0...3) {
        case 0: try await replace(&world, &trial)
        case 1: try await recover(&world, &trial)
        default: break
        }
        try await openDay(&world, &trial)
        var transaction = RuledTransaction(world.book, hasMemo: true)
        add(movement, to: &transaction, world)
        _ = try await expect(transaction, of: movement, &world, &trial)
    }

    /// What silence has to do with a movement that was asked for.
    private static func silence(about movement: RuleBookkeeper.Movement, _ world: RuledWorld)
        -> (isOnlyOne: Bool, unheard: [String])
    {
        let book = world.book
        guard let from = movement.from, let to = movement.to, !book.isWithinPerson(movement),
            let request = book.standing(movement, .init(from: from, to: to))
        else { return (false, []) }
        let silent = book.approvalRules.filter { rule in
            guard let silence = rule.silence, request.approvals.count < rule.needed else { return false }
            return book.openedDays - request.openedDays >= Int(silence.notice.openedDays)
                && request.refusals.isDisjoint(with: rule.approvers)
        }
        guard !silent.isEmpty else { return (false, []) }
        var unheard: [String] = []
        let isUnable = book.recovering.keys.contains { one in
            silent.contains { $0.approvers.contains(book.people[one].account) }
        }
        if isUnable { unheard.append("silence in recovery") }
        if request.version != book.version { unheard.append("silence under another version") }
        return (true, unheard)
    }

    private static func add(
        _ movement: RuleBookkeeper.Movement,
        to transaction: inout RuledTransaction,
        _ world: RuledWorld
    ) {
        let (from, to) = (movement.from ?? 0, movement.to ?? 0)
        guard let trustee = movement.trustee else {
            let transfer = Transfer(
                asset: world.asset,
                recipient: world.account(to),
                partition: movement.part,
                units: Quantity(movement.units)
            )
            return transaction.add(.transfer(transfer), by: from, examining: movement) { book in
                book.hindrance(of: from) ?? book.move(movement)
            }
        }
        let transfer = OperatorTransfer(
            asset: world.asset,
            owner: world.account(from),
            recipient: world.account(to),
            partition: movement.part,
            units: Quantity(movement.units)
        )
        transaction.add(.control(.transferFrom(transfer), under: nil), by: trustee, examining: movement) { book in
            if let refusal = book.hindrance(of: trustee) { return refusal }
            if book.resting.contains(from) { return .allowanceAtRest }
            return book.hindrance(of: from) ?? book.move(movement)
        }
    }

    /// The movement against one unit of cash.
    private static func addSale(
        _ movement: RuleBookkeeper.Movement,
        to transaction: inout RuledTransaction,
        _ world: RuledWorld
    ) {
        let (seller, buyer) = (movement.from ?? 0, movement.to ?? 0)
        let cash = world.world.assets[AuditWorld.cash]
        _ = transaction.principal(seller)
        let settlement = Settlement(
            buyer: transaction.principal(buyer),
            delivery: Settlement.Side(asset: world.asset, partition: movement.part, units: Quantity(movement.units)),
            payment: Settlement.Side(asset: cash, units: 1)
        )
        transaction.add(.settle(settlement), by: seller, examining: movement) { book in
            if let refusal = book.hindrance(of: seller) ?? book.move(movement) { return refusal }
            return book.pay(1, in: cash, from: buyer, to: seller, isCharge: false)
        }
    }

    /// Cash for the charges of movements: what they come to, one more or one less; from one who may pay, or another.
    private static func addPayment(
        for movements: [RuleBookkeeper.Movement],
        to transaction: inout RuledTransaction,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws {
        let charges = transaction.book.charges(upTo: .max)
        guard let charge = charges.first, let first = movements.first, let from = first.from, let to = first.to else {
            return
        }
        let due = movements.reduce(0) { sum, movement in
            charges.reduce(sum) { $0 + RuleBookkeeper.amount($1, movement.units) }
        }
        let paid = [due, due, due, due + 1, due - min(1, due)][try trial.number(0...4)]
        let payer = [from, from, to, first.trustee ?? Cast.bob, Cast.bob][try trial.number(0...4)]
        guard paid > 0, let treasury = world.cast.index(of: charge.treasury) else { return }
        let transfer = Transfer(asset: charge.cash, recipient: charge.treasury, units: Quantity(paid))
        transaction.add(.transfer(transfer), by: payer) { book in
            book.pay(paid, in: charge.cash, from: payer, to: treasury, isCharge: true)
        }
    }

    /// Two movements in one transaction; the second is judged after the first, and what is paid is paid for one of them.
    static func two(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let from = try holder(&trial)
        var transaction = try beginning(world, &trial)
        let movements = try (0..<2).map { _ in
            RuleBookkeeper.Movement(from: from, to: try holder(&trial), units: UInt128(try trial.number(1...30)))
        }
        let paid = try trial.draw(.element(of: [movements, movements, [movements[0]], [movements[1]]]))
        try addPayment(for: paid, to: &transaction, world, &trial)
        if try trial.draw(.bool) {
            for movement in movements { add(movement, to: &transaction, world) }
        } else {
            let legs = movements.map {
                BatchTransfer.Leg(recipient: world.account($0.to ?? 0), units: Quantity($0.units))
            }
            let batch = BatchTransfer(asset: world.asset, partition: 0, legs: legs)
            transaction.add(.batchTransfer(batch), by: from) { book in
                if let refusal = book.hindrance(of: from) { return refusal }
                for movement in movements {
                    if let refusal = book.move(movement) { return refusal }
                }
                return nil
            }
        }
        let hasCharges = !world.book.charges(upTo: .max).isEmpty
        let isDone = try await expect(transaction, &world, &trial)
        trial.label("two at once", when: isDone)
        trial.label("charges of two", when: isDone && hasCharges)
    }

    // MARK: Issue and redemption

    static func issue(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var movement = RuleBookkeeper.Movement(to: try holder(&trial), units: 0)
        var transaction = try beginning(world, &trial)
        movement.units = try units(transaction.book, movement, &trial)
        let issuance = Issuance(
            asset: world.asset,
            recipient: world.account(movement.to ?? 0),
            units: Quantity(movement.units)
        )
        let act = Act.issue(issuance, under: AuthorityReference(.issuer))
        transaction.add(act, by: Cast.ministry, examining: movement) { $0.move(movement) }
        trial.label("issued", when: try await expect(transaction, &world, &trial))
    }

    static func redeem(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let holder = try holder(&trial)
        var movement = RuleBookkeeper.Movement(from: holder, units: 0)
        var transaction = try beginning(world, &trial)
        movement.units = try units(transaction.book, movement, &trial)
        _ = transaction.principal(Cast.ministry)
        let redemption = Redemption(
            asset: world.asset,
            holder: transaction.principal(holder),
            units: Quantity(movement.units)
        )
        let act = Act.redeem(redemption, under: AuthorityReference(.issuer))
        transaction.add(act, by: Cast.ministry, examining: movement) { book in
            book.hindrance(of: holder) ?? book.move(movement)
        }
        trial.label("redeemed", when: try await expect(transaction, &world, &trial))
    }

    static func reclassify(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (holder, isBack) = (try holder(&trial), try trial.number(0...3) == 0)
        let (part, other): (Partition, Partition) = isBack ? (1, 0) : (0, 1)
        let units = UInt128(try trial.number(1...30))
        let change = Reclassification(
            asset: world.asset,
            holder: world.account(holder),
            from: part,
            to: other,
            units: Quantity(units)
        )
        var transaction = try beginning(world, &trial)
        transaction.add(.reclassify(change, under: AuthorityReference(.transferAgent)), by: Cast.ministry) { book in
            book.reclassify(holder, from: part, to: other, units)
        }
        try await expect(transaction, &world, &trial)
    }

    // MARK: By order

    /// An order of the regulator: no rule stops it, and none counts it but by what each holds afterwards.
    static func force(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (from, to) = try pair(world, &trial)
        let part: Partition = try trial.number(0...4) == 0 ? 1 : 0
        let held = world.book.units[.init(account: from, part: part), default: 0]
        guard held > 0, from != to else { return }
        let units = try trial.number(0...2) == 0 ? held : UInt128(trial.number(1...Int(held)))
        let forced = ForcedTransfer(
            asset: world.asset,
            from: world.account(from),
            to: world.account(to),
            partition: part,
            units: Quantity(units),
            rank: 1,
            lastDate: world.book.today,
            order: try order()
        )
        var transaction = RuledTransaction(world.book)
        transaction.add(.forceTransfer(forced, under: RuledWorld.regulator), by: Cast.firstJudge) { book in
            book.take(units, from: from, to: to, in: part)
            return nil
        }
        try await expect(transaction, &world, &trial)
        trial.label("taken by order")
    }

    static func order() throws -> OrderReference {
        guard let order = OrderReference(reference: "order", documentDigest: .zero, legalBasis: .judgment) else {
            throw AuditFailure(reason: "an order is malformed")
        }
        return order
    }
}
