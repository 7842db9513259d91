/// All holdings of one asset.
struct HoldingTable: Sendable {
    struct Slot: Sendable {
        var record: HoldingRecord
        let account: AccountIndex
        let partition: Partition
    }

    /// In order of first credit; emptied slots stay and are used again for the same holding.
    private(set) var slots: ContiguousArray<Slot> = []
    private var index = SlotIndex()
    /// True if the slots ascend by account and then partition, as those of an asset do whose holders came in turn.
    private(set) var isOrdered = true
    /// Record points that are open, in the order in which they were taken; empty nearly always.
    var points: ContiguousArray<RecordPoint> = []

    @inline(__always)
    private static func key(_ account: AccountIndex, _ partition: Partition) -> UInt64 {
        UInt64(account.value) << 32 | UInt64(partition.number)
    }

    @inline(__always)
    func slotIndex(_ account: AccountIndex, _ partition: Partition) -> Int? {
        index.find(HoldingTable.key(account, partition)) {
            slots[$0].account == account && slots[$0].partition == partition
        }
    }

    /// The slot where a holding most likely is, if there is one.
    @inline(__always)
    func candidate(_ account: AccountIndex, _ partition: Partition) -> Int? {
        index.candidate(HoldingTable.key(account, partition))
    }

    /// The low word of the units at a slot.
    @inline(__always)
    func units(at slot: Int) -> UInt64 { UInt64(truncatingIfNeeded: slots[slot].record.units.units) }

    @inline(__always)
    func record(_ account: AccountIndex, _ partition: Partition) -> HoldingRecord? {
        guard let index = slotIndex(account, partition) else { return nil }
        return slots[index].record
    }

    /// Replaces the record at a slot.
    @inline(__always)
    mutating func set(_ record: HoldingRecord, at index: Int) {
        slots[index].record = record
    }

    /// Changes many slots at once.
    mutating func withSlots(_ body: (inout UnsafeMutableBufferPointer<Slot>) -> Void) {
        slots.withUnsafeMutableBufferPointer { body(&$0) }
    }

    /// Changes many slots at once; `find` looks for the slot of an account meanwhile.
    mutating func withSlots(
        of partition: Partition,
        _ body: (inout UnsafeMutableBufferPointer<Slot>, _ find: (UInt32) -> Int?) -> Void
    ) {
        let index = index
        slots.withUnsafeMutableBufferPointer { slots in
            let present = UnsafeBufferPointer(slots)
            body(&slots) { account in
                index.find(HoldingTable.key(AccountIndex(account), partition)) {
                    present[$0].account.value == account && present[$0].partition == partition
                }
            }
        }
    }

    /// Adds units to a slot; the sum must fit.
    @inline(__always)
    mutating func add(_ units: UInt128, at index: Int) {
        slots[index].record.units = Quantity(slots[index].record.units.units &+ units)
    }

    /// The slot of a holding, made if there is none.
    @inline(__always)
    mutating func slotForWriting(_ account: AccountIndex, _ partition: Partition) -> Int {
        if let position = slotIndex(account, partition) { return position }
        if let last = slots.last, (account, partition) < (last.account, last.partition) { isOrdered = false }
        slots.append(Slot(record: .empty, account: account, partition: partition))
        index.insert(slots.count - 1, HoldingTable.key(account, partition)) {
            HoldingTable.key(slots[$0].account, slots[$0].partition)
        }
        return slots.count - 1
    }

    /// Holdings with units or encumbrances, by account and then partition.
    var ordered: [Slot] {
        slots.filter { !$0.record.isEmpty }
            .sorted { ($0.account, $0.partition) < ($1.account, $1.partition) }
    }
}
