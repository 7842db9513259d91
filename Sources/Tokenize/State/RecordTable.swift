/// Records in order of registration, found by identifier or by dense index; never removed.
struct RecordTable<ID: LedgerIdentifier, Record: Sendable>: Sendable {
    private(set) var ids: ContiguousArray<ID> = []
    var records: ContiguousArray<Record> = []
    private var indexByID: [ID: UInt32] = [:]

    var count: Int { records.count }

    @inline(__always)
    func index(of id: ID) -> UInt32? { indexByID[id] }

    mutating func append(_ id: ID, _ record: Record) {
        indexByID[id] = UInt32(records.count)
        ids.append(id)
        records.append(record)
    }

    mutating func reserveCapacity(_ count: Int) {
        ids.reserveCapacity(count)
        records.reserveCapacity(count)
        indexByID.reserveCapacity(count)
    }
}
