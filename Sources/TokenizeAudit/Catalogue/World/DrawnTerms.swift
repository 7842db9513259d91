import Tokenize

/// Terms of a bond in plain numbers, of every shape that chapter 12 has: rates in parts of a thousand, prices in parts
/// of ten thousand.
struct DrawnTerms: Sendable {
    enum Interest: Hashable, Sendable {
        case none
        case fixed(Int128)
        /// A rate for each period.
        case stepped([Int128])
        /// With a margin; fixed so many business days before a period begins, or before it ends.
        case floating(inAdvance: Bool, lag: Int)
    }

    enum Repayment: Hashable, Sendable {
        case bullet
        /// From the end of the period of this place on.
        case linear(Int)
        case level(Int)
        /// Parts of a hundred by place of the period.
        case instalments([Int: Int128])
        case perpetual
    }

    /// Days before or after another one: business days, or all days and a convention.
    struct Offset: Hashable, Sendable {
        let count: Int
        let convention: BusinessDayConvention?
    }

    struct Index: Hashable, Sendable {
        let lag: Int
        let isDaily: Bool
        let decimals: Int
        let rounding: Rounding
        let floor: BondIndexation.Floor
        /// Values in tenths, from 14 months before the start; a gap stands for one that never came.
        let values: [Int128?]
    }

    let calendar: HandCalendar
    /// The same, as the engine knows it.
    let known: BusinessCalendar
    let periods: HandPeriods
    let interest: Interest
    let repayment: Repayment
    let dayCount: DayCount
    let conventions: (payment: BusinessDayConvention, accrual: BusinessDayConvention)
    let issue: HandDate
    /// The last day that is wanted of a bond without end.
    let horizon: HandDate?
    let (record, ex): (Offset, Offset?)
    /// Decimals of a unit's amount and how it is rounded; nil for not at all.
    let unit: (decimals: Int, rounding: Rounding)?
    let total: Rounding
    let price: Int128
    let (callPrice, putPrice): (Int128, Int128)
    /// Places of periods at whose ends there is a call, of a part of a hundred, and a put.
    let call: (place: Int, part: Int128)?
    let put: Int?
    /// The place of the last period whose interest is added to the principal.
    let capitalisesThrough: Int?
    let index: Index?
    let income: TaxRule.Income
    let (interestGrace, principalGrace): (Offset, Offset)
    let penaltyCount: DayCount

    static let face: Int128 = 1_000_003
    static let (margin, reference, indexName): (Int128, String, String) = (4, "REF", "CPI")
    /// In tenths.
    static let base: Int128 = 1_013
    static let monthsBack = 14

    /// Ends of periods.
    var ends: [HandDate] { periods.dates.dropFirst().map { $0 } }
    var hasPeriods: Bool { interest != .none || ![.bullet, .perpetual].contains(repayment) }

