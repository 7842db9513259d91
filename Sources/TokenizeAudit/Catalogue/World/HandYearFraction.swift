import Tokenize

/// A period of interest: days of the terms, days between which interest runs, and whether it is one whole tenor.
struct HandPeriod: Hashable, Sendable {
    let start: HandDate
    let end: HandDate
    let accrualStart: HandDate
    let accrualEnd: HandDate
    let isRegular: Bool
    let isFirst: Bool
}

/// Year fractions of stretches of a period, counted on paper (section 9.4).
struct HandYearFraction: Sendable {
    let count: DayCount
    /// Months of a whole period.
    let months: Int
    let endOfMonth: Bool
    let maturity: HandDate?

    static let counts: [DayCount] = [
        .actual365Fixed, .actual360, .thirtyE360, .actualActualICMA, .thirtyE360ISDA, .thirty360BondBasis,
    ]

    func of(_ period: HandPeriod, from start: HandDate, to end: HandDate) -> HandFraction {
        guard start < end else { return .zero }
        return count == .actualActualICMA ? quasi(period, start, end) : plain(start, end)
    }

    /// Without a period around it.
    func plain(_ start: HandDate, _ end: HandDate) -> HandFraction {
        guard start < end else { return .zero }
        let days = Int128(end.number - start.number)
        var (first, last) = (start.day, end.day)
        switch count {
        case .actual360: return HandFraction(days, over: 360)
        case .actual365Fixed: return HandFraction(days, over: 365)
        case .thirtyE360: (first, last) = (min(first, 30), min(last, 30))
        case .thirtyE360ISDA:
            if start.isEndOfMonth { first = 30 }
            if end.isEndOfMonth, !(end.month == 2 && end == maturity) { last = 30 }
        default:
            // 30/360 of bonds: the 31st is the 30th where the first day is the 30th or later.
            first = min(first, 30)
            if first == 30 { last = min(last, 30) }
        }
        let whole = 12 * (end.year - start.year) + end.month - start.month
        return HandFraction(Int128(30 * whole + last - first), over: 360)
    }

    /// By the quasi-coupon periods around the period (CNV-032, CNV-033).
    private func quasi(_ period: HandPeriod, _ start: HandDate, _ end: HandDate) -> HandFraction {
        var (opens, closes) = (period.accrualStart, period.accrualEnd)
        if !period.isRegular {
            if period.isFirst {
                opens = closes.adding(months: -months, endOfMonth: endOfMonth)
            } else {
                closes = opens.adding(months: months, endOfMonth: endOfMonth)
            }
        }
        func boundary(_ index: Int) -> HandDate {
            switch index {
            case 0: opens
            case 1: closes
            case ..<0: closes.adding(months: (index - 1) * months, endOfMonth: endOfMonth)
            default: opens.adding(months: index * months, endOfMonth: endOfMonth)
            }
        }
        return (-3...3).reduce(HandFraction.zero) { sum, index in
            let (from, to) = (boundary(index).number, boundary(index + 1).number)
            let days = max(0, min(end.number, to) - max(start.number, from))
            return sum + HandFraction(Int128(days * months), over: Int128(12 * (to - from)))
        }
    }
}
