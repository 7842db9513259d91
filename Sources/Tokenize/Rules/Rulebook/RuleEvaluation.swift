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
            let rule = movement.book.rules[position]
            if isSurelyMet(rule, movement, draft) { continue }
            guard let finding = finding(rule, at: position, movement, draft) else { continue }
            findings.append(finding)
            if stopAtFirst { return findings }
        }
        return findings
    }

    /// Whether a movement meets a rule by what plain numbers say. Nearly every movement meets every rule, and is asked
    /// no more; false says nothing.
    @inline(__always)
    private func isSurelyMet(_ rule: CompiledRule, _ movement: RuledMovement, _ draft: Transition) -> Bool {
        switch rule {
        case .countries(let set, let areAllowed, let sides):
            return movement.everyParty(on: sides) { party in
                Int(party.value) < parties.count
                    && movement.book.names.countries[set].contains(parties.records[Int(party.value)].jurisdiction)
                        == areAllowed
            }
        case .statement(let statement, _, let sides):
            guard draft.rules.records.isEmpty else { return false }
            return movement.everyParty(on: sides) { party in
                rules.attestations.firstSays(
                    movement.book.names.statements[statement],
                    of: party.value,
                    for: movement.asset,
                    on: movement.today
                ) { rules.trusts($0, of: movement.asset, column: movement.book.names.statements[statement].column) }
            }
        case .balanceMax(let limit): return movement.getterUnits.map { $0 <= limit } ?? true
        case .partyShareMax(let numerator, let denominator):
            guard let held = movement.getterUnits else { return true }
            return isWithin(numerator, denominator, of: outstanding(movement.asset, draft), held)
        case .volume(let days, let limit):
            guard movement.isTransfer else { return true }
            guard draft.rules.volumes.isEmpty, let first = movement.today.adding(days: 1 - days) else { return false }
            let given = rules.lines[movement.line].volumes.unitsGiven(by: movement.giver, from: first)
            return given.adding(movement.units).map { $0 <= limit } ?? false
        case .memo: return draft.rules.hasMemo
        case .list, .admission, .asWritten: return false
        }
    }

    private func finding(
        _ rule: CompiledRule,
        at position: Int,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        switch rule {
        case .countries(let set, let areAllowed, let sides):
            return movement.first(on: sides) { account in
                countryFinding(movement.book.names.countries[set], areAllowed: areAllowed, account, movement, draft)
            }
        case .statement(let statement, let code, let sides):
            return movement.first(on: sides) { account in
                statementFinding(movement.book.names.statements[statement], code, account, movement, draft)
            }
        case .list(let list, let isWanted, let code, let sides):
            return movement.first(on: sides) { account in
                listFinding(list, isWanted: isWanted, code, account, movement, draft)
            }
        case .admission(let list):
            return movement.first(on: .all) { account in admissionFinding(list, account, movement, draft) }
        case .memo: return draft.rules.hasMemo ? nil : RuleFinding(.memoMissing, movement, remedy: .memo)
        case .balanceMax, .partyShareMax, .volume, .asWritten: break
        }
        guard !movement.isWithinPerson else { return nil }
        let written = movement.book.book.rules[position]
        if let finding = quantityFinding(written, movement, draft) { return finding }
        return movement.isTransfer ? transferFinding(written, at: position, movement, draft) : nil
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
