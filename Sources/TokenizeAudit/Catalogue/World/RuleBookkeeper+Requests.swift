import Tokenize

/// 14.4: a movement is asked for, answered, and taken back.
extension RuleBookkeeper {
    /// A holder asks for a movement.
    mutating func ask(_ pair: Pair, _ units: UInt128, until lastDate: CalendarDate, by actor: Int) -> RejectionCode? {
        if let refusal = hindranceOfRequest(by: actor) { return refusal }
        if actor != pair.from { return .notAnApprover }
        if units == 0 { return .zeroUnits }
        if lastDate < today { return .alreadyLapsed }
        let rules = approvalRules
        for rule in rules where lastDate.days(since: today) >= rule.dayCountMax { return .requestTooLong }
        requests[pair] = Request(units: units, lastDate: lastDate, openedDays: openedDays, version: version)
        var told: [AuthorityReference] = []
        for case let authority? in rules.map({ $0.silence?.told }) where !told.contains(authority) {
            told.append(authority)
        }
        let (from, to) = (people[pair.from].account, people[pair.to].account)
        for authority in told.isEmpty ? [nil] : told.map({ $0 }) as [AuthorityReference?] {
            effects?.append(
                .rulebook(
                    .movementRequested(asset, from: from, to: to, units: Quantity(units), told: authority)
                )
            )
        }
        return nil
    }

    /// Somebody answers.
    mutating func answer(
        _ pair: Pair,
        _ units: UInt128,
        until lastDate: CalendarDate,
        isFor: Bool,
        by actor: Int
    ) -> RejectionCode? {
        let account = people[actor].account
        // A refusal moves nothing, whoever has the keys.
        if let refusal = hindranceOfRequest(by: isFor ? actor : nil) { return refusal }
        guard approvalRules.contains(where: { $0.approvers.contains(account) }) else { return .notAnApprover }
        guard var request = requests[pair], request.units == units, request.lastDate == lastDate, lastDate >= today
        else { return .unknownRequest }
        request.approvals.remove(account)
        request.refusals.remove(account)
        if isFor { request.approvals.insert(account) } else { request.refusals.insert(account) }
        requests[pair] = request
        let (from, to) = (people[pair.from].account, people[pair.to].account)
        effects?.append(
            .rulebook(
                isFor
                    ? .movementApproved(asset, from: from, to: to, by: account)
                    : .movementRefused(asset, from: from, to: to, by: account)
            )
        )
        return nil
    }

    /// The source takes its request back; what has lapsed goes by who would have got the units, or has a say in it, too.
    mutating func withdraw(_ pair: Pair, _ units: UInt128, until lastDate: CalendarDate, by actor: Int)
        -> RejectionCode?
    {
        if recovering[actor] != nil { return .inRecovery }
        guard let request = requests[pair], request.units == units, request.lastDate == lastDate else {
            return .unknownRequest
        }
        let account = people[actor].account
        let hasSay =
            request.approvals.contains(account) || request.refusals.contains(account)
            || approvalRules.contains { $0.approvers.contains(account) }
        let isOver = request.lastDate < today && (actor == pair.to || hasSay)
        guard actor == pair.from || isOver else { return .notAnApprover }
        requests[pair] = nil
        let (from, to) = (people[pair.from].account, people[pair.to].account)
        effects?.append(.rulebook(.requestWithdrawn(asset, from: from, to: to, by: account)))
        return nil
    }

    private func hindranceOfRequest(by actor: Int?) -> RejectionCode? {
        if let actor, recovering[actor] != nil { return .inRecovery }
        if laidDown != nil { return .rulebookNotYetInForce }
        return approvalRules.isEmpty ? .noApprovalAsked : nil
    }
}
