/// A refusal: the rule, the operation, and the facts that decided. Nothing is logged and nothing changes.
public struct Rejection: Error, Hashable, Sendable {
    /// The rule that refuses.
    public let code: RejectionCode
    /// Index of the operation in the body; nil if the transaction as a whole is refused.
    public internal(set) var operation: Int?
    /// What decided, in the order in which a person would ask.
    public let facts: [Fact]

    /// A named fact.
    public struct Fact: Hashable, Sendable {
        /// What the value is of.
        public let name: Name
        /// The value that decided.
        public let value: Value
        /// Whose it is, once the rule that refuses has said so; says nothing of what the fact is.
        var owner: DecidingFact.Owner?

        /// What a fact can be about; the raw value is stable.
        public enum Name: String, Hashable, Sendable, CaseIterable {
            case account, asset, authority, available, cap, count, country, date, encumbrance, expected, found, height,
                holderClass, limit, members, party, quorum, rank, reason, requested, role, sequence, threshold, topic,
                units, version, weight, window
        }

        /// A value of one of the kinds that rules compare.
        public enum Value: Hashable, Sendable {
            case quantity(Quantity)
            case number(UInt64)
            case date(CalendarDate)
            case account(AccountID)
            case asset(AssetID)
            case party(PartyID)
            case authority(AuthorityReference)
            case encumbrance(EncumbranceID)
            case holderClass(HolderClass)
            case text(String)
        }
    }

    init(_ code: RejectionCode, _ facts: (Fact.Name, Fact.Value)...) {
        self.code = code
        operation = nil
        self.facts = facts.map { Fact(name: $0.0, value: $0.1) }
    }

    init(_ code: RejectionCode, facts: [Fact]) {
        self.code = code
        operation = nil
        self.facts = facts
    }

    /// The rule's id, as in Specs.
    public var ruleID: String { code.ruleID }
}

extension Rejection.Fact {
    public static func == (left: Self, right: Self) -> Bool { left.name == right.name && left.value == right.value }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

extension Rejection {
    /// Whose a fact is, where the rule that refuses has not said so.
    private var usualOwner: DecidingFact.Owner { code.factsAreEverybodys ? .public : .authority }

    /// The refusal with facts of which it is said whose they are; those of which it is known stay as they are.
    func owned(by owner: @autoclosure () -> DecidingFact.Owner?) -> Rejection {
        guard facts.contains(where: { $0.owner == nil }) else { return self }
        let owner = owner() ?? usualOwner
        return with(
            facts.map { fact in
                var fact = fact
                fact.owner = fact.owner ?? owner
                return fact
            }
        )
    }

    /// The refusal with those facts alone of which `isTold` is true.
    func telling(_ isTold: (DecidingFact.Owner) -> Bool) -> Rejection {
        with(facts.filter { isTold($0.owner ?? usualOwner) })
    }

    private func with(_ facts: [Fact]) -> Rejection {
        var refusal = Rejection(code, facts: facts)
        refusal.operation = operation
        return refusal
    }
}

extension Rejection: CustomStringConvertible {
    /// `TRF-005 insufficientUnits (operation 0): requested 10, available 3`.
    public var description: String {
        var text = "\(ruleID) \(code)"
        if let operation { text += " (operation \(operation))" }
        if !facts.isEmpty {
            text += ": " + facts.map { "\($0.name.rawValue) \($0.value)" }.joined(separator: ", ")
        }
        return text
    }
}

extension Rejection.Fact.Value: CustomStringConvertible {
    public var description: String {
        switch self {
        case .quantity(let value): "\(value)"
        case .number(let value): "\(value)"
        case .date(let value): "\(value)"
        case .account(let value): "\(value)"
        case .asset(let value): "\(value)"
        case .party(let value): "\(value)"
        case .authority(let value): "\(value)"
        case .encumbrance(let value): "\(value)"
        case .holderClass(let value): "\(value)"
        case .text(let value): value
        }
    }
}
