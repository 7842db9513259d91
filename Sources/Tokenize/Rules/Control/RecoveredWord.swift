/// What becomes of what an account has said with keys that were lost or stolen, once others take their place.
extension LedgerState {
    /// Takes back what the old keys have said and nobody has acted upon: proposals, approvals, requests for movements,
    /// approvals of them, and where payments go. Whoever had the keys may have said it, and the new keys can say it again.
    /// A refusal stays, and with it the end of silence: it has moved nothing, and the new keys can change it.
    ///
    /// Allowances stay, to the last unit, and are at rest: the new keys confirm one by setting it anew.
    ///
    /// No effects: there may be more of it than a transaction can tell, and all follows from the change of keys.
    func takeBackWord(of account: AccountID, at index: AccountIndex, _ draft: inout Transition) {
        let ids = (Array(control.records.keys) + draft.control.map(\.key)).compactMap { key in
            if case .proposal(let id) = key { id } else { nil as ProposalID? }
        }
        for id in Set(ids).sorted() {
            let key = ControlKey.proposal(id)
            guard let record = proposal(id, draft) else { continue }
            if record.proposer == account {
                setControl(nil, under: key, &draft)
            } else if record.approvals.contains(account) {
                setControl(.proposal(without(account, record, draft)), under: key, &draft)
            }
        }
        takeBackRequests(of: account, &draft)
        layAllowancesToRest(of: account, &draft)
        if cashAccount(of: index, draft) != index { draft.servicing.instructions.append((index, nil)) }
    }

    /// There may be many requests, so that none is looked for one by one.
    private func takeBackRequests(of account: AccountID, _ draft: inout Transition) {
        func isChanged(_ key: RuleKey, _ record: inout RuleRecord?) -> Bool {
            guard case .request(_, let source, _) = key, case .request(var request)? = record else { return false }
            guard source != account else {
                record = nil
                return true
            }
            guard request.approvals.contains(account) else { return false }
            request.approvals.removeAll { $0 == account }
            record = .request(request)
            return true
        }
        for index in draft.rules.records.indices {
            let key = draft.rules.records[index].key
            _ = isChanged(key, &draft.rules.records[index].record)
        }
        let changed = Set(draft.rules.records.map(\.key))
        for (key, record) in rules.records where !changed.contains(key) {
            var left: RuleRecord? = record
            if isChanged(key, &left) { draft.rules.records.append((key, left)) }
        }
    }

    /// ALW-005: what operators were allowed by the old keys is not theirs to use.
    private func layAllowancesToRest(of account: AccountID, _ draft: inout Transition) {
        for index in draft.control.indices {
            guard case .allowance(_, account, _) = draft.control[index].key,
                case .allowance(var record)? = draft.control[index].record
            else { continue }
            record.isAtRest = true
            draft.control[index].record = .allowance(record)
        }
        // There may be many, so that none is looked for one by one.
        let changed = Set(draft.control.map(\.key))
        for (key, record) in control.records where !changed.contains(key) {
            guard case .allowance(_, account, _) = key, case .allowance(var record) = record else { continue }
            record.isAtRest = true
            draft.control.append((key, .allowance(record)))
        }
    }

    private func without(_ account: AccountID, _ record: ProposalRecord, _ draft: Transition) -> ProposalRecord {
        var record = record
        record.approvals.removeAll { $0 == account }
        guard record.ready != nil else { return record }
        do throws(Rejection) {
            guard let act = Proposal.act(in: record.act) else { return record }
            let bench = try requireBench(record.authority, for: act.code, on: try scope(of: act, draft), draft)
            if !isAgreed(record, bench, draft) { record.ready = nil }
        } catch {
            record.ready = nil
        }
        return record
    }
}
