/// A holding of record: what a due is owed on.
struct RecordHolder: Sendable {
    let units: UInt128
    let account: UInt32
    let partition: UInt32
    /// The slot of the bond's table.
    let slot: UInt32

    var index: AccountIndex { AccountIndex(account) }
}

extension LedgerState {
    /// Whom a due is owed: holdings of record with units, or the holdings of which units are put; by account index and
    /// then partition.
    ///
    /// Holdings of record are read from the state and not through the draft: no transaction that is being decided
    /// changes what was recorded before it.
    func entitled(
        to due: BondDue,
        of asset: AssetIndex,
        _ line: BondLine,
        _ draft: Transition
    ) -> ContiguousArray<RecordHolder> {
        guard due.kind == .put else { return holdersOfRecord(asset, due.recordDate) }
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
        return holders
    }

    private func holdersOfRecord(_ asset: AssetIndex, _ date: CalendarDate) -> ContiguousArray<RecordHolder> {
        guard asset.offset < holdings.count else { return [] }
        let point = holdings[asset.offset].points.first { $0.recordDate == date }
        let kept = point.flatMap { $0.kept.isEmpty ? nil : $0 }
        var holders: ContiguousArray<RecordHolder> = []
        var isOrdered = true
        holdings[asset.offset].slots.withUnsafeBufferPointer { slots in
            holders = LedgerState.holders(slots, kept, &isOrdered)
        }
        return isOrdered ? holders : LedgerState.ordered(holders, accountCount: accounts.count)
    }

    /// Slots with units on record, in the order of the table.
    private static func holders(
        _ slots: UnsafeBufferPointer<HoldingTable.Slot>,
        _ point: RecordPoint?,
        _ isOrdered: inout Bool
    ) -> ContiguousArray<RecordHolder> {
        var holders: ContiguousArray<RecordHolder> = []
        holders.reserveCapacity(slots.count)
        var (lastAccount, lastPartition): (UInt32, UInt32) = (0, 0)
        for slot in slots.indices {
            var units = slots[slot].record.units.units
            if let point, let kept = point.keptUnits(slot) { units = kept }
            guard units > 0 else { continue }
            let account = slots[slot].account.value
            let partition = slots[slot].partition.number
            isOrdered = isOrdered && (lastAccount < account || (lastAccount == account && lastPartition <= partition))
            (lastAccount, lastPartition) = (account, partition)
            holders.append(
                RecordHolder(units: units, account: account, partition: partition, slot: UInt32(slot))
            )
        }
        return holders
    }

    /// Holders by account and then partition: counted into their places, since there may be a million.
    private static func ordered(
        _ holders: ContiguousArray<RecordHolder>,
        accountCount: Int
    ) -> ContiguousArray<RecordHolder> {
        guard holders.count > accountCount / 8 else {
            return ContiguousArray(holders.sorted { ($0.account, $0.partition) < ($1.account, $1.partition) })
        }
        var starts = ContiguousArray<UInt32>(repeating: 0, count: accountCount + 1)
        for holder in holders { starts[Int(holder.account) + 1] += 1 }
        for account in 0..<accountCount { starts[account + 1] += starts[account] }
        var ordered = holders
        for holder in holders {
            ordered[Int(starts[Int(holder.account)])] = holder
            starts[Int(holder.account)] += 1
        }
        sortPartitions(&ordered)
        return ordered
    }

    /// Sorts those of one account, who stand together, by partition.
    private static func sortPartitions(_ holders: inout ContiguousArray<RecordHolder>) {
        var start = 0
        while start < holders.count {
            var end = start + 1
            while end < holders.count, holders[end].account == holders[start].account { end += 1 }
            if end > start + 1 { holders[start..<end].sort { $0.partition < $1.partition } }
            start = end
        }
    }
}

extension RecordPoint {
    /// The units that are kept of a slot.
    @inline(__always)
    func keptUnits(_ slot: Int) -> UInt128? { kept(slot)?.units.units }
}
