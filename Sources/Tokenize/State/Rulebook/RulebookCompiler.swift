extension LedgerState {
    /// A rulebook with its names resolved; what it names was there when it was laid down.
    mutating func compile(_ book: Rulebook, version: UInt64) -> CompiledRulebook {
        var requirements: [[CompiledCondition]] = []
        for requirement in book.requirements { requirements.append(requirement.conditions.map { compile($0) }) }
        var compiled: [CompiledRule] = []
        var towards: [AccountIndex: Int] = [:]
        for rule in book.rules {
            compiled.append(compile(rule))
            guard case .volumeTowards(let accounts, let days, _) = rule else { continue }
            for account in indices(of: accounts) { towards[account] = max(towards[account] ?? 0, days) }
        }
        return CompiledRulebook(
            version: version,
            book: book,
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
        CompiledStatement(
            topic: statement.topic,
            column: rules.column(of: statement.topic),
            value: statement.value
        )
    }

    private mutating func compile(_ rule: Rule) -> CompiledRule {
        switch rule {
        case .countriesAllowed(let countries, let sides): .countries(CountrySet(countries), areAllowed: true, sides)
        case .countriesRestricted(let countries, let sides):
            .countries(CountrySet(countries), areAllowed: false, sides)
        case .allowList(let list, let sides):
            .list(rules.position(of: list), isWanted: true, .notOnAllowList, sides)
        case .blockList(let list, let sides): .list(rules.position(of: list), isWanted: false, .onBlockList, sides)
        case .sanctions(let list, let sides): .list(rules.position(of: list), isWanted: false, .sanctioned, sides)
        case .accredited(let statement, let sides): .statement(compile(statement), .notAccredited, sides)
        case .resident(let statement, let sides): .statement(compile(statement), .notResident, sides)
        case .admission(let list): .admission(rules.position(of: list))
        case .tradingCalendar(let digest): servicing.calendar(digest).map { .calendar($0) } ?? .plain(rule)
        case .volumeTowards(let accounts, let days, let units):
            .volumeTowards(indices(of: accounts), days: days, units)
        default: .plain(rule)
        }
    }

    private func indices(of accounts: [AccountID]) -> [AccountIndex] {
        accounts.compactMap { self.accounts.index(of: $0).map { AccountIndex($0) } }
    }
}
