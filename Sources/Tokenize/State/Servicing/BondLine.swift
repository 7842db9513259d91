/// What the ledger knows of a bond beside its terms and its holdings, and the schedule that follows from both.
///
/// The schedule is worked out when something that it depends on changes, and never for a transaction.
struct BondLine: Sendable {
    let terms: BondTerms
    let calendar: BusinessCalendar
    /// What falls due, in order, with what was observed, called, put and accelerated so far.
    private(set) var dues: [BondDue]
    private(set) var schedule: BondSchedule
    /// The business date on which the bond came onto the ledger: what was recorded before is not the ledger's to pay.
    private(set) var since: CalendarDate
    /// The last due day that the schedule goes to; nil for all of a bond with an end.
    private(set) var horizon: CalendarDate?

    /// Values that observers reported, by name and then day.
    private(set) var observations: [BondObservations.Value] = []
    /// The day through which each observer has closed, by account.
    private(set) var closings: [AccountID: CalendarDate] = [:]
    /// Calls that were made.
    private(set) var calls: [BondExercise] = []
    /// Units that were put, by day and holding.
    private(set) var puts: [PutKey: PutRecord] = [:]
    /// The day on which the whole principal became due.
    private(set) var acceleration: CalendarDate?
    /// Dues that were paid.
    private(set) var paid: [BondDue.ID: PaidDue] = [:]
    /// Dues in default, with the business day on which that became known.
    private(set) var defaults: [BondDue.ID: CalendarDate] = [:]
    /// Record dates whose points are open, ascending.
    private(set) var points: [CalendarDate] = []

    /// Days of a bond without end that are worked out beyond the business date.
    private static let horizonDays = 1_500
    private static let horizonDaysMin = 1_000

    /// A bond of which nothing has happened yet.
    init(_ terms: BondTerms, _ calendar: BusinessCalendar, on date: CalendarDate) throws(BondFailure) {
        self.terms = terms
        self.calendar = calendar
        horizon = terms.maturityDate == nil ? BondLine.horizon(on: max(date, terms.issueDate)) : nil
        since = date
        schedule = try BondSchedule(terms, calendar: calendar, through: horizon)
        dues = []
        keepDues(schedule.dues)
    }

    private mutating func keepDues(_ all: [BondDue]) { dues = all.filter { $0.recordDate >= since } }

    private static func horizon(on date: CalendarDate) -> CalendarDate {
        date.adding(days: horizonDays) ?? date
    }

    /// Works out what falls due anew.
    private mutating func renew() throws(BondFailure) {
        let known = try BondObservations(observations, through: closedThrough)
        var exercises = calls
        for date in Set(puts.keys.map(\.date)).sorted() {
            let notice = puts.filter { $0.key.date == date }.map(\.value.notice).min() ?? date
            exercises.append(BondExercise(.put, on: date, notice: notice))
        }
        schedule = try BondSchedule(
            terms,
            calendar: calendar,
            observations: known,
            exercises: exercises,
            through: horizon
        )
        guard let acceleration else {
            keepDues(schedule.dues)
            return
        }
        let kept = calls.filter { call in
            schedule.due(BondDue.ID(.call, call.date)).map { $0.recordDate < acceleration } ?? false
        }
        keepDues(try schedule.dues(acceleratedOn: acceleration, called: kept.map(\.part)))
    }

    /// The due of a name, or nil.
    func due(_ id: BondDue.ID) -> BondDue? { dues.first { $0.id == id } }

    // MARK: Time

    /// Sees to it that a bond without end is worked out far enough.
    mutating func extend(to date: CalendarDate) throws(BondFailure) -> Bool {
        guard let horizon, horizon.days(since: date) < BondLine.horizonDaysMin else { return false }
        var extended = self
        extended.horizon = BondLine.horizon(on: date)
        try extended.renew()
        self = extended
        return true
    }

    /// Record dates from `old` on and before `new` on which something is recorded that is paid to holders of record.
    func recordDates(from old: CalendarDate, before new: CalendarDate) -> [CalendarDate] {
        var dates: [CalendarDate] = []
        for due in dues where old <= due.recordDate && due.recordDate < new && due.isPaidToRecord {
            if !dates.contains(due.recordDate) { dates.append(due.recordDate) }
        }
        return dates.sorted()
    }

    mutating func open(_ point: CalendarDate) {
        guard !points.contains(point) else { return }
        points = (points + [point]).sorted()
    }

    /// Closes the points of which everything is paid. Returns their record dates.
    private mutating func closePoints() -> [CalendarDate] {
        let needed = Set(dues.filter { $0.isPaidToRecord && paid[$0.id] == nil }.map(\.recordDate))
        let closed = points.filter { !needed.contains($0) }
        points = points.filter { needed.contains($0) }
        return closed
    }

    // MARK: What happens

    /// Notes that a due was paid. Returns the record dates whose points are thereby done with.
    mutating func pay(_ id: BondDue.ID, _ record: PaidDue) -> [CalendarDate] {
        paid[id] = record
        return closePoints()
    }

    mutating func note(default id: BondDue.ID, on date: CalendarDate) { defaults[id] = date }

