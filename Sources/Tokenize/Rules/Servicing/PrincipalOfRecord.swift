/// Principal that is recorded and not yet paid follows its units where they end or are moved by order; interest stays
/// with whom it was recorded for (Specs/13).
extension LedgerState {
    /// Principal of units that an order moves goes with them, at every open record point.
    func movePrincipal(
        _ units: Quantity,
        from source: HoldingAddress,
        to target: HoldingAddress,
        _ draft: inout Transition
    ) {
        for date in principalPoints(of: source.asset, draft, where: { _ in true }) {
            let moved = lowerPrincipal(units, at: PrincipalKey(address: source, recordDate: date), &draft)
            guard moved > .zero else { continue }
            let key = PrincipalKey(address: target, recordDate: date)
            let sum = principal(key, draft).adding(moved) ?? .max
            draft.servicing.principal.append((key, sum))
        }
    }

    /// Units that end have no principal any more under the dues that `isEnded` says; nobody is paid for them twice.
    func endPrincipal(
        _ units: Quantity,
        at address: HoldingAddress,
        _ draft: inout Transition,
        where isEnded: (BondDue) -> Bool
    ) {
        for date in principalPoints(of: address.asset, draft, where: isEnded) {
            _ = lowerPrincipal(units, at: PrincipalKey(address: address, recordDate: date), &draft)
        }
    }

    /// Units of a holding on which principal is owed at an open record point, as the transaction has left them so far.
    private func principal(_ key: PrincipalKey, _ draft: Transition) -> Quantity {
        if let change = draft.servicing.principal.last(where: { $0.key == key }) { return change.units }
        let asset = key.address.asset.offset
        guard asset < holdings.count,
            let slot = holdings[asset].slotIndex(key.address.account, key.address.partition)
        else { return .zero }
        return recordPoint(key.address.asset, key.recordDate)?.value(slot)?.principal
            ?? holdings[asset].slots[slot].record.units
    }

    /// Returns by how many units the principal fell.
    private func lowerPrincipal(_ units: Quantity, at key: PrincipalKey, _ draft: inout Transition) -> Quantity {
        let before = principal(key, draft)
        let fallen = min(units, before)
        guard fallen > .zero else { return .zero }
        draft.servicing.principal.append((key, before.subtracting(fallen) ?? .zero))
        return fallen
    }

    /// Open record points of dues of principal that are not paid.
    private func principalPoints(
        of asset: AssetIndex,
        _ draft: Transition,
        where isMeant: (BondDue) -> Bool
    ) -> [CalendarDate] {
        guard let line = bondLine(asset, draft), !line.points.isEmpty else { return [] }
        return line.points.filter { date in
            line.dues.contains {
                $0.recordDate == date && $0.isPrincipalOfRecord && line.paid[$0.id] == nil && isMeant($0)
            }
        }
    }

    /// Principal of a bond that is recorded and not paid, if there is any: units that came now would have none of it.
    func recordedPrincipal(_ asset: AssetIndex, _ draft: Transition) -> BondDue? {
        guard let line = bondLine(asset, draft), !line.points.isEmpty else { return nil }
        return line.dues.first {
            $0.isPrincipalOfRecord && line.paid[$0.id] == nil && line.points.contains($0.recordDate)
        }
    }

    /// Whom principal of a record point is owed, if the transaction that is being decided has changed it.
    func principalHolders(
        _ asset: AssetIndex,
        _ date: CalendarDate,
        _ draft: Transition
    ) -> RecordHolders? {
        var changed: [HoldingAddress: Quantity] = [:]
        for change in draft.servicing.principal
        where change.key.address.asset == asset && change.key.recordDate == date {
            changed[change.key.address] = change.units
        }
        guard !changed.isEmpty else { return nil }
        var holders: ContiguousArray<RecordHolder> = []
        func add(_ address: HoldingAddress, _ units: Quantity) {
            guard units > .zero else { return }
            holders.append(
                RecordHolder(
                    units: units.units,
                    account: address.account.value,
                    partition: address.partition.number,
                    slot: .max
                )
            )
        }
        let slots = asset.offset < holdings.count ? holdings[asset.offset].slots : []
        let point = recordPoint(asset, date)
        for (place, slot) in slots.enumerated() {
            let address = HoldingAddress(asset: asset, account: slot.account, partition: slot.partition)
            if changed[address] == nil { add(address, point?.value(place)?.principal ?? slot.record.units) }
        }
        for (address, units) in changed { add(address, units) }
        holders.sort { ($0.account, $0.partition) < ($1.account, $1.partition) }
        return RecordHolders(holders)
    }
}

extension BondDue {
    /// True for principal that holders of record are paid.
    var isPrincipalOfRecord: Bool { isPaidToRecord && !kind.isInterest }

    /// True if nothing of the principal is left after it.
    var endsPrincipal: Bool { amount?.factorAfter.isZero ?? (kind == .redemption || kind == .acceleration) }

    /// True if whoever is paid `put` is not paid this: it comes after it in order, or is the whole principal at once.
    func isAfter(_ put: BondDue.ID) -> Bool { kind == .acceleration || put < id }
}
