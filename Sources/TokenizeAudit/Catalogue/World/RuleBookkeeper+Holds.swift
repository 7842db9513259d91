import Tokenize

/// What holds an account, whatever a rulebook says: freezes of it and of its person (15.2.1), and its recovery (15.5).
extension RuleBookkeeper {
    /// RCV-003, then TRF-003: why an account gives nothing away.
    func hindrance(of account: Int) -> RejectionCode? {
        if recovering[account] != nil { return .inRecovery }
        return isFrozen(account) ? .accountFrozen : nil
    }

    private func isFrozen(_ account: Int) -> Bool {
        freezes.contains { freeze in
            let isMeant =
                freeze.isOfParty ? person(freeze.account) == person(account) : freeze.account == account
            return isMeant && today <= freeze.lastDate
        }
    }

    /// An authority freezes an account, or the party behind it.
    mutating func freeze(_ account: Int, isOfParty: Bool, through lastDate: CalendarDate) -> RejectionCode? {
        if lastDate < today { return .alreadyLapsed }
        freezes.append(Freeze(account: account, isOfParty: isOfParty, lastDate: lastDate))
        // The id of what stands now is that of the transaction.
        effects = nil
        return nil
    }

    /// One member does, for at most so many days: EMG-002 and EMG-003.
    mutating func freezeAtOnce(_ account: Int, isOfParty: Bool, through lastDate: CalendarDate, daysMax: Int)
        -> RejectionCode?
    {
        let days = lastDate.days(since: today)
        if days >= daysMax { return .emergencyTooLong }
        let isResting = emergencies.contains { person($0.account) == person(account) && today <= $0.until }
        if isResting { return .emergencyRepeated }
        guard let until = lastDate.adding(days: days + 1) else { return nil }
        emergencies.append((account, until))
        return freeze(account, isOfParty: isOfParty, through: lastDate)
    }

    /// A holder sets one unit apart for another until the day is over: ENB-001, TRF-003, ENB-005.
    mutating func setApart(_ account: Int, for other: Int) -> RejectionCode? {
        if person(account) == person(other) { return .targetNotAllowed }
        if let refusal = hindrance(of: account) { return refusal }
        if units[Place(account: account, part: 0), default: 0] < 1 { return .encumbranceExceedsUnits }
        effects = nil
        return nil
    }

    // MARK: Recovery

    mutating func fileRecovery(of account: Int) -> RejectionCode? {
        if recovering[account] != nil { return .recoveryPending }
        recovering[account] = openedDays
        effects?.append(.control(.recoveryFiled(people[account].account)))
        return nil
    }

    /// The account has other keys: its requests go, its approvals of others' too, and its allowances are at rest. Its
    /// refusals stay.
    mutating func recover(_ account: Int, after days: Int) -> RejectionCode? {
        guard let filed = recovering[account] else { return .noRecovery }
        if openedDays - filed < days { return .noticeRunning }
        recovering[account] = nil
        for (pair, request) in requests {
            var left = request
            left.approvals.remove(people[account].account)
            requests[pair] = pair.from == account ? nil : left
        }
        resting.insert(account)
        effects?.append(.control(.recoveryExecuted(people[account].account)))
        effects?.append(.keysRotated(people[account].account))
        return nil
    }

    /// The owner lets operators move its units, without limit.
    mutating func allow(_ trustee: Int, by owner: Int) -> RejectionCode? {
        if let refusal = hindrance(of: owner) { return refusal }
        let (account, one) = (people[owner].account, people[trustee].account)
        effects?.append(.control(.allowanceSet(asset, owner: account, operator: one, units: .max)))
        return nil
    }

    // MARK: Days

    mutating func openDay(_ date: CalendarDate) {
        today = date
        openedDays += 1
        effects?.append(.businessDayOpened(date))
    }
}
