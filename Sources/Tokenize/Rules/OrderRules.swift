/// ORD-001, ORD-002: movement against the holder's will. A lawful order is not stopped by economic rules; it never
/// skips conservation, and it lifts no encumbrance but the one that it executes.
extension LedgerState {
    func decide(
        _ forced: ForcedTransfer,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(forced.asset, draft)
        guard self.asset(asset, draft).status == .active else { throw Rejection(.assetClosed) }
        let source = try requireAccount(forced.source, draft)
        let destination = try requireAccount(forced.destination, draft)
        guard source != destination else { throw Rejection(.selfTransfer) }
        guard forced.units > .zero else { throw Rejection(.zeroUnits) }
        guard forced.rank >= 1 else { throw Rejection(.rankZero) }
        let from = HoldingAddress(asset: asset, account: source, partition: forced.partition)
        let to = HoldingAddress(asset: asset, account: destination, partition: forced.partition)

        var taken = holding(from, draft)
        guard let rest = taken.units.subtracting(forced.units) else {
            throw Rejection(
                .insufficientUnits,
                (.requested, .quantity(forced.units)),
                (.units, .quantity(taken.units))
            )
        }
        taken.encumbrances = try executing(forced, under, taken.encumbrances, &draft)
        try requireNoSeniorClaim(forced, under, over: taken, leaving: rest, asset, source, draft)
        taken.units = rest
        let following = splitLiens(&taken, forced, context, businessDate(draft))
        setHolding(taken, at: from, &draft)

        try credit(forced.units, to: to, &draft)
        try receive(
            following,
            at: to,
            .holding(asset: forced.asset, account: forced.destination, partition: forced.partition),
            &draft
        )
        try shiftClass(
            Movement(asset: asset, from: source, to: destination, partition: forced.partition, units: forced.units),
            &draft
        )
        draft.effects.append(
            .forciblyTransferred(
                forced.asset,
                from: forced.source,
                to: forced.destination,
                partition: forced.partition,
                units: forced.units
            )
        )
    }

    /// ORD-001: uses up the encumbrance that the transfer executes: the authority's own, of the same order and rank.
    private func executing(
        _ forced: ForcedTransfer,
        _ under: AuthorityReference,
        _ encumbrances: [EncumbranceRecord],
        _ draft: inout Transition
    ) throws(Rejection) -> [EncumbranceRecord] {
        guard let id = forced.executing else { return encumbrances }
        guard let index = encumbrances.firstIndex(where: { $0.id == id }) else {
            throw Rejection(.unknownEncumbrance, (.encumbrance, .encumbrance(id)))
        }
        let executed = encumbrances[index]
        guard executed.owner == .authority(under) else { throw Rejection(.notOwner, (.encumbrance, .encumbrance(id))) }
        guard executed.stands(on: businessDate(draft)), executed.order == forced.order,
            executed.rank == forced.rank, forced.units <= executed.amount
        else {
            throw Rejection(
                .orderDoesNotCover,
                (.encumbrance, .encumbrance(id)),
                (.requested, .quantity(forced.units)),
                (.available, .quantity(executed.amount))
            )
        }
        draft.effects.append(
            .released(
                .holding(asset: forced.asset, account: forced.source, partition: forced.partition),
                id,
                amount: forced.units
            )
        )
        return EncumbranceAlgebra.reducing(encumbrances, at: index, by: forced.units)
    }

    /// ORD-002: what is as senior as the order, or more, keeps the units that it covers. A holder names the rank of
    /// its own reservations, so these must be more senior than the order. Of freezes and pauses as a whole, those of
    /// other authorities count.
    private func requireNoSeniorClaim(
        _ forced: ForcedTransfer,
        _ under: AuthorityReference,
        over taken: HoldingRecord,
        leaving rest: Quantity,
        _ asset: AssetIndex,
        _ source: AccountIndex,
        _ draft: Transition
    ) throws(Rejection) {
        let today = businessDate(draft)
        let isSenior = { (record: EncumbranceRecord) in
            // What is left of the executed encumbrance does not stand in its own way.
            if record.id == forced.executing { return false }
            return switch record.owner {
            case .authority: record.rank <= forced.rank
            case .account: record.rank < forced.rank
            }
        }
        let covered = EncumbranceAlgebra.cover(of: taken.encumbrances, on: today, where: isSenior)
        guard rest >= covered else {
            throw Rejection(
                .seniorEncumbrance,
                (.requested, .quantity(forced.units)),
                (.available, .quantity(taken.units.subtracting(covered) ?? .zero)),
                (.rank, .number(UInt64(forced.rank)))
            )
        }
        let wider = account(source, draft).encumbrances + self.asset(asset, draft).encumbrances
        if let standing = wider.first(where: {
            $0.stands(on: today) && isSenior($0) && $0.owner != .authority(under)
        }) {
            throw Rejection(.seniorEncumbrance, (.encumbrance, .encumbrance(standing.id)))
        }
    }

    /// Takes out of a holding what its liens cover beyond the units that stay, under names of its own.
    private func splitLiens(
        _ taken: inout HoldingRecord,
        _ forced: ForcedTransfer,
        _ context: OperationContext,
        _ today: CalendarDate
    ) -> [EncumbranceRecord] {
        let split = LienSplit(taken.encumbrances, leaving: taken.units, rank: forced.rank, on: today)
        let following = split.leaving.map { index, amount in
            let lien = taken.encumbrances[index]
            return EncumbranceRecord(
                id: context.encumbranceID(ordinal: index + 1),
                kind: lien.kind,
                owner: lien.owner,
                amount: amount,
                rank: lien.rank,
                lastDate: lien.lastDate,
                order: lien.order,
                layer: lien.layer
            )
        }
        for (index, amount) in split.leaving.reversed() {
            taken.encumbrances = EncumbranceAlgebra.reducing(taken.encumbrances, at: index, by: amount)
        }
        return following
    }

    /// ENB-006: puts encumbrances that come with units on the holding that receives them.
    func receive(
        _ arriving: [EncumbranceRecord],
        at address: HoldingAddress,
        _ target: EncumbranceTarget,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard !arriving.isEmpty else { return }
        var record = holding(address, draft)
        guard
            let list = EncumbranceAlgebra.receiving(arriving, into: record.encumbrances, on: businessDate(draft))
        else {
            let limit = UInt64(TransactionLimits.arrivedEncumbranceCountMax)
            throw Rejection(.tooManyEncumbrances, (.limit, .number(limit)))
        }
        record.encumbrances = list
        setHolding(record, at: address, &draft)
        for encumbrance in arriving {
            draft.effects.append(.encumbered(target, encumbrance.id, amount: encumbrance.amount))
        }
    }
}
