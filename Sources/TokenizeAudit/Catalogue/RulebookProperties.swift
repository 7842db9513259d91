import Tokenize

/// What a rulebook says holds of persons, in every history.
enum RulebookProperties {
    static let all = [
        AuditCatalogue.Entry(caps, usualCaseCount: 20), AuditCatalogue.Entry(sums, usualCaseCount: 20),
        AuditCatalogue.Entry(windows, usualCaseCount: 20), AuditCatalogue.Entry(trust, usualCaseCount: 60),
    ]

    static let caps = Property(
        "PRP-040",
        "No movement of a holder and no issue leads a person, or the number of holders, above its cap.",
        coverage: [
            .init("balanceExceeded", perMille: 300), .init("tooManyHolders", perMille: 100),
            .init("own", perMille: 100),
        ]
    ) { trial in
        try await live(&trial) { world, step, before, after, trial in
            let held = units(after, world)
            switch step {
            case .moved(_, let getter), .issued(let getter):
                let person = world.persons[getter] ?? getter
                let isOwn: Bool
                if case .moved(let giver, _) = step {
                    isOwn = (world.persons[giver] ?? giver) == person
                } else {
                    isOwn = false
                }
                trial.label("own", when: isOwn)
                let earlier = units(before, world)
                try trial.require(
                    held[person, default: 0] <= world.rules.balanceMax || isOwn,
                    "\(person) holds \(held[person, default: 0])"
                )
                // A cap that an order has broken is not broken further.
                let isNew = earlier[person, default: 0] == 0
                try trial.require(
                    !isNew || UInt64(held.count { $0.value > 0 }) <= world.rules.holderCountMax,
                    "\(held.count { $0.value > 0 }) hold"
                )
            case .refused(let code): trial.label("\(code)")
            case .taken, .other: break
            }
        }
    }

    static let sums = Property(
        "PRP-041",
        "Units by person add up to the supply, and the number of holders is that of a recount, by order too.",
        coverage: [.init("joined", perMille: 300), .init("taken", perMille: 300)]
    ) { trial in
        try await live(&trial) { world, step, _, after, trial in
            let held = units(after, world)
            let outstanding = after.asset(world.asset)?.outstanding.units ?? 0
            let known = RulebookWorld.holders.reduce(into: [Int: UInt128]()) { sums, holder in
                let person = world.persons[holder] ?? holder
                let account = world.accounts[holder]
                sums[person] = after.units(ofPersonBehind: account, asset: world.asset)?.units ?? 0
            }
            try trial.require(known.values.reduce(0, +) == outstanding, "\(known) of \(outstanding)")
            try trial.require(known.filter { $0.value > 0 } == held.filter { $0.value > 0 }, "\(known), \(held)")
            let count = after.holderCount(of: world.asset) ?? 0
            try trial.require(count == UInt64(held.count { $0.value > 0 }), "\(count) holders of \(held)")
            trial.label("joined", when: world.persons.contains { $0.key != $0.value })
            if case .taken = step { trial.label("taken") }
        }
    }

    static let windows = Property(
        "PRP-042",
        "What a person gives in any window of the rulebook's days is within the limit, wherever the window begins.",
        coverage: [.init("volumeExceeded", perMille: 300), .init("window used up", perMille: 50)]
    ) { trial in
        try await live(&trial) { world, step, _, _, trial in
            if case .refused(let code) = step { trial.label("\(code)") }
            guard case .moved(let giver, let getter) = step else { return }
            let person = world.persons[giver] ?? giver
            guard person != world.persons[getter] ?? getter else { return }
            // Two persons who turned out to be one may be above it together; after that none gives anything more.
            for first in world.given[person, default: [:]].keys {
                let days = world.given[person, default: [:]].filter { day, _ in
                    (0..<world.rules.days).contains(day.days(since: first))
                }
                let sum = days.values.reduce(0, +)
                let isNow = world.latest(person).map { $0.days(since: first) < world.rules.days } ?? false
                try trial.require(!isNow || sum <= world.rules.volumeMax, "\(person) gave \(sum) from \(first)")
                trial.label("window used up", when: sum == world.rules.volumeMax)
            }
        }
    }

    static let trust = Property(
        "PRP-043",
        "Whoever gets units of an asset that asks for an attestation has one that counts on that day.",
        coverage: [.init("notAccredited", perMille: 300), .init("attested", perMille: 300)]
    ) { trial in
        try await live(&trial) { world, step, before, _, trial in
            switch step {
            case .moved(_, let getter), .issued(let getter):
                guard world.rules.asksAttestation else { return }
                let parties = [
                    world.cast.members[getter].opening.party,
                    world.cast.members[world.persons[getter] ?? getter].opening.party,
                ]
                let counts = parties.contains { party in
                    let key = RuleKey.attestation(
                        party,
                        RulebookWorld.topic,
                        AuthorityReference(.identityIssuer),
                        scope: nil
                    )
                    guard case .attestation(let record)? = before.rule(key) else { return false }
                    return record.validFrom <= before.businessDate && before.businessDate <= record.validUntil
                }
                try trial.require(counts, "nobody says so of \(getter)")
                trial.label("attested")
            case .refused(let code): trial.label("\(code)")
            case .taken, .other: break
            }
        }
    }

    private static func live(
        _ trial: inout Trial,
        check: (RulebookWorld, RulebookWorld.Step, LedgerState, LedgerState, inout Trial) async throws -> Void
    ) async throws {
        let rules = RulebookWorld.Rules(
            balanceMax: UInt128(try trial.draw(Generator<UInt64>.integer(in: 60...120))),
            holderCountMax: try trial.draw(Generator<UInt64>.integer(in: 2...4)),
            days: Int(try trial.draw(Generator<UInt64>.integer(in: 1...5))),
            volumeMax: UInt128(try trial.draw(Generator<UInt64>.integer(in: 10...60))),
            asksAttestation: try trial.draw(Generator<UInt64>.integer(in: 0...1)) == 1
        )
        var world = try await RulebookWorld(rules)
        for _ in 0..<60 {
            let before = try await world.ledger.read { $0 }
            let step = try await world.step(&trial)
            let after = try await world.ledger.read { $0 }
            try await check(world, step, before, after, &trial)
        }
    }

    /// Units by person, counted from holdings.
    private static func units(_ state: LedgerState, _ world: RulebookWorld) -> [Int: UInt128] {
        state.holdings(of: world.asset).reduce(into: [:]) { sums, view in
            guard let place = world.cast.index(of: view.account) else { return }
            sums[world.persons[place] ?? place, default: 0] += view.units.units
        }
    }
}

extension RulebookWorld {
    /// The last date on which a person gave anything.
    func latest(_ person: Int) -> CalendarDate? { given[person]?.keys.max() }
}
