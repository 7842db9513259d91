/// The terms of a contract, complete and without contradiction (names as in the ACTUS data dictionary).
///
/// Made from texts by ``init(_:calendars:)``, and only there.
public struct ContractTerms: Sendable {
    /// The shape of its cash flows.
    public let type: ContractType
    /// On which side the creator of the record stands.
    public let role: ContractRole
    /// The currency of all its amounts.
    public let currency: String
    /// The time as of which the terms are stated. Events up to it have happened.
    public let statusDate: ContractTime

    /// When the notional changes hands; nil in contracts without one.
    public let initialExchangeDate: ContractTime?
    /// When it ends, if that is stated.
    public let maturityDate: ContractTime?
    /// Until when a level payment is calculated to redeem it.
    public let amortizationDate: ContractTime?
    /// Until when interest is added to the notional instead of being paid.
    public let capitalizationEndDate: ContractTime?
    /// When and for how much it is bought, if it is.
    public let purchase: DealTerms?
    /// When and for how much it is sold or ended early, if it is.
    public let termination: DealTerms?
    /// The time between call notice and settlement.
    public let noticePeriod: Period?

    /// The notional at the initial exchange, or at the status date if that is later; without sign.
    public let notionalPrincipal: Ratio
    /// Added to what is paid for the notional at the initial exchange: negative for a discount.
    public let premiumDiscountAtIED: Ratio
    /// The number of units of a commodity.
    public let quantity: Ratio

    /// The rate a year; nil if it bears no interest.
    public let nominalInterestRate: Ratio?
    /// Interest accrued at the initial exchange, or at the status date if that is later; without sign.
    public let accruedInterest: Ratio?
    /// How days become parts of a year.
    public let dayCount: DayCount
    /// When interest is paid.
    public let interest: RecurrenceTerms
    /// What interest is calculated on.
    public let interestBase: InterestBase
    /// The amount that interest is calculated on at first, where it is not the notional.
    public let interestBaseAmount: Ratio?
    /// When a lagged base is set to the outstanding notional.
    public let interestBaseDates: RecurrenceTerms
    /// How the rate is set from observations.
    public let rateReset: RateResetTerms

    /// When principal is paid back.
    public let redemption: RecurrenceTerms
    /// How much is paid back each time, or paid of interest and principal together; nil if it is calculated.
    public let nextRedemptionPayment: Ratio?

    /// The steps in which principal changes (exotic linear amortiser).
    public let redemptionSteps: [RedemptionStep]
    /// The steps in which interest is paid (exotic linear amortiser).
    public let interestSteps: [InterestStep]
    /// The steps in which the rate changes (exotic linear amortiser).
    public let rateSteps: [RateStep]

    /// How cash is scaled by an index, if it is.
    public let scaling: ScalingTerms?
    /// The fee, if there is one.
    public let fee: FeeTerms?
    /// The fee accrued at the status date.
    public let feeAccrued: Ratio
    /// What a prepayment costs, if anything.
    public let penalty: PenaltyTerms?
    /// When dividends are paid.
    public let dividend: RecurrenceTerms
    /// The name of the observed dividend.
    public let dividendMarketObject: String?

    /// Which days are business days.
    public let calendar: BusinessCalendar
    /// How dates move that are no business days.
    public let shift: DateShift
    /// Whether a schedule from the last day of a month keeps to last days.
    public let keepsEndOfMonth: Bool
}

extension ContractTerms {
    /// The dates of something that recurs: from its anchor, else from one cycle after the initial exchange.
    func schedule(_ recurrence: RecurrenceTerms) throws(CashFlowFailure) -> CyclicSchedule {
        var anchor = recurrence.anchor
        if anchor == nil, let cycle = recurrence.cycle, let start = initialExchangeDate {
            anchor = try CashFlowFailure.dated { () throws(ConventionFailure) in try cycle.period.added(to: start) }
        }
        return CyclicSchedule(anchor: anchor, cycle: recurrence.cycle, keepsEndOfMonth: keepsEndOfMonth)
    }

    /// The dates of a step from its anchor on.
    func schedule(_ anchor: ContractTime, _ cycle: ContractCycle?) -> CyclicSchedule {
        CyclicSchedule(anchor: anchor, cycle: cycle, keepsEndOfMonth: keepsEndOfMonth)
    }

    /// A date of a schedule in its three roles.
    func shifted(_ raw: ContractTime) throws(CashFlowFailure) -> ContractDate {
        try CashFlowFailure.dated { () throws(ConventionFailure) in try shift.applied(to: raw, calendar) }
    }

    /// The part of a year between two moments; negative if the second is the earlier one.
    func yearFraction(
        _ start: ContractTime,
        _ end: ContractTime,
        maturity: ContractTime?
    ) throws(CashFlowFailure) -> Ratio {
        try CashFlowFailure.dated { () throws(ConventionFailure) in
            try dayCount.yearFraction(
                from: start.accrualDate,
                to: end.accrualDate,
                DayCount.Context(calendar: calendar, terminationDate: maturity?.accrualDate)
            )
        }
    }
}
