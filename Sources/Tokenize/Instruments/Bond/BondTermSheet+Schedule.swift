/// Faults of what happens at the ends of periods.
extension BondTermSheet {
    /// The unadjusted beginnings and ends of the periods, or nil if they cannot be made or there are none.
    private var schedule: Schedule? {
        guard let periods, let issueDate else { return nil }
        return try? periods.schedule(maturity: maturityDate, through: lastDateOfPerpetual ?? issueDate)
    }

    /// The last day that terms of a bond without an end speak of.
    private var lastDateOfPerpetual: CalendarDate? {
        var dates = (calls?.days ?? []).map(\.date) + (puts?.days ?? []).map(\.date)
        if case .stepped(let steps)? = interest { dates += steps.map(\.start) }
        return dates.max()
    }

    var scheduleFaults: [BondTermFault] {
        guard let periods, let issueDate else { return [] }
        var faults: [BondTermFault] = []
        if (1...BondPeriods.monthCountMax).contains(periods.tenor.months ?? 0) {
            if maturityDate != nil || repayment == .perpetual {
                do throws(ConventionFailure) {
                    let through = lastDateOfPerpetual ?? issueDate
                    let schedule = try periods.schedule(maturity: maturityDate, through: through)
                    if schedule.dates.count - 1 > BondPeriods.countMax { faults.append(.outOfRange(.periods)) }
                    if let firstEnd = schedule.dates.dropFirst().first, firstEnd <= issueDate {
                        faults.append(.incompatible(.periods, .issueDate))
                    }
                    if case .stepped(let steps)? = interest { faults += stepFaults(steps, schedule) }
                } catch {
                    faults.append(.schedule(error))
                }
            }
        } else {
            faults.append(.schedule(.malformedTenor))
        }
        if let dayCount, dayCount == .actualActualICMA, periods.tenor.couponsPerYear == nil {
            faults.append(.incompatible(.dayCount, .periods))
        }
        if periods.capitalisesThrough != nil {
            if interest == BondInterest.none { faults.append(.incompatible(.capitalisation, .interest)) }
            if let repayment, repayment != .bullet { faults.append(.incompatible(.capitalisation, .repayment)) }
        }
        if let date = periods.capitalisesThrough, let schedule, !schedule.dates.dropFirst().contains(date) {
            faults.append(.offSchedule(.capitalisation, date))
        }
        return faults
    }

    private func stepFaults(_ steps: [BondRateStep], _ schedule: Schedule) -> [BondTermFault] {
        var faults: [BondTermFault] = []
        if let first = steps.first, first.start != schedule.dates[0] {
            faults.append(.offSchedule(.interest, first.start))
        }
        for step in steps.dropFirst() where !schedule.dates.dropLast(maturityDate == nil ? 0 : 1).contains(step.start) {
            faults.append(.offSchedule(.interest, step.start))
        }
        return faults
    }

    var repaymentFaults: [BondTermFault] {
        switch repayment {
        case nil, .bullet?, .perpetual?: return []
        case .linear(let first)?: return firstRepaymentFaults(first)
        case .level(let first)?:
            guard case .fixed? = interest else {
                return (interest == nil ? [] : [.incompatible(.repayment, .interest)]) + firstRepaymentFaults(first)
            }
            return firstRepaymentFaults(first)
        case .instalments(let parts)?: return instalmentFaults(parts)
        }
    }

    private func firstRepaymentFaults(_ first: CalendarDate) -> [BondTermFault] {
        guard let schedule, !schedule.dates.dropFirst().contains(first) else { return [] }
        return [.offSchedule(.repayment, first)]
    }

    private func instalmentFaults(_ parts: [BondInstalment]) -> [BondTermFault] {
        var faults: [BondTermFault] = []
        if !(1...BondRepayment.instalmentCountMax).contains(parts.count) || parts.contains(where: { $0.part <= .zero })
        {
            faults.append(.outOfRange(.repayment))
        }
        if !zip(parts, parts.dropFirst()).allSatisfy({ $0.date < $1.date }) { faults.append(.notAscending(.repayment)) }
        // Each part is at most 10^17 units, so a sum of 256 needs less than 128 bits.
        let sum = parts.reduce(Int128(0)) { $0 + Int128($1.part.units) }
        if sum != Int128(BondDecimal.one.units) || maturityDate.map({ parts.last?.date != $0 }) ?? false {
            faults.append(.instalmentsDoNotAddUp)
        }
        if let schedule {
            for part in parts where !schedule.dates.dropFirst().contains(part.date) {
                faults.append(.offSchedule(.repayment, part.date))
            }
        }
        return faults
    }

    func optionFaults(_ plan: BondOptionPlan?, _ field: BondTermField) -> [BondTermFault] {
        guard let plan else { return [] }
        var faults: [BondTermFault] = []
        let isInRange =
            (1...BondOptionPlan.dayCountMax).contains(plan.days.count) && plan.days.allSatisfy { $0.price > .zero }
            && (0...BondOptionPlan.noticeDaysMax).contains(plan.noticeBusinessDays)
        if !isInRange { faults.append(.outOfRange(field)) }
        let isAscending =
            zip(plan.days, plan.days.dropFirst()).allSatisfy { $0.date < $1.date }
            && plan.days.allSatisfy { day in
                issueDate.map { day.date > $0 } ?? true && maturityDate.map { day.date < $0 } ?? true
            }
        if !isAscending { faults.append(.notAscending(field)) }
        // A holder puts units, not a part of all of them.
        if field == .puts, plan.allowsPart { faults.append(.outOfRange(field)) }
        if needsPeriods == false { faults.append(.incompatible(field, .periods)) }
        if let schedule {
            for day in plan.days where !schedule.dates.dropFirst().contains(day.date) {
                faults.append(.offSchedule(field, day.date))
            }
        }
        return faults
    }
}

extension BondPeriods {
    /// Months of a tenor: ten years.
    public static let monthCountMax = 120

    /// The unadjusted beginnings and ends of the periods to maturity, or of whole periods through a day.
    func schedule(maturity: CalendarDate?, through: CalendarDate) throws(ConventionFailure) -> Schedule {
        guard (1...BondPeriods.monthCountMax).contains(tenor.months ?? 0) else { throw .malformedTenor }
        let termination: CalendarDate
        if let maturity { termination = maturity } else { termination = try wholePeriods(through: through) }
        return try Schedule(
            Schedule.Rule(
                effective: start,
                termination: termination,
                tenor: tenor,
                direction: direction,
                endOfMonth: endOfMonth,
                firstDate: firstEnd,
                nextToLastDate: lastStart,
                stub: stub
            )
        )
    }

    /// The first end of a regular period on or after a day.
    private func wholePeriods(through date: CalendarDate) throws(ConventionFailure) -> CalendarDate {
        let seed = firstEnd ?? start
        var count = firstEnd == nil ? 1 : 0
        while true {
            let plain = try tenor.added(to: seed, times: count)
            let end = endOfMonth && seed.isEndOfMonth ? plain.endOfMonth : plain
            if end >= date { return end }
            count += 1
            guard count <= BondPeriods.countMax + 1 else { throw .scheduleTooLong }
        }
    }
}
