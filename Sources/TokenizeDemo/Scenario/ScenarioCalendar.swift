import Tokenize

/// The days on which the ledger is open: the business days of a known calendar, less further holidays of a list.
struct ScenarioCalendar: Sendable {
    let first: CalendarDate
    let calendar: BusinessCalendar
    let holidays: Set<CalendarDate>

    /// Calendars by the names that scenarios use.
    static let known: KeyValuePairs<String, BusinessCalendar> = [
        "LA-MODEL": .laoModel, "MON-FRI": .mondayToFriday, "EVERY-DAY": .everyDay,
    ]

    private static let searchDayCountMax = 400

    /// False for a day outside the calendar too.
    func isBusinessDay(_ date: CalendarDate) -> Bool {
        ((try? calendar.isBusinessDay(date)) ?? false) && !holidays.contains(date)
    }

    func require(_ date: CalendarDate, _ field: ScenarioField) throws(ScenarioFailure) {
        guard isBusinessDay(date) else {
            throw field.failure("\(date) is a weekend day, a holiday, or out of the calendar")
        }
    }

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
