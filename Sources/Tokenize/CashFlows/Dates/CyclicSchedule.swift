/// The dates of something that recurs: an anchor, a cycle, an end.
struct CyclicSchedule: Sendable {
    /// Dates in one schedule.
    static let dateCountMax = 20_000

    let anchor: ContractTime?
    let cycle: ContractCycle?
    /// Whether the contract keeps ends of months.
    let keepsEndOfMonth: Bool

    /// The date `count` cycles after the anchor. Always counted from the anchor: 31 January, 28 February, 31 March.
    static func date(
        _ anchor: ContractTime,
        _ cycle: ContractCycle,
        count: Int,
        keepsEndOfMonth: Bool
    ) throws(ConventionFailure) -> ContractTime {
        let date = try cycle.period.added(to: anchor, times: count)
        // An anchor on a 31st needs nothing: clipping leads to the ends of shorter months.
        let movesToEnd =
            keepsEndOfMonth && cycle.period.months != nil && anchor.date.isEndOfMonth && anchor.date.day < 31
        return movesToEnd ? date.on(date.date.endOfMonth) : date
    }

    /// The dates before `end`, unshifted and ascending, and `end` itself if `includingEnd`.
    ///
    /// Where the end is not hit, the last period is irregular: with a short stub it stands, with a long one the date
    /// before it is left out, unless that is the anchor.
    func dates(before end: ContractTime, includingEnd: Bool) throws(CashFlowFailure) -> [ContractTime] {
        guard let anchor else { return includingEnd ? [end] : [] }
        guard anchor <= end else { return [] }
        var dates: [ContractTime] = []
        var isHit = anchor == end
        if let cycle {
            var count = 0
            var date = anchor
            while date < end {
                dates.append(date)
                guard dates.count <= CyclicSchedule.dateCountMax else { throw .tooManyDates }
                count += 1
                date = try next(anchor, cycle, count)
            }
            isHit = date == end
            if cycle.hasLongStub, !isHit, dates.count >= 2 { dates.removeLast() }
        } else if !isHit {
            dates.append(anchor)
        }
        return includingEnd ? dates + [end] : dates
    }

    /// The regular dates up to and with `last`, for contracts without an end.
    func regularDates(through last: ContractTime) throws(CashFlowFailure) -> [ContractTime] {
        guard let anchor else { return [] }
        guard let cycle else { return anchor <= last ? [anchor] : [] }
        var dates: [ContractTime] = []
        var date = anchor
        while date <= last {
            dates.append(date)
            guard dates.count <= CyclicSchedule.dateCountMax else { throw .tooManyDates }
            date = try next(anchor, cycle, dates.count)
        }
        return dates
    }

    private func next(
        _ anchor: ContractTime,
        _ cycle: ContractCycle,
        _ count: Int
    ) throws(CashFlowFailure) -> ContractTime {
        try CashFlowFailure.dated { () throws(ConventionFailure) in
            try CyclicSchedule.date(anchor, cycle, count: count, keepsEndOfMonth: keepsEndOfMonth)
        }
    }
}
