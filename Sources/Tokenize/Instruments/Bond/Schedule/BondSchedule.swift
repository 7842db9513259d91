/// Everything that falls due on a bond, from its terms and what is known: dates, amounts for each unit, and what is
/// left after each.
///
/// Pure and exact. It knows no holders: what is declared for all units is ``BondDue/total(on:_:)``, and how that is
/// distributed is the ledger's business (Specs/05).
public struct BondSchedule: Hashable, Sendable {
    /// What the schedule is of.
    public let terms: BondTerms
    /// The calendar that the terms name.
    public let calendar: BusinessCalendar
    /// What was known.
    public let observations: BondObservations
    /// What falls due, in order.
    public let dues: [BondDue]
    /// The periods, with what bears interest in each.
    public let accruals: [Accrual]

    /// A period, and what bears interest in it.
    public struct Accrual: Hashable, Sendable {
        /// The period.
        public let period: BondPeriod
        /// The principal of one unit in the period, before any index, in minor units; nil if not yet observed.
        public let outstanding: Ratio?
        /// The annual rate; nil if not yet observed.
        public let rate: Ratio?
        /// The day on which its interest is paid, or added to the principal.
        public let paymentDate: CalendarDate
        /// The first day on which a buyer does not get it: the ex day, or the day after the record day where the terms
        /// know none. Nil for interest that is added to the principal.
        public let exDate: CalendarDate?
    }

    /// The schedule of a bond.
    ///
    /// - Parameters:
    ///   - terms: The bond.
    ///   - calendar: The calendar that the terms name by its digest.
    ///   - observations: Fixings and values of an index.
    ///   - exercises: Calls and puts that were made, each with its notice.
    ///   - horizon: The last due day that is wanted; nil for all, which a bond without an end does not have.
    ///
    /// Throws any ``BondFailure`` but those of tax.
    public init(
        _ terms: BondTerms,
        calendar: BusinessCalendar,
        observations: BondObservations = .none,
        exercises: [BondExercise] = [],
        through horizon: CalendarDate? = nil
    ) throws(BondFailure) {
        guard calendar.digest == terms.calendar.digest else {
            throw .wrongCalendar(name: calendar.name, version: calendar.version)
        }
        let periods = try terms.bondPeriods(calendar, through: horizon)
        guard periods.count <= BondPeriods.countMax else { throw .tooManyPeriods }
        try terms.check(exercises, calendar, ends: periods.map(\.end))
        var life = BondLife(terms, calendar, observations, periods)
        try life.run(exercises)
        self.terms = terms
        self.calendar = calendar
        self.observations = observations
        dues = life.dues.filter { due in horizon.map { due.id.date <= $0 } ?? true }
        accruals = life.accruals
    }

    /// The due with a name, or nil.
    public func due(_ id: BondDue.ID) -> BondDue? { dues.first { $0.id == id } }
}

extension BondTerms {
    /// The last day on which notice of a call or put on `date` may be given: the stated number of business days before
    /// it. With none, the day itself, or the last business day before it.
    public func lastNotice(
        of kind: BondExercise.Kind,
        on date: CalendarDate,
        _ calendar: BusinessCalendar
    ) throws(BondFailure) -> CalendarDate {
        guard let plan = kind == .call ? calls : puts, plan.price(on: date) != nil else { throw .noOption(kind, date) }
        return try BondFailure.dated { () throws(ConventionFailure) in
            if plan.noticeBusinessDays == 0 { return try calendar.adjust(date, .preceding) }
            return try calendar.advance(date, businessDays: -plan.noticeBusinessDays)
        }
    }

    /// Refuses an exercise that the terms do not allow.
    fileprivate func check(
        _ exercises: [BondExercise],
        _ calendar: BusinessCalendar,
        ends: [CalendarDate]
    ) throws(BondFailure) {
        var seen: Set<BondDue.ID> = []
        for exercise in exercises {
            let last = try lastNotice(of: exercise.kind, on: exercise.date, calendar)
            let isInLife = exercise.date > issueDate && maturityDate.map { exercise.date < $0 } ?? true
            let isOnSchedule = ends.contains(exercise.date)
            let isFirst = seen.insert(BondDue.ID(exercise.kind == .call ? .call : .put, exercise.date)).inserted
            guard isInLife, isOnSchedule, isFirst else { throw .noOption(exercise.kind, exercise.date) }
            guard exercise.notice <= last else { throw .lateNotice(last: last) }
            let allowsPart = exercise.kind == .call && calls?.allowsPart == true
            guard exercise.part > .zero, exercise.part == .one || (allowsPart && exercise.part < .one) else {
                throw .malformedPart
            }
        }
    }
}