    /// - Parameter isOnLedger: for terms of days that a ledger knows, which nobody has to observe.
    init(isOnLedger: Bool, _ trial: inout Trial) throws {
        calendar = isOnLedger ? .mondayToFriday : try HandCalendar(years: 2022...2033, &trial)
        known = isOnLedger ? .mondayToFriday : try calendar.calendar()
        let isPerpetual = try trial.number(0...(isOnLedger ? 2 : 9)) == 0
        let periods = try HandPeriods(
            isPerpetual: isPerpetual,
            year: isOnLedger && trial.draw(.bool) ? 2025 : 2024,
            &trial
        )
        self.periods = periods
        let count = periods.dates.count - 1
        horizon = isPerpetual ? periods.dates.last : nil
        let first = max(count - 3, 0)
        var repayment = isPerpetual ? Repayment.perpetual : .bullet
        if !isPerpetual, count > 1 {
            switch try trial.number(0...6) {
            case 0: repayment = .linear(try trial.number(0...(count - 1)))
            case 1, 2: repayment = .level(try trial.number(first...(count - 1)))
            case 3: repayment = .instalments([0: 35, count - 1: 65])
            default: break
            }
        }
        self.repayment = repayment
        interest = try Self.interest(repayment, count, isPerpetual, isOnLedger, &trial)
        var isLevel = false
        if case .level = repayment { isLevel = true }
        // Coupons must divide a year, and be there, for a day count by coupons.
        let isByCoupons = 12 % periods.months == 0 && interest != .none
        let counts = HandYearFraction.counts.filter { $0 != .actualActualICMA || isByCoupons }
        dayCount = isLevel ? .thirtyE360 : try trial.draw(.element(of: counts))
        let conventions = BusinessDayConvention.allCases
        self.conventions = (
            try trial.draw(.element(of: conventions)), try trial.draw(.element(of: [.unadjusted] + conventions))
        )
        // Interest may begin to run before the issue, and all of it is sold before the first end.
        let lead = try trial.number(0...3) == 0 ? try trial.number(1...20) : 0
        var issue = periods.dates[0]
        for _ in 0..<lead where issue.next(1) < periods.dates[1] { issue = issue.next(1) }
        self.issue = issue
        // Some record days lie before the issue, and then there is no ex day.
        let isFar = try trial.number(0...5) == 0
        record = try Self.offset(isFar ? 20...60 : 0...6, &trial)
        // On a ledger a bond without end has many more days than are drawn, of which one could be too late.
        ex = try isFar || isOnLedger && isPerpetual || trial.draw(.bool) ? nil : try Self.offset(0...7, &trial)
        let canCapitalise = repayment == .bullet && count > 2 && interest != .none
        let capitalises = try canCapitalise && trial.number(0...1) == 0
        capitalisesThrough = capitalises ? try trial.number(0...(count - 1)) : nil
        let isExact = try !isLevel && !capitalises && trial.draw(.bool)
        unit = isExact ? nil : (try trial.number(0...2), try trial.draw(.element(of: Rounding.allCases)))
        total = try trial.draw(.element(of: Rounding.allCases))
        price = try trial.draw(.element(of: [10_000, 10_250, 9_950]))
        (callPrice, putPrice) = (try trial.draw(.element(of: [10_150, 10_000])), 9_875)
        let hasOptions = interest != .none && count > 1 && !isOnLedger
        let hundredths = try trial.draw(.element(of: [25, 50, 100] as [Int128]))
        let calls = try hasOptions && trial.number(0...2) == 0
        call = calls ? (try trial.number(0...(count - 2)), hundredths) : nil
        let puts = try hasOptions && trial.number(0...2) == 0
        put = puts ? try trial.number(0...(count - 2)) : nil
        // Under an index level payments are exact, and their fractions grow from period to period.
        var isShort = true
        if case .level(let place) = repayment { isShort = place >= count - 2 }
        let isIndexed = try isShort && !capitalises && !isOnLedger && trial.number(0...2) == 0
        index = isIndexed ? try Self.index(&trial) : nil
        income = try trial.draw(.element(of: [.all, [], .coupon, .premium, .indexation, .capitalised]))
        (interestGrace, principalGrace) = (try Self.offset(0...9, &trial), try Self.offset(0...9, &trial))
        penaltyCount = try trial.draw(.element(of: HandYearFraction.counts.filter { $0 != .actualActualICMA }))
    }

    private static func interest(
        _ repayment: Repayment,
        _ count: Int,
        _ isPerpetual: Bool,
        _ isOnLedger: Bool,
        _ trial: inout Trial
    ) throws -> Interest {
        let rate = Int128(try trial.number(1...160))
        if case .level = repayment { return .fixed(rate) }
        switch try trial.number(0...4) {
        case 0 where !isPerpetual: return .none
        case 1: return .stepped(try (0..<count).map { _ in Int128(try trial.number(0...160)) })
        case 2 where !isOnLedger: return .floating(inAdvance: try trial.draw(.bool), lag: try trial.number(0...4))
        default: return .fixed(rate)
        }
    }

    private static func offset(_ range: ClosedRange<Int>, _ trial: inout Trial) throws -> Offset {
        let conventions: [BusinessDayConvention?] = [nil, nil] + BusinessDayConvention.allCases
        return Offset(count: try trial.number(range), convention: try trial.draw(.element(of: conventions)))
    }

