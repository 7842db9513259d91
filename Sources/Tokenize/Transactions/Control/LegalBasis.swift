/// The ground in law on which an order stands (Specs/15 has the table). Numbers are never reused.
public enum LegalBasis: UInt8, Hashable, Sendable, CaseIterable {
    /// A judgment that can be enforced.
    case judgment = 1
    /// A measure that secures a claim before judgment.
    case protectiveMeasure = 2
    /// Confiscation of proceeds or instruments of an offence.
    case confiscation = 3
    /// Enforcement of taxes and duties.
    case taxEnforcement = 4
    /// Insolvency proceedings.
    case insolvency = 5
    /// A sanctions list that binds the state.
    case sanctions = 6
    /// Prevention of money laundering.
    case moneyLaundering = 7
    /// Expropriation in the public interest.
    case expropriation = 8
    /// Succession, or division of property of spouses.
    case succession = 9
    /// Correction of an entry that was wrong.
    case rectification = 10
    /// Supervision of the market: suspension of an asset or a participant.
    case supervision = 11
    /// An urgent danger; lapses by itself.
    case emergency = 12
    /// Withdrawal of a concession or lease.
    case withdrawalOfRight = 13
}

/// Where an appeal against an order stands.
public enum AppealStatus: UInt8, Hashable, Sendable, CaseIterable {
    /// Nobody has appealed.
    case none = 0
    /// A court has the appeal before it: nothing is taken under the order meanwhile.
    case pending = 1
    /// The court upheld the order.
    case upheld = 2
    /// The court quashed the order: nothing can be done under it any more.
    case quashed = 3

    /// Whether the court may find `next` where this stands. What is quashed stays quashed.
    func allows(_ next: AppealStatus) -> Bool {
        switch (self, next) {
        case (.none, .pending), (.upheld, .pending), (.pending, .upheld), (.pending, .quashed): true
        default: false
        }
    }
}
