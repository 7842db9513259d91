import Tokenize

/// Something that was tried and did not get through, and the rule that stopped it.
struct Attempt: Encodable, Sendable {
    let attempt: String
    let ruleID: String
    let rule: String
    let facts: [String: String]
    /// The facts in the order in which they decided, for people.
    private let sentence: String

    private enum CodingKeys: CodingKey { case attempt, ruleID, rule, facts }

    init(_ attempt: String, _ rejection: Rejection) {
        self.attempt = attempt
        ruleID = rejection.ruleID
        rule = "\(rejection.code)"
        facts = Dictionary(
            rejection.facts.map { ($0.name.rawValue, "\($0.value)") },
            uniquingKeysWith: { first, _ in first }
        )
        let parts = rejection.facts.compactMap { Attempt.text($0) }
        sentence = ([Attempt.words(rule)] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")]))
            .joined(separator: ": ")
    }

    /// A table of attempts.
    static func table(_ attempts: [Attempt]) -> Table {
        var table = Table("attempt", "rule", "the ledger's answer")
        for attempt in attempts { table.add(Table.Cell(attempt.attempt), attempt.cell, Table.Cell(attempt.sentence)) }
        return table
    }

    private var cell: Table.Cell { Table.Cell(ruleID, .bad) }

    /// Long names say nothing to an audience that reads who tried it beside them.
    private static func text(_ value: Rejection.Fact.Value) -> String? {
        switch value {
        case .quantity(let quantity): Amounts.grouped(quantity)
        case .number(let number): Amounts.grouped(number)
        case .account, .asset, .party, .encumbrance: nil
        case .authority(let authority):
            "\(authority.role)" + (authority.asset == nil ? "" : " of the asset")
        default: "\(value)"
        }
    }

    /// A fact in words; nil for long names.
    static func text(_ fact: Rejection.Fact) -> String? { text(fact.value).map { "\(word(fact.name)) \($0)" } }

    private static func word(_ name: Rejection.Fact.Name) -> String { words(name.rawValue) }

    /// `camelCase` as words.
    static func words(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if character.isUppercase { text += " " + character.lowercased() } else { text.append(character) }
        }
    }
}