    mutating func accelerate(on date: CalendarDate) throws(BondFailure) {
        acceleration = date
        try renew()
    }

    mutating func observe(_ value: BondObservations.Value) throws(BondFailure) {
        observations.append(value)
        observations.sort { $0.name == $1.name ? $0.date < $1.date : $0.name.precedesInBytes($1.name) }
        try renew()
    }

    mutating func close(_ observer: AccountID, through date: CalendarDate) throws(BondFailure) {
        closings[observer] = date
        try renew()
    }

    mutating func call(_ exercise: BondExercise) throws(BondFailure) {
        calls.append(exercise)
        calls.sort { $0.date < $1.date }
        try renew()
    }

    mutating func put(_ key: PutKey, _ record: PutRecord?) throws(BondFailure) {
        puts[key] = record
        try renew()
    }

    /// Forgets a put that was paid; the schedule stays as it is.
    mutating func forget(_ key: PutKey) { puts[key]?.units = .zero }

    // MARK: Observers

    /// Who may report, and what.
    var observers: [AccountID: Set<String>] {
        var observers: [AccountID: Set<String>] = [:]
        if case .floating(let rate) = terms.interest {
            observers[rate.observer, default: []].insert(rate.reference)
            for case .other(let reference, _) in rate.fallbacks {
                observers[rate.observer, default: []].insert(reference)
            }
        }
        if let indexation = terms.indexation { observers[indexation.observer, default: []].insert(indexation.index) }
        return observers
    }

    /// The last day through which every observer has closed.
    var closedThrough: CalendarDate? {
        let days = observers.keys.map { closings[$0] }
        guard !days.isEmpty, !days.contains(nil) else { return nil }
        return days.compactMap { $0 }.min()
    }

    /// The last day on which something could be observed that an unpaid due needs whose payment day is past; nil if
    /// no such due lacks anything.
    func lastDayUnreported(before date: CalendarDate) -> CalendarDate? {
        let late = dues.filter { $0.amount == nil && paid[$0.id] == nil && $0.paymentDate < date }
        var days: [CalendarDate] = terms.indexation == nil ? [] : late.map(\.id.date)
        for due in late {
            let period = schedule.accruals.last { $0.period.end <= due.id.date }?.period
            if let period, let day = try? terms.fixingDate(of: period, calendar) { days.append(day) }
            if due.kind == .acceleration, let day = fixingDayOfAcceleration, day < date { days.append(day) }
        }
        return days.max()
    }

    /// The fixing day of the period whose interest is paid with the accelerated principal, if there is one.
    private var fixingDayOfAcceleration: CalendarDate? {
        guard let acceleration else { return nil }
        let running = schedule.accruals.first { accrual in
            schedule.due(BondDue.ID(.coupon, accrual.period.end)).map { $0.recordDate >= acceleration } ?? false
        }
        guard let running else { return nil }
        return try? terms.fixingDate(of: running.period, calendar)
    }

    /// A line as a snapshot has it: everything that was noted, before the schedule is worked out.
    mutating func restore(
        since: CalendarDate,
        closings: [AccountID: CalendarDate],
        calls: [BondExercise],
        acceleration: CalendarDate?,
        horizon: CalendarDate?
    ) {
        self.since = since
        self.closings = closings
        self.calls = calls
        self.acceleration = acceleration
        self.horizon = horizon
    }

    mutating func restore(_ value: BondObservations.Value) { observations.append(value) }
    mutating func restore(_ key: PutKey, _ record: PutRecord) { puts[key] = record }
    mutating func restore(_ id: BondDue.ID, _ record: PaidDue) { paid[id] = record }
    mutating func restoreSchedule() throws(BondFailure) { try renew() }
}

extension BondDue {
    /// True for what holders of record are paid: not for what is added to the principal, or put by its holder.
    var isPaidToRecord: Bool { kind != .capitalisation && kind != .put }

    /// The first business date on which it can be paid: from its payment day on, once the record date is past.
    func isPayable(on date: CalendarDate) -> Bool { date >= paymentDate && date > recordDate }
}

/// Units of a holding that are put on a day.
struct PutKey: Hashable, Comparable, Sendable {
    let date: CalendarDate
    let account: AccountIndex
    let partition: Partition

    static func < (left: PutKey, right: PutKey) -> Bool {
        (left.date, left.account, left.partition) < (right.date, right.account, right.partition)
    }
}

/// How many are put, the encumbrance that blocks them, and when notice was given.
struct PutRecord: Hashable, Sendable {
    var units: Quantity
    let encumbrance: EncumbranceID
    let notice: CalendarDate
}

/// How a due was paid: what was declared, what went to the treasury, what is owed as claims, and when.
public struct PaidDue: Hashable, Sendable {
    /// What was declared, and what all were owed together.
    public let declared: Quantity
    /// What of it is interest for late payment.
    public let penalty: Quantity
    /// What went to the treasury.
    public let tax: Quantity
    /// What was set aside for those who could not be paid.
    public let claimed: Quantity
    /// The business date of the payment.
    public let date: CalendarDate
}
