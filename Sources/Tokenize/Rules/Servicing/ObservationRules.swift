/// OBS-001 to OBS-005: fixings and values of indices, from those whom the terms name.
extension LedgerState {
    func decide(_ report: ObservationReport, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        var (asset, line) = try requireBond(report.asset, draft)
        let observer = try requireObserver(context, line, draft)
        try requireFree(context.actor, draft)
        if line.observers[observer]?.contains(report.name) != true || !line.admits(report) {
            try draft.object(Rejection(.notObservable, (.found, .text(report.name)), (.date, .date(report.date))))
        }
        let today = businessDate(draft)
        if report.date > today {
            try draft.object(
                Rejection(.notObservable, (.found, .date(report.date)), (.date, .date(today))),
                remedy: .opensOn(report.date)
            )
        }
        if let closed = line.closings[observer], report.date <= closed {
            try draft.object(Rejection(.dayClosed, (.limit, .date(closed))))
        }
        let isKnown = line.observations.contains { $0.name.isSameBytes(as: report.name) && $0.date == report.date }
        if isKnown { try draft.object(Rejection(.alreadyObserved, (.date, .date(report.date)))) }
        try draft.endIfObjected()
        do {
            try line.observe(BondObservations.Value(report.name, report.date, report.value.value))
        } catch {
            throw Rejection(.notObservable, (.reason, .text("\(error)")))
        }
        setBondLine(line, of: asset, changing: [.observation(asset, report.name, report.date)], &draft)
        draft.effects.append(
            .service(.observed(report.asset, name: report.name, on: report.date, value: report.value))
        )
    }

    func decide(
        _ closing: ObservationClosing,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        var (asset, line) = try requireBond(closing.asset, draft)
        let observer = try requireObserver(context, line, draft)
        try requireFree(context.actor, draft)
        let today = businessDate(draft)
        if closing.through > today || line.closings[observer].map({ closing.through <= $0 }) ?? false {
            try draft.object(Rejection(.closingOutOfRange, (.found, .date(closing.through)), (.date, .date(today))))
        }
        try draft.endIfObjected()
        do {
            try line.close(observer, through: closing.through)
        } catch {
            throw Rejection(.notObservable, (.reason, .text("\(error)")))
        }
        setBondLine(line, of: asset, &draft)
        draft.effects.append(
            .service(.observationsClosed(closing.asset, by: observer, through: closing.through))
        )
    }

    /// OBS-001.
    private func requireObserver(
        _ context: OperationContext,
        _ line: BondLine,
        _ draft: Transition
    ) throws(Rejection) -> AccountID {
        let observer = accountID(context.actor, draft)
        guard line.observers[observer] != nil else {
            throw Rejection(.notTheObserver, (.account, .account(observer)))
        }
        return observer
    }
}

extension BondLine {
    /// True for a value that the terms can use: of an index it is above zero, and of the first day of a month.
    fileprivate func admits(_ report: ObservationReport) -> Bool {
        guard let indexation = terms.indexation, indexation.index.isSameBytes(as: report.name) else { return true }
        return report.value > .zero && report.date.day == 1
    }
}
