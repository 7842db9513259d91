/// What authorised observers reported, and up to which day nothing can be added any more.
///
/// An observation that is missing on a day after ``through`` is not known yet. One that is missing on ``through`` or
/// before never comes, and the fallback of the terms holds.
public struct BondObservations: Hashable, Sendable {
    /// A value of a reference or an index.
    public struct Value: Hashable, Sendable {
        /// The reference or index, as terms name it.
        public let name: String
        /// The day of a fixing; the first day of the month of an index.
        public let date: CalendarDate
        /// An annual rate as a fraction, or the value of the index.
        public let value: Ratio

        /// A value on a day.
        public init(_ name: String, _ date: CalendarDate, _ value: Ratio) {
            self.name = name
            self.date = date
            self.value = value
        }
    }

    /// Nothing is observed, and everything may be.
    public static let none = BondObservations()

    /// The last day on which nothing can be reported any more; nil if that is so on no day.
    public let through: CalendarDate?
    /// By name, ascending by day.
    private let series: [String: [Value]]

    private init() {
        through = nil
        series = [:]
    }

    /// What was reported; throws ``BondFailure/malformedObservation(name:date:)`` for two values of one day.
    public init(_ values: [Value], through: CalendarDate?) throws(BondFailure) {
        self.through = through
        var series: [String: [Value]] = [:]
        for value in values { series[value.name, default: []].append(value) }
        for name in series.keys.sorted(by: { $0.precedesInBytes($1) }) {
            let sorted = (series[name] ?? []).sorted { $0.date < $1.date }
            for (value, next) in zip(sorted, sorted.dropFirst()) where value.date == next.date {
                throw .malformedObservation(name: name, date: value.date)
            }
            series[name] = sorted
        }
        self.series = series
    }

    /// The value on a day.
    func value(of name: String, on date: CalendarDate) -> Ratio? {
        let values = series[name] ?? []
        let index = BondObservations.index(of: date, in: values)
        return index < values.count && values[index].date == date ? values[index].value : nil
    }

    /// The latest value before a day.
    func latest(of name: String, before date: CalendarDate) -> Value? {
        let values = series[name] ?? []
        let index = BondObservations.index(of: date, in: values)
        return index > 0 ? values[index - 1] : nil
    }

    /// True if nothing can be reported for `date` any more.
    func isClosed(_ date: CalendarDate) -> Bool { through.map { date <= $0 } ?? false }

    /// The number of values before `date`, by halving.
    private static func index(of date: CalendarDate, in values: [Value]) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle].date < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A call or a put that was made.
public struct BondExercise: Hashable, Sendable {
    /// Whose option it was.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// The issuer's.
        case call = 1
        /// A holder's, for the units that it puts.
        case put = 2
    }

    /// Whose option it was.
    public let kind: Kind
    /// The day of the option: a day of the plan, before any adjustment.
    public let date: CalendarDate
    /// The day on which notice was given.
    public let notice: CalendarDate
    /// The part of the principal outstanding that is called, above 0 and at most 1; 1 for a put.
    public let part: Ratio

    /// A call of a part, or a put.
    public init(_ kind: Kind, on date: CalendarDate, notice: CalendarDate, part: Ratio = .one) {
        self.kind = kind
        self.date = date
        self.notice = notice
        self.part = part
    }
}
