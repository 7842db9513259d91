/// How a contract stands between events. Amounts carry the sign of the role, unless it says otherwise.
struct ContractState: Sendable {
    /// The calculation date of the last event.
    var time: ContractTime
    /// The outstanding notional.
    var notional: Ratio = .zero
    /// The rate a year.
    var rate: Ratio = .zero
    /// Interest accrued and not paid.
    var accrued: Ratio = .zero
    /// Interest that a call notice has fixed, and that is no longer reported as accrued.
    var payable: Ratio = .zero
    /// Fee accrued and not paid.
    var accruedFee: Ratio = .zero
    /// What interest is calculated on in an amortiser.
    var interestBase: Ratio = .zero
    /// What cash of principal is multiplied by.
    var notionalScale: Ratio = .one
    /// What cash of interest is multiplied by.
    var interestScale: Ratio = .one
    /// The next redemption, or level payment; without sign. Nil before it is calculated.
    var redemption: Ratio?
    /// False after a call notice.
    var accrues = true
}

extension ContractTerms {
    /// The base of interest for a notional: the notional, or the stated amount.
    func interestBase(of notional: Ratio) throws(ArithmeticFailure) -> Ratio {
        guard interestBase != .outstanding, let amount = interestBaseAmount else { return notional }
        return try role.sign * amount
    }

    /// True if the base of interest is the outstanding notional at all times.
    func baseFollowsNotional(_ quirks: Set<Quirk>) -> Bool {
        switch interestBase {
        case .outstanding: true
        case .initial: type == .linearAmortiser && quirks.contains(.initialBaseFollowsNotional)
        case .lagged: false
        }
    }

    /// The notional with the sign of the role.
    func signedNotional() throws(ArithmeticFailure) -> Ratio { try role.sign * notionalPrincipal }
}
