/// RBK-030 to RBK-045: when units move, and in what form. Asked of transfers from person to person.
extension LedgerState {
    func transferFinding(
        _ rule: Rule,
        at position: Int,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        switch rule {
        case .volume(let days, let limit): volumeFinding([.given], days, limit, .volumeExceeded, movement, draft)
        case .volumeTowards(_, let days, let limit): volumeTowardsFinding(at: position, days, limit, movement, draft)
        case .tradingCalendar: movement.book.names.calendars[position].flatMap { calendarFinding($0, movement) }
        case .lockUp(let partitions, let date): lockUpFinding(partitions, date, movement)
        case .issueLockUp(let days): periodFinding(.issued, days, .lockedAfterIssue, movement, draft)
        case .holdingPeriod(let days): periodFinding(.got, days, .heldTooShort, movement, draft)
        case .transferMin(let least):
            movement.units >= least
                ? nil
                : RuleFinding(
                    .transferTooSmall,
                    movement,
                    facts: [DecidingFact(.limit, .quantity(least))],
                    remedy: .amountAtLeast(least)
                )
        case .lot(let lot): lotFinding(lot, movement)
        case .fee(let charge): chargeFinding(charge, at: position, .feeNotPaid, movement, draft)
        case .stampDuty(let charge): chargeFinding(charge, at: position, .stampDutyNotPaid, movement, draft)
        case .approval(let approval): approvalFinding(approval, movement, draft)
        case .nonTransferable: RuleFinding(.notTransferable, movement)
        default: nil
        }
    }

    // MARK: When

