/// RBK-020 to RBK-026: how much persons and classes hold, and how many hold. Asked of issues and of transfers from
/// person to person, on the state after the movement.
extension LedgerState {
    func quantityFinding(_ rule: Rule, _ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        switch rule {
        case .balanceMax(let limit): balanceFinding(limit, .balanceExceeded, movement, draft)
        case .partyShareMax(let numerator, let denominator):
            shareFinding(numerator, denominator, movement, draft)
        case .remainderMin(let least): movement.isTransfer ? remainderFinding(least, movement, draft) : nil
        case .classShareMin(let classes, let numerator, let denominator):
            classShareFinding(classes, numerator, denominator, movement, draft)
        case .holderCountMax(let limit): holderFinding(.all, limit, .tooManyHolders, movement, draft)
        case .classHolderCountMax(let classes, let limit):
            holderFinding(classes, limit, .tooManyHoldersOfClass, movement, draft)
        case .supplyMax(let limit): supplyFinding(limit, movement, draft)
        case .holding(let rule): holdingFinding(rule, movement, draft)
        case .optIn: optInFinding(movement, draft)
        default: nil
        }
    }

    /// RBK-022: of an issue the whole grows too, so that more fits than the share of what was there.
    private func shareFinding(
        _ numerator: UInt64,
        _ denominator: UInt64,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        guard movement.getter != RuledMovement.nobody else { return nil }
        let whole = outstanding(movement.asset, draft)
        let held = movement.getterUnits ?? heldUnits(movement.getter, movement.asset, draft)
        let issuable =
            movement.source == nil
            ? ShareLimit(held: held, of: whole, numerator, denominator).fitting(issued: movement.units) : nil
        let limit = share(numerator, denominator, of: whole)
        return balanceFinding(limit, .partyShareExceeded, movement, draft, issuable: issuable)
    }

