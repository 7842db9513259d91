/// What a transaction changes of the life of bonds.
struct ServicingChanges: Sendable {
    var calendars: [BusinessCalendar] = []
    var lines: [(index: AssetIndex, line: BondLine)] = []
    var instructions: [(account: AccountIndex, target: AccountIndex?)] = []
    var claims: [(key: ClaimKey, record: ClaimRecord?)] = []
    /// Points that are taken and points that are done with, in order.
    var points: [PointChange] = []
    /// Units on which principal of a record point is owed from now on, in order; the last of a holding counts.
    var principal: [(key: PrincipalKey, units: Quantity)] = []
    /// Records that change, beside those that the lists name.
    var keys: [ServicingKey] = []
    /// Payments to many, beside the holdings that changed one by one.
    var bulk: [BulkPayment] = []

    struct PointChange: Sendable {
        let asset: AssetIndex
        let recordDate: CalendarDate
        let isOpening: Bool
    }

    var isEmpty: Bool {
        calendars.isEmpty && lines.isEmpty && instructions.isEmpty && claims.isEmpty && points.isEmpty && keys.isEmpty
            && bulk.isEmpty && principal.isEmpty
    }
}

extension LedgerState {
    // MARK: Reading through the draft

    func bondLine(_ asset: AssetIndex, _ draft: Transition) -> BondLine? {
        if let change = draft.servicing.lines.last(where: { $0.index == asset }) { return change.line }
        return servicing.lines[asset]
    }

    func setBondLine(
        _ line: BondLine,
        of asset: AssetIndex,
        changing keys: [ServicingKey] = [],
        _ draft: inout Transition
    ) {
        if let position = draft.servicing.lines.firstIndex(where: { $0.index == asset }) {
            draft.servicing.lines[position].line = line
        } else {
            draft.servicing.lines.append((asset, line))
        }
        draft.servicing.keys.append(.line(asset))
        draft.servicing.keys += keys
    }

    func calendar(_ digest: Digest, _ draft: Transition) -> BusinessCalendar? {
        servicing.calendar(digest) ?? draft.servicing.calendars.first { $0.digest == digest }
    }

    /// The account that gets the cash of an account: its instruction's, or itself.
    func cashAccount(of account: AccountIndex, _ draft: Transition) -> AccountIndex {
        if let change = draft.servicing.instructions.last(where: { $0.account == account }) {
            return change.target ?? account
        }
        return servicing.instructions[account] ?? account
    }

    func claim(_ key: ClaimKey, _ draft: Transition) -> ClaimRecord? {
        if let change = draft.servicing.claims.last(where: { $0.key == key }) { return change.record }
        return servicing.claims[key]
    }

    // MARK: Applying

    /// Takes and drops record points: before the holdings of the transition are applied, so that they are kept.
    mutating func applyPoints(_ changes: ServicingChanges) {
        for change in changes.points where change.isOpening {
            holdings[change.asset.offset].points.append(RecordPoint(change.recordDate))
            self.changes.servicing.insert(.point(change.asset, change.recordDate))
        }
    }

    /// Notes everything else; after the holdings.
    mutating func applyServicing(_ changes: ServicingChanges) {
        for calendar in changes.calendars {
            servicing.calendars[calendar.digest] = calendar
            self.changes.servicing.insert(.calendar(calendar.digest))
        }
        for (index, line) in changes.lines { servicing.lines[index] = line }
        for (account, target) in changes.instructions {
            servicing.instructions[account] = target
            self.changes.servicing.insert(.instruction(account))
            noteTraits(of: account)
        }
        for (key, record) in changes.claims {
            servicing.claims[key] = record
            self.changes.servicing.insert(.claim(key))
        }
        self.changes.servicing.formUnion(changes.keys)
        for (key, units) in changes.principal { setPrincipal(units, under: key) }
        for change in changes.points where !change.isOpening { drop(change.recordDate, of: change.asset) }
    }

    /// Notes on how many units principal is owed. A holding that is not kept is as it was at the point.
    private mutating func setPrincipal(_ units: Quantity, under key: PrincipalKey) {
        let (asset, address) = (key.address.asset.offset, key.address)
        guard let point = holdings[asset].points.firstIndex(where: { $0.recordDate == key.recordDate }) else { return }
        let slot = holdings[asset].slotForWriting(address.account, address.partition)
        _ = holdings[asset].points[point].keep(holdings[asset].slots[slot].record, of: slot)
        holdings[asset].points[point].setPrincipal(units, of: slot)
        changes.servicing.insert(.kept(address.asset, key.recordDate, address.account, address.partition))
    }

    private mutating func drop(_ recordDate: CalendarDate, of asset: AssetIndex) {
        guard let position = holdings[asset.offset].points.firstIndex(where: { $0.recordDate == recordDate }) else {
            return
        }
        let point = holdings[asset.offset].points.remove(at: position)
        changes.servicing.insert(.point(asset, recordDate))
        for kept in point.kept {
            let slot = holdings[asset.offset].slots[Int(kept.slot)]
            changes.servicing.insert(.kept(asset, recordDate, slot.account, slot.partition))
        }
    }

    /// Keeps what a slot holds for every open point of its asset, before it changes.
    mutating func keepForRecord(_ asset: AssetIndex, slot: Int, before change: HoldingRecord) {
        let held = holdings[asset.offset].slots[slot]
        guard held.record != change else { return }
        for index in holdings[asset.offset].points.indices
        where holdings[asset.offset].points[index].keep(held.record, of: slot) {
            let date = holdings[asset.offset].points[index].recordDate
            changes.servicing.insert(.kept(asset, date, held.account, held.partition))
        }
    }

    // MARK: Accounts at a glance

    /// Enters an account with what is kept beside its record.
    mutating func appendAccount(_ id: AccountID, _ record: AccountRecord, lane: LaneWindow = .fresh) {
        let index = AccountIndex(UInt32(accounts.count))
        accounts.append(id, record)
        firstLanes.append(lane)
        accountParties.append(record.party)
        accountTraits.append(0)
        noteTraits(of: index)
    }

    /// Says whether an account can be paid without a further look, and its class.
    mutating func noteTraits(of account: AccountIndex) {
        let record = accounts.records[account.offset]
        var traits = record.holderClass.rawValue
        if !record.encumbrances.isEmpty || servicing.instructions[account] != nil { traits |= LedgerState.needsALook }
        accountTraits[account.offset] = traits
    }

    /// Set for an account on which an encumbrance is listed, or that has a payment instruction.
    static let needsALook: UInt8 = 0x80
}
