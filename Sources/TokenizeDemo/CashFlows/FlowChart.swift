import Tokenize

/// Bars of what is paid, to the left, and received, to the right.
///
/// The longest bar is the largest amount on either side. Lengths go by the square root, so that coupons are seen beside
/// the principal; the amounts stand in the table.
struct FlowChart {
    /// Columns of a bar on one side.
    private static let barWidth = 24
    /// With more bars than this, those of a year are drawn as one.
    private static let barCountMax = 40

    let lines: [String]
    let isByYear: Bool

    init(_ flows: [CashFlow]) throws {
        try self.init(flows.map { ($0.eventDate.date, $0.payoff) })
    }

    /// Amounts on days, in order; negative if paid.
    init(_ amounts: [(date: CalendarDate, amount: Ratio)]) throws {
        var days: [(label: String, paid: Ratio, received: Ratio)] = []
        let paying = amounts.filter { !$0.amount.isZero }
        isByYear = Set(paying.map(\.date)).count > FlowChart.barCountMax
        for (date, amount) in paying {
            let label = isByYear ? "\(date.year)" : "\(date)"
            if days.last?.label != label { days.append((label, .zero, .zero)) }
            if amount.sign < 0 {
                try days[days.count - 1].paid += amount.magnitude
            } else {
                try days[days.count - 1].received += amount
            }
        }
        let largest = days.map { max($0.paid, $0.received) }.max() ?? .zero
        lines = try days.map { day in
            let left = try FlowChart.bar(day.paid, largest)
            let right = try FlowChart.bar(day.received, largest)
            let blank = String(repeating: " ", count: FlowChart.barWidth - left)
            let paid = left > 0 ? "◄" + String(repeating: "█", count: left - 1) : ""
            let received = right > 0 ? String(repeating: "█", count: right - 1) + "►" : ""
            return "\(day.label)  \(blank)\(paid)│\(received)"
        }
    }

    /// Columns of a bar: at least one for any amount.
    private static func bar(_ amount: Ratio, _ largest: Ratio) throws -> Int {
        guard !amount.isZero else { return 0 }
        let share = try (amount / largest).doubleValue.squareRoot()
        return min(max(Int(share * Double(barWidth)), 1), barWidth)
    }
}
