import Tokenize

/// Observed rates, calls, puts, repayments in parts and accelerations are those that a bookkeeper works out by hand.
enum BondOptionProperties {
    static let all = [AuditCatalogue.Entry(options, usualCaseCount: 50)]

    static let options = Property(
        "PRP-046",
        "Observations, notices, puts, parts of the principal and accelerations are, to the unit and the rule, those by hand.",
        coverage: [
            .init("observed", perMille: 240), .init("refused notTheObserver", perMille: 200),
            .init("refused dayClosed", perMille: 30), .init("refused alreadyObserved", perMille: 15),
            .init("refused notObservable", perMille: 200), .init("refused closingOutOfRange", perMille: 100),
            .init("fallback", perMille: 50), .init("silent", perMille: 50),
            .init("silent after acceleration", perMille: 80),
            .init("called", perMille: 95), .init("called in part", perMille: 100), .init("put", perMille: 150),
            .init("refused noOption", perMille: 300), .init("refused noticeTooLate", perMille: 80),
            .init("refused partNotAllowed", perMille: 80), .init("refused alreadyNotified", perMille: 50),
            .init("refused encumbranceExceedsUnits", perMille: 50), .init("put of what is blocked", perMille: 50),
            .init("pledged", perMille: 200), .init("refused unitsEncumbered", perMille: 20),
            .init("put paid", perMille: 50), .init("refused amountNotKnown", perMille: 40),
            .init("refused earlierDueUnpaid", perMille: 50), .init("default", perMille: 200),
            .init("accelerated", perMille: 50), .init("acceleration paid", perMille: 20),
            .init("refused alreadyAccelerated", perMille: 20), .init("refused noEventOfDefault", perMille: 100),
            .init("refused accelerationNotAllowed", perMille: 50), .init("refused notEnoughUnits", perMille: 10),
            .init("refused priceNotKnown", perMille: 50), .init("ended", perMille: 100),
            .init("restart", perMille: 445), .init("refused notABond", perMille: 100),
            .init("restored on the way", perMille: 445), .init("principal lowered", perMille: 20),
            .init("ordered after record", perMille: 50), .init("ended after record", perMille: 50),
            .init("ended by order after record", perMille: 10), .init("principal of another", perMille: 20),
            .init("weighs on cash", perMille: 40),
            .init("pledgee paid", perMille: 15), .init("taxed principal", perMille: 5), .init("taxed", perMille: 200),
            .init("claim", perMille: 20), .init("settled", perMille: 10),
            .init("bought back", perMille: 100), .init("refused sizeNotAdmitted", perMille: 200),
            .init("refused accountFrozen", perMille: 80), .init("refused assetPaused", perMille: 80),
            .init("refused buyerIsSeller", perMille: 20),
            .init("late", perMille: 30),
            .init("refused amountContradictsTerms", perMille: 5), .init("refused beforeMaturity", perMille: 80),
        ]
    ) { trial in
        let plan = try OptionPlan(&trial)
        guard let first = Cast.firstDate else { throw AuditFailure(reason: "there is no first day") }
        var book = OptionBook(plan, on: first)
        for holder in OptionWorld.holders { book.held[holder] = UInt128(try trial.number(3...60)) }
        trial.note("\(plan), held \(book.held.sorted { $0.key < $1.key })")
        let world = try await OptionWorld(plan, held: book.held)
        var life = OptionLife(world: world, book: book, isLazy: try trial.draw(.bool))
        try await life.run(&trial)
    }
}

/// The life of a bond with options under way.
struct OptionLife {
    var world: OptionWorld
    var book: OptionBook
    /// True for an issuer who seldom pays.
    let isLazy: Bool

    mutating func run(_ trial: inout Trial) async throws {
        for _ in 0..<80 { try await step(&trial) }
        if try trial.draw(.bool) { try await runToTheEnd(&trial) }
        try await world.end(&trial)
    }

    private mutating func step(_ trial: inout Trial) async throws {
        switch try trial.number(0...34) {
        case 0...5: try await open(&trial)
        case 6, 7: try await observe(&trial)
        case 8: try await closeObservations(&trial)
        case 9, 10: try await call(&trial)
        case 11, 12: try await put(&trial)
        case 13, 14: if try !isLazy || trial.number(0...3) == 0 { try await pay(&trial) }
        case 15: try await pay(&trial)
        case 16, 17: try await accelerate(&trial)
        case 18: try await transfer(&trial)
        case 19, 20: try await subscribe(&trial)
        case 21, 22: try await pledge(&trial)
        case 23: try await attach(&trial)
        case 24, 25: try await takeByOrder(&trial)
        case 26, 27: try await endUnits(&trial)
        case 28: try await stop(&trial)
        case 29, 33, 34: try await settle(&trial)
        case 30: try await buyBack(&trial)
        case 31: try await redeemAll(&trial)
        default: try await world.reopen(&trial)
        }
        try await compare(trial)
    }

