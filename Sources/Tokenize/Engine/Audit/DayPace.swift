/// Finds business days that were opened faster than real time (Specs/15, section 15.3.4). A finding, never a failure:
/// no rule counts opened days alone.
struct DayPace {
    /// A day is fast if it gains more than half a day on the slowest before it: days are not opened at the same hour.
    static let toleranceSeconds: Int64 = 43_200
    private static let secondsPerDay: Int64 = 86_400

    /// Days that were opened faster than real time, in order.
    private(set) var fastDays: [CalendarDate] = []
    /// Opened since the last header.
    private var waiting: [CalendarDate]
    private var lowestLead: Int64?

    /// At the genesis, whose business date opens with the first block.
    init(firstDate: CalendarDate) { waiting = [firstDate] }

    /// Takes note of a day that was opened.
    mutating func open(_ date: CalendarDate) { waiting.append(date) }

    /// Takes note of the header that closes the block in which days were opened.
    mutating func seal(time: UInt64) {
        for date in waiting {
            let lead = Int64(date.daysSinceEpoch) * Self.secondsPerDay - Int64(clamping: time)
            if let lowestLead, lead > lowestLead + Self.toleranceSeconds {
                fastDays.append(date)
                self.lowestLead = lead
            } else {
                lowestLead = min(lowestLead ?? lead, lead)
            }
        }
        waiting.removeAll()
    }
}
