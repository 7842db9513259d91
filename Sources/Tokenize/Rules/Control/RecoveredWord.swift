/// What becomes of what an account has said with keys that were lost or stolen, once others take their place.
extension LedgerState {
    /// Takes back what the old keys have said and nobody has acted upon: proposals, approvals, requests for movements,
    /// answers to them, and where payments go. Whoever had the keys may have said it, and the new keys can say it again.
    ///
    /// No effects: there may be more of it than a transaction can tell, and all follows from the recovery.
    func takeBackWord(of account: AccountID, at index: AccountIndex, _ draft: inout Transition) {
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
