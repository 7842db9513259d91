extension BusinessCalendar {
    /// Every day is a business day (ACTUS: no calendar).
    public static let everyDay = BusinessCalendar("EVERY-DAY", 1, allDays, [], [])

    /// Monday to Friday, without holidays.
    public static let mondayToFriday = BusinessCalendar("MON-FRI", 1, allDays, [.saturday, .sunday], [])

    private static let allDays =
        calendarDay(
            year: CalendarDate.yearMin,
            month: 1,
            day: 1
        )...calendarDay(
            year: CalendarDate.yearMax,
            month: 12,
            day: 31
        )

    /// A day that this source names, so that a mistake in it stops the program.
    static func calendarDay(year: Int, month: Int, day: Int) -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            preconditionFailure("there is no day \(year)-\(month)-\(day)")
        }
        return date
    }
}
