import Tokenize

/// One place in a scenario, with its name, read as what it should be.
struct ScenarioField {
    let file: String
    let name: String
    let value: JSONValue

    func failure(_ reason: String) -> ScenarioFailure { ScenarioFailure(file: file, field: name, reason: reason) }

    /// Reads an object whose fields are exactly `names`; a misspelt one would otherwise be ignored.
    func object(_ names: [String]) throws(ScenarioFailure) -> ScenarioObject {
        guard case .object(let members) = value else { throw failure("must be an object, and is \(value.kind)") }
        let object = ScenarioObject(field: self, members: members)
        if let unknown = members.keys.sorted().first(where: { !names.contains($0) }) {
            throw object.named(unknown, .null).failure("there is no such field here; there are \(list(names))")
        }
        return object
    }

    func array(maximum: Int) throws(ScenarioFailure) -> [ScenarioField] {
        guard case .array(let elements) = value else { throw failure("must be a list, and is \(value.kind)") }
        guard elements.count <= maximum else { throw failure("must have at most \(maximum) elements") }
        return elements.enumerated().map { index, element in
            ScenarioField(file: file, name: "\(name)[\(index)]", value: element)
        }
    }

    /// What `read` makes of each element of a list.
    func list<Element>(
        _ read: (ScenarioField) throws(ScenarioFailure) -> Element
    ) throws(ScenarioFailure) -> [Element] {
        var elements: [Element] = []
        for element in try array(maximum: ScenarioLimits.participantCountMax) { elements.append(try read(element)) }
        return elements
    }

    func text(byteCountMax: Int = 64) throws(ScenarioFailure) -> String {
        guard case .text(let text) = value else { throw failure("must be a text, and is \(value.kind)") }
        guard !text.isEmpty, text.utf8.count <= byteCountMax else {
            throw failure("must have 1 to \(byteCountMax) bytes")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            throw failure("must not have control characters")
        }
        return text
    }

    func integer(_ range: ClosedRange<Int64>) throws(ScenarioFailure) -> Int64 {
        let number: Int64
        switch value {
        case .integer(let integer): number = integer
        case .otherNumber: throw failure("must be a whole number of at most 18 digits")
        default: throw failure("must be a whole number, and is \(value.kind)")
        }
        guard range.contains(number) else {
            throw failure("must be \(range.lowerBound) to \(range.upperBound), and is \(number)")
        }
        return number
    }

    func quantity(_ range: ClosedRange<Int64>) throws(ScenarioFailure) -> Quantity {
        Quantity(UInt128(try integer(range)))
    }

    func date() throws(ScenarioFailure) -> CalendarDate {
        let text = try text()
        guard let date = CalendarDate(text) else {
            throw failure("must be a date such as 2026-07-01, and is '\(text)'")
        }
        return date
    }

    /// A price for each 100, written as a text so that it stays exact.
    func price() throws(ScenarioFailure) -> BondDecimal {
        let text = try text()
        guard let price = BondDecimal(text), price > .zero, price.units <= 1_000 * BondDecimal.one.units else {
            throw failure("must be a price for each 100 such as \"99.25\", and is '\(text)'")
        }
        return price
    }

    func holderClass() throws(ScenarioFailure) -> HolderClass {
        try word([
            "state": .state, "citizen": .citizen, "domesticEntity": .domesticEntity,
            "foreignPerson": .foreignPerson, "foreignEntity": .foreignEntity,
            "financialInstitution": .financialInstitution,
        ])
    }

    func country() throws(ScenarioFailure) -> CountryCode {
        guard let country = CountryCode(try text()) else { throw failure("must be two capital letters (ISO 3166)") }
        return country
    }

    /// One of several words.
    func word<Value>(_ words: KeyValuePairs<String, Value>) throws(ScenarioFailure) -> Value {
        let text = try text()
        guard let match = words.first(where: { $0.key == text }) else {
            throw failure("must be \(list(words.map(\.key), "or")), and is '\(text)'")
        }
        return match.value
    }

    private func list(_ names: [String], _ conjunction: String = "and") -> String {
        guard names.count > 1, let last = names.last else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

/// An object in a scenario.
struct ScenarioObject {
    let field: ScenarioField
    fileprivate let members: [String: JSONValue]

    fileprivate init(field: ScenarioField, members: [String: JSONValue]) {
        self.field = field
        self.members = members
    }

    /// The field with this name, which must be there.
    func callAsFunction(_ name: String) throws(ScenarioFailure) -> ScenarioField {
        guard let value = members[name] else { throw named(name, .null).failure("is missing") }
        return named(name, value)
    }

    fileprivate func named(_ name: String, _ value: JSONValue) -> ScenarioField {
        ScenarioField(file: field.file, name: field.name.isEmpty ? name : "\(field.name).\(name)", value: value)
    }
}
