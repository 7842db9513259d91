import Tokenize

/// 14.3.2 to 14.3.7: which rule refuses a movement, on the state after it.
extension RuleBookkeeper {
    /// What a movement fails, the requirements first, then rules in the order of the rulebook; nothing is noted of it yet.
    func failures(of movement: Movement) -> [RejectionCode] {
        guard movement.to != nil else { return failures(ofRedeeming: movement) }
        var codes: [RejectionCode] = []
        let meetsOne = book.requirements.contains { $0.conditions.allSatisfy { isMet($0, movement) } }
        if !book.requirements.isEmpty, !meetsOne { codes.append(.requirementsNotMet) }
        for (position, rule) in book.rules.enumerated() {
            if let code = refusal(by: rule, at: position, movement) { codes.append(code) }
        }
        return codes
    }

    private func refusal(by rule: Rule, at position: Int, _ movement: Movement) -> RejectionCode? {
        if let code = who(rule, movement) { return code }
        if case .memo = rule, !hasMemo { return .memoMissing }
        if isWithinPerson(movement) { return nil }
        if let code = howMuch(rule, movement) { return code }
        guard let from = movement.from, let to = movement.to else { return nil }
        return when(rule, movement, from, to) ?? inWhatForm(rule, at: position, movement, from, to)
    }

    /// 5.4, RBK-021 and RBK-023 for units that go out of being.
    private func failures(ofRedeeming movement: Movement) -> [RejectionCode] {
        guard let from = movement.from else { return [] }
        let holderClass = HolderClassSet(people[from].holderClass)
        var codes: [RejectionCode] = []
        for case .holding(.classShareLimit(let classes, let numerator, let denominator)) in book.rules
        where !classes.contains(holderClass) {
            let isAbove = held(by: classes) * UInt128(denominator) > outstanding * UInt128(numerator)
            if isAbove { codes.append(.classShareExceeded) }
        }
        for rule in book.rules {
            switch rule {
            case .remainderMin, .classShareMin: if let code = howMuch(rule, movement) { codes.append(code) }
            default: continue
            }
        }
        return codes
    }

    // MARK: Who

    func sides(_ sides: RuleSides, _ movement: Movement) -> [Int] {
        [(RuleSides.sender, movement.from), (.receiver, movement.to), (.trustee, movement.trustee)]
            .compactMap { sides.contains($0.0) ? $0.1 : nil }
    }

    private func who(_ rule: Rule, _ movement: Movement) -> RejectionCode? {
        func any(_ sides: RuleSides, _ isRefused: (Int) -> Bool) -> Bool {
            self.sides(sides, movement).contains(where: isRefused)
        }
        switch rule {
        case .countriesAllowed(let countries, let sides):
            return any(sides) { !countries.contains(people[$0].country) } ? .countryNotAllowed : nil
        case .countriesRestricted(let countries, let sides):
            return any(sides) { countries.contains(people[$0].country) } ? .countryRestricted : nil
        case .allowList(let list, let sides): return any(sides) { !isListed($0, list) } ? .notOnAllowList : nil
        case .blockList(let list, let sides): return any(sides) { isListed($0, list) } ? .onBlockList : nil
        case .sanctions(let list, let sides): return any(sides) { isListed($0, list) } ? .sanctioned : nil
        case .accredited(let statement, let sides):
            return any(sides) { !isAttested($0, statement) } ? .notAccredited : nil
        case .resident(let statement, let sides):
            return any(sides) { !isAttested($0, statement) } ? .notResident : nil
        case .admission(let list):
            let admitted = lists[list.number, default: []]
            return any(.all) { !admitted.contains(.account(people[$0].account)) } ? .accountNotAdmitted : nil
        default: return nil
        }
    }

    func isListed(_ account: Int, _ list: ListReference) -> Bool {
        let members = lists[list.number, default: []]
        return members.contains(.account(people[account].account))
            || accounts(of: person(account)).contains { members.contains(.party(people[$0].party)) }
    }

    /// By an issuer that is trusted now, of the party or its head, and for this asset or all.
    func isAttested(_ account: Int, _ statement: Statement) -> Bool {
        for party in Set([account, person(account)]) {
            for issuer in trusted[statement.topic, default: []] {
                for scope in [nil, asset] {
                    let subject = Subject(account: party, topic: statement.topic, issuer: issuer, scope: scope)
                    guard let word = words[subject], word.from <= today, today <= word.until else { continue }
                    if statement.value == nil || statement.value == word.value { return true }
                }
            }
        }
        return false
    }

    func isMet(_ condition: Condition, _ movement: Movement) -> Bool {
        sides(condition.sides, movement).allSatisfy { account in
            let all = accounts(of: person(account))
            return switch condition.test {
            case .present(let topic): isAttested(account, Statement(topic))
            case .absent(let topic): !all.contains { isAttested($0, Statement(topic)) }
            case .anyOf(let statements): statements.contains { isAttested(account, $0) }
            case .noneOf(let statements): !all.contains { one in statements.contains { isAttested(one, $0) } }
            case .identity(let parties): parties.contains(people[account].party)
            }
        }
    }

    // MARK: How much