    private func balanceFinding(
        _ limit: Quantity,
        _ code: RejectionCode,
        _ movement: RuledMovement,
        _ draft: Transition,
        issuable: Quantity? = nil
    ) -> RuleFinding? {
        guard movement.getter != RuledMovement.nobody else { return nil }
        let held = movement.getterUnits ?? heldUnits(movement.getter, movement.asset, draft)
        guard held > limit else { return nil }
        let before = held.subtracting(movement.units) ?? .zero
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.getter), draft))
        let fits = issuable ?? limit.subtracting(before) ?? .zero
        return RuleFinding(
            code,
            movement,
            facts: [DecidingFact(.limit, .quantity(limit)), DecidingFact(.units, .quantity(before), of: owner)],
            remedy: .amountThatFits(fits)
        )
    }

    /// RBK-021: whoever gives units up keeps enough of them, or none, whether to another person or for good.
    func remainderFinding(_ least: Quantity, _ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        let left = heldUnits(movement.giver, movement.asset, draft)
        guard left > .zero, left < least else { return nil }
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.giver), draft))
        let before = left.adding(movement.units) ?? .max
        return RuleFinding(
            .remainderTooSmall,
            movement,
            facts: [DecidingFact(.limit, .quantity(least)), DecidingFact(.units, .quantity(left), of: owner)],
            // Whoever has less than it must leave can give all of it, and no part.
            remedy: before < least ? .amountAtLeast(before) : .amountThatFits(before.subtracting(least) ?? .zero)
        )
    }

    /// RBK-023: refused where these classes would have less than their part, and the movement takes from it.
    func classShareFinding(
        _ classes: HolderClassSet,
        _ numerator: UInt64,
        _ denominator: UInt64,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let gives = movement.source.map { classes.contains(HolderClassSet(holderClass($0, draft))) } ?? false
        let gets = movement.destination.map { classes.contains(HolderClassSet(holderClass($0, draft))) } ?? false
        // Within the classes nothing changes; an issue to others makes the part smaller.
        guard gives && !gets || movement.source == nil && !gets else { return nil }
        let record = asset(movement.asset, draft)
        let others = ShareLimit(othersThan: classes, keeping: numerator, denominator, of: record)
        guard others.isExceeded else { return nil }
        let fits: Quantity? =
            if movement.source == nil {
                others.fitting(issued: movement.units)
            } else if movement.destination == nil {
                others.fitting(redeemed: movement.units)
            } else {
                others.fitting(movement.units)
            }
        return RuleFinding(
            .classShareTooSmall,
            movement,
            facts: [
                // Whoever is one of two holders of a class would read what the other has.
                DecidingFact(.units, .quantity(record.units(of: classes)), of: .authority),
                DecidingFact(.cap, .quantity(record.outstanding)),
            ],
            remedy: fits.map { .amountThatFits($0) }
        )
    }

    private func holderFinding(
        _ classes: HolderClassSet,
        _ limit: UInt64,
        _ code: RejectionCode,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        guard movement.getter != RuledMovement.nobody,
            heldUnits(movement.getter, movement.asset, draft) == movement.units,
            classes.contains(HolderClassSet(party(PartyIndex(movement.getter), draft).holderClass))
        else { return nil }
        let count = holderCount(classes, movement.asset, draft)
        guard count > limit else { return nil }
        return RuleFinding(
            code,
            movement,
            facts: [DecidingFact(.limit, .number(limit)), DecidingFact(.count, .number(count - 1))]
        )
    }

    private func supplyFinding(_ limit: Quantity, _ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        guard movement.source == nil else { return nil }
        let outstanding = outstanding(movement.asset, draft)
        guard outstanding > limit else { return nil }
        let before = outstanding.subtracting(movement.units) ?? .zero
        return RuleFinding(
            .supplyExceeded,
            movement,
            facts: [DecidingFact(.limit, .quantity(limit)), DecidingFact(.units, .quantity(before))],
            remedy: .amountThatFits(limit.subtracting(before) ?? .zero)
        )
    }

    /// HLD-001, HLD-002, laid down in a rulebook.
    private func holdingFinding(_ rule: HoldingRule, _ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        guard let destination = movement.destination else { return nil }
        let record = asset(movement.asset, draft)
        guard let refusal = refusal(by: rule, of: destination, record, draft) else { return nil }
        let owner = owner(of: destination, draft)
        let plain = movement.source.map { source in
            Movement(
                asset: movement.asset,
                from: source,
                to: destination,
                partition: movement.partition,
                units: movement.units
            )
        }
        return RuleFinding(
            refusal.code,
            movement,
            facts: refusal.facts.map { DecidingFact($0.name, $0.value, of: owner) },
            remedy: remedy(of: rule, record, after: plain, draft)
        )
    }

    private func optInFinding(_ movement: RuledMovement, _ draft: Transition) -> RuleFinding? {
        guard let destination = movement.destination else { return nil }
        let asset = assetID(movement.asset, draft)
        let party = partyID(party(of: destination, draft), draft)
        let head = partyID(PartyIndex(movement.getter), draft)
        guard rule(.optIn(asset, party), draft) == nil, rule(.optIn(asset, head), draft) == nil else { return nil }
        return RuleFinding(
            .notWanted,
            movement,
            facts: [DecidingFact(.party, .party(party), of: .party(party))],
            remedy: .optIn(party)
        )
    }

    // MARK: Counts

    /// The largest number of units that is no more than a part of a whole.
    private func share(_ numerator: UInt64, _ denominator: UInt64, of whole: Quantity) -> Quantity {
        let product = whole.units.multipliedFullWidth(by: UInt128(numerator))
        // The part is at most the whole, so that the quotient fits.
        return Quantity(UInt128(denominator).dividingFullWidth(product).quotient)
    }

    /// Whether units are no more than a part of a whole, by numbers of 128 bits; false also where these do not suffice.
    @inline(__always)
    func isWithin(_ numerator: UInt64, _ denominator: UInt64, of whole: Quantity, _ units: Quantity) -> Bool {
        let left = units.units.multipliedReportingOverflow(by: UInt128(denominator))
        let right = whole.units.multipliedReportingOverflow(by: UInt128(numerator))
        return !left.overflow && !right.overflow && left.partialValue <= right.partialValue
    }

    @inline(__always)
    func outstanding(_ asset: AssetIndex, _ draft: Transition) -> Quantity {
        if draft.assets.isEmpty, asset.offset < assets.count {
            // Without a copy of the record.
            return Quantity(assets.records[asset.offset].issued.units - assets.records[asset.offset].redeemed.units)
        }
        return self.asset(asset, draft).outstanding
    }

    /// Units of a person as the transaction has left them so far.
    func heldUnits(_ person: UInt32, _ asset: AssetIndex, _ draft: Transition) -> Quantity {
        var units = rules.line(of: asset).map { rules.lines[$0].units(of: person) } ?? 0
        for index in draft.holdings.indices where draft.holdings[index].address.asset == asset {
            guard self.person(of: draft.holdings[index].address.account, draft) == person else { continue }
            units &+= draft.holdings[index].record.units.units &- draft.holdings[index].unitsBefore.units
        }
        for payment in draft.servicing.bulk where payment.cash == asset {
            for entry in payment.entries where self.person(of: AccountIndex(entry.account), draft) == person {
                units &+= UInt128(entry.net)
            }
        }
        return Quantity(units)
    }

    /// Persons of some classes that hold units, as the transaction has left them so far.
    func holderCount(_ classes: HolderClassSet, _ asset: AssetIndex, _ draft: Transition) -> UInt64 {
        guard let place = rules.line(of: asset) else { return 0 }
        let line = rules.lines[place]
        var count: Int64 = 0
        if classes == .all {
            count = Int64(line.holderCount)
        } else {
            for holderClass in HolderClass.allCases where classes.contains(HolderClassSet(holderClass)) {
                count += Int64(line.holdersByClass[Int(holderClass.rawValue)])
            }
        }
        var changes: [UInt32: UInt128] = [:]
        for change in draft.holdings where change.address.asset == asset {
            let person = person(of: change.address.account, draft)
            changes[person, default: 0] &+= change.record.units.units &- change.unitsBefore.units
        }
        for payment in draft.servicing.bulk where payment.cash == asset {
            for entry in payment.entries {
                changes[person(of: AccountIndex(entry.account), draft), default: 0] &+= UInt128(entry.net)
            }
        }
        for (person, change) in changes {
            guard classes.contains(HolderClassSet(party(PartyIndex(person), draft).holderClass)) else { continue }
            let before = line.units(of: person)
            count += (before &+ change > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
        }
        return UInt64(max(0, count))
    }
}
