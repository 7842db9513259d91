/// SRV-020 to SRV-023: notice of calls and puts.
extension LedgerState {
    func decide(_ notice: CallNotice, _ draft: inout Transition) throws(Rejection) {
        var (asset, line) = try requireBond(notice.asset, draft)
        try requireUnits(of: asset, draft)
        let today = try requireNotice(of: .call, on: notice.date, line, draft)
        // Nothing of what is called can be recorded on a day that has passed.
        if let dates = try? DueDates(notice.date, line.terms, line.calendar), today > dates.record {
            try draft.object(Rejection(.noticeTooLate, (.limit, .date(dates.record)), (.date, .date(today))))
        }
        if line.calls.contains(where: { $0.date == notice.date }) {
            try draft.object(Rejection(.alreadyNotified), of: .public)
        }
        let isPart = notice.part < .one
        if notice.part <= .zero || notice.part > .one || isPart && line.terms.calls?.allowsPart != true {
            try draft.object(Rejection(.partNotAllowed, (.found, .text("\(notice.part)"))))
        }
        try draft.endIfObjected()
        do {
            try line.call(BondExercise(.call, on: notice.date, notice: today, part: notice.part.value))
        } catch {
            throw Rejection.option(error)
        }
        // What ends earlier, or was recorded before the bond came onto the ledger, is not called.
        guard let due = line.due(BondDue.ID(.call, notice.date)), today <= due.recordDate else {
            throw Rejection(.noticeTooLate, (.date, .date(today)))
        }
        setBondLine(line, of: asset, &draft)
        draft.effects.append(.service(.called(notice.asset, on: notice.date, part: notice.part)))
    }

    func decide(_ notice: PutNotice, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        var (asset, line) = try requireBond(notice.asset, draft)
        try requireMovable(asset, draft)
        try requireFree(context.actor, draft)
        let today = try requireNotice(of: .put, on: notice.date, line, draft)
        let key = PutKey(date: notice.date, account: context.actor, partition: notice.partition)
        if line.puts[key] != nil {
            try draft.object(Rejection(.alreadyNotified), of: owner(of: context.actor, draft))
        }
        let address = HoldingAddress(asset: asset, account: context.actor, partition: notice.partition)
        try block(notice.units, at: address, until: notice.date, context, &draft)
        let record = PutRecord(units: notice.units, encumbrance: context.encumbranceID(), notice: today)
        do {
            try line.put(key, record)
        } catch {
            throw Rejection.option(error)
        }
        setBondLine(line, of: asset, changing: [.put(asset, key)], &draft)
        draft.effects.append(
            .service(
                .put(
                    notice.asset,
                    holder: accountID(context.actor, draft),
                    partition: notice.partition,
                    on: notice.date,
                    units: notice.units
                )
            )
        )
    }

    private func requireUnits(of asset: AssetIndex, _ draft: Transition) throws(Rejection) {
        guard self.asset(asset, draft).status == .active else { throw Rejection(.assetClosed) }
    }

    /// SRV-020, SRV-021: the terms give the option on the day, and notice is in time. Returns today.
    private func requireNotice(
        of kind: BondExercise.Kind,
        on date: CalendarDate,
        _ line: BondLine,
        _ draft: Transition
    ) throws(Rejection) -> CalendarDate {
        let today = businessDate(draft)
        // The maturity ends a period and is no option day, whatever price continues (BND-060).
        guard line.acceleration == nil, line.terms.maturityDate.map({ date < $0 }) ?? true,
            line.schedule.accruals.contains(where: { $0.period.end == date })
        else {
            throw Rejection(.noOption, (.expected, .date(date)))
        }
        let last: CalendarDate
        do {
            last = try line.terms.lastNotice(of: kind, on: date, line.calendar)
        } catch {
            throw Rejection.option(error)
        }
        guard today <= last else { throw Rejection(.noticeTooLate, (.limit, .date(last)), (.date, .date(today))) }
        return today
    }

    /// TRF-001, ENB-005, ENB-006: the units that are put are blocked, for the paying agent alone, until they are paid.
    private func block(
        _ units: Quantity,
        at address: HoldingAddress,
        until date: CalendarDate,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        if units == .zero { try draft.object(Rejection(.zeroUnits)) }
        var record = holding(address, draft)
        let available = record.available(on: businessDate(draft))
        guard units <= available, let order = EncumbranceRecord.putOrder else {
            try draft.object(
                Rejection(
                    .encumbranceExceedsUnits,
                    (.requested, .quantity(units)),
                    (.available, .quantity(available))
                ),
                of: owner(of: address.account, draft)
            )
            return try draft.endIfObjected()
        }
        try draft.endIfObjected()
        let hold = EncumbranceRecord(
            id: context.encumbranceID(),
            kind: .hold,
            owner: .authority(AuthorityReference(.payingAgent, asset: assetID(address.asset, draft))),
            amount: units,
            rank: .max,
            lastDate: BusinessCalendar.everyDay.lastDay,
            order: order
        )
        record.encumbrances = try LedgerState.adding(hold, to: record.encumbrances, on: businessDate(draft))
        setHolding(record, at: address, &draft)
    }
}

extension EncumbranceRecord {
    static let putOrder = OrderReference(reference: "put", documentDigest: .zero)

    /// True for what blocks units that are put: it goes with them.
    var isPutBlock: Bool { kind == .hold && rank == .max && order == EncumbranceRecord.putOrder && isOwnedByAgent }

    private var isOwnedByAgent: Bool {
        guard case .authority(let reference) = owner else { return false }
        return reference.role == .payingAgent
    }
}

extension Rejection {
    fileprivate static func option(_ failure: BondFailure) -> Rejection {
        switch failure {
        case .lateNotice(let last): Rejection(.noticeTooLate, (.limit, .date(last)))
        case .malformedPart: Rejection(.partNotAllowed)
        default: Rejection(.noOption, (.reason, .text("\(failure)")))
        }
    }
}
