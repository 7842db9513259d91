/// Reads terms from their texts, and collects every fault instead of stopping at the first.
struct TermReader {
    private let fields: [String: ContractField]
    private(set) var faults: [ContractFault] = []

    init(_ fields: [String: ContractField]) { self.fields = fields }

    mutating func missing(_ term: String, _ reason: String) { faults.append(.missing(term: term, reason: reason)) }

    mutating func contradiction(_ terms: String..., reason: String) {
        faults.append(.contradiction(terms: terms, reason: reason))
    }

    /// True if the term has a text.
    func has(_ term: String) -> Bool { fields[term].map { !$0.texts.isEmpty } ?? false }

    /// The one text of a term, nil if absent or empty.
    mutating func text(_ term: String) -> String? {
        guard let texts = fields[term]?.texts, let first = texts.first else { return nil }
        guard texts.count == 1 else {
            malformed(term, texts.joined(separator: ", "), "a single value")
            return nil
        }
        return first
    }

    /// A term that `parse` makes of its text.
    mutating func value<Value>(_ term: String, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = text(term) else { return nil }
        guard let value = parse(text) else {
            malformed(term, text, expected)
            return nil
        }
        return value
    }

    /// Each value of a list.
    mutating func values<Value>(_ term: String, _ expected: String, _ parse: (String) -> Value?) -> [Value] {
        var values: [Value] = []
        for text in fields[term]?.texts ?? [] {
            if let value = parse(text) { values.append(value) } else { malformed(term, text, expected) }
        }
        return values
    }

    mutating func time(_ term: String) -> ContractTime? { value(term, TermReader.timeForm) { ContractTime($0) } }

    mutating func number(_ term: String) -> Ratio? { value(term, TermReader.numberForm) { try? Ratio(decimal: $0) } }

    mutating func cycle(_ term: String) -> ContractCycle? { value(term, TermReader.cycleForm) { ContractCycle($0) } }

    /// One of the raw values of an enumeration.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ term: String) -> Choice?
    where Choice.RawValue == String {
        value(term, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", ")) { Choice(rawValue: $0) }
    }

    /// `cycleAnchorDateOf…` and `cycleOf…` of a thing that recurs.
    mutating func recurrence(_ thing: String) -> RecurrenceTerms {
        RecurrenceTerms(anchor: time("cycleAnchorDateOf\(thing)"), cycle: cycle("cycleOf\(thing)"))
    }

    private mutating func malformed(_ term: String, _ text: String, _ expected: String) {
        faults.append(.malformed(term: term, text: text, expected: expected))
    }

    static let timeForm = "a time such as 2026-01-31T00:00:00"
    static let numberForm = "a decimal number"
    static let cycleForm = "a cycle such as P3ML1"
}
