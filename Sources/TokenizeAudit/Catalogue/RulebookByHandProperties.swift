import Tokenize

/// Rulebooks of every rule, against a bookkeeper who goes through chapter 14 rule by rule.
enum RulebookByHandProperties {
    static let entry = AuditCatalogue.Entry(byHand, usualCaseCount: 280)

    /// Codes that these histories must show, so that the property says something of each rule.
    private static let rules: [RejectionCode] = RejectionCode.allCases.filter { (620...655).contains($0.rawValue) }

    static let byHand = Property(
        "PRP-045",
        "Under a drawn rulebook every movement is done, or refused by the rule, that going through chapter 14 by hand names.",
        coverage: [
            .init("committed", perMille: 500), .init("by operator", perMille: 300), .init("issued", perMille: 300),
            .init("redeemed", perMille: 300), .init("joined", perMille: 200), .init("two at once", perMille: 50),
            .init("helped by an amount", perMille: 200), .init("settled", perMille: 100),
            .init("taken by order", perMille: 200),
        ] + rules.map { .init("refused \($0)", perMille: 5) }
    ) { trial in
        var world = try await RuledWorld(try RuledWorld.drawing(&trial))
        trial.note("\(world.book.book)")
        for _ in 0..<40 { try await step(&world, &trial) }
        try await world.world.ledger.close()
    }

    private static func holder(_ trial: inout Trial) throws -> Int { try trial.draw(.element(of: RuledWorld.holders)) }

    // MARK: Steps

    private static func step(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let isFocused = try world.focus != .anything && trial.draw(.bool)
        switch (world.focus, try trial.number(isFocused ? 29...32 : 0...28)) {
        case (.approval, 29...30): try await ask(&world, &trial)
        case (.persons, 29): try await join(&world, &trial)
        case (_, 28): try await force(&world, &trial)
        case (_, 29...), (_, 0...8): try await transfer(&world, &trial)
        case (_, 9): try await two(&world, &trial)
        case (_, 10...11): try await issue(&world, &trial)
        case (_, 12...13): try await redeem(&world, &trial)
        case (_, 14): try await reclassify(&world, &trial)
        case (_, 15), (_, 24): try await attest(&world, &trial)
        case (_, 16), (_, 25...26): try await list(&world, &trial)
        case (_, 17): try await choose(&world, &trial)
        case (_, 18), (_, 27): try await join(&world, &trial)
        case (_, 19...21): try await ask(&world, &trial)
        default:
            let days = try trial.number(1...3)
            guard let next = world.book.today.adding(days: days) else { return }
            trial.note("\(next) is opened")
            try await world.require([.openBusinessDay(next, under: AuthorityReference(.operator))])
            world.book.today = next
            world.book.openedDays += 1
        }
        let expected = world.book.units.filter { $0.value > 0 }
        try trial.require(world.holdings == expected, "the ledger has \(world.holdings), not \(expected)")
    }

    /// Submits, and demands what the bookkeeper says: nil, or which rule refuses which operation.
    private static func expect(
        _ refusal: (code: RejectionCode, operation: Int)?,
        _ after: RuleBookkeeper,
        _ acts: [(actor: Int, act: Act)],
        with others: [Int] = [],
        memo: String = "",
        of movement: RuleBookkeeper.Movement? = nil,
        _ world: inout RuledWorld,
        _ trial: inout Trial
    ) async throws {
        let (text, explanation, answer) = try await world.submit(acts, with: others, memo: memo)
        trial.note(text)
        try trial.require(explanation.passes == (answer.code == nil), "\(answer), and explained as \(explanation)")
        switch (refusal, answer) {
        case (nil, .committed):
            trial.label("committed")
            world.book = after
        case (let expected?, .refused(let found)):
            let isSame = found.code == expected.code && found.operation == expected.operation
            try trial.require(isSame, "refused by \(found), not \(expected)")
            let first = explanation.operations.first { !$0.findings.isEmpty }
            let isExplained = first?.findings.first?.code == found.code && first?.position == found.operation
            try trial.require(isExplained, "refused by \(found), and explained as \(explanation)")
            trial.label("refused \(found.code)")
            if let movement, let finding = first?.findings.first {
                try requireHelp(of: finding, movement, world.book, &trial)
            }
        default: try trial.require(false, "\(answer), not \(refusal.map { "\($0)" } ?? "committed")")
        }
    }

