/// Takes a document apart, and goes on after each fault.
struct TermSheetReader {
    /// An object, and where it stands.
    struct Object {
        let path: String
        let document: JSONDocument

        func path(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        func has(_ name: String) -> Bool { document[name] != nil }
    }

    let root: JSONDocument
    let names: TermSheetFile.Names
    private(set) var faults: [TermSheetFile.Fault] = []

    init(_ root: JSONDocument, _ names: TermSheetFile.Names) {
        self.root = root
        self.names = names
    }

    // MARK: Objects

    /// The object that a value is, with no fields but these.
    mutating func object(_ document: JSONDocument, _ path: String, _ fields: [String]) -> Object? {
        let object = Object(path: path, document: document)
        guard case .object(let members) = document else {
            malformed(path.isEmpty ? "the file" : path, "an object")
            return nil
        }
        for member in members where !fields.contains(member.name) { faults.append(.unknown(object.path(member.name))) }
        return object
    }

    /// The object in a field; nil and no fault if the field is absent.
    mutating func object(_ parent: Object?, _ name: String, _ fields: [String]) -> Object? {
        guard let parent, let document = parent.document[name] else { return nil }
        return object(document, parent.path(name), fields)
    }

    /// The objects in a list; nil and a fault if it is none, or has more than `maximum`.
    mutating func objects(_ parent: Object, _ name: String, _ maximum: Int, _ fields: [String]) -> [Object]? {
        guard let document = required(parent, name) else { return nil }
        guard case .array(let elements) = document, elements.count <= maximum else {
            malformed(parent.path(name), "a list of at most \(maximum)")
            return nil
        }
        var objects: [Object] = []
        for (index, element) in elements.enumerated() {
            guard let object = object(element, "\(parent.path(name))[\(index)]", fields) else { return nil }
            objects.append(object)
        }
        return objects
    }

    // MARK: Values

    /// A value that must be there.
    mutating func required(_ parent: Object, _ name: String) -> JSONDocument? {
        if let document = parent.document[name] { return document }
        faults.append(.missing(parent.path(name)))
        return nil
    }

    /// What `read` makes of a text, number or truth that must be there.
    mutating func value<Value>(
        _ parent: Object,
        _ name: String,
        _ expected: String,
        _ read: (String) -> Value?
    ) -> Value? {
        guard let document = required(parent, name) else { return nil }
        return scalar(document, parent.path(name), expected, read)
    }

    /// The same for one that may be absent.
    mutating func optional<Value>(
        _ parent: Object,
        _ name: String,
        _ expected: String,
        _ read: (String) -> Value?
    ) -> Value? {
        guard let document = parent.document[name] else { return nil }
        return scalar(document, parent.path(name), expected, read)
    }

    private mutating func scalar<Value>(
        _ document: JSONDocument,
        _ path: String,
        _ expected: String,
        _ read: (String) -> Value?
    ) -> Value? {
        guard let text = document.scalar, let value = read(text) else {
            malformed(path, expected)
            return nil
        }
        return value
    }

    mutating func malformed(_ path: String, _ expected: String) {
        faults.append(.malformed(path, expected: expected))
    }

    mutating func date(_ parent: Object, _ name: String) -> CalendarDate? {
        value(parent, name, "a date such as 2026-07-01") { CalendarDate($0) }
    }

    mutating func optionalDate(_ parent: Object, _ name: String) -> CalendarDate? {
        optional(parent, name, "a date such as 2026-07-01") { CalendarDate($0) }
    }

    mutating func decimal(_ parent: Object, _ name: String) -> BondDecimal? {
        value(parent, name, "a decimal number") { BondDecimal($0) }
    }

    mutating func integer(_ parent: Object, _ name: String) -> Int? {
        value(parent, name, "a whole number") { text in
            Int32(text).map { Int($0) }
        }
    }

    mutating func quantity(_ parent: Object, _ name: String) -> Quantity? {
        value(parent, name, "a whole number, 0 or more") { text in
            text.hasPrefix("+") ? nil : UInt128(text).map { Quantity($0) }
        }
    }

    mutating func truth(_ parent: Object, _ name: String) -> Bool? { word(parent, name, TermSheetWords.truths) }

    /// One of several words.
    mutating func word<Value>(_ parent: Object, _ name: String, _ words: KeyValuePairs<String, Value>) -> Value? {
        value(parent, name, TermSheetWords.list(words)) { text in words.first { $0.key == text }?.value }
    }

    mutating func account(_ parent: Object, _ name: String) -> AccountID? {
        let accounts = names.accounts
        return value(parent, name, "a known account") { accounts[$0] ?? (try? AccountID(text: $0)) }
    }
}

/// The words of a term sheet, and what they stand for.
enum TermSheetWords {
    static let truths: KeyValuePairs<String, Bool> = ["true": true, "false": false]

    static let dayCounts: KeyValuePairs<String, DayCount> = [
        "Act/360": .actual360, "Act/365F": .actual365Fixed, "Act/Act ISDA": .actualActualISDA,
        "Act/Act ICMA": .actualActualICMA, "30/360 US": .thirty360US, "30/360": .thirty360BondBasis,
        "30E/360": .thirtyE360, "30E/360 ISDA": .thirtyE360ISDA, "28E/336": .twentyEightE336, "Bus/252": .business252,
    ]

    static let conventions: KeyValuePairs<String, BusinessDayConvention> = [
        "unadjusted": .unadjusted, "following": .following, "modifiedFollowing": .modifiedFollowing,
        "preceding": .preceding, "modifiedPreceding": .modifiedPreceding,
    ]

    static let roundings: KeyValuePairs<String, Rounding> = [
        "towardZero": .towardZero, "awayFromZero": .awayFromZero, "floor": .floor, "ceiling": .ceiling,
        "halfEven": .halfEven, "halfUp": .halfUp, "halfDown": .halfDown,
    ]

    static let classes: KeyValuePairs<String, HolderClass> = [
        "state": .state, "citizen": .citizen, "domesticEntity": .domesticEntity, "foreignPerson": .foreignPerson,
        "foreignEntity": .foreignEntity, "financialInstitution": .financialInstitution,
    ]

    static let income: KeyValuePairs<String, TaxRule.Income> = [
        "coupon": .coupon, "capitalised": .capitalised, "indexation": .indexation, "premium": .premium,
    ]

    /// `one of a, b, c`.
    static func list<Value>(_ words: KeyValuePairs<String, Value>) -> String {
        "one of " + words.map(\.key).joined(separator: ", ")
    }
}
