import Foundation

@testable import Tokenize

/// As much of CDDL (RFC 8610) as Specs/schema/ledger.cddl uses: choices, arrays, groups, occurrences, ranges, and the
/// controls `.size`, `.regexp` and `.cbor`.
struct SchemaLanguage: Sendable {
    indirect enum Form: Sendable {
        case name(String)
        case number(Int128)
        case range(Int128, Int128)
        case size(Form, Int128, Int128)
        case pattern(String)
        case encoded(Form)
        case array(Group)
        case choice([Form])
    }

    /// Alternatives, each a row of entries.
    struct Group: Sendable {
        let alternatives: [[Entry]]
    }

    struct Entry: Sendable {
        let min: Int
        let max: Int
        let content: Content

        enum Content: Sendable {
            case form(Form)
            case group(Group)
        }
    }

    enum Rule: Sendable {
        case form(Form)
        case group(Group)
    }

    private(set) var rules: [String: Rule] = [:]
    /// False to leave open what byte strings hold, as a reader does that decodes them later.
    var readsByteStrings = true

    /// Reads a schema. Throws ``SchemaFault`` for what is not in the language above, and for names that nothing defines.
    init(_ text: String) throws {
        var reader = SchemaReader(text)
        while let (name, rule) = try reader.rule() {
            guard rules.updateValue(rule, forKey: name) == nil else { throw SchemaFault("\(name) is defined twice") }
        }
        let known = Set(rules.keys).union(["bytes", "text", "bool", "true"])
        let unknown = reader.references.subtracting(known).sorted()
        guard unknown.isEmpty else { throw SchemaFault("undefined: \(unknown)") }
    }

    /// True if `value` is as the rule says.
    func matches(_ value: CanonicalValue, rule: String) -> Bool { matches(value, .name(rule)) }

    private func matches(_ value: CanonicalValue, _ form: Form) -> Bool {
        switch form {
        case .name(let name): matches(value, named: name)
        case .number(let number): value.number == number
        case .range(let low, let high): value.number.map { (low...high).contains($0) } ?? false
        case .size(let inner, let low, let high):
            matches(value, inner) && value.byteCount.map { (low...high).contains(Int128($0)) } ?? false
        case .pattern(let pattern): value.text?.range(of: "^(\(pattern))$", options: .regularExpression) != nil
        case .encoded(let inner):
            switch value {
            case .bytes(let bytes):
                !readsByteStrings || (try? CanonicalValue(decoding: bytes)).map { matches($0, inner) } ?? false
            default: false
            }
        case .array(let group):
            if case .array(let elements) = value { rest(of: elements[...], after: group).contains(0) } else { false }
        case .choice(let forms): forms.contains { matches(value, $0) }
        }
    }

    private func matches(_ value: CanonicalValue, named name: String) -> Bool {
        switch (rules[name], name, value) {
        case (.form(let form), _, _): matches(value, form)
        case (.group(let group), _, _): rest(of: [value], after: group).contains(0)
        case (nil, "bytes", .bytes), (nil, "text", .text), (nil, "bool", .bool): true
        case (nil, "true", .bool(let value)): value
        default: false
        }
    }

    /// How many elements may be left when the group has taken its own from the front.
    private func rest(of elements: ArraySlice<CanonicalValue>, after group: Group) -> Set<Int> {
        Set(group.alternatives.flatMap { rest(of: elements, after: $0[...]) })
    }

    private func rest(of elements: ArraySlice<CanonicalValue>, after entries: ArraySlice<Entry>) -> Set<Int> {
        guard let entry = entries.first else { return [elements.count] }
        var counts: Set<Int> = [elements.count]
        var result: Set<Int> = []
        var taken = 0
        while true {
            if taken >= entry.min {
                for count in counts {
                    result.formUnion(rest(of: elements.suffix(count), after: entries.dropFirst()))
                }
            }
            guard taken < entry.max, !counts.isEmpty else { return result }
            counts = Set(counts.flatMap { rest(of: elements.suffix($0), afterOne: entry.content) })
            taken += 1
        }
    }

    private func rest(of elements: ArraySlice<CanonicalValue>, afterOne content: Entry.Content) -> Set<Int> {
        switch content {
        case .group(let group): return rest(of: elements, after: group)
        case .form(.name(let name)):
            if case .group(let group)? = rules[name] { return rest(of: elements, after: group) }
            return take(.name(name), elements)
        case .form(let form): return take(form, elements)
        }
    }

    private func take(_ form: Form, _ elements: ArraySlice<CanonicalValue>) -> Set<Int> {
        guard let first = elements.first, matches(first, form) else { return [] }
        return [elements.count - 1]
    }
}

/// What is wrong with a schema.
struct SchemaFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension CanonicalValue {
    fileprivate var number: Int128? {
        switch self {
        case .unsigned(let value): Int128(value)
        case .negative(let value): -1 - Int128(value)
        default: nil
        }
    }

    fileprivate var text: String? { if case .text(let value) = self { value } else { nil } }

    fileprivate var byteCount: Int? {
        switch self {
        case .bytes(let value): value.count
        case .text(let value): value.utf8.count
        default: nil
        }
    }
}
