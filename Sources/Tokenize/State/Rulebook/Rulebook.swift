/// What an asset asks of every movement that is not ordered by law. Versioned; changed only as it says itself.
public struct Rulebook: Hashable, Sendable {
    /// Requirements in a rulebook.
    public static let requirementCountMax = 8
    /// Rules in a rulebook.
    public static let ruleCountMax = 32

    /// Members of the acting authority that must agree to the next version, at least 1.
    public let quorum: Int
    /// How long the next version waits once it is agreed; of zeros, not at all.
    public let notice: Notice
    /// One of them must be met, if there are any.
    public let requirements: [Requirement]
    /// All of them hold.
    public let rules: [Rule]

    /// A rulebook with these fields; whether they fit is decided when it is laid down.
    public init(
        quorum: Int = 1,
        notice: Notice = Notice(openedDays: 0, seconds: 0),
        requirements: [Requirement] = [],
        rules: [Rule] = []
    ) {
        self.quorum = quorum
        self.notice = notice
        self.requirements = requirements
        self.rules = rules
    }
}

/// Conditions that must all be met.
public struct Requirement: Hashable, Sendable {
    /// Conditions in a requirement.
    public static let conditionCountMax = 8

    /// The conditions, at least one.
    public let conditions: [Condition]

    /// A requirement of these conditions.
    public init(_ conditions: [Condition]) { self.conditions = conditions }
}

/// Something that attestations must say, or must not, of those who take part in a movement.
public struct Condition: Hashable, Sendable {
    /// What is asked of each of them.
    public enum Test: Hashable, Sendable {
        /// An attestation of the topic counts.
        case present(Topic)
        /// None does.
        case absent(Topic)
        /// One of the statements is met.
        case anyOf([Statement])
        /// None of the statements is met.
        case noneOf([Statement])
        /// The party is one of these.
        case identity([PartyID])
    }

    /// Statements or parties in a condition.
    public static let elementCountMax = 16

    /// What is asked.
    public let test: Test
    /// Of whom.
    public let sides: RuleSides

    /// A condition on these sides.
    public init(_ test: Test, on sides: RuleSides) {
        self.test = test
        self.sides = sides
    }
}

/// Those who take part in a movement.
public struct RuleSides: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Who gives.
    public static let sender = RuleSides(rawValue: 1)
    /// Who gets.
    public static let receiver = RuleSides(rawValue: 2)
    /// Who moves the units for the holder.
    public static let trustee = RuleSides(rawValue: 4)
    /// Giver and receiver.
    public static let both: RuleSides = [.sender, .receiver]
    /// Everybody.
    public static let all: RuleSides = [.sender, .receiver, .trustee]
}
