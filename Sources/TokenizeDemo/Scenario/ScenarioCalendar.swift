import Tokenize

/// The days on which the market is open: Monday to Friday, less the holidays of a list.
struct ScenarioCalendar: Sendable {
    let first: CalendarDate
    let holidays: Set<CalendarDate>

    private static let searchDayCountMax = 400

    func isBusinessDay(_ date: CalendarDate) -> Bool { date.weekday <= 5 && !holidays.contains(date) }

    /// The next business day after `date`; nil if there is none within about a year.
    func next(after date: CalendarDate) -> CalendarDate? {
        date.adding(days: 1).flatMap { onOrAfter($0) }
    }

    /// `date`, or the first business day after it (the "following" convention).
    func onOrAfter(_ date: CalendarDate) -> CalendarDate? {
        (0..<ScenarioCalendar.searchDayCountMax).lazy.compactMap { date.adding(days: $0) }
            .first { isBusinessDay($0) }
    }
}