    /// Days and payments until nothing is owed, or nothing can be known any more.
    private mutating func runToTheEnd(_ trial: inout Trial) async throws {
        for _ in 0..<60 where !book.isClosed {
            try await open(&trial)
            try await settle(&trial)
            if try trial.number(0...5) == 0 { try await redeemAll(&trial) }
            for due in book.dues where book.paid[due.id] == nil && book.isPayable(due, on: book.today) {
                try await pay(due, &trial)
            }
            try await compare(trial)
        }
        trial.label("ended", when: book.isClosed)
        try await open(&trial)
        for _ in 0..<3 { try await settle(&trial) }
        try await put(&trial)
        try await call(&trial)
        try await transfer(&trial)
        try await accelerate(&trial)
    }

    /// Demands an answer.
    func require(
        _ answer: AuditWorld.Answer,
        _ expected: RejectionCode?,
        _ what: @autoclosure () -> String,
        _ trial: inout Trial
    ) throws {
        trial.note("\(book.today) \(what()): \(expected.map { $0.ruleID } ?? "done")")
        try trial.require(
            answer.code == expected,
            "\(what()): \(answer), by the book \(expected.map { $0.ruleID } ?? "done")"
        )
        if let expected { trial.label("refused \(expected)") }
    }

    // MARK: Days

    mutating func open(_ trial: inout Trial) async throws {
        // Mostly a day on which something begins or ends, or the day after it.
        let turns = Set(book.turns).filter { $0 > book.today }.sorted().prefix(4)
        var next = book.today.adding(days: try trial.number(1...9)) ?? book.today
        if let turn = turns.first, try trial.number(0...3) > 0 {
            next = turn
            if turns.count > 1, try trial.number(0...2) == 0 { next = try trial.draw(.element(of: Array(turns))) }
        }
        let limit = book.today.adding(days: 10) ?? next
        next = min(next, limit)
        let (defaults, closed) = (book.defaults, book.closed)
        book.open(next)
        trial.label("default", when: book.defaults != defaults)
        trial.label("silent", when: book.closed != closed)
        trial.label(
            "silent after acceleration",
            when: book.closed != closed && book.acceleration.map { $0 < next } == true
        )
        let answer = try await world.submit([.openBusinessDay(next, under: AuthorityReference(.operator))])
        try require(answer, nil, "a day", &trial)
    }

    // MARK: Observations

    private func someone(_ usual: Int, _ trial: inout Trial) throws -> Int {
        try trial.number(0...5) == 0 ? Cast.bob : usual
    }

    private mutating func observe(_ trial: inout Trial) async throws {
        let member = try someone(OptionWorld.observer, &trial)
        let names = [OptionPlan.reference, OptionPlan.reference, OptionPlan.other, "XYZ 1M"]
        let name = try trial.draw(.element(of: names))
        let fixings = (0..<5).compactMap { book.fixing($0) }
        let near = fixings.filter { $0 <= book.today }.suffix(2) + fixings.filter { $0 > book.today }.prefix(1)
        var day = book.today
        if !near.isEmpty, try trial.number(0...4) > 0 { day = try trial.draw(.element(of: Array(near))) }
        // Some as early as a fallback still takes, and a day earlier.
        let offset = try trial.draw(.element(of: [-7, -7, -6, -3, 1]))
        if try trial.number(0...3) == 0 { day = day.adding(days: offset) ?? day }
        if try trial.number(0...4) == 0, let known = book.reported[name]?.keys.max() { day = known }
        let value = Int128(try trial.number(-8...120)) * 1_000
        let report = ObservationReport(asset: world.bond, name: name, date: day, value: try OptionPlan.rate(value))
        let answer = try await world.submit([.service(.observe(report), under: nil)], by: member)
        let isKnown = [OptionPlan.reference, OptionPlan.other].contains(name)
        let expected: RejectionCode? =
            !isObserver(member)
            ? .notTheObserver
            : book.isFrozen(member)
                ? .accountFrozen
                : !isKnown || day > book.today
                    ? .notObservable
                    : book.closed.map { day <= $0 } ?? false
                        ? .dayClosed : book.reported[name]?[day] != nil ? .alreadyObserved : nil
        try require(answer, expected, "\(member) reports \(name) of \(day) as \(value)", &trial)
        guard expected == nil else { return }
        book.reported[name, default: [:]][day] = value
        trial.label("observed")
    }

    private func isObserver(_ member: Int) -> Bool { member == OptionWorld.observer && book.fixing(0) != nil }

    private mutating func closeObservations(_ trial: inout Trial) async throws {
        let member = try someone(OptionWorld.observer, &trial)
        var day = book.today.adding(days: try trial.number(-20...1)) ?? book.today
        if let closed = book.closed, try trial.number(0...2) == 0 { day = closed }
        let closing = ObservationClosing(asset: world.bond, through: day)
        let answer = try await world.submit([.service(.closeObservations(closing), under: nil)], by: member)
        let isOut = day > book.today || book.closed.map { day <= $0 } ?? false
        let expected: RejectionCode? =
            !isObserver(member)
            ? .notTheObserver : book.isFrozen(member) ? .accountFrozen : isOut ? .closingOutOfRange : nil
        try require(answer, expected, "\(member) closes through \(day)", &trial)
        guard expected == nil else { return }
        book.closed = day
        trial.label("fallback", when: book.usesFallback)
    }
}
