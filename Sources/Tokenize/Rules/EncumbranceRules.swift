/// ENB-001 to ENB-009: encumbrances are put on and lifted.
extension LedgerState {
    func decide(
        _ encumbering: Encumbering,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let owner = try requireAllowed(encumbering, under, context, draft)
        if encumbering.rank < 1 { try draft.object(Rejection(.rankZero)) }
        let today = businessDate(draft)
        if encumbering.lastDate < today {
            try draft.object(Rejection(.alreadyLapsed, (.limit, .date(encumbering.lastDate)), (.date, .date(today))))
        }
        if let under { try noteOrder(encumbering.order, of: under, isExecuted: false, &draft) }
        let record = EncumbranceRecord(
            id: context.encumbranceID(),
            kind: encumbering.kind,
            owner: owner,
            amount: encumbering.amount,
            rank: encumbering.rank,
            lastDate: encumbering.lastDate,
            order: encumbering.order
        )
        if case .holding = encumbering.target { try requireCoverable(encumbering, draft) }
        try updateEncumbrances(of: encumbering.target, &draft) { list throws(Rejection) in
            try LedgerState.adding(record, to: list, on: today)
        }
        draft.effects.append(.encumbered(encumbering.target, record.id, amount: record.amount))
    }

    /// The list with one more record, those that have lapsed dropped (ENB-006). Reserved and attached ones are counted
    /// apart: no holder can fill the list so that an order finds no room.
    static func adding(
        _ record: EncumbranceRecord,
        to list: [EncumbranceRecord],
        on date: CalendarDate
    ) throws(Rejection) -> [EncumbranceRecord] {
        let standing = list.filter { $0.stands(on: date) }
        let rivals = standing.count { $0.layer == 0 && $0.kind.isReserved == record.kind.isReserved }
        guard rivals < TransactionLimits.encumbranceCountMax else {
            throw Rejection(.tooManyEncumbrances, (.limit, .number(UInt64(TransactionLimits.encumbranceCountMax))))
        }
        return EncumbranceAlgebra.ordered(standing + [record])
    }

    /// Whether both accounts are of one person: nobody sets units apart for itself, ahead of those who come by law.
    private func isOwn(_ beneficiary: AccountID, of actor: AccountIndex, _ draft: Transition) -> Bool {
        accountIndex(beneficiary, draft).map { person(of: $0, draft) == person(of: actor, draft) } ?? false
    }

    /// ENB-001, ENB-002: authorities freeze and attach; holders reserve their own units for somebody else.
    private func requireAllowed(
        _ encumbering: Encumbering,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: Transition
    ) throws(Rejection) -> EncumbranceOwner {
        if let under {
            guard encumbering.beneficiary == nil else { throw Rejection(.targetNotAllowed) }
            switch encumbering.target {
            case .holding:
                guard !encumbering.kind.isReserved else { throw Rejection(.kindNotAllowed) }
            case .account, .asset, .party:
                guard encumbering.kind == .freeze, encumbering.amount == .zero else {
                    throw Rejection(.kindNotAllowed)
                }
            }
            return .authority(under)
        }
        guard case .holding(_, let holder, _) = encumbering.target,
            let beneficiary = encumbering.beneficiary,
            accountIndex(holder, draft) == context.actor, !isOwn(beneficiary, of: context.actor, draft)
        else { throw Rejection(.targetNotAllowed) }
        guard encumbering.kind.isReserved else { throw Rejection(.kindNotAllowed) }
        _ = try requireAccount(beneficiary, draft)
        try requireFree(context.actor, draft)
        return .account(beneficiary)
    }

    /// ENB-005: reserved units must be available, a lien's units must be there; a freeze covers units to come.
    private func requireCoverable(_ encumbering: Encumbering, _ draft: Transition) throws(Rejection) {
        let record = try targetedHolding(encumbering.target, draft)
        if encumbering.amount == .zero { try draft.object(Rejection(.zeroUnits)) }
        let coverable: Quantity
        switch encumbering.kind {
        case .hold, .pledge: coverable = record.available(on: businessDate(draft))
        case .lien: coverable = record.units
        case .freeze: coverable = .max
        }
        if encumbering.amount > coverable {
            try draft.object(
                Rejection(
                    .encumbranceExceedsUnits,
                    (.requested, .quantity(encumbering.amount)),
                    (.available, .quantity(coverable))
                ),
                of: targetedOwner(encumbering.target, draft)
            )
        }
    }

    /// Whose the targeted holding is.
    private func targetedOwner(_ target: EncumbranceTarget, _ draft: Transition) -> DecidingFact.Owner? {
        guard case .holding(_, let account, _) = target else { return nil }
        return accountIndex(account, draft).map { owner(of: $0, draft) }
    }

    private func targetedHolding(
        _ target: EncumbranceTarget,
        _ draft: Transition
    ) throws(Rejection) -> HoldingRecord {
        guard case .holding(let asset, let account, let partition) = target else { return .empty }
        let address = HoldingAddress(
            asset: try requireAsset(asset, draft),
            account: try requireAccount(account, draft),
            partition: partition
        )
        return holding(address, draft)
    }

    func decide(
        _ release: Release,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        let caller: EncumbranceOwner =
            if let under { .authority(under) } else { .account(accountID(context.actor, draft)) }
        // To give up a security is an outgoing act.
        if under == nil { try requireFree(context.actor, draft) }
        var lifted = Quantity.zero
        try updateEncumbrances(of: release.target, &draft) { list throws(Rejection) in
            guard let index = list.firstIndex(where: { $0.id == release.encumbrance }) else {
                throw Rejection(.unknownEncumbrance, (.encumbrance, .encumbrance(release.encumbrance)))
            }
            guard list[index].owner == caller else {
                throw Rejection(.notOwner, (.encumbrance, .encumbrance(release.encumbrance)))
            }
            let amount = release.amount ?? list[index].amount
            guard amount <= list[index].amount, release.amount != .zero else {
                throw Rejection(
                    .releaseExceedsAmount,
                    (.requested, .quantity(amount)),
                    (.available, .quantity(list[index].amount))
                )
            }
            lifted = amount
            return EncumbranceAlgebra.reducing(list, at: index, by: amount)
        }
        draft.effects.append(.released(release.target, release.encumbrance, amount: lifted))
    }

    /// Replaces the encumbrances of a target by what `change` makes of them.
    private func updateEncumbrances(
        of target: EncumbranceTarget,
        _ draft: inout Transition,
        _ change: ([EncumbranceRecord]) throws(Rejection) -> [EncumbranceRecord]
    ) throws(Rejection) {
        switch target {
        case .account(let id):
            let index = try requireAccount(id, draft)
            var record = account(index, draft)
            record.encumbrances = try change(record.encumbrances)
            setAccount(record, at: index, &draft)
        case .asset(let id):
            let index = try requireAsset(id, draft)
            var record = asset(index, draft)
            record.encumbrances = try change(record.encumbrances)
            setAsset(record, at: index, &draft)
        case .holding(let asset, let account, let partition):
            let address = HoldingAddress(
                asset: try requireAsset(asset, draft),
                account: try requireAccount(account, draft),
                partition: partition
            )
            var record = holding(address, draft)
            record.encumbrances = try change(record.encumbrances)
            setHolding(record, at: address, &draft)
        case .party(let id):
            guard partyIndex(id, draft) != nil else { throw Rejection(.unknownParty, (.party, .party(id))) }
            let list = try change(partyEncumbrances(id, draft))
            setControl(list.isEmpty ? nil : .partyEncumbrances(list), under: .partyEncumbrances(id), &draft)
        }
    }
}
