/// What a movement fails of a rulebook.
extension LedgerState {
    /// Rules that a movement fails, in the order in which they are asked: the requirements, then the rules as the
    /// rulebook lists them. The draft holds the movement already, and nothing is written.
    ///
    /// - Parameter stopAtFirst: true to decide, false to explain.
    func ruleFindings(_ movement: RuledMovement, _ draft: Transition, stopAtFirst: Bool) -> [RuleFinding] {
        var findings: [RuleFinding] = []
        if let finding = requirementFinding(movement, draft) {
            findings.append(finding)
            if stopAtFirst { return findings }
        }
        for position in movement.book.rules.indices {
            guard let finding = finding(movement.book.rules[position], at: position, movement, draft) else { continue }
            findings.append(finding)
            if stopAtFirst { return findings }
        }
        return findings
    }

    @inline(__always)
    private func finding(
        _ rule: CompiledRule,
        at position: Int,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        switch rule {
        case .countries(let countries, let areAllowed, let sides):
            return first(of: sides, movement) { account in
                countryFinding(countries, areAllowed: areAllowed, account, movement, draft)
            }
        case .statement(let statement, let code, let sides):
            return first(of: sides, movement) { account in
                statementFinding(statement, code, account, movement, draft)
            }
        case .list(let list, let isWanted, let code, let sides):
            return first(of: sides, movement) { account in
                listFinding(list, isWanted: isWanted, code, account, movement, draft)
            }
        case .admission(let list):
            return first(of: .both, movement) { account in admissionFinding(list, account, movement, draft) }
        case .calendar(let calendar): return movement.isTransfer ? calendarFinding(calendar, movement) : nil
        case .volumeTowards(let accounts, let days, let limit):
            guard movement.isTransfer, let destination = movement.destination, accounts.contains(destination) else {
                return nil
            }
            return volumeFinding(accounts.map { .towards($0) }, days, limit, .volumeTowardsExceeded, movement, draft)
        case .plain(let rule):
            if rule == .memo { return draft.rules.hasMemo ? nil : RuleFinding(.memoMissing, movement, remedy: .memo) }
            guard !movement.isWithinPerson else { return nil }
            if let finding = quantityFinding(rule, movement, draft) { return finding }
            return movement.isTransfer ? transferFinding(rule, at: position, movement, draft) : nil
        }
    }

    @inline(__always)
    private func first(
        of sides: RuleSides,
        _ movement: RuledMovement,
        _ check: (AccountIndex) -> RuleFinding?
    ) -> RuleFinding? {
        for side in [RuleSides.sender, .receiver, .trustee] where sides.contains(side) {
            if let account = movement.account(on: side), let finding = check(account) { return finding }
        }
        return nil
    }
}

extension RuleFinding {
    init(
        _ code: RejectionCode,
        _ movement: RuledMovement,
        facts: [DecidingFact] = [],
        remedy: Remedy? = nil
    ) {
        self.init(code, version: movement.book.version, facts: facts, remedy: remedy)
    }
}
