/// A regular coupon period that Act/Act ICMA measures other periods with (ICMA rule 251, ISDA "Actual/Actual (ICMA)").
///
/// A period that reaches beyond it, a stub, is cut at the ends of *quasi-coupon periods*: those that regular coupons
/// would have had, before and after. Each part counts its days over the days of the quasi-coupon period it lies in
/// times the coupons a year. For a front stub the reference is the regular period that ends with the stub; for a back
/// stub the one that begins with it.
public struct ReferencePeriod: Hashable, Sendable {
    /// The first day.
    public let start: CalendarDate
    /// The day after the last, on which the regular coupon falls.
    public let end: CalendarDate
    /// Coupons a year: 1, 2, 3, 4, 6 or 12.
    public let frequency: Int
    /// Whether the ends of quasi-coupon periods are ends of months.
    public let endOfMonth: Bool

    /// A period.
    ///
    /// Throws ``ConventionFailure/malformedReferencePeriod`` if it is empty, or the frequency does not divide twelve.
    public init(
        start: CalendarDate,
        end: CalendarDate,
        frequency: Int,
        endOfMonth: Bool = false
    ) throws(ConventionFailure) {
        guard start < end, frequency > 0, 12 % frequency == 0 else { throw .malformedReferencePeriod }
        self.start = start
        self.end = end
        self.frequency = frequency
        self.endOfMonth = endOfMonth
    }

    /// The regular period that ends on `end`: what measures a front stub.
    public init(endingOn end: CalendarDate, frequency: Int, endOfMonth: Bool = false) throws(ConventionFailure) {
        guard frequency > 0, 12 % frequency == 0 else { throw .malformedReferencePeriod }
        let start = try ReferencePeriod.regular(end, -1, frequency, endOfMonth)
        try self.init(start: start, end: end, frequency: frequency, endOfMonth: endOfMonth)
    }

    /// The regular period that begins on `start`: what measures a back stub.
    public init(startingOn start: CalendarDate, frequency: Int, endOfMonth: Bool = false) throws(ConventionFailure) {
        guard frequency > 0, 12 % frequency == 0 else { throw .malformedReferencePeriod }
        let end = try ReferencePeriod.regular(start, 1, frequency, endOfMonth)
        try self.init(start: start, end: end, frequency: frequency, endOfMonth: endOfMonth)
    }

    /// The part of a year from `start` to `end`, in that order.
    func yearFraction(from first: CalendarDate, to last: CalendarDate) throws(ConventionFailure) -> Ratio {
        var sum = Ratio.zero
        var index = 0
        // Back to the quasi-coupon period that holds the first day.
        while try boundary(index) > first { index -= 1 }
        while true {
            let (opens, closes) = (try boundary(index), try boundary(index + 1))
            let days = min(last, closes).days(since: max(first, opens))
            if days > 0 {
                let part = try ConventionFailure.fraction(days, frequency * closes.days(since: opens))
                let before = sum
                sum = try ConventionFailure.exact { () throws(ArithmeticFailure) in try before + part }
            }
            if closes >= last { return sum }
            index += 1
        }
    }

    /// Where quasi-coupon period `index` begins: 0 is this period, -1 the one before it.
    ///
    /// Ends before the period are counted back from its end, those after it forth from its start; never chained.
    private func boundary(_ index: Int) throws(ConventionFailure) -> CalendarDate {
        switch index {
        case 0: start
        case 1: end
        case ..<0: try ReferencePeriod.regular(end, index - 1, frequency, endOfMonth)
        default: try ReferencePeriod.regular(start, index, frequency, endOfMonth)
        }
    }

    private static func regular(
        _ date: CalendarDate,
        _ count: Int,
        _ frequency: Int,
        _ endOfMonth: Bool
    ) throws(ConventionFailure) -> CalendarDate {
        guard let moved = date.adding(months: count * (12 / frequency)) else { throw .outsideDateRange }
        return endOfMonth && date.isEndOfMonth ? moved.endOfMonth : moved
    }
}
