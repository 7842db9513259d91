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
        try requireNoSeniorClaim(forced, over: taken, leaving: rest, asset, source, draft)
        taken.units = rest
        let following = splitLiens(&taken, context, businessDate(draft))
        setHolding(taken, at: from, &draft)

        try credit(forced.units, to: to, &draft)
        if !following.isEmpty {
            var received = holding(to, draft)
            for lien in following {
                received.encumbrances = try LedgerState.adding(
                    lien,
                    to: received.encumbrances,
                    on: businessDate(draft)
                )
                draft.effects.append(
                    .encumbered(
                        .holding(asset: forced.asset, account: forced.destination, partition: forced.partition),
                        lien.id,
                        amount: lien.amount
                    )
                )
            }
            setHolding(received, at: to, &draft)
        }
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

    /// ORD-002: what is as senior as the order, or more, keeps the units that it covers.
    private func requireNoSeniorClaim(
        _ forced: ForcedTransfer,
        over taken: HoldingRecord,
        leaving rest: Quantity,
        _ asset: AssetIndex,
        _ source: AccountIndex,
        _ draft: Transition
    ) throws(Rejection) {
        let today = businessDate(draft)
        let isSenior = { (record: EncumbranceRecord) in record.rank <= forced.rank }
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
        if let standing = wider.first(where: { $0.stands(on: today) && isSenior($0) }) {
            throw Rejection(.seniorEncumbrance, (.encumbrance, .encumbrance(standing.id)))
        }
    }

    /// Liens follow the units: what a junior lien covers beyond the units that stay goes with those that leave.
    private func splitLiens(
        _ taken: inout HoldingRecord,
        _ context: OperationContext,
        _ today: CalendarDate
    ) -> [EncumbranceRecord] {
        var following: [EncumbranceRecord] = []
        for index in taken.encumbrances.indices.reversed() {
            let lien = taken.encumbrances[index]
            guard lien.kind.followsUnits, lien.stands(on: today), lien.amount > taken.units,
                let excess = lien.amount.subtracting(taken.units)
            else { continue }
            taken.encumbrances = EncumbranceAlgebra.reducing(taken.encumbrances, at: index, by: excess)
            following.append(
                EncumbranceRecord(
                    id: context.encumbranceID(ordinal: index + 1),
                    kind: lien.kind,
                    owner: lien.owner,
                    amount: excess,
                    rank: lien.rank,
                    lastDate: lien.lastDate,
                    order: lien.order
                )
            )
        }
        return following
    }
}
