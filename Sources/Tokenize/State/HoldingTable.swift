/// All holdings of one asset.
struct HoldingTable: Sendable {
    struct Slot: Sendable {
        var record: HoldingRecord
        let account: AccountIndex
        let partition: Partition
    }

    /// In order of first credit; emptied slots stay and are used again for the same holding.
    private(set) var slots: ContiguousArray<Slot> = []
    private var slotByKey: [UInt64: UInt32] = [:]

    @inline(__always)
    private static func key(_ account: AccountIndex, _ partition: Partition) -> UInt64 {
        UInt64(account.value) << 32 | UInt64(partition.number)
    }

    @inline(__always)
    func slotIndex(_ account: AccountIndex, _ partition: Partition) -> Int? {
        slotByKey[HoldingTable.key(account, partition)].map { Int($0) }
    }

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

    /// The slot of a holding, made if there is none.
    @inline(__always)
    mutating func slotForWriting(_ account: AccountIndex, _ partition: Partition) -> Int {
        let key = HoldingTable.key(account, partition)
        if let index = slotByKey[key] { return Int(index) }
        let index = slots.count
        slotByKey[key] = UInt32(index)
        slots.append(Slot(record: .empty, account: account, partition: partition))
        return index
    }

    mutating func reserveCapacity(_ count: Int) {
        slots.reserveCapacity(count)
        slotByKey.reserveCapacity(count)
    }

    /// Holdings with units or encumbrances, by account and then partition.
    var ordered: [Slot] {
        slots.filter { !$0.record.isEmpty }
            .sorted { ($0.account, $0.partition) < ($1.account, $1.partition) }
    }
}
