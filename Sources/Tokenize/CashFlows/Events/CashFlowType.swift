/// What kind of thing happens in a contract (ACTUS event types).
public enum CashFlowType: String, CaseIterable, Hashable, Sendable {
    /// The notional changes hands.
    case initialExchange = "IED"
    /// A fee is paid.
    case feePayment = "FP"
    /// Principal is paid back.
    case principalRedemption = "PR"
    /// Principal is increased.
    case principalIncrease = "PI"
    /// A penalty for prepayment is paid.
    case penaltyPayment = "PY"
    /// Principal is paid back before its time.
    case principalPrepayment = "PP"
    /// Interest is paid.
    case interestPayment = "IP"
    /// Accrued interest is added to the notional.
    case interestCapitalisation = "IPCI"
    /// The credit standing of a party changes.
    case creditEvent = "CE"
    /// The rate is set to one that is known already.
    case rateResetFixed = "RRF"
    /// The rate is set from an observation.
    case rateReset = "RR"
    /// The level of redemption is calculated anew.
    case redemptionFixing = "PRF"
    /// A dividend is paid.
    case dividend = "DV"
    /// The contract is bought.
    case purchase = "PRD"
    /// The contract is sold, or ends early.
    case termination = "TD"
    /// The scaling index is read.
    case scalingFixing = "SC"
    /// The base of interest is set to the outstanding notional.
    case interestBaseFixing = "IPCB"
    /// The contract ends.
    case maturity = "MD"
    /// A call is exercised: notice is given.
    case exercise = "XD"
    /// What was exercised is settled.
    case settlement = "STD"
    /// The state is reported, and nothing happens.
    case monitoring = "AD"

    /// Where it stands among events of one time: lower is earlier. Ten times the number in the dictionary.
    ///
    /// Two differ from the dictionary, as the published cases demand: the redemption fixing comes after rate resets,
    /// and in a call loan the notice comes before interest.
    func sequence(in type: ContractType) -> Int {
        switch self {
        case .initialExchange: 10
        case .feePayment: 20
        case .principalRedemption: 30
        case .principalIncrease: 35
        case .penaltyPayment: 60
        case .principalPrepayment: 70
        case .interestPayment: 80
        case .interestCapitalisation: 90
        case .creditEvent: 100
        case .rateResetFixed: 110
        case .rateReset: 120
        case .redemptionFixing: 125
        case .dividend: 130
        case .purchase: 140
        case .termination: 160
        case .scalingFixing: 170
        case .interestBaseFixing: 180
        case .maturity: 190
        case .exercise: type == .callMoney ? 75 : 200
        case .settlement: 210
        case .monitoring: 220
        }
    }
}