    /// With as many units as a finding says its rule refuses no more, and above it, or below, it does.
    private static func requireHelp(
        of finding: RuleFinding,
        _ movement: RuleBookkeeper.Movement,
        _ book: RuleBookkeeper,
        _ trial: inout Trial
    ) throws {
        // Another rule of the kind may refuse what this one does not.
        func refusal(_ units: UInt128, by rule: Rule) -> RejectionCode? {
            var (copy, one) = (book, movement)
            copy.book = Rulebook(rules: [rule])
            copy.begin(hasMemo: true)
            one.units = units
            return copy.move(one)
        }
        let rules = book.book.rules
        guard let rule = rules.first(where: { refusal(movement.units, by: $0) == finding.code }) else { return }
        switch finding.remedy {
        case .amountThatFits(let units)?:
            try trial.require(refusal(units.units, by: rule) != finding.code, "\(units) do not fit: \(finding)")
            try trial.require(refusal(units.units + 1, by: rule) != nil, "more than \(units) fit: \(finding)")
            trial.label("helped by an amount", when: units > .zero)
        case .amountAtLeast(let units)?:
            try trial.require(refusal(units.units, by: rule) != finding.code, "\(units) are not enough: \(finding)")
            let isLeast = units.units == 1 || refusal(units.units - 1, by: rule) != nil
            try trial.require(isLeast, "less is enough: \(finding)")
            trial.label("helped by an amount")
        default: break
        }
    }

    /// A number of units on one side or the other of where the answer changes, or any.
    private static func units(_ world: RuledWorld, _ movement: RuleBookkeeper.Movement, _ trial: inout Trial) throws
        -> UInt128
    {
        let any = UInt128(try trial.number(1...40))
        guard try trial.number(0...2) > 0 else { return any }
        let answers: [RejectionCode?] = (1...64).map { units in
            var copy = world.book
            copy.begin(hasMemo: true)
            copy.paid = Dictionary(uniqueKeysWithValues: copy.people.indices.map { ($0, 1_000_000) })
            var one = movement
            one.units = UInt128(units)
            return copy.move(one)
        }
        let edges = answers.indices.dropLast().filter { answers[$0] != answers[$0 + 1] }
        guard !edges.isEmpty else { return any }
        return UInt128(try trial.draw(.element(of: Array(edges))) + (try trial.number(1...2)))
    }

    private static func hasMemo(_ world: RuledWorld, _ trial: inout Trial) throws -> Bool {
        try trial.number(0...9) < (world.book.book.rules.contains(.memo) ? 8 : 1)
    }

    /// Two holders; often two for whom something was asked, or two accounts of one person.
    private static func pair(_ world: RuledWorld, _ trial: inout Trial) throws -> (from: Int, to: Int) {
        let asked = world.book.requests.keys.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        if !asked.isEmpty, try trial.draw(.bool) {
            let pair = try trial.draw(.element(of: asked))
            return (pair.from, pair.to)
        }
        let joined = world.book.heads.keys.sorted()
        if !joined.isEmpty, try trial.number(0...3) < (world.focus == .persons ? 2 : 1) {
            let one = try trial.draw(.element(of: joined))
            let head = world.book.person(one)
            return try trial.draw(.bool) ? (one, head) : (head, one)
        }
        return (try holder(&trial), try holder(&trial))
    }

