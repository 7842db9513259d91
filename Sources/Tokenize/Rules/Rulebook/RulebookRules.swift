/// RBK-001 to RBK-004: a rulebook is laid down; and the acts of chapter 14, each to its rules.
extension LedgerState {
    func decide(
        _ act: RulebookAct,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        switch (act, under) {
        case (.attest(let attestation), let under?): try decide(attestation, under, &draft)
        case (.revokeAttestation(let revocation), let under?): try decide(revocation, under, &draft)
        case (.setRulebook(let setting), let under?): try decide(setting, under, &draft)
        case (.setTrustedIssuers(let setting), let under?): try decide(setting, under, &draft)
        case (.joinParties(let join), _?): try decide(join, &draft)
        case (.changeList(let change), let under?): try decide(change, under, &draft)
        case (.optIn(let optIn), nil): try decide(optIn, context, &draft)
        case (.decideMovement(let decision), nil): try decide(decision, context, &draft)
        default: throw Rejection(.malformed)
        }
    }

    func decide(_ setting: RulebookSetting, _ under: AuthorityReference, _ draft: inout Transition) throws(Rejection) {
        let book: Rulebook
        do {
            book = try Rulebook(canonicalBytes: setting.rulebook)
        } catch {
            throw Rejection(.malformedRulebook, (.reason, .text("\(error)")))
        }
        // Whoever replaces a rulebook does it under the one that is in force.
        if draft.rules.setsRulebook(of: setting.asset) { try draft.object(notYetInForce(setting.asset)) }
        var version: UInt64 = 1
        if case .rulebook(let record)? = rule(.rulebook(setting.asset)) { version = record.version + 1 }
        if setting.version != version {
            try draft.object(
                Rejection(.rulebookVersionWrong, (.found, .number(setting.version)), (.expected, .number(version)))
            )
        }
        try requireSense(book, under, draft)
        let record = RulebookRecord(version: version, since: businessDate(draft), rulebook: setting.rulebook)
        setRule(.rulebook(record), under: .rulebook(setting.asset), &draft)
        draft.effects.append(.rulebook(.rulebookSet(setting.asset, version: version)))
    }

    /// RBK-004: no earlier operation has laid down another rulebook; one is in force from the next transaction on.
    func requireInForce(_ asset: AssetID, _ draft: Transition) throws(Rejection) {
        guard !draft.rules.setsRulebook(of: asset) else { throw notYetInForce(asset) }
    }

    private func notYetInForce(_ asset: AssetID) -> Rejection {
        Rejection(.rulebookNotYetInForce, (.asset, .asset(asset)))
    }

    /// RBK-003: what a rulebook names is there before the transaction, and it can be replaced again.
    private func requireSense(_ book: Rulebook, _ under: AuthorityReference, _ draft: Transition) throws(Rejection) {
        let memberCount = authority(under, draft)?.members.count ?? 0
        func require(_ isThere: Bool, or reason: String) throws(Rejection) {
            if !isThere { try draft.object(Rejection(.rulebookContradicts, (.reason, .text(reason)))) }
        }
        try require(book.quorum <= memberCount, or: "quorum exceeds members")
        for rule in book.rules {
            switch rule {
            case .tradingCalendar(let digest):
                try require(servicing.calendar(digest) != nil, or: "unknown calendar")
            case .fee(let charge), .stampDuty(let charge):
                try require(isCash(charge.cash), or: "charge in an asset that is not cash")
                try require(accounts.index(of: charge.treasury) != nil, or: "unknown treasury")
            case .volumeTowards(let accounts, _, _):
                try require(accounts.allSatisfy { self.accounts.index(of: $0) != nil }, or: "unknown account")
            case .approval(let approval):
                try require(approval.approvers.allSatisfy { accounts.index(of: $0) != nil }, or: "unknown approver")
                if let told = approval.silence?.told {
                    try require(authorities[told] != nil, or: "unknown authority is told")
                }
            case .allowList(let list, _), .blockList(let list, _), .sanctions(let list, _), .admission(let list):
                try require(authorities[list.keeper] != nil, or: "nobody keeps the list")
            default: continue
            }
        }
    }

    private func isCash(_ id: AssetID) -> Bool {
        guard let index = assets.index(of: id), case .cash = assets.records[Int(index)].terms else { return false }
        return true
    }
}
