/// When something recurs.
public struct RecurrenceTerms: Hashable, Sendable {
    /// Its first date; nil if that is one cycle after the initial exchange.
    public let anchor: ContractTime?
    /// How often; nil for once.
    public let cycle: ContractCycle?

    /// True if the contract says anything about it.
    public var isGiven: Bool { anchor != nil || cycle != nil }
}

/// A date and a price: of a purchase or a termination.
public struct DealTerms: Hashable, Sendable {
    /// When.
    public let date: ContractTime
    /// The price in the contract's currency, without accrued interest.
    public let price: Ratio
}

/// What interest is calculated on (ACTUS interest calculation base).
public enum InterestBase: String, CaseIterable, Hashable, Sendable {
    /// The outstanding notional.
    case outstanding = "NT"
    /// The notional of the initial exchange, or the stated amount.
    case initial = "NTIED"
    /// The notional as it was on the last date of a schedule.
    case lagged = "NTL"
}

/// How the rate is set from observations.
public struct RateResetTerms: Hashable, Sendable {
    /// When.
    public let dates: RecurrenceTerms
    /// The name of the observed rate.
    public let marketObject: String?
    /// The rate of the next reset, where it is known.
    public let nextRate: Ratio?
    /// Added to what is observed, after the multiplier.
    public let spread: Ratio
    /// What is observed is multiplied by it.
    public let multiplier: Ratio
    /// The highest rate ever.
    public let lifeCap: Ratio?
    /// The lowest rate ever.
    public let lifeFloor: Ratio?
    /// The highest change in one reset.
    public let periodCap: Ratio?
    /// The lowest change in one reset: negative for a fall.
    public let periodFloor: Ratio?
}

/// How cash is scaled by an index.
public struct ScalingTerms: Hashable, Sendable {
    /// When the index is read.
    public let dates: RecurrenceTerms
    /// Whether interest is scaled.
    public let scalesInterest: Bool
    /// Whether principal is scaled.
    public let scalesNotional: Bool
    /// The name of the index.
    public let marketObject: String
    /// The index that stands for a scale of 1; not 0.
    public let indexAtDeal: Ratio
}

/// What a fee is calculated on, and when it is paid.
public struct FeeTerms: Hashable, Sendable {
    /// True for a rate a year on the notional (N), false for an amount at each payment (A).
    public let isOnNotional: Bool
    /// The rate a year, or the amount.
    public let rate: Ratio
    /// When it is paid.
    public let dates: RecurrenceTerms
}

/// What a prepayment costs (ACTUS penalty type).
public struct PenaltyTerms: Hashable, Sendable {
    /// What the rate is of.
    public enum Basis: String, CaseIterable, Hashable, Sendable {
        /// No penalty.
        case none = "O"
        /// The rate is an amount.
        case amount = "A"
        /// The rate is one a year on the notional.
        case notional = "N"
        /// A rate a year on the notional: by how much the contract's rate is above the observed one.
        case interestDifference = "I"
    }

    /// What the rate is of.
    public let basis: Basis
    /// The amount, or the rate a year.
    public let rate: Ratio
}

/// From a date on, redemptions (or increases) of an amount.
public struct RedemptionStep: Hashable, Sendable {
    /// The first date.
    public let anchor: ContractTime
    /// How often until the next step; nil for once.
    public let cycle: ContractCycle?
    /// How much each time, without sign.
    public let amount: Ratio
    /// True if the principal grows by it.
    public let isIncrease: Bool
}

/// From a date on, interest is paid on a cycle.
public struct InterestStep: Hashable, Sendable {
    /// The first date.
    public let anchor: ContractTime
    /// How often until the next step; nil for once.
    public let cycle: ContractCycle?
}

/// From a date on, a rate or a spread.
public struct RateStep: Hashable, Sendable {
    /// The first date.
    public let anchor: ContractTime
    /// How often until the next step; nil for once.
    public let cycle: ContractCycle?
    /// The rate of a fixed step, the spread over the observed rate of a variable one.
    public let rate: Ratio
    /// Whether the rate is fixed.
    public let isFixed: Bool
}
