/// A holding of record: what a due is owed on.
struct RecordHolder: Sendable {
    let units: UInt128
    let account: UInt32
    let partition: UInt32
    /// The slot of the bond's table.
    let slot: UInt32

    var index: AccountIndex { AccountIndex(account) }
}

/// Whom a due is owed, by account index and then partition.
///
/// There may be a million of them, so nothing is copied that can be read where it stands: a place is a slot of the
/// bond's table, in the table's order wherever that is the right one. Places without units on record owe nobody.
struct RecordHolders: Sendable {
    private let slots: ContiguousArray<HoldingTable.Slot>
    /// Where units have changed since the record point; nil if none have.
    private let point: RecordPoint?
    /// True if principal is owed, which follows units that end or are moved by order.
    private let isPrincipal: Bool
    /// The slots in order; empty if that is the table's own.
    private let order: ContiguousArray<UInt32>
    /// Holders that are no slots; then there are no others.
    private let listed: ContiguousArray<RecordHolder>

    /// Places, those without units included.
    let placeCount: Int
    /// Units on record.
    let sum: UInt128

    /// These and no others.
    init(_ listed: ContiguousArray<RecordHolder>) {
        (slots, point, order, self.listed, isPrincipal) = ([], nil, [], listed, false)
        placeCount = listed.count
        sum = listed.reduce(into: 0) { $0 &+= $1.units }
    }

    /// The holdings of a table as they were at a record point; `outstanding` units are in the table now.
    init(
        _ table: HoldingTable,
        at point: RecordPoint?,
        isPrincipal: Bool,
        outstanding: UInt128,
        accountCount: Int
    ) {
        slots = table.slots
        self.isPrincipal = isPrincipal
        self.point = point.flatMap { $0.kept.isEmpty ? nil : $0 }
        listed = []
        if table.isOrdered {
            // What has changed since is kept: nobody else's units have to be looked at to know their sum.
            order = []
            sum = (self.point?.kept ?? []).reduce(into: outstanding) { sum, kept in
                let units = isPrincipal ? kept.principal.units : kept.record.units.units
                sum = sum &+ units &- table.slots[Int(kept.slot)].record.units.units
            }
        } else {
            let survey = Survey(table.slots, self.point, isPrincipal)
            sum = survey.sum
            order = survey.isOrdered ? [] : survey.order(of: table.slots, accountCount: accountCount)
        }
        placeCount = order.isEmpty ? slots.count : order.count
    }

    /// Holdings with units on record, counted.
    var count: Int { (0..<placeCount).count { self[$0].units > 0 } }

    /// Goes through the places in order.
    @inline(__always)
    func forEach(_ body: (_ place: Int, _ holder: RecordHolder) -> Void) {
        guard !slots.isEmpty, order.isEmpty else {
            for place in 0..<placeCount { body(place, self[place]) }
            return
        }
        guard let point else { return forEachSlot({ _ in nil }, body) }
        point.withUnits(isPrincipal: isPrincipal) { forEachSlot($0, body) }
    }

    @inline(__always)
    private func forEachSlot(
        _ kept: (_ slot: Int) -> UInt128?,
        _ body: (_ place: Int, _ holder: RecordHolder) -> Void
    ) {
        slots.withUnsafeBufferPointer { slots in
            for place in slots.indices {
                body(
                    place,
                    RecordHolder(
                        units: kept(place) ?? slots[place].record.units.units,
                        account: slots[place].account.value,
                        partition: slots[place].partition.number,
                        slot: UInt32(truncatingIfNeeded: place)
                    )
                )
            }
        }
    }

    /// The holder at a place.
    @inline(__always)
    subscript(place: Int) -> RecordHolder {
        if slots.isEmpty { return listed[place] }
        let slot = order.isEmpty ? place : Int(order[place])
        return RecordHolder(
            units: point?.keptUnits(slot, isPrincipal) ?? slots[slot].record.units.units,
            account: slots[slot].account.value,
            partition: slots[slot].partition.number,
            slot: UInt32(slot)
        )
    }
}

/// What has to be known of a table before its holders are gone through: how many there are, and in which order.
private struct Survey {
    private(set) var count = 0
    private(set) var sum: UInt128 = 0
    private(set) var isOrdered = true
    private let point: RecordPoint?
    private let isPrincipal: Bool

