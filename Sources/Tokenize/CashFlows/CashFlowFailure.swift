/// Why sound terms and the observations given lead to no cash flows.
public enum CashFlowFailure: Error, Hashable, Sendable {
    /// A market object has no value at or before the time that one is needed for.
    case observationMissing(marketObject: String, time: ContractTime)
    /// The redemptions never pay the contract off, so it has no maturity.
    case neverPaidOff
    /// The contract has no end of its own, and no horizon was given.
    case horizonMissing
    /// A schedule has more dates than the engine makes.
    case tooManyDates
    /// A calendar or a day count gives no answer.
    case convention(ConventionFailure)
    /// A number outgrew its limit, or something was divided by zero.
    case arithmetic(ArithmeticFailure)
}

extension CashFlowFailure: CustomStringConvertible {
    /// A sentence.
    public var description: String {
        switch self {
        case .observationMissing(let marketObject, let time):
            "there is no observation of '\(marketObject)' at or before \(time)"
        case .neverPaidOff: "the redemptions never pay the contract off, so it has no maturity"
        case .horizonMissing: "the contract has no end of its own: a horizon is needed ('to')"
        case .tooManyDates:
            """
            a schedule has more than \(CyclicSchedule.dateCountMax) dates, or a level payment is for more than \
            \(Annuity.paymentCountMax)
            """
        case .convention(.outsideCalendar(let name, let date)): "the calendar '\(name)' does not know \(date)"
        case .convention(.outsideDateRange):
            "a date lies outside the years \(CalendarDate.yearMin) to \(CalendarDate.yearMax)"
        case .convention(.arithmetic(let failure)), .arithmetic(let failure): failure.description
        case .convention(let failure): "a market convention gives no answer: \(failure)"
        }
    }
}

extension CashFlowFailure {
    /// What `body` finds in calendars, its failure as one of cash flows.
    static func dated<Result>(
        _ body: () throws(ConventionFailure) -> Result
    ) throws(CashFlowFailure) -> Result {
        do { return try body() } catch { throw .convention(error) }
    }

    /// What `body` calculates, its failure as one of cash flows.
    static func exact<Result>(_ body: () throws(ArithmeticFailure) -> Result) throws(CashFlowFailure) -> Result {
        do { return try body() } catch { throw .arithmetic(error) }
    }
}
