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
        /// The part of it that is income (BND-070, BND-071).
        let taxed: HandFraction
        /// The principal of a unit afterwards.
        let left: HandFraction

        var isPut: Bool { id.kind == .put }
        var isCoupon: Bool { id.kind == .coupon }
        /// True for principal that holders of record are paid.
        var isPrincipal: Bool { !isPut && !isCoupon }
    }

    /// Who held on a record date, what weighed on it, and the units of each on which principal is owed.
    struct Point: Sendable {
        let units: [BondHolder: UInt128]
        let weights: [BondHolder: [BondWeight]]
        var principal: [BondHolder: UInt128]
    }

    /// What is set aside for somebody of one due.
    struct ClaimName: Hashable, Sendable {
        let due: BondDue.ID
        let member: Int
        let partition: Partition
    }

    /// How much it is, and what goes over to it.
    struct Claim: Sendable {
        var amount: UInt128 = 0
        var weights: [BondWeight] = []
    }

    /// How a due was paid.
    struct Record: Sendable {
        let declared: UInt128
        let penalty: UInt128
        let tax: UInt128
        let claimed: UInt128
        let date: CalendarDate
    }

    let plan: OptionPlan
    var today: CalendarDate
    var held: [BondHolder: UInt128] = [:]
    /// What weighs on each holding, in the order of the ledger's list.
    var weights: [BondHolder: [BondWeight]] = [:]
    /// The names of what blocks units that were put.
    var blocks: [CalendarDate: [BondHolder: EncumbranceID]] = [:]
    /// Values in parts of a million, by name and day.
    var reported: [String: [CalendarDate: Int128]] = [:]
    var closed: CalendarDate?
    /// Parts of a hundred that were called, by day.
    var calls: [CalendarDate: Int128] = [:]
    /// Units that were put, by day and holder; 0 once they are paid.
    var puts: [CalendarDate: [BondHolder: UInt128]] = [:]
    var acceleration: CalendarDate?
    var points: [CalendarDate: Point] = [:]
    var paid: [BondDue.ID: Record] = [:]
    var defaults: Set<BondDue.ID> = []
    var claims: [ClaimName: Claim] = [:]
    /// The last days of freezes, by place in the cast, and of pauses.
    var frozen: [Int: CalendarDate] = [:]
    var bondPause: CalendarDate?
    var cashPause: CalendarDate?
    var isClosed = false

    init(_ plan: OptionPlan, on day: CalendarDate) {
        self.plan = plan
        today = day
    }

    // MARK: Units

    func units(_ holder: BondHolder) -> UInt128 { held[holder] ?? 0 }

    /// Units of a holder that nothing covers.
    func available(_ holder: BondHolder) -> UInt128 {
        let cover = BondWeight.cover(weights[holder] ?? [], on: today)
        return units(holder) - min(units(holder), cover)
    }

    func isFrozen(_ member: Int) -> Bool { frozen[member].map { $0 >= today } ?? false }
    var isBondPaused: Bool { bondPause.map { $0 >= today } ?? false }
    var isCashPaused: Bool { cashPause.map { $0 >= today } ?? false }

    /// What a transfer or a redemption of units by their holder is refused for, after the pause and the freeze.
    func taking(_ units: UInt128, from holder: BondHolder) -> RejectionCode? {
        let held = self.units(holder)
        return units == 0
            ? .zeroUnits : units > held ? .insufficientUnits : units > available(holder) ? .unitsEncumbered : nil
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
        let grace = moved(due.payment, due.isCoupon ? OptionPlan.interestGrace : OptionPlan.principalGrace)
        return grace.adding(days: 1) ?? grace
    }
}