    init(_ slots: ContiguousArray<HoldingTable.Slot>, _ point: RecordPoint?, _ isPrincipal: Bool) {
        (self.point, self.isPrincipal) = (point, isPrincipal)
        var last: UInt64 = 0
        for slot in slots.indices {
            let units = Survey.units(slot, of: slots, point, isPrincipal)
            guard units > 0 else { continue }
            count += 1
            sum &+= units
            let key = Survey.key(slots[slot])
            if key < last { isOrdered = false }
            last = key
        }
    }

    @inline(__always)
    private static func key(_ slot: HoldingTable.Slot) -> UInt64 {
        UInt64(slot.account.value) << 32 | UInt64(slot.partition.number)
    }

    @inline(__always)
    private static func units(
        _ slot: Int,
        of slots: ContiguousArray<HoldingTable.Slot>,
        _ point: RecordPoint?,
        _ isPrincipal: Bool
    ) -> UInt128 {
        point?.keptUnits(slot, isPrincipal) ?? slots[slot].record.units.units
    }

    /// Slots with units on record, by account and then partition: counted into their places where there are many.
    func order(of slots: ContiguousArray<HoldingTable.Slot>, accountCount: Int) -> ContiguousArray<UInt32> {
        var order: ContiguousArray<UInt32> = []
        order.reserveCapacity(count)
        for slot in slots.indices {
            if Survey.units(slot, of: slots, point, isPrincipal) > 0 { order.append(UInt32(slot)) }
        }
        let key = { (slot: UInt32) in Survey.key(slots[Int(slot)]) }
        guard count > accountCount / 8 else {
            order.sort { key($0) < key($1) }
            return order
        }
        var starts = ContiguousArray<UInt32>(repeating: 0, count: accountCount + 1)
        for slot in order { starts[slots[Int(slot)].account.offset + 1] += 1 }
        for account in 0..<accountCount { starts[account + 1] += starts[account] }
        var ordered = order
        for slot in order {
            let account = slots[Int(slot)].account.offset
            ordered[Int(starts[account])] = slot
            starts[account] += 1
        }
        sortPartitions(&ordered, slots, key)
        return ordered
    }

    /// Sorts those of one account, who stand together, by partition.
    private func sortPartitions(
        _ order: inout ContiguousArray<UInt32>,
        _ slots: ContiguousArray<HoldingTable.Slot>,
        _ key: (UInt32) -> UInt64
    ) {
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, slots[Int(order[end])].account == slots[Int(order[start])].account { end += 1 }
            if end > start + 1 { order[start..<end].sort { key($0) < key($1) } }
            start = end
        }
    }
}

extension LedgerState {
    /// Whom a due is owed: holdings of record with units, or the holdings of which units are put; by account index and
    /// then partition.
    ///
    /// Holdings of record are read from the state and not through the draft: no transaction that is being decided
    /// changes what was recorded before it, but for principal of units that it ends or moves by order.
    func entitled(
        to due: BondDue,
        of asset: AssetIndex,
        _ line: BondLine,
        _ draft: Transition
    ) -> RecordHolders {
        guard due.kind == .put else {
            let isPrincipal = due.isPrincipalOfRecord
            if isPrincipal, let holders = principalHolders(asset, due.recordDate, draft) { return holders }
            return holdersOfRecord(asset, due.recordDate, isPrincipal: isPrincipal)
        }
        var holders: ContiguousArray<RecordHolder> = []
        for (key, put) in line.puts.sorted(by: { $0.key < $1.key }) where key.date == due.id.date {
            let address = HoldingAddress(asset: asset, account: key.account, partition: key.partition)
            // An order may have taken units away.
            let units = min(put.units, holding(address, draft).units).units
            guard units > 0 else { continue }
            holders.append(
                RecordHolder(units: units, account: key.account.value, partition: key.partition.number, slot: .max)
            )
        }
        return RecordHolders(holders)
    }

    private func holdersOfRecord(
        _ asset: AssetIndex,
        _ date: CalendarDate,
        isPrincipal: Bool
    ) -> RecordHolders {
        guard asset.offset < holdings.count else { return RecordHolders([]) }
        let table = holdings[asset.offset]
        return RecordHolders(
            table,
            at: table.points.first { $0.recordDate == date },
            isPrincipal: isPrincipal,
            outstanding: assets.records[asset.offset].outstanding.units,
            accountCount: accounts.count
        )
    }
}

extension RecordPoint {
    /// The units that are kept of a slot: those on which principal is owed, or those that were held.
    @inline(__always)
    func keptUnits(_ slot: Int, _ isPrincipal: Bool) -> UInt128? {
        guard let place = place(of: slot) else { return nil }
        return isPrincipal ? kept[place].principal.units : kept[place].record.units.units
    }
}
