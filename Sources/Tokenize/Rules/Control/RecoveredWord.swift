/// What becomes of what an account has said with keys that were lost or stolen, once others take their place.
extension LedgerState {
    /// Takes back what the old keys have said and nobody has acted upon: proposals, approvals, requests for movements,
    /// answers to them, and where payments go. Whoever had the keys may have said it, and the new keys can say it again.
    ///
    /// Allowances stay, to the last unit, and are at rest: the new keys confirm one by setting it anew.
    ///
    /// No effects: there may be more of it than a transaction can tell, and all follows from the recovery.
    func takeBackWord(of account: AccountID, at index: AccountIndex, _ draft: inout Transition) {
        layAllowancesToRest(of: account, &draft)
        for key in Set(control.records.keys).union(draft.control.map(\.key)).sorted() {
            guard case .proposal(let id) = key, let record = proposal(id, draft) else { continue }
            if record.proposer == account {
                setControl(nil, under: key, &draft)
            } else if record.approvals.contains(account) {
                setControl(.proposal(without(account, record, draft)), under: key, &draft)
            }
        }
        for key in Set(rules.records.keys).union(draft.rules.records.map(\.key)) {
            guard case .request(_, let source, _) = key, case .request(var record)? = rule(key, draft) else { continue }
            if source == account {
                setRule(nil, under: key, &draft)
            } else if record.approvals.contains(account) || record.refusals.contains(account) {
                record.approvals.removeAll { $0 == account }
                record.refusals.removeAll { $0 == account }
                setRule(.request(record), under: key, &draft)
            }
        }
        if cashAccount(of: index, draft) != index { draft.servicing.instructions.append((index, nil)) }
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
