/// A moment of a contract: a day and a time of day, without time zone.
///
/// Contracts are calculated by days. The last second of a day, 23:59:59, means the end of that day: it counts as the
/// next day in year fractions, and is reported as itself.
public struct ContractTime: Hashable, Sendable {
    /// Seconds in a day.
    public static let secondCount = 86_400

    /// The day.
    public let date: CalendarDate
    /// Seconds since the day began, 0 ... 86,399.
    public let second: Int

    /// The moment so many seconds into a day, or nil outside 0 ... 86,399.
    public init?(_ date: CalendarDate, second: Int) {
        guard (0..<ContractTime.secondCount).contains(second) else { return nil }
        self.date = date
        self.second = second
    }

    /// The beginning of a day.
    public init(_ date: CalendarDate) {
        self.date = date
        second = 0
    }

    /// The moment that `text` names as `YYYY-MM-DDTHH:MM:SS`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DD`, or nil.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard let day = parts.first, parts.count <= 2, let date = CalendarDate(day) else { return nil }
        self.init(date)
        guard parts.count == 2 else { return }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = clock.compactMap { part in
            part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard (2...3).contains(clock.count), numbers.count == clock.count, numbers[0] < 24,
            numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        self.init(date, second: numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0))
    }

    /// The day that year fractions count it as.
    public var accrualDate: CalendarDate {
        guard second == ContractTime.secondCount - 1 else { return date }
        // The last second of the last year there is has no next day.
        return date.adding(days: 1) ?? date
    }

    /// The same time of another day.
    func on(_ date: CalendarDate) -> ContractTime { ContractTime(date: date, second: second) }

    private init(date: CalendarDate, second: Int) {
        self.date = date
        self.second = second
    }
}

extension ContractTime: Comparable {
    public static func < (left: ContractTime, right: ContractTime) -> Bool {
        (left.date, left.second) < (right.date, right.second)
    }
}

extension ContractTime: CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM:SS`.
    public var description: String {
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date)T\(digits(second / 3_600)):\(digits(second / 60 % 60)):\(digits(second % 60))"
    }
}