    private static func index(_ trial: inout Trial) throws -> Index {
        let count = monthsBack + 130
        return Index(
            lag: try trial.number(0...4),
            isDaily: try trial.draw(.bool),
            decimals: try trial.number(1...5),
            rounding: try trial.draw(.element(of: Rounding.allCases)),
            floor: try trial.draw(.element(of: BondIndexation.Floor.allCases)),
            values: try (0..<count).map { place in
                try trial.number(0...7) == 0 ? nil : base + Int128(place / 4) + Int128(try trial.number(-40...30))
            }
        )
    }
}

/// Beginnings and ends of periods (section 9.5, not adjusted), and how they were counted.
struct HandPeriods: Sendable {
    let months: Int
    let isBackward: Bool
    let endOfMonth: Bool
    let isLong: Bool
    let (firstEnd, lastStart): (HandDate?, HandDate?)
    let dates: [HandDate]
    /// Of each period.
    let isRegular: [Bool]

    init(isPerpetual: Bool, year: Int, _ trial: inout Trial) throws {
        months = try trial.draw(.element(of: [1, 3, 6, 12, 2, 5]))
        isBackward = try !isPerpetual && trial.draw(.bool)
        endOfMonth = try trial.draw(.bool)
        isLong = try trial.draw(.bool)
        var start = HandDate(year: year, month: try trial.number(6...12), day: try trial.number(1...28))
        if try trial.draw(.bool) { start = start.endOfMonth }
        let count = try trial.number(1...(months > 6 ? 4 : 6))
        var end = start.adding(months: count * months, endOfMonth: endOfMonth)
        // A rest, at the far end.
        if try !isPerpetual && trial.number(0...2) == 0 {
            for _ in 0..<(try trial.number(1...40)) { end = end.next(1) }
        }
        var (firstEnd, lastStart): (HandDate?, HandDate?)
        if try !isPerpetual && !endOfMonth && count > 2 && trial.number(0...3) == 0 {
            // A period of another length that is stated, at one end.
            let days = try trial.number(1...25)
            if try trial.draw(.bool) {
                firstEnd = start.adding(months: months)
                for _ in 0..<days { firstEnd = firstEnd?.next(1) }
            } else {
                lastStart = end.adding(months: -months)
                for _ in 0..<days { lastStart = lastStart?.next(-1) }
            }
        }
        (self.firstEnd, self.lastStart) = (firstEnd, lastStart)
        let list = Self.count(
            (start, end),
            stated: (firstEnd, lastStart),
            step: isBackward ? -months : months,
            (endOfMonth, isLong)
        )
        (dates, isRegular) = (list.dates, list.isRegular)
    }

    /// CNV-041 to CNV-045.
    private static func count(
        _ ends: (HandDate, HandDate),
        stated: (HandDate?, HandDate?),
        step: Int,
        _ rule: (endOfMonth: Bool, isLong: Bool)
    ) -> (dates: [HandDate], isRegular: [Bool]) {
        let isBackward = step < 0
        let (near, far) = isBackward ? (ends.1, ends.0) : ends
        let (nearStated, farStated) = isBackward ? (stated.1, stated.0) : stated
        func date(_ seed: HandDate, _ count: Int) -> HandDate {
            seed.adding(months: count * step, endOfMonth: rule.endOfMonth)
        }
        var (dates, isRegular): ([HandDate], [Bool]) = ([near], [])
        var seed = near
        if let nearStated {
            isRegular.append(date(near, 1) == nearStated)
            dates.append(nearStated)
            seed = nearStated
        }
        let (stop, seedCount) = (farStated ?? far, dates.count)
        var count = 1
        while isBackward ? date(seed, count) >= stop : date(seed, count) <= stop {
            dates.append(date(seed, count))
            isRegular.append(true)
            count += 1
        }
        if let farStated, dates.last != farStated {
            isRegular.append(dates.last.map { date($0, 1) == farStated } ?? false)
            dates.append(farStated)
        }
        if dates.last != far {
            if rule.isLong, farStated == nil, dates.count > seedCount {
                dates.removeLast()
                isRegular.removeLast()
            }
            isRegular.append(isBackward && dates.last.map { date($0, 1) == far } ?? false)
            dates.append(far)
        }
        return isBackward ? (dates.reversed(), isRegular.reversed()) : (dates, isRegular)
    }
}
