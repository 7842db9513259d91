/// One event of a contract: when, what, how much, and how the contract stands after it.
public struct CashFlow: Hashable, Sendable {
    /// When it takes place, after any shift to a business day.
    public let eventDate: ContractTime
    /// What happens.
    public let eventType: CashFlowType
    /// The amount, exact, in the currency; positive if the creator of the record receives it.
    public let payoff: Ratio
    /// The contract's currency.
    public let currency: String
    /// The notional after the event: negative for a liability.
    public let notionalPrincipal: Ratio
    /// The rate a year after the event, as a fraction: 0.05 is 5 %.
    public let nominalInterestRate: Ratio
    /// The interest that has accrued and not been paid, after the event: negative for a liability.
    public let accruedInterest: Ratio

    /// One event, as calculated or as expected.
    public init(
        eventDate: ContractTime,
        eventType: CashFlowType,
        payoff: Ratio,
        currency: String,
        notionalPrincipal: Ratio,
        nominalInterestRate: Ratio,
        accruedInterest: Ratio
    ) {
        self.eventDate = eventDate
        self.eventType = eventType
        self.payoff = payoff
        self.currency = currency
        self.notionalPrincipal = notionalPrincipal
        self.nominalInterestRate = nominalInterestRate
        self.accruedInterest = accruedInterest
    }
}
