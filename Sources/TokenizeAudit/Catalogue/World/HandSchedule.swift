import Tokenize

/// A schedule as CNV-040 to CNV-047 build it (Specs/09, 9.5), step by step on a list.
struct HandSchedule: Sendable, CustomStringConvertible {
    let effective: HandDate
    let termination: HandDate
    let (count, unit): (Int, Period.Unit)
    let isBackward: Bool
    let keeps: Bool
    let isLong: Bool
    let first: HandDate?
    let nextToLast: HandDate?
    let calendar: HandCalendar
    let (convention, lastConvention): (BusinessDayConvention, BusinessDayConvention)

    private(set) var dates: [HandDate] = []
    private(set) var isRegular: [Bool] = []

    /// A schedule of up to two years within a drawn calendar, a month from its ends: no unknown day is asked for.
    init(_ trial: inout Trial) throws {
        calendar = try HandCalendar(&trial, months: 26...30)
        var effective = calendar.first.adding(months: 1)
        for _ in 0..<(try trial.number(0...20)) { effective = effective.next(1) }
        if try trial.number(0...3) == 0 { effective = effective.endOfMonth }
        let units: [(Int, Period.Unit)] = [
            (1, .month), (3, .month), (2, .month), (6, .month), (1, .year), (2, .week), (5, .week), (10, .day),
        ]
        let tenor = try trial.draw(.element(of: units))
        (count, unit) = tenor
        var termination = effective.adding(months: try trial.number(2...18))
        for _ in 0..<(try trial.number(0...3)) { termination = termination.next(1) }
        if try trial.number(0...3) == 0 { termination = termination.endOfMonth }
        self.effective = effective
        self.termination = termination
        isBackward = try trial.draw(.bool)
        keeps = try trial.draw(.bool)
        isLong = try trial.draw(.bool)
        let early = try Self.stated(&trial, from: effective, to: termination, isEarly: true)
        let late = try Self.stated(&trial, from: effective, to: termination, isEarly: false)
        let least = early ?? effective
        first = early
        nextToLast = late.flatMap { $0 < least ? nil : $0 }
        convention = try trial.draw(.element(of: BusinessDayConvention.allCases))
        lastConvention = try trial.draw(.element(of: BusinessDayConvention.allCases))
        build()
    }

    /// A stated date, if there is one: near one end, and now and then that end itself.
    private static func stated(
        _ trial: inout Trial,
        from start: HandDate,
        to end: HandDate,
        isEarly: Bool
    ) throws -> HandDate? {
        guard try trial.number(0...2) == 0 else { return nil }
        let months = try trial.number(0...4)
        var date = isEarly ? start.adding(months: months) : end.adding(months: -months)
        for _ in 0..<(try trial.number(0...2)) { date = date.next(isEarly ? 1 : -1) }
        return start <= date && date <= end ? date : nil
    }

    var description: String {
        let stated = "first \(first.map { "\($0)" } ?? "-"), next to last \(nextToLast.map { "\($0)" } ?? "-")"
        let ends = "\(effective) to \(termination), \(isBackward ? "back" : "forth") by \(count) \(unit)"
        return "\(ends), \(stated), keeps \(keeps), long \(isLong), \(convention), \(lastConvention)"
    }

    /// The engine's rule that says the same.
    func rule() throws -> Schedule.Rule {
        guard let tenor = Period(count, unit) else { throw AuditFailure(reason: "a tenor is malformed") }
        return Schedule.Rule(
            effective: try effective.date(),
            termination: try termination.date(),
            tenor: tenor,
            direction: isBackward ? .backward : .forward,
            endOfMonth: keeps,
            calendar: try calendar.calendar(),
            convention: convention,
            terminationConvention: lastConvention,
            firstDate: try first?.date(),
            nextToLastDate: try nextToLast?.date(),
            stub: isLong ? .long : .short
        )
    }

    // MARK: The steps

    /// True if ends of months are kept at all: days and weeks have none.
    private var keepsEnds: Bool { keeps && (unit == .month || unit == .year) }

    /// So many tenors from a date, forward or backward as the schedule goes (CNV-041).
    private func date(_ start: HandDate, _ steps: Int) -> HandDate {
        let signed = isBackward ? -steps * count : steps * count
        switch unit {
        case .month: return start.adding(months: signed, endOfMonth: keeps)
        case .year: return start.adding(months: 12 * signed, endOfMonth: keeps)
        default:
            var date = start
            for _ in 0..<abs(unit == .week ? 7 * signed : signed) { date = date.next(signed.signum()) }
            return date
        }
    }

    private func adjusted(_ date: HandDate, _ convention: BusinessDayConvention) -> HandDate {
        calendar.adjusted(date, convention) ?? date
    }

    private mutating func build() {
        let stated = (first == effective ? nil : first, nextToLast == termination ? nil : nextToLast)
        let (near, far) = isBackward ? (termination, effective) : (effective, termination)
        let (nearStated, farStated) = isBackward ? (stated.1, stated.0) : (stated.0, stated.1)
        var (list, regular) = ([near], [Bool]())
        if let nearStated {
            list.append(nearStated)
            regular.append(nearStated == date(near, 1))
        }
        let seed = nearStated ?? near
        let seedPlace = list.count
        // CNV-043 and CNV-044.
        let stop = farStated ?? far
        var step = 1
        while true {
            let next = date(seed, step)
            if isBackward ? next < stop : next > stop { break }
            if adjusted(next, convention) != adjusted(list[list.count - 1], convention) {
                list.append(next)
                regular.append(true)
            }
            step += 1
        }
        if let farStated, adjusted(farStated, convention) != adjusted(list[list.count - 1], convention) {
            regular.append(farStated == date(list[list.count - 1], 1))
            list.append(farStated)
        }
        // CNV-045.
        let farConvention = isBackward ? convention : lastConvention
        if adjusted(far, farConvention) != adjusted(list[list.count - 1], farConvention) {
            if isLong, farStated == nil, list.count > seedPlace {
                list.removeLast()
                regular.removeLast()
            }
            regular.append(isBackward && far == date(list[list.count - 1], 1))
            list.append(far)
        }
        dates = isBackward ? list.reversed() : list
        isRegular = isBackward ? regular.reversed() : regular
        adjust(seed)
        join()
    }

    /// CNV-046.
    private mutating func adjust(_ seed: HandDate) {
        let lastOpen = adjusted(seed.endOfMonth, .preceding)
        let movesToEnds = keepsEnds && seed >= lastOpen
        for index in dates.indices {
            let isInner = index > 0 && index < dates.count - 1
            let date = movesToEnds && isInner ? dates[index].endOfMonth : dates[index]
            dates[index] = adjusted(date, index == dates.count - 1 ? lastConvention : convention)
        }
    }

    /// CNV-047.
    private mutating func join() {
        while dates.count > 2, dates[dates.count - 2] >= dates[dates.count - 1] {
            let isSame = dates[dates.count - 2] == dates[dates.count - 1]
            dates.remove(at: dates.count - 2)
            isRegular.removeLast()
            isRegular[isRegular.count - 1] = isSame
        }
        while dates.count > 2, dates[1] <= dates[0] {
            let isSame = dates[1] == dates[0]
            dates.remove(at: 1)
            isRegular.removeFirst()
            isRegular[0] = isSame
        }
        var index = 1
        while index + 2 < dates.count {
            if dates[index + 1] <= dates[index] {
                let areBoth = isRegular[index - 1] && isRegular[index]
                dates.remove(at: index + 1)
                isRegular.remove(at: index)
                isRegular[index - 1] = areBoth
            } else {
                index += 1
            }
        }
    }
}