    private static func transfer(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (from, to) = try pair(world, &trial)
        let isByOperator = try trial.number(0...2) == 0
        var movement = RuleBookkeeper.Movement(from: from, to: to, units: 0)
        if isByOperator {
            movement.trustee = try trial.draw(.element(of: RuledWorld.trustees.filter { $0 != from }))
        }
        movement.part = try trial.number(0...4) == 0 ? 1 : 0
        // Mostly what was asked for, if anything was, or one unit more.
        let choice = try trial.number(0...5)
        if let asked = world.book.requests[.init(from: from, to: to)], choice > 0 {
            movement.units = asked.units + (choice == 1 ? 1 : 0)
        } else {
            movement.units = try units(world, movement, &trial)
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
        let hasMemo = try hasMemo(world, &trial)
        var after = world.book
        after.begin(hasMemo: hasMemo)
        var acts: [(actor: Int, act: Act)] = []
        if let payment = try payment(movement, &after, world, &trial) { acts.append(payment) }
        let refusal = after.move(movement).map { ($0, acts.count) }
        // A sale asks what a gift asks: the price is nothing to the rulebook.
        let mayBeSale = movement.trustee == nil && movement.from != movement.to
        let isSale = try trial.number(0...4) == 0 && mayBeSale
        let others = isSale ? [movement.to ?? to] : []
        acts.append(isSale ? sale(movement, paidBy: acts.map(\.actor), world) : act(movement, world))
        try await expect(refusal, after, acts, with: others, memo: hasMemo ? "m" : "", of: movement, &world, &trial)
        if refusal == nil { world.last = movement }
        trial.label("by operator", when: movement.trustee != nil && refusal == nil)
        trial.label("settled", when: isSale && refusal == nil)
    }

    /// The movement against one unit of cash.
    ///
    /// - Parameter payers: who acts before it in the transaction.
    private static func sale(
        _ movement: RuleBookkeeper.Movement,
        paidBy payers: [Int],
        _ world: RuledWorld
    ) -> (actor: Int, act: Act) {
        let (seller, buyer) = (movement.from ?? 0, movement.to ?? 0)
        let principals = payers + (payers.contains(seller) ? [] : [seller])
        let settlement = Settlement(
            buyer: principals.firstIndex(of: buyer) ?? principals.count,
            delivery: Settlement.Side(asset: world.asset, partition: movement.part, units: Quantity(movement.units)),
            payment: Settlement.Side(asset: world.world.assets[AuditWorld.cash], units: 1)
        )
        return (seller, .settle(settlement))
    }

    /// An order of the regulator: no rule stops it, and none counts it but by what each holds afterwards.
    private static func force(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (from, to) = try pair(world, &trial)
        let part: Partition = try trial.number(0...4) == 0 ? 1 : 0
        let held = world.book.units[.init(account: from, part: part), default: 0]
        guard held > 0, from != to else { return }
        let units = try trial.number(0...2) == 0 ? held : UInt128(trial.number(1...Int(held)))
        guard let order = OrderReference(reference: "order", documentDigest: .zero, legalBasis: .judgment) else {
            return
        }
        let forced = ForcedTransfer(
            asset: world.asset,
            from: world.account(from),
            to: world.account(to),
            partition: part,
            units: Quantity(units),
            rank: 1,
            lastDate: world.book.today,
            order: order
        )
        var after = world.book
        after.take(units, from: from, to: to, in: part)
        let act = Act.forceTransfer(forced, under: RuledWorld.regulator)
        try await expect(nil, after, [(Cast.firstJudge, act)], &world, &trial)
        trial.label("taken by order")
    }

    /// Cash for the charges of a movement: what they come to, one more or one less; from one who may pay, or another.
    private static func payment(
        _ movement: RuleBookkeeper.Movement,
        _ after: inout RuleBookkeeper,
        _ world: RuledWorld,
        _ trial: inout Trial
    ) throws -> (actor: Int, act: Act)? {
        let charges = after.charges(upTo: after.book.rules.count)
        guard let charge = charges.first, let from = movement.from, let to = movement.to else { return nil }
        let due = charges.reduce(0) { $0 + RuleBookkeeper.amount($1, movement.units) }
        let paid = [due, due, due, due + 1, due - min(1, due)][try trial.number(0...4)]
        let payer = [from, from, to, Cast.bob][try trial.number(0...3)]
        guard paid > 0 else { return nil }
        after.paid[after.person(payer), default: 0] += paid
        return (payer, .transfer(Transfer(asset: charge.cash, recipient: charge.treasury, units: Quantity(paid))))
    }

    private static func act(_ movement: RuleBookkeeper.Movement, _ world: RuledWorld) -> (actor: Int, act: Act) {
        let (from, to) = (movement.from ?? 0, movement.to ?? 0)
        guard let trustee = movement.trustee else {
            let transfer = Transfer(
                asset: world.asset,
                recipient: world.account(to),
                partition: movement.part,
                units: Quantity(movement.units)
            )
            return (from, .transfer(transfer))
        }
        let transfer = OperatorTransfer(
            asset: world.asset,
            owner: world.account(from),
            recipient: world.account(to),
            partition: movement.part,
            units: Quantity(movement.units)
        )
        return (trustee, .control(.transferFrom(transfer), under: nil))
    }

    /// Two movements in one transaction; the second is judged after the first.
    private static func two(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let from = try holder(&trial)
        let hasMemo = try hasMemo(world, &trial)
        var after = world.book
        after.begin(hasMemo: hasMemo)
        let movements = try (0..<2).map { _ in
            RuleBookkeeper.Movement(from: from, to: try holder(&trial), units: UInt128(try trial.number(1...30)))
        }
        var refusal: RejectionCode?
        for movement in movements where refusal == nil { refusal = after.move(movement) }
        let legs = movements.map {
            BatchTransfer.Leg(recipient: world.account($0.to ?? 0), units: Quantity($0.units))
        }
        let batch = BatchTransfer(asset: world.asset, partition: 0, legs: legs)
        let acts: [(actor: Int, act: Act)] = [(from, .batchTransfer(batch))]
        try await expect(refusal.map { ($0, 0) }, after, acts, memo: hasMemo ? "m" : "", &world, &trial)
        trial.label("two at once", when: refusal == nil)
    }

    private static func issue(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var movement = RuleBookkeeper.Movement(to: try holder(&trial), units: 0)
        movement.units = try units(world, movement, &trial)
        let hasMemo = try hasMemo(world, &trial)
        var after = world.book
        after.begin(hasMemo: hasMemo)
        let refusal = after.move(movement).map { ($0, 0) }
        let issuance = Issuance(
            asset: world.asset,
            recipient: world.account(movement.to ?? 0),
            units: Quantity(movement.units)
        )
        let act = Act.issue(issuance, under: AuthorityReference(.issuer))
        let memo = hasMemo ? "m" : ""
        try await expect(refusal, after, [(Cast.ministry, act)], memo: memo, of: movement, &world, &trial)
        trial.label("issued", when: refusal == nil)
    }

    private static func redeem(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        var movement = RuleBookkeeper.Movement(from: try holder(&trial), units: 0)
        movement.units = try units(world, movement, &trial)
        var after = world.book
        let refusal = after.move(movement).map { ($0, 0) }
        let redemption = Redemption(asset: world.asset, holder: 1, units: Quantity(movement.units))
        let act = Act.redeem(redemption, under: AuthorityReference(.issuer))
        let holder = movement.from ?? 0
        try await expect(refusal, after, [(Cast.ministry, act)], with: [holder], of: movement, &world, &trial)
        trial.label("redeemed", when: refusal == nil)
    }

    private static func reclassify(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (holder, isBack) = (try holder(&trial), try trial.number(0...3) == 0)
        let (part, other): (Partition, Partition) = isBack ? (1, 0) : (0, 1)
        let units = UInt128(try trial.number(1...30))
        var after = world.book
        let refusal = after.reclassify(holder, from: part, to: other, units).map { ($0, 0) }
        let change = Reclassification(
            asset: world.asset,
            holder: world.account(holder),
            from: part,
            to: other,
            units: Quantity(units)
        )
        let act = Act.reclassify(change, under: AuthorityReference(.transferAgent))
        try await expect(refusal, after, [(Cast.ministry, act)], &world, &trial)
    }

    // MARK: What rules look at

    private static func attest(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (holder, topic) = (try holder(&trial), try trial.draw(.element(of: RuledWorld.topics)))
        let (first, days) = (try trial.number(-1...1), try trial.number(1...4))
        guard let from = world.book.today.adding(days: first), let last = from.adding(days: days) else { return }
        let subject = RuleBookkeeper.Subject(account: holder, topic: topic)
        switch try trial.number(0...3) {
        case 0:
            let isTrusted = !world.book.trusted.contains(topic)
            trial.note("\(topic) is trusted: \(isTrusted)")
            try await world.require([world.trust(topic, isTrusted: isTrusted)])
            if isTrusted { world.book.trusted.insert(topic) } else { world.book.trusted.remove(topic) }
        case 1 where world.book.words[subject] != nil:
            let revocation = AttestationRevocation(of: world.cast.members[holder].opening.party, topic)
            let act = Act.rulebook(.revokeAttestation(revocation), under: AuthorityReference(.identityIssuer))
            trial.note("nothing is said of \(topic) of \(holder) any more")
            try await world.require([act], by: Cast.firstJudge)
            world.book.words[subject] = nil
        default:
            let value = AttestationValue.number(UInt64(try trial.number(1...2)))
            trial.note("\(topic) of \(holder) is \(value) from \(from) to \(last)")
            try await world.attest(holder, topic, value, from: from, until: last)
        }
    }

    private static func list(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (holder, number) = (try holder(&trial), UInt16(try trial.number(1...4)))
        let isParty = try trial.draw(.bool)
        let member: ListMember =
            isParty ? .party(world.cast.members[holder].opening.party) : .account(world.account(holder))
        let isThere = world.book.lists[number, default: []].contains(member)
        let change = ListChange(number: number, isAdding: !isThere, [member])
        let act = Act.rulebook(.changeList(change), under: AuthorityReference(.regulator))
        trial.note("list \(number): \(holder), by party \(isParty), on it \(!isThere)")
        try await world.require([act], by: Cast.firstJudge)
        var members = world.book.lists[number, default: []]
        if isThere { members.remove(member) } else { members.insert(member) }
        world.book.lists[number] = members
    }

    private static func choose(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let holder = try holder(&trial)
        let isWanted = !world.book.wanting.contains(holder)
        trial.note("\(holder) wants the asset: \(isWanted)")
        try await world.require([.rulebook(.optIn(OptIn(world.asset, isWanted: isWanted)), under: nil)], by: holder)
        if isWanted { world.book.wanting.insert(holder) } else { world.book.wanting.remove(holder) }
    }

    private static func join(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let (joined, head) = (try holder(&trial), try holder(&trial))
        var after = world.book
        let refusal = after.join(joined, to: head).map { ($0, 0) }
        let join = PartyJoin(
            world.cast.members[joined].opening.party,
            to: world.cast.members[head].opening.party
        )
        let act = Act.rulebook(.joinParties(join), under: AuthorityReference(.registrar))
        try await expect(refusal, after, [(Cast.ministry, act)], &world, &trial)
        trial.label("joined", when: refusal == nil)
    }

    private static func ask(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let pairs = world.book.requests.keys.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        let isAnswer = try trial.number(0...2) > 0
        var after = world.book
        if isAnswer, !pairs.isEmpty {
            let pair = try trial.draw(.element(of: pairs))
            guard let request = world.book.requests[pair] else { return }
            let actor = try trial.draw(.element(of: [Cast.ministry, Cast.firstJudge, Cast.ministry, Cast.carol]))
            let isFor = try trial.number(0...4) > 0
            let units = request.units + (try trial.number(0...9) == 0 ? 1 : 0)
            let refusal = after.answer(pair, units, until: request.lastDate, isFor: isFor, by: actor).map { ($0, 0) }
            let act = decision(isFor ? .approve : .refuse, pair, units, request.lastDate, world)
            return try await expect(refusal, after, [(actor, act)], &world, &trial)
        }
        let pair = RuleBookkeeper.Pair(from: try holder(&trial), to: try holder(&trial))
        let actor = try trial.number(0...9) == 0 ? try holder(&trial) : pair.from
        let units = try Self.units(world, RuleBookkeeper.Movement(from: pair.from, to: pair.to, units: 0), &trial)
        guard let last = world.book.today.adding(days: try trial.number(0...4)) else { return }
        let refusal = after.ask(pair, units, until: last, by: actor).map { ($0, 0) }
        try await expect(refusal, after, [(actor, decision(.request, pair, units, last, world))], &world, &trial)
    }

    private static func decision(
        _ step: MovementDecision.Step,
        _ pair: RuleBookkeeper.Pair,
        _ units: UInt128,
        _ last: CalendarDate,
        _ world: RuledWorld
    ) -> Act {
        let decision = MovementDecision(
            step,
            asset: world.asset,
            from: world.account(pair.from),
            to: world.account(pair.to),
            units: Quantity(units),
            until: last
        )
        return .rulebook(.decideMovement(decision), under: nil)
    }
}
