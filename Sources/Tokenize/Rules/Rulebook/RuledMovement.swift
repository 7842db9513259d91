/// A movement as a rulebook sees it: on the state after it, and before anything is written of it.
struct RuledMovement {
    let asset: AssetIndex
    /// The position of the asset's line.
    let line: Int
    let book: CompiledRulebook
    /// Who gives; nil for an issue.
    let source: AccountIndex?
    /// Who gets; nil for a redemption.
    let destination: AccountIndex?
    /// Who moves them for the holder.
    let trustee: AccountIndex?
    let partition: Partition
    let units: Quantity
    let today: CalendarDate
    /// The persons behind both; `nobody` where there is none.
    let giver: UInt32
    let getter: UInt32
    /// Parties behind the accounts; nil where there is none.
    let sourceParty: PartyIndex?
    let destinationParty: PartyIndex?
    let trusteeParty: PartyIndex?
    /// Units of who gets, where that is another person and the book limits them.
    var getterUnits: Quantity?

    /// Stands for no person.
    static let nobody = UInt32.max

    /// Whether both accounts are of one person: then only rules on who, and on the form of the transaction, are asked.
    @inline(__always)
    var isWithinPerson: Bool { giver == getter }

    /// Whether it goes from one person to another.
    @inline(__always)
    var isTransfer: Bool { giver != getter && giver != RuledMovement.nobody && getter != RuledMovement.nobody }

    @inline(__always)
    func account(on side: RuleSides) -> AccountIndex? {
        switch side {
        case .sender: source
        case .receiver: destination
        default: trustee
        }
    }

    /// Whether a test holds for every party on these sides.
    @inline(__always)
    func everyParty(on sides: RuleSides, _ test: (PartyIndex) -> Bool) -> Bool {
        if sides.contains(.sender), let sourceParty, !test(sourceParty) { return false }
        if sides.contains(.receiver), let destinationParty, !test(destinationParty) { return false }
        if sides.contains(.trustee), let trusteeParty, !test(trusteeParty) { return false }
        return true
    }

    /// The first finding about an account on these sides.
    func first(on sides: RuleSides, _ check: (AccountIndex) -> RuleFinding?) -> RuleFinding? {
        for side in [RuleSides.sender, .receiver, .trustee] where sides.contains(side) {
            if let account = account(on: side), let finding = check(account) { return finding }
        }
        return nil
    }
}

extension LedgerState {
    /// Everything that an asset's rulebook asks of a movement by the holder; then notes what later ones are judged by.
    @inline(__always)
    func requireRulebook(_ movement: Movement, _ draft: inout Transition) throws(Rejection) {
        guard rules.hasLine(movement.asset) || !draft.rules.records.isEmpty else { return }
        try requireRulebook(
            of: movement.asset,
            from: movement.from,
            to: movement.to,
            by: movement.actor,
            in: movement.partition,
            units: movement.units,
            &draft
        )
    }

    func requireRulebook(
        issuing units: Quantity,
        of asset: AssetIndex,
        to recipient: AccountIndex,
        in partition: Partition,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard rules.hasLine(asset) || !draft.rules.records.isEmpty else { return }
        try requireRulebook(of: asset, from: nil, to: recipient, by: nil, in: partition, units: units, &draft)
    }

    private func requireRulebook(
        of asset: AssetIndex,
        from source: AccountIndex?,
        to destination: AccountIndex?,
        by trustee: AccountIndex?,
        in partition: Partition,
        units: Quantity,
        _ draft: inout Transition
    ) throws(Rejection) {
        if !draft.rules.records.isEmpty { try requireInForce(assetID(asset, draft), draft) }
        guard let line = rules.line(of: asset) else { return }
        let movement = ruled(line, asset, from: source, to: destination, by: trustee, in: partition, units, draft)
        let book = movement.book
        for finding in ruleFindings(movement, draft, stopAtFirst: draft.objections == nil) {
            try draft.object(finding)
        }
        if !book.writesNothing, !movement.isWithinPerson { note(movement, &draft) }
    }

