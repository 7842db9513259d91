import Tokenize

/// Movements are asked for, answered, and taken back.
extension RulebookByHandProperties {
    private static func requests(_ world: RuledWorld) -> [RuleBookkeeper.Pair] {
        world.book.requests.keys.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    static func ask(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let pairs = requests(world)
        if try trial.number(0...2) > 0, !pairs.isEmpty {
            return try await answer(try trial.draw(.element(of: pairs)), &world, &trial)
        }
        if try trial.number(0...9) == 0 { return try await withdraw(&world, &trial) }
        let pair = RuleBookkeeper.Pair(from: try holder(&trial), to: try holder(&trial))
        let actor = try trial.number(0...9) == 0 ? try holder(&trial) : pair.from
        // Some that move at once if nothing is asked, some too many, and now and then none.
        let units = UInt128(try trial.number(0...29))
        let days = try trial.number(0...(world.focus == .keys ? 9 : 5)) - 1
        guard let last = world.book.today.adding(days: days) else { return }
        var transaction = RuledTransaction(world.book)
        if try trial.number(0...19) == 0 { try addRulebook(to: &transaction, world, &trial) }
        transaction.add(decision(.request, pair, units, last, world), by: actor) { book in
            book.ask(pair, units, until: last, by: actor)
        }
        try await expect(transaction, &world, &trial)
    }

    /// The source asks for a movement.
    static func request(
        _ movement: RuleBookkeeper.Movement,
        until last: CalendarDate,
        _ world: inout RuledWorld,
        _ trial: inout Trial
    ) async throws {
        guard let from = movement.from, let to = movement.to else { return }
        let pair = RuleBookkeeper.Pair(from: from, to: to)
        var transaction = RuledTransaction(world.book)
        transaction.add(decision(.request, pair, movement.units, last, world), by: from) { book in
            book.ask(pair, movement.units, until: last, by: from)
        }
        try await expect(transaction, &world, &trial)
    }

    private static func answer(_ pair: RuleBookkeeper.Pair, _ world: inout RuledWorld, _ trial: inout Trial)
        async throws
    {
        guard let request = world.book.requests[pair] else { return }
        let members = [Cast.firstJudge, Cast.secondJudge, Cast.secondJudge, Cast.carol, Cast.ministry]
        let actor = try trial.draw(.element(of: members))
        let isFor = try trial.number(0...4) > 0
        let units = request.units + (try trial.number(0...9) == 0 ? 1 : 0)
        let last = try trial.number(0...9) == 0 ? world.book.today : request.lastDate
        var transaction = RuledTransaction(world.book)
        transaction.add(decision(isFor ? .approve : .refuse, pair, units, last, world), by: actor) { book in
            book.answer(pair, units, until: last, isFor: isFor, by: actor)
        }
        trial.label("approved", when: try await expect(transaction, &world, &trial) && isFor)
    }

    static func withdraw(_ world: inout RuledWorld, _ trial: inout Trial) async throws {
        let pairs = requests(world)
        let today = world.book.today
        let lapsed = pairs.filter { (world.book.requests[$0]?.lastDate ?? today) < today }
        let drawn = try lapsed.isEmpty || trial.draw(.bool) ? pairs : lapsed
        guard !drawn.isEmpty else { return }
        let pair = try trial.draw(.element(of: drawn))
        guard let request = world.book.requests[pair] else { return }
        let others = [pair.from, pair.to, Cast.firstJudge, Cast.secondJudge, Cast.carol, Cast.bob]
        let actor = try trial.draw(.element(of: others))
        let units = request.units + (try trial.number(0...9) == 0 ? 1 : 0)
        let last = try trial.number(0...9) == 0 ? today : request.lastDate
        var transaction = RuledTransaction(world.book)
        transaction.add(decision(.withdraw, pair, units, last, world), by: actor) { book in
            book.withdraw(pair, units, until: last, by: actor)
        }
        let isDone = try await expect(transaction, &world, &trial)
        trial.label("withdrawn", when: isDone)
        trial.label("withdrawn by another", when: isDone && actor != pair.from)
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
