import Tokenize

extension ConventionProperties {
    /// Schedules of any kind, and what their periods are measured by (CNV-033, CNV-040 to CNV-047).
    static func scheduleOfAnyKind(_ trial: inout Trial) throws {
        let hand = try HandSchedule(&trial)
        let rule = try hand.rule()
        let found = try Schedule(rule)
        let dates = found.dates.map { HandDate($0) }
        try trial.require(dates == hand.dates, "\(hand) is \(dates), by hand \(hand.dates)")
        try trial.require(
            found.isRegular == hand.isRegular,
            "\(hand): of \(dates) regular \(found.isRegular), by hand \(hand.isRegular)"
        )
        trial.label("stated date", when: hand.first != nil || hand.nextToLast != nil)
        trial.label("adjusted schedule", when: hand.convention != .unadjusted && dates.count > 2)
        trial.label("irregular within", when: hand.isRegular.dropFirst().dropLast().contains(false))
        guard hand.unit == .month || hand.unit == .year, dates.count > 1 else { return }
        let months = hand.unit == .year ? 12 * hand.count : hand.count
        // One regular period in the middle, and all that are not.
        for index in 0..<dates.count - 1 where !hand.isRegular[index] || index == dates.count / 2 {
            try periodFraction(dates, index, hand.isRegular[index], months: months, hand, rule.tenor, trial)
        }
        trial.label("period fraction")
    }

    /// Act/Act ICMA of one period, by the reference period that CNV-033 gives it.
    private static func periodFraction(
        _ dates: [HandDate],
        _ index: Int,
        _ isRegular: Bool,
        months: Int,
        _ hand: HandSchedule,
        _ tenor: Period,
        _ trial: Trial
    ) throws {
        let (start, end) = (dates[index], dates[index + 1])
        var (opens, closes) = (start, end)
        if !isRegular, index == 0 { opens = end.adding(months: -months, endOfMonth: hand.keeps) }
        if !isRegular, index > 0 { closes = start.adding(months: months, endOfMonth: hand.keeps) }
        let context = try DayCount.Context(
            period: try start.date(),
            to: try end.date(),
            isRegular: isRegular,
            isFirst: index == 0,
            tenor: tenor,
            endOfMonth: hand.keeps,
            calendar: .everyDay,
            terminationDate: try hand.termination.date()
        )
        let found = try DayCount.actualActualICMA.yearFraction(from: try start.date(), to: try end.date(), context)
        let wanted = quasiFraction(start, end, opens, closes, frequency: 12 / months, keeps: hand.keeps)
        let expected = try Ratio(numerator: wanted.numerator, denominator: wanted.denominator)
        try trial.require(found == expected, "\(hand): \(start) to \(end) is \(found), by hand \(expected)")
    }

    /// The sum over quasi-coupon periods (CNV-032): of days in each, over the coupons a year times its days.
    static func quasiFraction(
        _ from: HandDate,
        _ to: HandDate,
        _ start: HandDate,
        _ end: HandDate,
        frequency: Int,
        keeps: Bool
    ) -> HandFraction {
        let months = 12 / frequency
        func boundary(_ index: Int) -> HandDate {
            switch index {
            case 0: start
            case 1: end
            case ..<0: end.adding(months: (index - 1) * months, endOfMonth: keeps)
            default: start.adding(months: index * months, endOfMonth: keeps)
            }
        }
        return (-24...24).reduce(HandFraction.zero) { sum, index in
            let (opens, closes) = (boundary(index).number, boundary(index + 1).number)
            let days = max(0, min(to.number, closes) - max(from.number, opens))
            return days == 0 ? sum : sum + HandFraction(Int128(days), over: Int128(frequency * (closes - opens)))
        }
    }

    // MARK: Calendars

    /// Advancing by periods (CNV-022, CNV-023), and counting with either end in or out (CNV-024).
    static func periodsOfCalendar(_ trial: inout Trial) throws {
        let calendar = try HandCalendar(&trial, months: 8...12)
        let known = try calendar.calendar()
        for _ in 0..<4 {
            let day = try calendar.draw(&trial)
            let convention = try trial.draw(.element(of: BusinessDayConvention.allCases))
            let keeps = try trial.draw(.bool)
            let unit = try trial.draw(.element(of: [Period.Unit.month, .year, .week, .day, .businessDay]))
            let count = try trial.number(unit == .year ? -1...1 : -6...6)
            guard let period = Period(count, unit) else { continue }
            let wanted = calendar.advanced(day, count, unit, convention, keeps: keeps)
            let found = try? HandDate(
                known.advance(try day.date(), by: period, convention: convention, endOfMonth: keeps)
            )
            trial.label("advanced by months", when: wanted != nil && unit == .month)
            let text = "\(period), \(convention), keeps \(keeps)"
            try trial.require(found == wanted, "\(day) and \(text) is \(self.text(found)), not \(self.text(wanted))")
            let (start, end) = (try calendar.draw(&trial), try calendar.draw(&trial))
            for (isStartIn, isEndIn) in [(true, true), (true, false), (false, true), (false, false)] {
                let open = calendar.count(from: start, to: end, isStartIn: isStartIn, isEndIn: isEndIn)
                let counted = try? known.businessDayCount(
                    from: try start.date(),
                    to: try end.date(),
                    includingStart: isStartIn,
                    includingEnd: isEndIn
                )
                try trial.require(
                    counted == open,
                    "\(self.text(counted)) days from \(start) (\(isStartIn)) to \(end) (\(isEndIn)), not \(self.text(open))"
                )
            }
        }
        try requireData(of: calendar, &trial)
    }

