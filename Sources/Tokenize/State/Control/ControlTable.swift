/// The records of lawful control, and what movements ask of them, kept at hand.
struct ControlTable: Sendable {
    private(set) var records: [ControlKey: ControlRecord] = [:]
    /// Parties with encumbrances, whether these stand or have lapsed.
    private(set) var restrainedParties: Set<PartyIndex> = []
    /// Accounts of which a recovery was filed and is not over, lapsed or not.
    private(set) var recoveringAccounts: Set<AccountIndex> = []

    /// Records with a notice of which the sealing time is not entered yet.
    private(set) var unsealedKeys: Set<ControlKey> = []

    /// True if no movement has to ask anything.
    @inline(__always)
    var isIdle: Bool { restrainedParties.isEmpty && recoveringAccounts.isEmpty }

    /// Whether an account is being recovered, or its own party is encumbered.
    @inline(__always)
    func holds(_ account: AccountIndex, of party: PartyIndex) -> Bool {
        !restrainedParties.isEmpty && restrainedParties.contains(party)
            || !recoveringAccounts.isEmpty && recoveringAccounts.contains(account)
    }

    mutating func set(_ record: ControlRecord?, under key: ControlKey) {
        records[key] = record
        if let begin = record?.noticeBegin, begin.sealingTime == nil {
            unsealedKeys.insert(key)
        } else if !unsealedKeys.isEmpty {
            unsealedKeys.remove(key)
        }
    }

    mutating func mark(_ party: PartyIndex, isRestrained: Bool) {
        if isRestrained { restrainedParties.insert(party) } else { restrainedParties.remove(party) }
    }

    mutating func mark(_ account: AccountIndex, isRecovering: Bool) {
        if isRecovering { recoveringAccounts.insert(account) } else { recoveringAccounts.remove(account) }
    }
}

extension LedgerState {
    /// Writes a record of lawful control.
    mutating func applyControl(_ record: ControlRecord?, under key: ControlKey) {
        control.set(record?.sealed(by: clock), under: key)
        changes.control.insert(key)
        switch key {
        case .partyEncumbrances(let id):
            guard let index = parties.index(of: id) else { return }
            control.mark(PartyIndex(index), isRestrained: record != nil)
        case .recovery(let id):
            guard let index = accounts.index(of: id) else { return }
            control.mark(AccountIndex(index), isRecovering: record != nil)
        default: break
        }
    }

    /// The record as earlier operations of the transaction have left it.
    func control(_ key: ControlKey, _ draft: Transition) -> ControlRecord? {
        if !draft.control.isEmpty, let change = draft.control.last(where: { $0.key == key }) { return change.record }
        return control.records[key]
    }

    /// Replaces or removes a record in the draft.
    func setControl(_ record: ControlRecord?, under key: ControlKey, _ draft: inout Transition) {
        if let index = draft.control.firstIndex(where: { $0.key == key }) {
            draft.control[index].record = record
        } else {
            draft.control.append((key, record))
        }
    }

    /// Where the ledger stands, days opened by earlier operations of the transaction included.
    func now(_ draft: Transition) -> LedgerMoment.Present {
        LedgerMoment.Present(
            openedDayCount: clock.openedDayCount + (draft.businessDate == nil ? 0 : 1),
            sealingTime: clock.sealingTime
        )
    }

    /// From when a notice counts that begins now.
    func beginning(_ draft: Transition) -> LedgerMoment {
        LedgerMoment(openedDayCount: now(draft).openedDayCount, height: clock.height, sealingTime: nil)
    }

    /// Enters the sealing time of the block before into the notices that have begun in it.
    mutating func sealNotices() {
        hasNoticesToSeal = false
        for key in control.unsealedKeys { applyControl(control.records[key], under: key) }
        for key in rules.unsealedKeys { applyRule(rules.records[key], under: key) }
    }

    /// Business days that must still be opened until a notice has run; all of them if it has not begun.
    func daysLeft(of notice: Notice, since begin: LedgerMoment?, _ draft: Transition) -> UInt64 {
        let days = UInt64(notice.openedDays)
        return days - min(days, begin?.daysPassed(at: now(draft)) ?? 0)
    }

    // MARK: Typed reads

    func partyEncumbrances(_ party: PartyID, _ draft: Transition) -> [EncumbranceRecord] {
        if case .partyEncumbrances(let list)? = control(.partyEncumbrances(party), draft) { list } else { [] }
    }

    func mandate(_ authority: AuthorityReference, _ draft: Transition) -> Mandate {
        if case .mandate(let mandate)? = control(.mandate(authority), draft) { mandate } else { .usual }
    }

    func order(_ id: OrderID, _ draft: Transition) -> OrderRecord? {
        if case .order(let record)? = control(.order(id), draft) { record } else { nil }
    }

    func proposal(_ id: ProposalID, _ draft: Transition) -> ProposalRecord? {
        if case .proposal(let record)? = control(.proposal(id), draft) { record } else { nil }
    }

    func document(_ digest: Digest, _ draft: Transition) -> DocumentRecord? {
        if case .document(let record)? = control(.document(digest), draft) { record } else { nil }
    }

    /// The recovery of an account that is under way: one that has lapsed is none.
    func recovery(_ account: AccountID, _ draft: Transition) -> RecoveryRecord? {
        guard case .recovery(let record)? = control(.recovery(account), draft),
            !record.hasLapsed(at: now(draft))
        else { return nil }
        return record
    }
}

extension LedgerState {
    /// The record of lawful control under a key, or nil.
    public func control(_ key: ControlKey) -> ControlRecord? { control.records[key] }

    /// All records of lawful control, in the order of their keys.
    public var controlRecords: [(key: ControlKey, record: ControlRecord)] {
        control.records.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The recovery of an account that is under way; nil if there is none, or if it has lapsed.
    public func recovery(of account: AccountID) -> RecoveryRecord? { recovery(account, Transition()) }

    /// What weighs on all accounts of a party.
    public func encumbrances(ofParty party: PartyID) -> [EncumbranceRecord] {
        if case .partyEncumbrances(let list)? = control.records[.partyEncumbrances(party)] { list } else { [] }
    }
}