    private func howMuch(_ rule: Rule, _ movement: Movement) -> RejectionCode? {
        let getter = movement.to.map { person($0) }
        func isNew(_ getter: Int) -> Bool { held(by: getter) == movement.units }
        switch rule {
        case .holding(let holding): return movement.to.flatMap { refusal(holding, $0) }
        case .balanceMax(let most):
            return getter.map { held(by: $0) > most.units } == true ? .balanceExceeded : nil
        case .remainderMin(let least):
            guard let from = movement.from else { return nil }
            let left = held(by: person(from))
            return left > 0 && left < least.units ? .remainderTooSmall : nil
        case .partyShareMax(let numerator, let denominator):
            guard let getter else { return nil }
            let isAbove = held(by: getter) * UInt128(denominator) > outstanding * UInt128(numerator)
            return isAbove ? .partyShareExceeded : nil
        case .classShareMin(let classes, let numerator, let denominator):
            let gives = movement.from.map { classes.contains(HolderClassSet(people[$0].holderClass)) } ?? true
            let gets = movement.to.map { classes.contains(HolderClassSet(people[$0].holderClass)) } ?? false
            let isBelow = held(by: classes) * UInt128(denominator) < outstanding * UInt128(numerator)
            return gives && !gets && isBelow ? .classShareTooSmall : nil
        case .holderCountMax(let most):
            guard let getter, isNew(getter) else { return nil }
            return holderCount(.all) > most ? .tooManyHolders : nil
        case .classHolderCountMax(let classes, let most):
            guard let getter, isNew(getter), classes.contains(HolderClassSet(people[getter].holderClass)) else {
                return nil
            }
            return holderCount(classes) > most ? .tooManyHoldersOfClass : nil
        case .supplyMax(let most): return movement.from == nil && outstanding > most.units ? .supplyExceeded : nil
        case .optIn:
            guard let to = movement.to, let getter else { return nil }
            return wanting.contains(to) || wanting.contains(getter) ? nil : .notWanted
        default: return nil
        }
    }

    private func refusal(_ rule: HoldingRule, _ account: Int) -> RejectionCode? {
        let holderClass = HolderClassSet(people[account].holderClass)
        switch rule {
        case .allowedClasses(let classes): return classes.contains(holderClass) ? nil : .classNotAllowed
        case .classShareLimit(let classes, let numerator, let denominator):
            guard classes.contains(holderClass) else { return nil }
            let isAbove = held(by: classes) * UInt128(denominator) > outstanding * UInt128(numerator)
            return isAbove ? .classShareExceeded : nil
        }
    }

    // MARK: When, and in what form

    func sum(_ channel: Channel, days: Int) -> UInt128 {
        sums[channel, default: [:]].reduce(0) { $0 + (today.days(since: $1.key) < days ? $1.value : 0) }
    }

    /// What a person has given to accounts, any of them.
    func sum(towards accounts: [AccountID], by giver: Int, days: Int) -> UInt128 {
        accounts.reduce(0) { $0 + sum(.towards(giver, $1), days: days) }
    }

    private func when(_ rule: Rule, _ movement: Movement, _ from: Int, _ to: Int) -> RejectionCode? {
        let giver = person(from)
        switch rule {
        case .volume(let days, let most):
            return sum(.given(giver), days: days) + movement.units > most.units ? .volumeExceeded : nil
        case .volumeTowards(let accounts, let days, let most):
            guard accounts.contains(people[to].account) else { return nil }
            let given = sum(towards: accounts, by: giver, days: days)
            return given + movement.units > most.units ? .volumeTowardsExceeded : nil
        case .lockUp(let parts, let last):
            return today <= last && (parts.isEmpty || parts.contains(movement.part)) ? .lockedUp : nil
        case .issueLockUp(let days):
            return held(by: giver) < sum(.issued(giver), days: days) ? .lockedAfterIssue : nil
        case .holdingPeriod(let days): return held(by: giver) < sum(.got(giver), days: days) ? .heldTooShort : nil
        // The only calendar that is drawn; 1970-01-01 was a Thursday.
        case .tradingCalendar: return [0, 6].contains((today.daysSinceEpoch + 4) % 7) ? .marketClosed : nil
        default: return nil
        }
    }

    private func inWhatForm(
        _ rule: Rule,
        at position: Int,
        _ movement: Movement,
        _ from: Int,
        _ to: Int
    ) -> RejectionCode? {
        switch rule {
        case .transferMin(let least): return movement.units < least.units ? .transferTooSmall : nil
        case .lot(let lot): return movement.units % lot.units == 0 ? nil : .notWholeLots
        case .fee: return isPaid(upTo: position + 1, movement) ? nil : .feeNotPaid
        case .stampDuty: return isPaid(upTo: position + 1, movement) ? nil : .stampDutyNotPaid
        case .approval(let rule): return isApproved(rule, movement, Pair(from: from, to: to)) ? nil : .approvalMissing
        case .nonTransferable: return .notTransferable
        default: return nil
        }
    }

    private func isPaid(upTo end: Int, _ movement: Movement) -> Bool {
        let due = charges(upTo: end).reduce(0) { $0 + Self.amount($1, movement.units) }
        return paid(for: movement) >= due
    }

    /// What those who take part in a movement have paid, and no movement has used up.
    func paid(for movement: Movement) -> UInt128 {
        payers(of: movement).reduce(0) { $0 + paid[$1, default: 0] }
    }

    private func isApproved(_ rule: ApprovalRule, _ movement: Movement, _ pair: Pair) -> Bool {
        guard let request = standing(movement, pair) else { return false }
        if request.approvals.intersection(rule.approvers).count >= rule.needed { return true }
        guard let silence = rule.silence, request.refusals.isDisjoint(with: rule.approvers) else { return false }
        // Who had to speak was told under this version, and can speak.
        let mayAllSpeak = rule.approvers.allSatisfy { approver in
            !recovering.keys.contains { people[$0].account == approver }
        }
        let hasRun = openedDays - request.openedDays >= Int(silence.notice.openedDays)
        return hasRun && mayAllSpeak && request.version == version
    }

    /// The request for exactly these units, if it stands.
    func standing(_ movement: Movement, _ pair: Pair) -> Request? {
        requests[pair].flatMap { $0.units == movement.units && $0.lastDate >= today ? $0 : nil }
    }
}
