import Tokenize

/// Year fractions, business days and schedules are those that one counts on paper from Specs/09.
enum ConventionProperties {
    static let all = [AuditCatalogue.Entry(conventions, usualCaseCount: 2_000)]

    static let conventions = Property(
        "PRP-047",
        "Year fractions of every day count, adjusted and advanced days, and schedules are those counted by hand.",
        coverage: [
            .init("end of February", perMille: 200), .init("31st", perMille: 100), .init("reversed", perMille: 100),
            .init("termination in February", perMille: 30), .init("reference stub", perMille: 100),
            .init("moved", perMille: 200), .init("turned back", perMille: 20), .init("unknown day", perMille: 50),
            .init("stub", perMille: 200), .init("end of month", perMille: 50), .init("backward", perMille: 200),
            .init("later termination", perMille: 300), .init("stated date", perMille: 200),
            .init("adjusted schedule", perMille: 200), .init("irregular within", perMille: 10),
            .init("period fraction", perMille: 200), .init("advanced by months", perMille: 200),
            .init("holidays out of order", perMille: 300),
        ]
    ) { trial in
        for _ in 0..<4 { try fractions(&trial) }
        try reference(&trial)
        try businessDays(&trial)
        try schedule(&trial)
        try scheduleOfAnyKind(&trial)
        try periodsOfCalendar(&trial)
    }

    // MARK: Day counts

    private static func fractions(_ trial: inout Trial) throws {
        let start = try HandDate.draw(&trial)
        var end = try HandDate.draw(&trial)
        if try trial.draw(.bool) { end = start.adding(months: try trial.number(0...14)) }
        let isLast = try trial.draw(.bool)
        trial.label("end of February", when: start.isEndOfFebruary || end.isEndOfFebruary)
        trial.label("31st", when: start.day == 31 || end.day == 31)
        trial.label("reversed", when: end < start)
        trial.label("termination in February", when: isLast && max(start, end).isEndOfFebruary)
        // The termination date is the later of the two, or later still, or there is none.
        let later = try trial.draw(.bool) ? max(start, end).adding(months: try trial.number(1...9)) : nil
        let termination = isLast ? max(start, end) : later
        trial.label("later termination", when: !isLast && later != nil)
        let context = DayCount.Context(calendar: .mondayToFriday, terminationDate: try termination?.date())
        for count in DayCount.allCases where count != .actualActualICMA {
            let found = try count.yearFraction(from: try start.date(), to: try end.date(), context)
            let sign: Int128 = end < start ? -1 : 1
            let (first, second) = (min(start, end), max(start, end))
            let wanted = fraction(count, first, second, isLast: isLast).times(sign)
            let expected = try Ratio(numerator: wanted.numerator, denominator: wanted.denominator)
            try trial.require(found == expected, "\(count) from \(start) to \(end) is \(found), by hand \(expected)")
        }
    }

    /// The table of section 9.4, for a start that is not after the end.
    private static func fraction(_ count: DayCount, _ start: HandDate, _ end: HandDate, isLast: Bool) -> HandFraction {
        guard start < end else { return .zero }
        let days = Int128(end.number - start.number)
        let months = 12 * (end.year - start.year) + end.month - start.month
        var (first, last) = (start.day, end.day)
        func thirty() -> HandFraction { HandFraction(Int128(30 * months + last - first), over: 360) }
        switch count {
        case .actual360: return HandFraction(days, over: 360)
        case .actual365Fixed: return HandFraction(days, over: 365)
        case .actualActualISDA:
            return (start.year...end.year).reduce(.zero) { sum, year in
                let opens = max(start, HandDate(year: year, month: 1, day: 1))
                let closes = min(end, HandDate(year: year + 1, month: 1, day: 1))
                let length: Int128 = HandDate.isLeap(year) ? 366 : 365
                return sum + HandFraction(Int128(closes.number - opens.number), over: length)
            }
        case .actualActualICMA: return .zero
        case .thirty360US:
            if start.isEndOfFebruary {
                if end.isEndOfFebruary { last = 30 }
                first = 30
            }
            if last == 31, first >= 30 { last = 30 }
            if first == 31 { first = 30 }
            return thirty()
        case .thirty360BondBasis:
            if first == 31 { first = 30 }
            if last == 31, first == 30 { last = 30 }
            return thirty()
        case .thirtyE360:
            if first == 31 { first = 30 }
            if last == 31 { last = 30 }
            return thirty()
        case .thirtyE360ISDA:
            if start.isEndOfMonth { first = 30 }
            if end.isEndOfMonth, !(isLast && end.month == 2) { last = 30 }
            return thirty()
        case .twentyEightE336:
            return HandFraction(Int128(28 * months + min(last, 28) - min(first, 28)), over: 336)
        case .business252:
            let weeks = (end.number - start.number) / 7
            var (open, day) = (5 * weeks, start)
            for _ in 0..<((end.number - start.number) % 7) {
                if day.weekday < 5 { open += 1 }
                day = day.next(1)
            }
            return HandFraction(Int128(open), over: 252)
        }
    }