    /// A calendar with its data out of order is none (9.2); digests are those of the encoding.
    private static func requireData(of calendar: HandCalendar, _ trial: inout Trial) throws {
        let known = try calendar.calendar()
        let encoding = ModelCode.array([
            ModelCode.text(known.name), ModelCode.number(UInt64(known.version)), ModelCode.date(known.firstDay),
            ModelCode.date(known.lastDay), ModelCode.number(calendar.weekend.reduce(0) { $0 | UInt64(1 << $1) }),
            longArray(try calendar.holidays.sorted().map { ModelCode.date(try $0.date()) }),
        ])
        let digest = ModelHash.tagged("Tokenize/calendar", encoding)
        try trial.require(known.canonicalBytes == encoding && known.digest == digest, "a calendar is written otherwise")
        let digests = [
            (BusinessCalendar.everyDay, "468f76d4e70aef4ed16198ebc81e17d8242ae8b0ad4fd856eab72959ca90a753"),
            (BusinessCalendar.mondayToFriday, "f1871d0d5d2ff93c7a1be123b6e7ed2ea3eb7961976cf264792c5fe1f1102eb8"),
        ]
        for (one, digest) in digests {
            try trial.require(one.digest.bytes.hexadecimal == digest, "the digest of \(one.name) is \(one.digest)")
        }
        var days = calendar.holidays.sorted()
        guard days.count > 1 else { return }
        let index = try trial.number(0...days.count - 2)
        switch try trial.number(0...3) {
        case 0: days.swapAt(index, index + 1)
        case 1: days.insert(days[index], at: index)
        case 2: days.insert(calendar.first.next(-1), at: 0)
        default: days.append(calendar.last.next(1))
        }
        let made = try? BusinessCalendar(
            name: known.name,
            version: known.version,
            firstDay: known.firstDay,
            lastDay: known.lastDay,
            weekend: known.weekend,
            holidays: try days.map { try $0.date() }
        )
        try trial.require(made == nil, "a calendar has the holidays \(days)")
        trial.label("holidays out of order")
    }

    /// A list of any length.
    private static func longArray(_ items: [[UInt8]]) -> [UInt8] {
        var head = ModelHash.number(UInt64(items.count))
        head[0] |= 0x80
        return head + items.joined()
    }
}

extension HandCalendar {
    /// A period later, or earlier (CNV-021 to CNV-023).
    func advanced(
        _ date: HandDate,
        _ count: Int,
        _ unit: Period.Unit,
        _ convention: BusinessDayConvention,
        keeps: Bool
    ) -> HandDate? {
        var end = date
        switch unit {
        case .businessDay: return advanced(date, count)
        case .day, .week:
            for _ in 0..<abs(unit == .week ? 7 * count : count) { end = end.next(count.signum()) }
            return adjusted(end, convention)
        case .month, .year: end = date.adding(months: unit == .year ? 12 * count : count)
        }
        if !keeps || count == 0 { return adjusted(end, convention) }
        if convention == .unadjusted { return date.isEndOfMonth ? end.endOfMonth : end }
        guard let lastOpen = adjusted(date.endOfMonth, .preceding) else { return nil }
        return date >= lastOpen ? adjusted(end.endOfMonth, .preceding) : adjusted(end, convention)
    }

    /// Open days between two days in either order, the days themselves as asked (CNV-024).
    func count(from start: HandDate, to end: HandDate, isStartIn: Bool, isEndIn: Bool) -> Int? {
        guard isOpen(start) != nil, isOpen(end) != nil else { return nil }
        let (early, late) = (min(start, end), max(start, end))
        var (count, day) = (0, early)
        while day <= late {
            let isIn = (day != start || isStartIn) && (day != end || isEndIn)
            if isIn, isOpen(day) == true { count += 1 }
            day = day.next(1)
        }
        return start <= end ? count : -count
    }
}
