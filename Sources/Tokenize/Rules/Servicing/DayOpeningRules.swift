/// What a new business day brings to bonds: record points first, then what has become a default.
extension LedgerState {
    func openServicingDay(
        from old: CalendarDate,
        to new: CalendarDate,
        _ draft: inout Transition
    ) throws(Rejection) {
        var bonds = Array(servicing.lines.keys)
        for change in draft.servicing.lines where !bonds.contains(change.index) { bonds.append(change.index) }
        bonds.sort()
        for asset in bonds { try takePoints(of: asset, from: old, before: new, &draft) }
        for asset in bonds { noteExDays(of: asset, after: old, through: new, &draft) }
        for asset in bonds { noteDefaults(of: asset, from: old, on: new, &draft) }
        for asset in bonds { closeUnreported(of: asset, on: new, &draft) }
    }

    /// REC-001: a record point is taken of holdings as they were before the transaction.
    private func takePoints(
        of asset: AssetIndex,
        from old: CalendarDate,
        before new: CalendarDate,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard var line = bondLine(asset, draft) else { return }
        let dates = line.recordDates(from: old, before: new)
        let isExtended: Bool
        do {
            isExtended = try line.extend(to: new)
        } catch {
            // The calendar ends: what is known stays known.
            isExtended = false
        }
        guard !dates.isEmpty || isExtended else { return }
        if !dates.isEmpty {
            guard !draft.holdings.contains(where: { $0.address.asset == asset }) else {
                throw Rejection(.holdingsChangedBefore, (.asset, .asset(assetID(asset, draft))))
            }
        }
        for date in dates {
            line.open(date)
            draft.servicing.points.append(
                ServicingChanges.PointChange(asset: asset, recordDate: date, isOpening: true)
            )
            draft.effects.append(.service(.recordPointTaken(assetID(asset, draft), on: date)))
        }
        setBondLine(line, of: asset, &draft)
    }

    /// What could be paid on an earlier business day, and was not in its days of grace, is in default (BND-080).
    private func noteDefaults(
        of asset: AssetIndex,
        from old: CalendarDate,
        on new: CalendarDate,
        _ draft: inout Transition
    ) {
        guard let before = bondLine(asset, draft) else { return }
        var line = before
        var hasChanged = false
        for due in before.dues where before.isOpen(due) && due.isPayable(on: old) {
            let dates = try? before.terms.defaultDates(of: due.kind, payment: due.paymentDate, before.calendar)
            guard let dates, dates.eventOfDefault <= new, owed(due, of: asset, before, draft) > .zero else { continue }
            line.note(default: due.id, on: new)
            hasChanged = true
            draft.effects.append(.service(.defaulted(assetID(asset, draft), due: due.id)))
        }
        if case .automatic = line.terms.defaults.acceleration, line.acceleration == nil, line.isInDefault {
            // One bond that cannot be worked out does not stop the day of all; it is tried again on the next.
            if (try? accelerate(&line, of: asset, on: new, &draft)) != nil { hasChanged = true }
        }
        if hasChanged { setBondLine(line, of: asset, &draft) }
    }

    /// What was not observed by the end of a payment day never is: the fallbacks of the terms hold, and no observer holds
    /// up a bond by silence.
    private func closeUnreported(of asset: AssetIndex, on new: CalendarDate, _ draft: inout Transition) {
        guard var line = bondLine(asset, draft), let last = line.lastDayUnreported(before: new) else { return }
        var closed: [AccountID] = []
        do {
            for observer in line.observers.keys.sorted() where line.closings[observer].map({ $0 < last }) ?? true {
                try line.close(observer, through: last)
                closed.append(observer)
            }
        } catch {
            // As with acceleration: no bond stops the day of all, and it is tried again on the next.
            return
        }
        guard !closed.isEmpty else { return }
        setBondLine(line, of: asset, &draft)
        for observer in closed {
            draft.effects.append(.service(.observationsClosed(assetID(asset, draft), by: observer, through: last)))
        }
    }

    /// What is owed to all under a due, without interest for lateness; 0 if it is not known.
    private func owed(_ due: BondDue, of asset: AssetIndex, _ line: BondLine, _ draft: Transition) -> Quantity {
        let units = entitled(to: due, of: asset, line, draft).sum
        return (try? due.total(on: Quantity(units), line.terms.rounding)) ?? .zero
    }

    /// From an ex day on a buyer is not paid: said on the day, and decides nothing.
    private func noteExDays(
        of asset: AssetIndex,
        after old: CalendarDate,
        through new: CalendarDate,
        _ draft: inout Transition
    ) {
        guard let line = bondLine(asset, draft) else { return }
        for due in line.dues where due.isPaidToRecord {
            guard let exDate = due.exDate, old < exDate, exDate <= new else { continue }
            draft.effects.append(.service(.exDayCame(assetID(asset, draft), due: due.id, on: exDate)))
        }
    }

    /// Makes the principal due, and says so; changes nothing if it cannot be worked out.
    func accelerate(
        _ line: inout BondLine,
        of asset: AssetIndex,
        on date: CalendarDate,
        _ draft: inout Transition
    ) throws(Rejection) {
        var accelerated = line
        do {
            try accelerated.accelerate(on: date)
        } catch {
            throw Rejection.notCalculated(error, or: .accelerationNotAllowed)
        }
        line = accelerated
        draft.effects.append(.service(.accelerated(assetID(asset, draft), on: date)))
    }
}

extension BondLine {
    /// True if a due in default is not paid.
    fileprivate var isInDefault: Bool { defaults.keys.contains { paid[$0] == nil } }

    /// True for a due that is to be paid, is not paid, and is not yet in default.
    fileprivate func isOpen(_ due: BondDue) -> Bool {
        due.kind != .capitalisation && paid[due.id] == nil && defaults[due.id] == nil
            && (due.kind == .put || points.contains(due.recordDate))
    }
}