    /// RBK-030, RBK-031: units given in the window, these included, are within the limit.
    private func volumeFinding(
        _ channels: [VolumeTable.Channel],
        _ days: Int,
        _ limit: Quantity,
        _ code: RejectionCode,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let first = movement.today.adding(days: 1 - days) ?? movement.today
        var given = Quantity.zero
        for channel in channels {
            let key = VolumeTable.Key(person: movement.giver, channel: channel)
            given = given.adding(volume(key, of: movement.asset, draft).sum(from: first)) ?? .max
        }
        if let sum = given.adding(movement.units), sum <= limit { return nil }
        var sums = DaySums()
        for channel in channels {
            sums = sums.merged(
                with: volume(VolumeTable.Key(person: movement.giver, channel: channel), of: movement.asset, draft)
            )
        }
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.giver), draft))
        let room = limit.subtracting(given) ?? .zero
        let opening = limit.subtracting(movement.units).flatMap { sums.lastDate(exceeding: $0)?.adding(days: days) }
        return RuleFinding(
            code,
            movement,
            facts: [
                DecidingFact(.limit, .quantity(limit)), DecidingFact(.window, .number(UInt64(days))),
                DecidingFact(.units, .quantity(given), of: owner),
            ],
            remedy: room > .zero ? .amountThatFits(room) : opening.map { .opensOn($0) }
        )
    }

    private func volumeTowardsFinding(
        at position: Int,
        _ days: Int,
        _ limit: Quantity,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        guard let accounts = movement.book.names.accounts[position], let destination = movement.destination,
            accounts.contains(destination)
        else { return nil }
        return volumeFinding(accounts.map { .towards($0) }, days, limit, .volumeTowardsExceeded, movement, draft)
    }

    private func lockUpFinding(
        _ partitions: [Partition],
        _ date: CalendarDate,
        _ movement: RuledMovement
    ) -> RuleFinding? {
        guard movement.today <= date, partitions.isEmpty || partitions.contains(movement.partition) else { return nil }
        return RuleFinding(
            .lockedUp,
            movement,
            facts: [DecidingFact(.limit, .date(date)), DecidingFact(.date, .date(movement.today))],
            remedy: date.adding(days: 1).map { .opensOn($0) }
        )
    }

    /// RBK-033, RBK-034: what was got in the period is still there; what was held longer leaves first.
    private func periodFinding(
        _ channel: VolumeTable.Channel,
        _ days: Int,
        _ code: RejectionCode,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        let first = movement.today.adding(days: 1 - days) ?? movement.today
        let sums = volume(VolumeTable.Key(person: movement.giver, channel: channel), of: movement.asset, draft)
        let locked = sums.sum(from: first)
        let left = heldUnits(movement.giver, movement.asset, draft)
        if left >= locked { return nil }
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.giver), draft))
        let room = (left.adding(movement.units) ?? .max).subtracting(locked) ?? .zero
        return RuleFinding(
            code,
            movement,
            facts: [
                DecidingFact(.window, .number(UInt64(days))), DecidingFact(.units, .quantity(locked), of: owner),
            ],
            remedy: room > .zero
                ? .amountThatFits(room)
                : sums.lastDate(exceeding: left)?.adding(days: days).map { .opensOn($0) }
        )
    }

    private func calendarFinding(_ calendar: BusinessCalendar, _ movement: RuledMovement) -> RuleFinding? {
        // A calendar that does not speak of the day does not open it.
        if (try? calendar.isBusinessDay(movement.today)) == true { return nil }
        let next = try? calendar.advance(movement.today, businessDays: 1)
        return RuleFinding(
            .marketClosed,
            movement,
            facts: [DecidingFact(.date, .date(movement.today))],
            remedy: next.map { .opensOn($0) }
        )
    }

    // MARK: In what form

    private func lotFinding(_ lot: Quantity, _ movement: RuledMovement) -> RuleFinding? {
        let rest = movement.units.units % lot.units
        guard rest > 0 else { return nil }
        return RuleFinding(
            .notWholeLots,
            movement,
            facts: [DecidingFact(.limit, .quantity(lot))],
            remedy: movement.units < lot
                ? .amountAtLeast(lot) : .amountThatFits(Quantity(movement.units.units - rest))
        )
    }

    /// RBK-040, RBK-041: earlier operations of the transaction have paid this charge, and those before it in the
    /// rulebook that go the same way.
    private func chargeFinding(
        _ charge: Charge,
        at position: Int,
        _ code: RejectionCode,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        guard let place = treasuryPlace(of: charge) else { return nil }
        var due: Quantity? = .zero
        for rule in movement.book.book.rules[...position] {
            switch rule {
            case .fee(let other), .stampDuty(let other):
                guard other.cash == charge.cash, other.treasury == charge.treasury else { continue }
                due = other.amount(for: movement.units).flatMap { due?.adding($0) }
            default: continue
            }
        }
        let paid = paidCharges(to: place, movement, draft)
        if let due, paid >= due { return nil }
        let amount = charge.amount(for: movement.units) ?? .max
        return RuleFinding(
            code,
            movement,
            facts: [DecidingFact(.requested, .quantity(amount)), DecidingFact(.found, .quantity(paid))],
            remedy: .payment(amount, of: charge.cash, to: charge.treasury)
        )
    }

    /// Whether no approver's keys are being replaced: who cannot say yes is not silent.
    private func mayAllSpeak(_ approval: ApprovalRule, _ draft: Transition) -> Bool {
        approval.approvers.allSatisfy { approver in
            accountIndex(approver, draft).map { !isInRecovery($0, draft) } ?? true
        }
    }

    private func approvalFinding(
        _ approval: ApprovalRule,
        _ movement: RuledMovement,
        _ draft: Transition
    ) -> RuleFinding? {
        guard let source = movement.source, let destination = movement.destination else { return nil }
        let key = RuleKey.request(
            asset: assetID(movement.asset, draft),
            from: accountID(source, draft),
            to: accountID(destination, draft)
        )
        var approved: [AccountID] = []
        if case .request(let record)? = rule(key, draft), record.units == movement.units,
            record.lastDate >= movement.today
        {
            approved = record.approvals.filter { approval.approvers.contains($0) }
            if approved.count >= approval.needed { return nil }
            if let silence = approval.silence, record.version == movement.book.version,
                !record.refusals.contains(where: { approval.approvers.contains($0) }),
                record.since.hasPassed(silence.notice, at: now(draft)), mayAllSpeak(approval, draft)
            {
                return nil
            }
        }
        let owner = DecidingFact.Owner.party(partyID(PartyIndex(movement.giver), draft))
        let needed = approval.needed - approved.count
        return RuleFinding(
            .approvalMissing,
            movement,
            facts: [
                DecidingFact(.quorum, .number(UInt64(approval.needed))),
                DecidingFact(.count, .number(UInt64(approved.count)), of: owner),
            ],
            remedy: .approvalMissing(approval.approvers.filter { !approved.contains($0) }, needed: needed)
        )
    }
}
