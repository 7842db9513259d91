extension Schedule {
    /// The dates that a rule makes (Specs/09).
    ///
    /// Every date is a seed plus or minus a number of tenors, never a date plus a tenor. The seed is the date that the
    /// direction counts from: the termination or effective date, or the stated date beside it.
    ///
    /// Throws ``ConventionFailure/scheduleDatesOutOfOrder``, ``ConventionFailure/malformedTenor``,
    /// ``ConventionFailure/scheduleTooLong``, and what the calendar throws.
    public init(_ rule: Rule) throws(ConventionFailure) {
        try rule.check()
        var line = try Line(rule)
        try line.fill()
        if rule.direction == .backward { line.reverse() }
        try line.adjust()
        line.dropCoincidingEnds()
        line.dropCoincidingInnerDates()
        dates = line.dates
        isRegular = line.isRegular
    }
}

extension Schedule.Rule {
    fileprivate func check() throws(ConventionFailure) {
        guard tenor.count > 0, tenor.unit != .businessDay else { throw .malformedTenor }
        let stated = [effective] + [firstDate, nextToLastDate].compactMap { $0 } + [termination]
        guard effective < termination, zip(stated, stated.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw .scheduleDatesOutOfOrder
        }
    }

    /// The date so many tenors from `seed`, at the end of its month if the rule keeps ends of months.
    fileprivate func date(_ seed: CalendarDate, _ count: Int) throws(ConventionFailure) -> CalendarDate {
        let date = try tenor.added(to: seed, times: count)
        return keepsEndOfMonth && seed.isEndOfMonth ? date.endOfMonth : date
    }

    fileprivate var keepsEndOfMonth: Bool { endOfMonth && tenor.months != nil }
}

/// A schedule in the making: dates in the order in which the direction counts them.
private struct Line {
    let rule: Schedule.Rule
    /// -1 for a schedule that is counted back.
    private let step: Int
    /// Where the counting begins and ends, and the stated dates beside these, if any.
    private let near: CalendarDate
    private let far: CalendarDate
    private let nearStated: CalendarDate?
    private let farStated: CalendarDate?
    private var seed: CalendarDate

    private(set) var dates: [CalendarDate]
    private(set) var isRegular: [Bool] = []

    init(_ rule: Schedule.Rule) throws(ConventionFailure) {
        self.rule = rule
        // A stated date that is the end itself states nothing.
        let first = rule.firstDate == rule.effective ? nil : rule.firstDate
        let last = rule.nextToLastDate == rule.termination ? nil : rule.nextToLastDate
        switch rule.direction {
        case .forward: (step, near, far, nearStated, farStated) = (1, rule.effective, rule.termination, first, last)
        case .backward: (step, near, far, nearStated, farStated) = (-1, rule.termination, rule.effective, last, first)
        }
        seed = near
        dates = [near]
    }

    /// Counts from the near end to the far one.
    mutating func fill() throws(ConventionFailure) {
        if let nearStated {
            isRegular.append(try rule.date(near, step) == nearStated)
            dates.append(nearStated)
            seed = nearStated
        }
        let stop = farStated ?? far
        var count = step
        while true {
            let date = try rule.date(seed, count)
            if step > 0 ? date > stop : date < stop { break }
            try append(date, isRegular: true)
            count += step
        }
        if let farStated { try append(farStated, isRegular: try isWholePeriod(to: farStated)) }
        let isStubShort = rule.stub == .short || farStated != nil
        let reachesFar = try !isApart(far, convention: farConvention)
        if !reachesFar, !isStubShort, dates.count > (nearStated == nil ? 1 : 2) {
            dates.removeLast()
            isRegular.removeLast()
        }
        if !reachesFar {
            // Counted forth, the period that the termination date cuts off is a stub whatever its length.
            let isWhole = rule.direction == .backward ? try isWholePeriod(to: far) : false
            dates.append(far)
            isRegular.append(isWhole)
        }
    }

    /// Whether `date` is one tenor from the last date, which may be clipped or stated itself.
    private func isWholePeriod(to date: CalendarDate) throws(ConventionFailure) -> Bool {
        guard let last = dates.last else { return false }
        return try rule.date(last, step) == date
    }

    /// The convention by which the far end is compared with the date before it.
    private var farConvention: BusinessDayConvention {
        rule.direction == .forward ? rule.terminationConvention : rule.convention
    }

    /// Appends a date, unless adjustment makes it the one before.
    private mutating func append(_ date: CalendarDate, isRegular regular: Bool) throws(ConventionFailure) {
        guard try isApart(date, convention: rule.convention) else { return }
        guard dates.count < Schedule.dateCountMax - 1 else { throw .scheduleTooLong }
        dates.append(date)
        isRegular.append(regular)
    }

    /// True if adjustment leaves `date` and the last date apart.
    private func isApart(
        _ date: CalendarDate,
        convention: BusinessDayConvention
    ) throws(ConventionFailure) -> Bool {
        guard let last = dates.last else { return true }
        return try rule.calendar.adjust(last, convention) != rule.calendar.adjust(date, convention)
    }

    mutating func reverse() {
        dates.reverse()
        isRegular.reverse()
    }

    /// Moves the dates, now ascending, to business days.
    mutating func adjust() throws(ConventionFailure) {
        let calendar = rule.calendar
        let toEndOfMonth = rule.keepsEndOfMonth ? try calendar.isEndOfMonth(seed) : false
        let inner = dates.count > 2 ? 1..<(dates.count - 1) : 0..<0
        for index in inner {
            let date = toEndOfMonth ? dates[index].endOfMonth : dates[index]
            dates[index] = try calendar.adjust(date, rule.convention)
        }
        dates[0] = try calendar.adjust(dates[0], rule.convention)
        let last = dates.count - 1
        dates[last] = try calendar.adjust(dates[last], rule.terminationConvention)
    }

    /// Leaves one date where adjustment moved an inner date onto an end or past it.
    mutating func dropCoincidingEnds() {
        while dates.count > 2, let last = dates.last, dates[dates.count - 2] >= last {
            let coincide = dates[dates.count - 2] == last
            dates.remove(at: dates.count - 2)
            isRegular.removeLast()
            isRegular[isRegular.count - 1] = coincide
        }
        while dates.count > 2, dates[1] <= dates[0] {
            let coincide = dates[1] == dates[0]
            dates.remove(at: 1)
            isRegular.removeFirst()
            isRegular[0] = coincide
        }
    }

    /// Leaves one date where adjustment moved a stated date and a counted one to one day.
    mutating func dropCoincidingInnerDates() {
        var index = 1
        while index + 2 < dates.count {
            guard dates[index] >= dates[index + 1] else {
                index += 1
                continue
            }
            let isWhole = isRegular[index - 1] && isRegular[index]
            dates.remove(at: index + 1)
            isRegular.remove(at: index)
            isRegular[index - 1] = isWhole
        }
    }
}
