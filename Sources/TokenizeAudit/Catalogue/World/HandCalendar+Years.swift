import Tokenize

/// Calendars of years.
extension HandCalendar {
    /// Monday to Friday, for as long as a bond lives.
    static let mondayToFriday = HandCalendar(
        HandDate(year: 2000, month: 1, day: 1)...HandDate(year: 2099, month: 12, day: 31),
        weekend: [5, 6],
        holidays: []
    )

    /// Some years with a drawn weekend, and holidays in rows, often around the end of a month.
    init(years: ClosedRange<Int>, _ trial: inout Trial) throws {
        var holidays: Set<HandDate> = []
        for year in years {
            for _ in 0..<2 {
                var day = HandDate(year: year, month: try trial.number(1...12), day: try trial.number(1...28))
                if try trial.draw(.bool) { day = day.endOfMonth.next(-1) }
                for _ in 0..<(try trial.number(1...4)) {
                    if day.year <= years.upperBound { holidays.insert(day) }
                    day = day.next(1)
                }
            }
        }
        self.init(
            HandDate(year: years.lowerBound, month: 1, day: 1)...HandDate(year: years.upperBound, month: 12, day: 31),
            weekend: try trial.draw(.element(of: [[5, 6], [], [4, 5], [6]])),
            holidays: holidays
        )
    }
}