    /// RBK-021 and RBK-023 for units that go out of being because their holder wants it.
    func requireRulebook(
        redeeming units: Quantity,
        of asset: AssetIndex,
        from holder: AccountIndex,
        _ draft: Transition
    ) throws(Rejection) {
        if !draft.rules.records.isEmpty { try requireInForce(assetID(asset, draft), draft) }
        guard let line = rules.line(of: asset) else { return }
        let movement = ruled(line, asset, from: holder, to: nil, by: nil, in: .ordinary, units, draft)
        for rule in movement.book.book.rules {
            let finding: RuleFinding? =
                switch rule {
                case .remainderMin(let least): remainderFinding(least, afterRedeeming: movement, draft)
                case .classShareMin(let classes, let numerator, let denominator):
                    classShareFinding(classes, numerator, denominator, movement, draft)
                default: nil
                }
            if let finding { try draft.object(finding) }
        }
    }

    /// RBK-021: whoever gives units up keeps enough of them, or none, whether to another person or for good.
    private func remainderFinding(
        _ least: Quantity,
        afterRedeeming movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let left = heldUnits(movement.giver, movement.asset, draft)
        guard left > .zero, left < least else { return nil }
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.giver), draft))
        let before = left.adding(movement.units) ?? .max
        return RuleFinding(
            .remainderTooSmall,
            movement,
            facts: [DecidingFact(.limit, .quantity(least)), DecidingFact(.units, .quantity(left), of: owner)],
            remedy: .amountThatFits(before.subtracting(least) ?? .zero)
        )
    }

    /// A movement under a rulebook, with the persons behind its accounts.
    @inline(__always)
    private func ruled(
        _ line: Int,
        _ asset: AssetIndex,
        from source: AccountIndex?,
        to destination: AccountIndex?,
        by trustee: AccountIndex?,
        in partition: Partition,
        _ units: Quantity,
        _ draft: Transition
    ) -> RuledMovement {
        let book = rules.lines[line].book
        let (giving, getting) = (source.map { party(of: $0, draft) }, destination.map { party(of: $0, draft) })
        var movement = RuledMovement(
            asset: asset,
            line: line,
            book: book,
            source: source,
            destination: destination,
            trustee: trustee,
            partition: partition,
            units: units,
            today: businessDate(draft),
            giver: giving.map { rules.person($0) } ?? RuledMovement.nobody,
            getter: getting.map { rules.person($0) } ?? RuledMovement.nobody,
            sourceParty: giving,
            destinationParty: getting,
            trusteeParty: trustee.map { party(of: $0, draft) }
        )
        if book.limitsUnits, getting != nil, !movement.isWithinPerson {
            movement.getterUnits = heldUnits(movement.getter, asset, draft)
        }
        return movement
    }

    /// RBK-032 where units leave a partition without leaving their holder.
    func requireNoLockUp(of partition: Partition, _ asset: AssetIndex, _ draft: Transition) throws(Rejection) {
        guard let book = rules.book(asset) else { return }
        let today = businessDate(draft)
        for case .lockUp(let partitions, let date) in book.book.rules
        where today <= date && (partitions.isEmpty || partitions.contains(partition)) {
            try draft.object(
                Rejection(.lockedUp, (.limit, .date(date)), (.date, .date(today))),
                remedy: date.adding(days: 1).map { .opensOn($0) }
            )
        }
    }

    // MARK: What later movements are judged by

    private func note(_ movement: RuledMovement, _ draft: inout Transition) {
        let book = movement.book
        if movement.isTransfer {
            if book.givenDays > 0 { addVolume(.given, movement.giver, book.givenDays, movement, &draft) }
            if let destination = movement.destination, let days = book.towardsDays[destination] {
                addVolume(.towards(destination), movement.giver, days, movement, &draft)
            }
            if !book.approvals.isEmpty, let source = movement.source, let destination = movement.destination {
                useRequest(movement, source, destination, &draft)
            }
            useCharges(movement, &draft)
        } else if book.issuedDays > 0 {
            addVolume(.issued, movement.getter, book.issuedDays, movement, &draft)
        }
        if book.gotDays > 0 { addVolume(.got, movement.getter, book.gotDays, movement, &draft) }
    }

    private func addVolume(
        _ channel: VolumeTable.Channel,
        _ person: UInt32,
        _ days: Int,
        _ movement: RuledMovement,
        _ draft: inout Transition
    ) {
        let key = VolumeTable.Key(person: person, channel: channel)
        var sums = volume(key, of: movement.asset, draft)
        let first = movement.today.adding(days: 1 - days) ?? movement.today
        sums.add(movement.units, on: movement.today, keepingFrom: first)
        setVolume(sums, key, of: movement.asset, &draft)
    }

    private func useRequest(
        _ movement: RuledMovement,
        _ source: AccountIndex,
        _ destination: AccountIndex,
        _ draft: inout Transition
    ) {
        let (asset, from) = (assetID(movement.asset, draft), accountID(source, draft))
        let to = accountID(destination, draft)
        setRule(nil, under: .request(asset: asset, from: from, to: to), &draft)
        draft.effects.append(.rulebook(.requestUsed(asset, from: from, to: to)))
    }

    /// Takes note of cash that a plain transfer brings to the account of a charge. What is paid there as a price, or by
    /// an operator with the cash of another, is paid for something else.
    @inline(__always)
    func noteCharge(_ movement: Movement, _ draft: inout Transition) {
        if rules.treasuries.isEmpty { return }
        let place = RulebookTable.TreasuryPlace(cash: movement.asset, account: movement.to)
        guard rules.treasuries.contains(place) else { return }
        let payer = person(of: movement.from, draft)
        if let index = draft.rules.payments.firstIndex(where: { $0.place == place && $0.payer == payer }) {
            let sum = draft.rules.payments[index].units.adding(movement.units)
            draft.rules.payments[index].units = sum ?? .max
        } else {
            draft.rules.payments.append(RulebookChanges.Payment(place: place, payer: payer, units: movement.units))
        }
    }

    /// Who may meet the charges of a movement: the persons who give, get and move.
    private func payers(of movement: RuledMovement, _ draft: Transition) -> [UInt32] {
        [movement.giver, movement.getter] + (movement.trustee.map { [person(of: $0, draft)] } ?? [])
    }

    /// What those who take part in a movement have paid to the account of a charge, and no charge has used up.
    func paidCharges(
        to place: RulebookTable.TreasuryPlace,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> Quantity {
        let payers = payers(of: movement, draft)
        var paid = Quantity.zero
        for payment in draft.rules.payments where payment.place == place && payers.contains(payment.payer) {
            paid = paid.adding(payment.units) ?? .max
        }
        return paid
    }

    private func useCharges(_ movement: RuledMovement, _ draft: inout Transition) {
        for (_, charge) in movement.book.charges {
            guard let place = treasuryPlace(of: charge), var left = charge.amount(for: movement.units) else { continue }
            // The giver's first.
            for payer in payers(of: movement, draft) {
                guard
                    let index = draft.rules.payments.firstIndex(where: { $0.place == place && $0.payer == payer })
                else { continue }
                let used = min(left, draft.rules.payments[index].units)
                draft.rules.payments[index].units = draft.rules.payments[index].units.subtracting(used) ?? .zero
                left = left.subtracting(used) ?? .zero
            }
        }
    }

    func treasuryPlace(of charge: Charge) -> RulebookTable.TreasuryPlace? {
        guard let cash = assets.index(of: charge.cash), let account = accounts.index(of: charge.treasury) else {
            return nil
        }
        return RulebookTable.TreasuryPlace(cash: AssetIndex(cash), account: AccountIndex(account))
    }
}
