/// A length of time in one unit: the tenor of a bond, the step of a schedule, a settlement lag.
public struct Period: Hashable, Sendable {
    /// What is counted.
    public enum Unit: UInt8, Hashable, Sendable, CaseIterable {
        case day = 1
        /// Days on which a market is open; only a calendar can count them.
        case businessDay = 2
        case week = 3
        case month = 4
        case year = 5
    }

    /// Units in a period, without sign.
    public static let countMax = 1_000_000

    /// How many units; negative for a time before.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// A period, or nil if it has more than ``countMax`` units.
    public init?(_ count: Int, _ unit: Unit) {
        guard (-Period.countMax...Period.countMax).contains(count) else { return nil }
        self.count = count
        self.unit = unit
    }

    /// Whole months in a period of months or years, nil in any other.
    public var months: Int? {
        switch unit {
        case .month: count
        case .year: count * 12
        case .day, .businessDay, .week: nil
        }
    }

    /// The day that lies the period, `factor` times, after `date`.
    ///
    /// Months and years keep the day of the month, clipped to the month's last day. The factor counts before the day is
    /// clipped, so three steps of a month from 31 January are one of three months: schedules are never chained.
    /// Throws ``ConventionFailure/needsCalendar`` for business days.
    public func added(to date: CalendarDate, times factor: Int = 1) throws(ConventionFailure) -> CalendarDate {
        let (total, overflow) = count.multipliedReportingOverflow(by: factor)
        guard !overflow, total.magnitude <= Period.totalMax else { throw .outsideDateRange }
        let sum: CalendarDate?
        switch unit {
        case .day: sum = date.adding(days: total)
        case .week: sum = date.adding(days: total * 7)
        case .month: sum = date.adding(months: total)
        case .year: sum = date.adding(months: total * 12)
        case .businessDay: throw .needsCalendar
        }
        guard let sum else { throw .outsideDateRange }
        return sum
    }

    /// Above the days of all the years there are, and far from overflow.
    private static let totalMax: UInt = 4_000_000
}

extension Period: CustomStringConvertible {
    /// As ISO 8601 durations: `P6M`, `-P2W`; business days, which ISO 8601 does not have, are `P2BD`.
    public var description: String { "\(count < 0 ? "-" : "")P\(count.magnitude)\(unit.letters)" }

    /// The period that ``description`` writes, or nil. No leading zeros, no sign on none.
    public init?(_ text: some StringProtocol) {
        let isNegative = text.hasPrefix("-P")
        guard isNegative || text.hasPrefix("P") else { return nil }
        let body = text.dropFirst(isNegative ? 2 : 1)
        let digits = body.prefix { ("0"..."9").contains($0) }
        guard let unit = Unit.allCases.first(where: { $0.letters == body.dropFirst(digits.count) }),
            let count = Int(digits), String(count) == digits, !(isNegative && count == 0)
        else { return nil }
        self.init(isNegative ? -count : count, unit)
    }
}

extension Period.Unit {
    fileprivate var letters: String {
        switch self {
        case .day: "D"
        case .businessDay: "BD"
        case .week: "W"
        case .month: "M"
        case .year: "Y"
        }
    }
}

extension Period: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 2)
        encoder.encode(UInt64(unit.rawValue))
        encoder.encode(integer: Int64(count))
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 2)
        guard let unit = Unit(rawValue: UInt8(try decoder.unsigned(max: 255))),
            let period = Period(Int(try decoder.integer()), unit)
        else { throw decoder.failure(.outOfRange) }
        decoder.leave()
        self = period
    }
}
