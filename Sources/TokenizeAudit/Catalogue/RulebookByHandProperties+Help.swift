import Tokenize

/// What an explanation says of a movement that the rulebook refuses: every rule that does, why, and what would help.
extension RulebookByHandProperties {
    static func requireHelp(
        _ all: [RuleFinding],
        _ examined: RuledTransaction.Examined,
        _ trial: inout Trial
    ) throws {
        // Where a rule of the ledger's refuses too, the rulebook is asked of what would not be.
        guard let finding = all.first, finding.rulebookVersion != nil else { return }
        let (movement, before) = (examined.movement, examined.book)
        let version = finding.rulebookVersion
        try trial.require(version == before.version, "\(finding) is of another version than \(before.version)")
        var after = before
        guard after.moveUnits(movement) == nil else { return }
        let found = all.filter { $0.rulebookVersion != nil }.map(\.code)
        let expected = after.failures(of: movement)
        try trial.require(once(found) == once(expected), "\(found) are explained, not \(expected)")
        trial.label("several rules explained", when: once(expected).count > 1)
        // Of which rule each is.
        for finding in all where finding.rulebookVersion != nil {
            let rules = before.book.rules.filter { rule in
                outcome(of: movement, by: rule, before) == finding.code
            }
            guard rules.count == 1, let rule = rules.first else { continue }
            try requireHelp(of: finding, rule, movement, before, after, &trial)
        }
    }

    /// Codes, each where it stands first.
    private static func once(_ codes: [RejectionCode]) -> [RejectionCode] {
        codes.reduce(into: []) { list, code in if !list.contains(code) { list.append(code) } }
    }

    /// What one rule alone says of a movement, of as many units on that day.
    private static func outcome(
        of movement: RuleBookkeeper.Movement,
        units: UInt128? = nil,
        on day: CalendarDate? = nil,
        by rule: Rule,
        _ before: RuleBookkeeper
    ) -> RejectionCode? {
        var (copy, one) = (before, movement)
        copy.book = Rulebook(rules: [rule])
        copy.today = day ?? before.today
        one.units = units ?? movement.units
        return copy.move(one)
    }

    private static func requireHelp(
        of finding: RuleFinding,
        _ rule: Rule,
        _ movement: RuleBookkeeper.Movement,
        _ before: RuleBookkeeper,
        _ after: RuleBookkeeper,
        _ trial: inout Trial
    ) throws {
        if let known = after.explanation(of: rule, movement) {
            let facts = finding.facts.map {
                RuleBookkeeper.KnownFact(name: $0.fact.name, value: $0.fact.value, owner: $0.owner)
            }
            try trial.require(facts == known.facts, "\(finding) has other facts than \(known.facts)")
            if case .remedy(let remedy) = known.help {
                try trial.require(finding.remedy == remedy, "\(finding) says \(remedy.map { "\($0)" } ?? "no remedy")")
                trial.label("helped by a word", when: remedy != nil)
                return
            }
        }
        func passes(_ units: UInt128) -> Bool {
            units > 0 && outcome(of: movement, units: units, by: rule, before) == nil
        }
        switch finding.remedy {
        case .amountThatFits(let units)?:
            let fits = outcome(of: movement, units: units.units, by: rule, before) != finding.code
            try trial.require(fits, "\(units) do not fit: \(finding)")
            try trial.require(!passes(units.units + 1), "more than \(units) fit: \(finding)")
            trial.label("helped by an amount", when: units > .zero)
        case .amountAtLeast(let units)?:
            let fits = outcome(of: movement, units: units.units, by: rule, before) != finding.code
            try trial.require(fits, "\(units) are not enough: \(finding)")
            try trial.require(!passes(units.units - 1), "less is enough: \(finding)")
            trial.label("helped by an amount")
        case .opensOn(let day)?:
            let opens = outcome(of: movement, on: day, by: rule, before)
            try trial.require(opens != finding.code, "\(day) is too early: \(finding)")
            let eve = day.adding(days: -1).flatMap { outcome(of: movement, on: $0, by: rule, before) }
            try trial.require(eve == finding.code, "the day before \(day) is late enough: \(finding)")
            trial.label("helped by a day")
        default:
            let isHelped = (1..<max(1, movement.units)).contains { passes($0) }
            try trial.require(!isHelped || isWithoutAmount(rule), "fewer units pass: \(finding)")
            let days = (1...20).compactMap { before.today.adding(days: $0) }
            let isOpened = days.contains { outcome(of: movement, on: $0, by: rule, before) == nil }
            try trial.require(!isOpened, "another day is late enough: \(finding)")
        }
    }

    /// No number of units is named where who holds decides.
    private static func isWithoutAmount(_ rule: Rule) -> Bool {
        switch rule {
        case .holderCountMax, .classHolderCountMax: true
        default: false
        }
    }
}
