import Tokenize

/// A calendar of a few months with drawn weekends and holidays, asked day by day (Specs/09, 9.2 and 9.3).
struct HandCalendar: Sendable {
    let first: HandDate
    let last: HandDate
    /// Weekdays that are closed, 0 Monday.
    let weekend: Set<Int>
    let holidays: Set<HandDate>

    init(_ days: ClosedRange<HandDate>, weekend: Set<Int>, holidays: Set<HandDate>) {
        (first, last) = (days.lowerBound, days.upperBound)
        (self.weekend, self.holidays) = (weekend, holidays)
    }

    /// A calendar of so many months.
    init(_ trial: inout Trial, months: ClosedRange<Int> = 2...5) throws {
        first = HandDate(year: try trial.number(2023...2026), month: try trial.number(1...12), day: 1)
        last = first.adding(months: try trial.number(months)).next(-1)
        weekend = try trial.draw(.element(of: [[5, 6], [], [4, 5], [6], [0, 1, 2, 3, 5]]))
        var closed: Set<HandDate> = []
        var day = first
        // Holidays come alone and in rows, and often at the end of a month.
        var row = 0
        while day <= last {
            if row == 0, try trial.number(0...(day.monthLength - day.day < 4 ? 4 : 14)) == 0 {
                row = try trial.number(1...5)
            }
            if row > 0 {
                closed.insert(day)
                row -= 1
            }
            day = day.next(1)
        }
        holidays = closed
    }

    /// The engine's calendar with the same days.
    func calendar() throws -> BusinessCalendar {
        try BusinessCalendar(
            name: "DRAWN",
            version: 1,
            firstDay: try first.date(),
            lastDay: try last.date(),
            weekend: Weekdays(rawValue: weekend.reduce(0) { $0 | UInt8(1 << $1) }),
            holidays: try holidays.sorted().map { try $0.date() }
        )
    }

    /// A day of the calendar, or just beside it.
    func draw(_ trial: inout Trial) throws -> HandDate {
        var day = first.next(-1)
        for _ in 0..<(try trial.number(0...(last.number - first.number + 2))) { day = day.next(1) }
        return day
    }

    /// Whether a day is open; nil if the calendar does not speak of it.
    func isOpen(_ day: HandDate) -> Bool? {
        guard first <= day, day <= last else { return nil }
        return !weekend.contains(day.weekday) && !holidays.contains(day)
    }

    /// The nearest open day from a day on.
    private func search(_ date: HandDate, _ step: Int) -> HandDate? {
        var day = date
        while true {
            guard let isOpen = isOpen(day) else { return nil }
            if isOpen { return day }
            day = day.next(step)
        }
    }

    /// Where a convention moves a day; nil where a day is asked for that is not known.
    func adjusted(_ day: HandDate, _ convention: BusinessDayConvention) -> HandDate? {
        switch convention {
        case .unadjusted: return day
        case .following: return search(day, 1)
        case .preceding: return search(day, -1)
        case .modifiedFollowing:
            guard let found = search(day, 1) else { return nil }
            return (found.year, found.month) == (day.year, day.month) ? found : search(day, -1)
        case .modifiedPreceding:
            guard let found = search(day, -1) else { return nil }
            return (found.year, found.month) == (day.year, day.month) ? found : search(day, 1)
        }
    }

    /// So many open days later, or earlier.
    func advanced(_ date: HandDate, _ count: Int) -> HandDate? {
        if count == 0 { return search(date, 1) }
        var day = date
        for _ in 0..<abs(count) {
            guard let next = search(day.next(count.signum()), count.signum()) else { return nil }
            day = next
        }
        return day
    }

    /// Open days on or after one day and before another, which is not before it.
    func count(from start: HandDate, to end: HandDate) -> Int? {
        guard isOpen(start) != nil, isOpen(end) != nil else { return nil }
        var (count, day) = (0, start)
        while day < end {
            if isOpen(day) == true { count += 1 }
            day = day.next(1)
        }
        return count
    }
}
