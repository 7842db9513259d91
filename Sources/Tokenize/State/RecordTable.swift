/// Records in order of registration, found by identifier or by dense index; never removed.
struct RecordTable<ID: LedgerIdentifier, Record: Sendable>: Sendable {
    private(set) var ids: ContiguousArray<ID> = []
    var records: ContiguousArray<Record> = []
    private var index = SlotIndex()

    var count: Int { records.count }

    @inline(__always)
    func index(of id: ID) -> UInt32? {
        // Identifiers are digests: any word of one is a hash.
        index.find(id.digest.word0) { ids[$0] == id }.map { UInt32($0) }
    }

    /// Where the record of `id` most likely is, if there is one.
    @inline(__always)
    func candidate(for id: ID) -> Int? { index.candidate(id.digest.word0) }

    mutating func append(_ id: ID, _ record: Record) {
        ids.append(id)
        records.append(record)
        index.insert(records.count - 1, id.digest.word0) { ids[$0].digest.word0 }
    }
}
