import Tokenize

/// Contracts for tests: a base that works, and what a test changes of it.
struct SampleContract {
    var fields: [String: ContractField]
    var observed: [String: [(String, String)]] = [:]
    var events: [ObservedEvent] = []
    var horizon: String?
    var instalment: InstalmentRounding?

    /// 1,200 at 10 % for the year 2014, 30E/360, quarterly, bought at its beginning.
    static let bullet = SampleContract([
        "contractType": "PAM", "contractRole": "RPA", "currency": "LAK", "statusDate": "2013-12-31",
        "initialExchangeDate": "2014-01-01", "maturityDate": "2015-01-01", "notionalPrincipal": "1200",
        "nominalInterestRate": "0.1", "dayCountConvention": "30E360",
        "cycleAnchorDateOfInterestPayment": "2014-04-01", "cycleOfInterestPayment": "P3ML1",
    ])

    /// The same, redeemed by 300 a quarter.
    static let linear = bullet.with([
        "contractType": "LAM", "cycleAnchorDateOfPrincipalRedemption": "2014-04-01",
        "cycleOfPrincipalRedemption": "P3ML1", "nextPrincipalRedemptionPayment": "300",
    ])

    /// A loan of 1,200 on call from 2014 on, at 10 %, with a month's notice.
    static let call = bullet.with([
        "contractType": "CLM", "xDayNotice": "P1M", "maturityDate": "", "cycleOfInterestPayment": "",
        "cycleAnchorDateOfInterestPayment": "",
    ])

    init(_ texts: [String: String]) { fields = texts.mapValues { .text($0) } }

    /// A copy with other terms; an empty text takes a term away.
    func with(_ texts: [String: String]) -> SampleContract {
        var copy = self
        for (name, text) in texts { copy.fields[name] = .text(text) }
        return copy
    }

    /// A copy with terms that are lists.
    func with(lists: [String: [String]]) -> SampleContract {
        var copy = self
        for (name, texts) in lists { copy.fields[name] = .list(texts) }
        return copy
    }

    /// A copy with an observed series of dates and values.
    func observing(_ name: String, _ points: (String, String)...) -> SampleContract {
        var copy = self
        copy.observed[name] = points
        return copy
    }

    /// A copy with something that happened.
    func after(_ type: CashFlowType, _ date: String, _ value: Ratio = .zero) throws -> SampleContract {
        guard let time = ContractTime(date) else { throw SampleFailure.badDate(date) }
        var copy = self
        copy.events.append(ObservedEvent(type, at: time, value: value))
        return copy
    }

    /// A copy with a horizon.
    func until(_ date: String) -> SampleContract {
        var copy = self
        copy.horizon = date
        return copy
    }

    func flows(_ quirks: Set<Quirk> = []) throws -> [CashFlow] {
        var series: [String: [MarketObservations.Point]] = [:]
        for (name, points) in observed {
            series[name] = try points.map { date, value in
                guard let time = ContractTime(date) else { throw SampleFailure.badDate(date) }
                return .init(time, try Ratio(decimal: value))
            }
        }
        return try CashFlowProjection(
            terms: ContractTerms(fields),
            observations: MarketObservations(series),
            events: events,
            horizon: horizon.flatMap { ContractTime($0) },
            quirks: quirks,
            instalment: instalment
        ).cashFlows()
    }

    /// The events as lines such as `2014-04-01 IP 30`, with exact payoffs.
    func lines(_ quirks: Set<Quirk> = []) throws -> [String] {
        try flows(quirks).map { "\($0.eventDate.date) \($0.eventType.rawValue) \($0.payoff)" }
    }
}

enum SampleFailure: Error {
    case badDate(String)
}
