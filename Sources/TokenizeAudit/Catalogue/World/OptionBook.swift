import Tokenize

/// What a bookkeeper writes down of a bond of ``OptionPlan``: what was reported, called, put, recorded and paid.
struct OptionBook: Sendable {
    /// What falls due, by the days and amounts of one unit that follow from the book.
    struct Due: Sendable {
        let id: BondDue.ID
        let record: CalendarDate
        let payment: CalendarDate
        /// Of one unit; nil as long as a rate is not known.
        let amount: HandFraction?
        /// The principal of a unit afterwards.
        let left: HandFraction

        var isPut: Bool { id.kind == .put }
        var isCoupon: Bool { id.kind == .coupon }
        /// True for principal that holders of record are paid.
        var isPrincipal: Bool { !isPut && !isCoupon }
    }

    /// Who held on a record date, and the units of each on which principal is owed.
    struct Point: Sendable {
        let units: [Int: UInt128]
        var principal: [Int: UInt128]
    }

    let plan: OptionPlan
    var today: CalendarDate
    /// Units by place in the cast.
    var held: [Int: UInt128] = [:]
    /// Values in parts of a million, by name and day.
    var reported: [String: [CalendarDate: Int128]] = [:]
    var closed: CalendarDate?
    /// Parts of a hundred that were called, by day.
    var calls: [CalendarDate: Int128] = [:]
    /// Units that were put, by day and place in the cast; 0 once they are paid.
    var puts: [CalendarDate: [Int: UInt128]] = [:]
    /// Units that holders have pledged through a day.
    var pledges: [(member: Int, units: UInt128, lastDate: CalendarDate)] = []
    var acceleration: CalendarDate?
    var points: [CalendarDate: Point] = [:]
    var paid: Set<BondDue.ID> = []
    var defaults: Set<BondDue.ID> = []
    var isClosed = false

    init(_ plan: OptionPlan, on day: CalendarDate) {
        self.plan = plan
        today = day
    }

    /// Units of a holder that are blocked: put and not paid, or pledged.
    func blocked(_ member: Int) -> UInt128 {
        let pledged = pledges.reduce(0) { $0 + ($1.member == member && $1.lastDate >= today ? $1.units : 0) }
        return puts.values.reduce(pledged) { $0 + ($1[member] ?? 0) }
    }

    // MARK: Days

    /// The day so many days from Monday to Friday away; for 0 the day itself.
    static func moved(_ date: CalendarDate, _ count: Int) -> CalendarDate {
        var (day, left) = (date, abs(count))
        while left > 0 {
            day = day.adding(days: count.signum()) ?? day
            if day.weekday <= 5 { left -= 1 }
        }
        return day
    }

    /// The day itself, or the first from Monday to Friday before it or after it.
    static func open(_ date: CalendarDate, _ step: Int) -> CalendarDate {
        var day = date
        while day.weekday > 5 { day = day.adding(days: step) ?? day }
        return day
    }

    /// So many business days before a day; for 0 the last one on or before it.
    private static func before(_ date: CalendarDate, _ count: Int) -> CalendarDate {
        count == 0 ? open(date, -1) : moved(date, -count)
    }

    func payment(_ day: CalendarDate) -> CalendarDate { Self.open(day, 1) }

    func record(_ day: CalendarDate) -> CalendarDate { Self.moved(payment(day), -OptionPlan.recordDays) }

    /// The day on which the rate of a period is observed, if it is.
    func fixing(_ index: Int) -> CalendarDate? {
        guard case .floating(let inAdvance, let lag, _) = plan.interest else { return nil }
        return Self.before(plan.days[inAdvance ? index : index + 1], lag)
    }

    /// The last day of notice, or nil where there is no option.
    func lastNotice(_ option: OptionPlan.Option, on date: CalendarDate) -> CalendarDate? {
        guard let place = plan.days.firstIndex(of: date), place > option.first, place < plan.days.count - 1 else {
            return nil
        }
        guard option.continues || place == option.first + 1 else { return nil }
        return Self.before(date, option.notice)
    }

    /// The first day on which a due is in default if it is still unpaid.
    static func defaultDate(_ due: Due) -> CalendarDate {
        let grace = moved(due.payment, OptionPlan.graceDays)
        return grace.adding(days: 1) ?? grace
    }

    // MARK: Amounts

