/// Sums of units by business date, as far back as some rule looks.
public struct DaySums: Hashable, Sendable {
    /// Units on one business date.
    public struct Day: Hashable, Sendable {
        /// The date.
        public let date: CalendarDate
        /// Units on it, at least 1; at most 2^128 - 1, at which it stops growing.
        public internal(set) var units: Quantity
    }

    /// Those before ``last``, ascending.
    private(set) var earlier: [Day] = []
    /// The latest.
    private(set) var last: Day?

    /// All of them, ascending.
    public var days: [Day] { earlier + (last.map { [$0] } ?? []) }

    /// Units from `first` on; at most 2^128 - 1.
    func sum(from first: CalendarDate) -> Quantity {
        guard let last, last.date >= first else { return .zero }
        var sum = last.units
        for day in earlier.reversed() {
            guard day.date >= first else { break }
            sum = sum.adding(day.units) ?? .max
        }
        return sum
    }

    /// The date with which enough of the sum from `first` on has ended that no more than `limit` is left, or nil.
    func lastDate(exceeding limit: Quantity) -> CalendarDate? {
        var sum = Quantity.zero
        for day in days.reversed() {
            sum = sum.adding(day.units) ?? .max
            if sum > limit { return day.date }
        }
        return nil
    }

    /// Adds units on a date that is not before any other, and forgets what is before `first`.
    mutating func add(_ units: Quantity, on date: CalendarDate, keepingFrom first: CalendarDate) {
        if let day = last {
            if day.date == date {
                last = Day(date: date, units: day.units.adding(units) ?? .max)
            } else {
                earlier.append(day)
                last = Day(date: date, units: units)
            }
        } else {
            last = Day(date: date, units: units)
        }
        if let oldest = earlier.first, oldest.date < first { earlier.removeAll { $0.date < first } }
    }

    /// These sums and others together, of what is not before `first`.
    func merged(with other: DaySums, keepingFrom first: CalendarDate? = nil) -> DaySums {
        var byDate: [CalendarDate: Quantity] = [:]
        for day in days + other.days { byDate[day.date] = (byDate[day.date] ?? .zero).adding(day.units) ?? .max }
        if let first { byDate = byDate.filter { $0.key >= first } }
        return DaySums(byDate.sorted { $0.key < $1.key }.map { Day(date: $0.key, units: $0.value) })
    }

    init(earlier: [Day], last: Day) {
        self.earlier = earlier
        self.last = last
    }

    init(_ days: [Day] = []) {
        earlier = Array(days.dropLast())
        last = days.last
    }
}

extension DaySums: CanonicalCodable {
    public func encode(into encoder: inout CanonicalEncoder) {
        let days = days
        encoder.encodeArray(count: days.count)
        for day in days {
            encoder.encodeArray(count: 2)
            day.date.encode(into: &encoder)
            encoder.encode(day.units)
        }
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let count = try decoder.arrayCount(max: Rule.periodDayCountMax)
        guard count >= 1 else { throw decoder.failure(.outOfRange) }
        var days: [Day] = []
        for _ in 0..<count {
            try decoder.array(count: 2)
            let date = try CalendarDate(from: &decoder)
            let units = try decoder.quantity()
            decoder.leave()
            if let last = days.last, last.date >= date { throw decoder.failure(.keyOrder) }
            guard units > .zero else { throw decoder.failure(.outOfRange) }
            days.append(Day(date: date, units: units))
        }
        decoder.leave()
        self.init(days)
    }
}