    /// Act/Act ICMA by the quasi-coupon periods around a reference period (CNV-032).
    private static func reference(_ trial: inout Trial) throws {
        let (start, keeps) = (try HandDate.draw(&trial), try trial.draw(.bool))
        let frequency = try trial.draw(.element(of: [2, 1, 4, 12, 3, 6]))
        let months = 12 / frequency
        let end = start.adding(months: months, endOfMonth: keeps)
        // From shortly before the reference period to shortly after it, or the whole of it.
        let from = try trial.draw(.bool) ? start : start.adding(months: try trial.number(-14...0))
        let to = try trial.draw(.bool) ? end : end.adding(months: try trial.number(0...14)).next(-1)
        guard from < to else { return }
        trial.label("reference stub", when: from != start || to != end)
        let wanted = quasiFraction(from, to, start, end, frequency: frequency, keeps: keeps)
        let period = try ReferencePeriod(
            start: try start.date(),
            end: try end.date(),
            frequency: frequency,
            endOfMonth: keeps
        )
        let context = DayCount.Context(reference: period)
        let found = try DayCount.actualActualICMA.yearFraction(from: try from.date(), to: try to.date(), context)
        let expected = try Ratio(numerator: wanted.numerator, denominator: wanted.denominator)
        try trial.require(
            found == expected,
            "ICMA from \(from) to \(to) by \(start) to \(end), \(frequency) a year: \(found), by hand \(expected)"
        )
        if from == start, to == end {
            try trial.require(found == (try Ratio(numerator: 1, denominator: frequency)), "no whole period: \(found)")
        }
    }

    // MARK: Business days

    private static func businessDays(_ trial: inout Trial) throws {
        let calendar = try HandCalendar(&trial)
        let known = try calendar.calendar()
        for _ in 0..<5 {
            let day = try calendar.draw(&trial)
            for convention in BusinessDayConvention.allCases {
                let wanted = calendar.adjusted(day, convention)
                let found = try? HandDate(known.adjust(try day.date(), convention))
                trial.label("unknown day", when: wanted == nil)
                trial.label("moved", when: wanted.map { $0 != day } ?? false)
                trial.label("turned back", when: convention == .modifiedFollowing && wanted.map { $0 < day } ?? false)
                try trial.require(found == wanted, "\(convention) moves \(day) to \(text(found)), not \(text(wanted))")
            }
            let count = try trial.number(-12...12)
            let wanted = calendar.advanced(day, count)
            let found = try? HandDate(known.advance(try day.date(), businessDays: count))
            try trial.require(found == wanted, "\(day) and \(count) days is \(text(found)), not \(text(wanted))")
            let other = try calendar.draw(&trial)
            let (start, end) = (min(day, other), max(day, other))
            let open = calendar.count(from: start, to: end)
            let counted = try? known.businessDayCount(from: try start.date(), to: try end.date())
            try trial.require(counted == open, "\(text(counted)) days from \(start) to \(end), not \(text(open))")
            // Business/252 has a minus the other way round (CNV-030).
            let context = DayCount.Context(calendar: known)
            let fraction = try? DayCount.business252.yearFraction(from: try end.date(), to: try start.date(), context)
            let expected = try open.map { try Ratio(numerator: -$0, denominator: 252) }
            try trial.require(fraction == expected, "from \(end) back to \(start) it is \(text(fraction))")
        }
    }

    static func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "nothing" }

    // MARK: Schedules

    /// Unadjusted schedules without stated dates (CNV-041 to CNV-047).
    private static func schedule(_ trial: inout Trial) throws {
        let effective = try HandDate.draw(&trial)
        let months = try trial.draw(.element(of: [3, 1, 6, 12, 5]))
        var termination = effective.adding(months: try trial.number(1...40))
        for _ in 0..<(try trial.number(0...3)) { termination = termination.next(1) }
        let (isBackward, keeps) = (try trial.draw(.bool), try trial.draw(.bool))
        let isLong = try trial.draw(.bool)
        guard let tenor = Period(months, .month) else { return }
        let rule = Schedule.Rule(
            effective: try effective.date(),
            termination: try termination.date(),
            tenor: tenor,
            direction: isBackward ? .backward : .forward,
            endOfMonth: keeps,
            stub: isLong ? .long : .short
        )
        let (near, far) = isBackward ? (termination, effective) : (effective, termination)
        func isBeyond(_ date: HandDate) -> Bool { isBackward ? date < far : date > far }
        var list = [near]
        var step = 1
        while true {
            let date = near.adding(months: (isBackward ? -step : step) * months, endOfMonth: keeps)
            if isBeyond(date) { break }
            list.append(date)
            step += 1
        }
        let isStub = list.last != far
        if isStub {
            if isLong, list.count > 1 { list.removeLast() }
            list.append(far)
        }
        trial.label("stub", when: isStub)
        trial.label("end of month", when: keeps && near.isEndOfMonth)
        trial.label("backward", when: isBackward)
        let wanted = list.sorted()
        let found = try Schedule(rule).dates.map { HandDate($0) }
        try trial.require(found == wanted, "a schedule \(rule) is \(found), by hand \(wanted)")
    }
}