    /// The rate of a period in parts of a million; nil as long as it can still be reported.
    func rate(_ index: Int) -> Int128? {
        switch plan.interest {
        case .stepped(let rates): return rates[index]
        case .floating(_, _, let cap):
            guard let day = fixing(index), let found = fixed(day) else { return nil }
            return max(OptionPlan.floor, min(found, cap ?? found))
        }
    }

    private func fixed(_ day: CalendarDate) -> Int128? {
        let margin = OptionPlan.margin
        let values = reported[OptionPlan.reference] ?? [:]
        if let value = values[day] { return value + margin }
        guard let closed, closed >= day else { return nil }
        if let value = reported[OptionPlan.other]?[day] { return value + OptionPlan.spread + margin }
        if let latest = values.keys.filter({ $0 < day }).max(), let value = values[latest],
            LedgerModel.days(from: latest, to: day) <= OptionPlan.previousDays
        {
            return value + margin
        }
        return OptionPlan.lastRate
    }

    private func rounded(_ amount: HandFraction) -> HandFraction { plan.isRounded ? amount.cents : amount }

    /// Interest of a principal from the beginning of a period to a day.
    private func interest(_ principal: HandFraction, _ index: Int, to day: CalendarDate) -> HandFraction? {
        let days = max(0, LedgerModel.days(from: plan.days[index], to: min(day, plan.days[index + 1])))
        return rate(index).map { principal.times($0 * Int128(days), over: 365 * 1_000_000) }
    }

    /// What is repaid at the end of a period, of so much.
    private func part(_ outstanding: HandFraction, _ index: Int) -> HandFraction? {
        let count = plan.days.count - 1
        if index == count - 1 { return outstanding }
        switch plan.repayment {
        case .bullet: return nil
        case .linear(let first): return index < first ? nil : rounded(outstanding.times(1, over: Int128(count - index)))
        case .instalments(let parts):
            let rest = parts.filter { $0.key >= index }.values.reduce(0, +)
            return parts[index].map { rounded(outstanding.times($0, over: rest)) }
        }
    }

    /// Periods and dues of the terms, without acceleration: as far as there is principal.
    func termDues() -> (periods: Int, dues: [Due]) {
        var (dues, outstanding): ([Due], HandFraction) = ([], HandFraction(OptionPlan.face))
        var count = 0
        func add(_ kind: BondDue.Kind, _ day: CalendarDate, _ amount: HandFraction?) {
            dues.append(
                Due(
                    id: BondDue.ID(kind, day),
                    record: record(day),
                    payment: payment(day),
                    amount: amount.map { rounded($0) },
                    left: outstanding
                )
            )
        }
        for index in 0..<plan.days.count - 1 {
            guard !outstanding.isZero else { break }
            count += 1
            let end = plan.days[index + 1]
            add(.coupon, end, interest(outstanding, index, to: end))
            if let part = part(outstanding, index) {
                outstanding = outstanding - part
                let kind: BondDue.Kind = index == plan.days.count - 2 ? .redemption : .amortisation
                add(kind, end, part.times(plan.redemptionPrice, over: 10_000))
            }
            if let hundredths = calls[end], !outstanding.isZero {
                let part = outstanding.times(hundredths, over: 100)
                outstanding = outstanding - part
                add(.call, end, part.times(plan.call.price, over: 10_000))
            }
            if puts[end] != nil, !outstanding.isZero {
                add(.put, end, outstanding.times(plan.put.price, over: 10_000))
            }
        }
        return (count, dues)
    }

    /// Ends of the periods in which there is principal.
    var ends: [CalendarDate] { Array(plan.days.dropFirst().prefix(termDues().periods)) }

    /// All that falls due, in order.
    var dues: [Due] {
        let (periods, all) = termDues()
        guard let day = acceleration else { return all }
        let kept = all.filter { $0.record < day }
        let left = kept.last { $0.isPrincipal }?.left ?? HandFraction(OptionPlan.face)
        var amount: HandFraction? = left
        if let index = running(periods, kept), plan.days[index] < day {
            amount = interest(left, index, to: day).map { $0 + left }
        }
        let due = Due(
            id: BondDue.ID(.acceleration, day),
            record: day,
            payment: day,
            amount: amount.map { rounded($0) },
            left: .zero
        )
        return kept + [due]
    }

    /// The first period of which no interest is kept.
    private func running(_ periods: Int, _ kept: [Due]) -> Int? {
        (0..<periods).first { index in !kept.contains { $0.id == BondDue.ID(.coupon, plan.days[index + 1]) } }
    }

