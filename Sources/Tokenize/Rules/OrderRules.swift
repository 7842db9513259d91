/// ORD-001, ORD-002: movement against the holder's will. A lawful order is not stopped by economic rules; it never
/// skips conservation, and it lifts no encumbrance but the one that it executes.
extension LedgerState {
    func decide(
        _ forced: ForcedTransfer,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        try move(forced.taking, to: forced.destination, under, context, &draft)
    }

    /// Takes units under an order and gives them to an account, with the liens that follow them.
    func move(
        _ taking: Taking,
        to recipient: AccountID,
        _ under: AuthorityReference,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let asset = try requireAsset(taking.asset, draft)
        if self.asset(asset, draft).status != .active { try draft.object(Rejection(.assetClosed)) }
        let source = try requireAccount(taking.source, draft)
        let destination = try requireAccount(recipient, draft)
        if source == destination { try draft.object(Rejection(.selfTransfer)) }
        let from = HoldingAddress(asset: asset, account: source, partition: taking.partition)
        let to = HoldingAddress(asset: asset, account: destination, partition: taking.partition)
        var taken = try take(taking, from: from, under, &draft)
        let following = splitLiens(&taken, taking, context, businessDate(draft))
        setHolding(taken, at: from, &draft)

        try credit(taking.units, to: to, &draft)
        movePrincipal(taking.units, from: from, to: to, &draft)
        try receive(
            following,
            at: to,
            .holding(asset: taking.asset, account: recipient, partition: taking.partition),
            &draft
        )
        try shiftClass(
            Movement(asset: asset, from: source, to: destination, partition: taking.partition, units: taking.units),
            &draft
        )
        draft.effects.append(
            .forciblyTransferred(
                taking.asset,
                from: taking.source,
                to: recipient,
                partition: taking.partition,
                units: taking.units
            )
        )
    }

    /// The holding as an order leaves it: fewer units, and less of the encumbrance that the order executes. All other
    /// encumbrances are as they were.
    func take(
        _ taking: Taking,
        from address: HoldingAddress,
        _ under: AuthorityReference,
        _ draft: inout Transition
    ) throws(Rejection) -> HoldingRecord {
        if taking.units == .zero { try draft.object(Rejection(.zeroUnits)) }
        if taking.rank < 1 { try draft.object(Rejection(.rankZero)) }
        let today = businessDate(draft)
        if taking.lastDate < today {
            try draft.object(Rejection(.alreadyLapsed, (.limit, .date(taking.lastDate)), (.date, .date(today))))
        }
        try noteOrder(taking.order, of: under, isExecuted: true, &draft)
        var taken = holding(address, draft)
        guard let rest = taken.units.subtracting(taking.units) else {
            try draft.object(
                Rejection(
                    .insufficientUnits,
                    (.requested, .quantity(taking.units)),
                    (.units, .quantity(taken.units))
                ),
                of: owner(of: address.account, draft),
                remedy: .amountThatFits(taken.units)
            )
            return taken
        }
        taken.encumbrances = try executing(taking, under, taken.encumbrances, &draft)
        try requireNoSeniorClaim(taking, under, over: taken, leaving: rest, address, draft)
        taken.units = rest
        return taken
    }

    /// ORD-001: uses up the encumbrance that the order executes: the authority's own, of the same order and rank.
    private func executing(
        _ taking: Taking,
        _ under: AuthorityReference,
        _ encumbrances: [EncumbranceRecord],
        _ draft: inout Transition
    ) throws(Rejection) -> [EncumbranceRecord] {
        guard let id = taking.executing else { return encumbrances }
        guard let index = encumbrances.firstIndex(where: { $0.id == id }) else {
            throw Rejection(.unknownEncumbrance, (.encumbrance, .encumbrance(id)))
        }
        let executed = encumbrances[index]
        guard executed.owner == .authority(under) else { throw Rejection(.notOwner, (.encumbrance, .encumbrance(id))) }
        guard executed.stands(on: businessDate(draft)), executed.order == taking.order,
            executed.rank == taking.rank, taking.units <= executed.amount
        else {
            throw Rejection(
                .orderDoesNotCover,
                (.encumbrance, .encumbrance(id)),
                (.requested, .quantity(taking.units)),
                (.available, .quantity(executed.amount))
            )
        }
        draft.effects.append(
            .released(
                .holding(asset: taking.asset, account: taking.source, partition: taking.partition),
                id,
                amount: taking.units
            )
        )
        return EncumbranceAlgebra.reducing(encumbrances, at: index, by: taking.units)
    }

    /// ORD-002: what is as senior as the order, or more, keeps the units that it covers. A holder names the rank of
    /// its own reservations, so these must be more senior than the order. Of freezes and pauses as a whole, those of
    /// other authorities count.
    private func requireNoSeniorClaim(
        _ taking: Taking,
        _ under: AuthorityReference,
        over taken: HoldingRecord,
        leaving rest: Quantity,
        _ address: HoldingAddress,
        _ draft: Transition
    ) throws(Rejection) {
        let today = businessDate(draft)
        let isSenior = { (record: EncumbranceRecord) in
            // What is left of the executed encumbrance does not stand in its own way.
            if record.id == taking.executing { return false }
            return switch record.owner {
            case .authority: record.rank <= taking.rank
            case .account: record.rank < taking.rank
            }
        }
        let covered = EncumbranceAlgebra.cover(of: taken.encumbrances, on: today, where: isSenior)
        if rest < covered {
            try draft.object(
                Rejection(
                    .seniorEncumbrance,
                    (.requested, .quantity(taking.units)),
                    (.available, .quantity(taken.units.subtracting(covered) ?? .zero)),
                    (.rank, .number(UInt64(taking.rank)))
                ),
                of: owner(of: address.account, draft)
            )
        }
        let wider =
            account(address.account, draft).encumbrances + asset(address.asset, draft).encumbrances
            + partyEncumbrances(ofHolder: address.account, draft)
        if let standing = wider.first(where: {
            $0.stands(on: today) && isSenior($0) && $0.owner != .authority(under)
        }) {
            try draft.object(
                Rejection(.seniorEncumbrance, (.encumbrance, .encumbrance(standing.id))),
                of: owner(of: address.account, draft),
                StandingOrders([standing], on: today).facts(of: owner(of: address.account, draft)),
                remedy: StandingOrders([standing], on: today).remedy
            )
        }
    }

    /// Takes out of a holding what its liens cover beyond the units that stay, under names of its own.
    private func splitLiens(
        _ taken: inout HoldingRecord,
        _ taking: Taking,
        _ context: OperationContext,
        _ today: CalendarDate
    ) -> [EncumbranceRecord] {
        let split = LienSplit(taken.encumbrances, leaving: taken.units, rank: taking.rank, on: today)
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
