/// One rule that an operation fails: which, why, and what would make it pass.
///
/// Deciding stops at the first; explaining collects all of them.
public struct RuleFinding: Sendable, Hashable {
    /// The rule, by the code with which it refuses.
    public let code: RejectionCode
    /// The version of the asset's rulebook that asks it; nil of a rule that stands in no rulebook.
    public let rulebookVersion: UInt64?
    /// What decided, in the order in which a person would ask.
    public let facts: [DecidingFact]
    /// What would make it pass, if anything that the person can bring about would.
    public let remedy: Remedy?
    /// Whose affair it is: who may be told more than the rule.
    public let owner: DecidingFact.Owner
    /// True if facts and remedy are kept back from whoever asked, should there be any.
    public let isWithheld: Bool

    /// The rule's id, as in Specs.
    public var ruleID: String { code.ruleID }

    /// The version of the rule: of the rulebook that asks it, or ``RejectionCode/rulesVersion``.
    public var version: UInt64 { rulebookVersion ?? RejectionCode.rulesVersion }

    init(
        _ code: RejectionCode,
        version: UInt64? = nil,
        facts: [DecidingFact] = [],
        remedy: Remedy? = nil,
        owner: DecidingFact.Owner? = nil
    ) {
        self.code = code
        rulebookVersion = version
        self.facts = facts
        self.remedy = remedy
        self.owner = owner ?? .common(to: facts.map(\.owner) + [remedy?.owner ?? .public])
        isWithheld = false
    }

    private init(withholding finding: RuleFinding) {
        code = finding.code
        rulebookVersion = finding.rulebookVersion
        facts = []
        remedy = nil
        owner = .public
        isWithheld = true
    }

    /// The rule alone, in one form whatever there was to say.
    var withheld: RuleFinding { RuleFinding(withholding: self) }
}

/// A named fact that decided, and whose it is: an explanation tells a fact of a party to that party only, and to an
/// authority over the asset.
public struct DecidingFact: Sendable, Hashable {
    /// Whose a fact is.
    public enum Owner: Sendable, Hashable {
        /// Anybody's: a rule's own parameter, a date, the asset's supply.
        case `public`
        /// The party's alone: what it holds, what is attested of it, on which list it stands.
        case party(PartyID)
        /// No single party's: told to authorities over the asset only.
        case authority

        /// Who may be told of all that these own.
        static func common(to owners: [Owner]) -> Owner {
            owners.reduce(.public) { all, one in
                switch (all, one) {
                case (.public, _): one
                case (_, .public): all
                default: all == one ? all : .authority
                }
            }
        }
    }

    /// What the value is of, and the value.
    public let fact: Rejection.Fact
    /// Whose it is.
    public let owner: Owner

    init(_ name: Rejection.Fact.Name, _ value: Rejection.Fact.Value, of owner: Owner = .public) {
        fact = Rejection.Fact(name: name, value: value)
        self.owner = owner
    }
}

/// What would make a movement pass a rule that it fails.
public enum Remedy: Sendable, Hashable {
    /// The largest number of units with which it passes, perhaps none.
    case amountThatFits(Quantity)
    /// The least number of units with which it passes.
    case amountAtLeast(Quantity)
    /// An attestation of the topic, by an issuer that the asset trusts, about the party.
    case attestationMissing(topic: UInt64, PartyID)
    /// The first business date on which it passes.
    case opensOn(CalendarDate)
    /// These accounts have not approved it; so many of them must.
    case approvalMissing([AccountID], needed: Int)
    /// The party must be put on a list.
    case listing(PartyID)
    /// The account must be admitted.
    case admission(AccountID)
    /// The receiving party must ask for the asset.
    case optIn(PartyID)
    /// A transaction with a memo.
    case memo
    /// So much of a cash asset must be paid to an account earlier in the same transaction.
    case payment(Quantity, of: AssetID, to: AccountID)
    /// So many members of the authority more must sign.
    case signatures(Int, AuthorityReference)
    /// Signatures of so much weight more for the account.
    case weight(UInt64, AccountID)
    /// The sequence that the lane takes next.
    case sequence(UInt64)
    /// So many business days more must be opened.
    case openedDays(UInt64)
}

extension Remedy {
    /// Whose affair it gives away by itself.
    var owner: DecidingFact.Owner {
        switch self {
        case .attestationMissing(_, let party), .listing(let party), .optIn(let party): .party(party)
        default: .public
        }
    }
}