    // MARK: What is owed

    /// True if the day has come on which a due can be paid.
    func isPayable(_ due: Due, on day: CalendarDate) -> Bool {
        day >= due.payment && day > due.record && (due.isPut || points[due.record] != nil)
    }

    /// Units on which a due is owed, by holder.
    func owed(_ due: Due) -> [Int: UInt128] {
        if due.isPut { return puts[due.id.date] ?? [:] }
        return (due.isCoupon ? points[due.record]?.units : points[due.record]?.principal) ?? [:]
    }

    /// The sum of a due, without interest for lateness.
    func total(_ due: Due) -> Int128? {
        due.amount.map { $0.times(Int128(owed(due).values.reduce(0, +))).halfEven }
    }

    /// Interest for lateness on a sum.
    func penalty(_ due: Due, on total: Int128) -> Int128 {
        let days = Int128(max(0, LedgerModel.days(from: due.payment, to: today)))
        return HandFraction(total * OptionPlan.penalty * days, over: 365 * 1_000_000).halfEven
    }

    /// True if a put comes before principal of record: by day and kind, and always before what is accelerated.
    private func comes(_ put: BondDue.ID, before due: Due) -> Bool {
        due.isPrincipal && (put < due.id || due.id.kind == .acceleration)
    }

    private func hasUnits(_ put: Due) -> Bool { (puts[put.id.date] ?? [:]).values.contains { $0 > 0 } }

    /// SRV-006: what must be paid before a due.
    func hasEarlier(_ due: Due) -> Bool {
        guard !due.isPut else { return false }
        let unpaid = dues.filter { $0.id != due.id && !paid.contains($0.id) && (!$0.isPut || hasUnits($0)) }
        if due.left.isZero, !unpaid.isEmpty { return true }
        return unpaid.contains { $0.isPut && comes($0.id, before: due) }
    }

    // MARK: What happens

    /// A business day is opened: records first, then defaults, acceleration, and observers who said nothing.
    mutating func open(_ next: CalendarDate) {
        for due in dues where !due.isPut && today <= due.record && due.record < next && points[due.record] == nil {
            points[due.record] = Point(units: held, principal: held)
        }
        for due in dues where !paid.contains(due.id) && isPayable(due, on: today) {
            if (total(due) ?? 0) > 0, Self.defaultDate(due) <= next { defaults.insert(due.id) }
        }
        let isInDefault = defaults.contains { !paid.contains($0) }
        if case .automatic = plan.acceleration, acceleration == nil, isInDefault { acceleration = next }
        today = next
        closeUnreported()
    }

    /// Nobody holds up a bond by silence: what was not reported by the end of a payment day never is.
    private mutating func closeUnreported() {
        let waiting = dues.filter { $0.amount == nil && !paid.contains($0.id) && $0.payment < today }
        var needed = waiting.compactMap { due in
            plan.days.dropFirst().lastIndex { $0 <= due.id.date }.flatMap { fixing($0 - 1) }
        }
        if waiting.contains(where: { $0.id.kind == .acceleration }) {
            let day = running(termDues().periods, dues).flatMap { fixing($0) }
            needed += [day].compactMap { $0 }.filter { $0 < today }
        }
        guard let last = needed.max() else { return }
        closed = max(closed ?? last, last)
    }

    /// A due is paid: what was put goes, principal on it goes, and points of which nothing is left.
    mutating func pay(_ due: Due) {
        paid.insert(due.id)
        if due.isPut {
            let units = puts[due.id.date] ?? [:]
            let all = dues
            for date in points.keys {
                let isOwed = all.contains { other in
                    other.record == date && !paid.contains(other.id) && comes(due.id, before: other)
                }
                guard isOwed else { continue }
                for (member, count) in units {
                    let before = points[date]?.principal[member] ?? 0
                    points[date]?.principal[member] = before - min(before, count)
                }
            }
            for (member, count) in units { held[member, default: 0] -= count }
            puts[due.id.date] = units.mapValues { _ in 0 }
        }
        let needed = Set(dues.filter { !$0.isPut && !paid.contains($0.id) }.map(\.record))
        points = points.filter { needed.contains($0.key) }
        guard !due.isPut, due.left.isZero else { return }
        held = [:]
        puts = puts.mapValues { $0.mapValues { _ in 0 } }
        isClosed = true
    }
}
