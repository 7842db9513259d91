extension LedgerState {
    /// A rulebook with its names resolved; what it names was there when it was laid down.
    mutating func compile(_ book: Rulebook, version: UInt64) -> CompiledRulebook {
        var requirements: [[CompiledCondition]] = []
        for requirement in book.requirements { requirements.append(requirement.conditions.map { compile($0) }) }
        var compiled: [CompiledRule] = []
        var towards: [AccountIndex: Int] = [:]
        var names = CompiledNames()
        for (position, rule) in book.rules.enumerated() {
            compiled.append(compile(rule, at: position, &names))
            guard case .volumeTowards(let accounts, let days, _) = rule else { continue }
            for account in indices(of: accounts) { towards[account] = max(towards[account] ?? 0, days) }
        }
        return CompiledRulebook(
            version: version,
            book: book,
            names: names,
            requirements: requirements,
            rules: compiled,
            towards: towards
        )
    }

    private mutating func compile(_ condition: Condition) -> CompiledCondition {
        let test: CompiledCondition.Test
        switch condition.test {
        case .present(let topic): test = .statements([compile(Statement(topic))], areWanted: true)
        case .absent(let topic): test = .statements([compile(Statement(topic))], areWanted: false)
        case .anyOf(let statements): test = .statements(statements.map { compile($0) }, areWanted: true)
        case .noneOf(let statements): test = .statements(statements.map { compile($0) }, areWanted: false)
        case .identity(let parties): test = .identity(parties)
        }
        return CompiledCondition(test: test, sides: condition.sides)
    }

    private mutating func compile(_ statement: Statement) -> CompiledStatement {
        CompiledStatement(statement, column: rules.column(of: statement.topic))
    }

    private mutating func compile(_ rule: Rule, at position: Int, _ names: inout CompiledNames) -> CompiledRule {
        switch rule {
        case .countriesAllowed(let countries, let sides):
            return .countries(names.enter(countries), areAllowed: true, sides)
        case .countriesRestricted(let countries, let sides):
            return .countries(names.enter(countries), areAllowed: false, sides)
        case .allowList(let list, let sides):
            return .list(rules.position(of: list), isWanted: true, .notOnAllowList, sides)
        case .blockList(let list, let sides):
            return .list(rules.position(of: list), isWanted: false, .onBlockList, sides)
        case .sanctions(let list, let sides):
            return .list(rules.position(of: list), isWanted: false, .sanctioned, sides)
        case .accredited(let statement, let sides):
            return .statement(names.enter(compile(statement)), .notAccredited, sides)
        case .resident(let statement, let sides):
            return .statement(names.enter(compile(statement)), .notResident, sides)
        case .admission(let list): return .admission(rules.position(of: list))
        case .balanceMax(let limit): return .balanceMax(limit)
        case .partyShareMax(let numerator, let denominator):
            return .partyShareMax(numerator: numerator, denominator: denominator)
        case .volume(let days, let limit): return .volume(days: days, limit)
        case .memo: return .memo
        case .tradingCalendar(let digest): names.calendars[position] = servicing.calendar(digest)
        case .volumeTowards(let accounts, _, _): names.accounts[position] = indices(of: accounts)
        default: break
        }
        return .asWritten
    }

    private func indices(of accounts: [AccountID]) -> [AccountIndex] {
        accounts.compactMap { self.accounts.index(of: $0).map { AccountIndex($0) } }
    }
}

extension CompiledNames {
    /// The index of a set of countries.
    fileprivate mutating func enter(_ set: [CountryCode]) -> Int {
        countries.append(CountrySet(set))
        return countries.count - 1
    }

    /// The index of a statement.
    fileprivate mutating func enter(_ statement: CompiledStatement) -> Int {
        statements.append(statement)
        return statements.count - 1
    }
}
