/// The shape of a contract's cash flows (ACTUS contract types).
public enum ContractType: String, CaseIterable, Hashable, Sendable {
    /// All principal at maturity: a bullet bond, a bill.
    case principalAtMaturity = "PAM"
    /// Equal redemptions.
    case linearAmortiser = "LAM"
    /// Equal payments of interest and redemption together; a change of the rate changes the last payment or the term.
    case negativeAmortiser = "NAM"
    /// Level payments, calculated anew at each change of the rate.
    case annuity = "ANN"
    /// Redemptions, increases and rates in steps.
    case exoticLinearAmortiser = "LAX"
    /// A loan that is called with notice.
    case callMoney = "CLM"
    /// A deposit without maturity.
    case undefinedMaturity = "UMP"
    /// A balance of cash.
    case cash = "CSH"
    /// A share, with dividends.
    case stock = "STK"
    /// A quantity of a commodity.
    case commodity = "COM"

    /// True if a notional is exchanged, and bears interest.
    public var isLoan: Bool {
        switch self {
        case .cash, .stock, .commodity: false
        default: true
        }
    }

    /// True if principal is paid back in parts, so that the base of interest is a term of its own.
    public var isAmortiser: Bool {
        switch self {
        case .linearAmortiser, .negativeAmortiser, .annuity, .exoticLinearAmortiser: true
        default: false
        }
    }

    /// True if principal is paid back on one cycle: not in steps.
    public var hasRedemptionCycle: Bool { isAmortiser && self != .exoticLinearAmortiser }

    /// True if a redemption is what remains of a level payment after interest.
    public var redeemsAfterInterest: Bool { self == .negativeAmortiser || self == .annuity }
}

/// On which side of a contract the creator of the record stands (ACTUS contract roles).
public enum ContractRole: String, CaseIterable, Hashable, Sendable {
    /// A lender, an owner.
    case realPositionAsset = "RPA"
    /// A borrower, an issuer.
    case realPositionLiability = "RPL"
    /// The side that gains when the price rises.
    case long = "LG"
    /// The side that gains when the price falls.
    case short = "ST"
    /// The side that buys a right.
    case buyer = "BUY"
    /// The side that sells a right.
    case seller = "SEL"
    /// Of two legs, receives the first.
    case receiveFirstLeg = "RFL"
    /// Of two legs, pays the first.
    case payFirstLeg = "PFL"
    /// Receives the fixed rate.
    case receiveFix = "RF"
    /// Pays the fixed rate.
    case payFix = "PF"
    /// What serves as collateral.
    case collateral = "COL"
    /// What is netted when a party fails.
    case closeOutNetting = "CNO"
    /// The side that guarantees.
    case guarantor = "GUA"
    /// The side that is guaranteed.
    case obligee = "OBL"
    /// What another contract is about.
    case underlying = "UDL"
    /// The leg of another contract that counts with its sign.
    case underlyingPlus = "UDLP"
    /// The leg of another contract that counts with the other sign.
    case underlyingMinus = "UDLM"

    /// 1 for the side that owns or receives, -1 for the side that owes or pays.
    public var sign: Ratio {
        switch self {
        case .realPositionLiability, .short, .seller, .payFirstLeg, .payFix, .guarantor, .underlyingMinus: -1
        default: 1
        }
    }
}
