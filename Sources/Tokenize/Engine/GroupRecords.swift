/// The byte strings of a group (Specs/08): entry, effects, entry, effects, …
enum GroupRecords {
    /// An entry of a group, and its effects as a sequence of byte strings.
    struct Record {
        let position: UInt64
        let entry: [UInt8]
        let effects: [UInt8]
    }

    /// Takes a group apart, checking its form.
    static func records(of group: EntryGroup) throws(LedgerFailure) -> [Record] {
        // A record has two bytes at least, so that no count promises more than there is.
        guard group.entryCount > 0, group.entryCount <= group.records.count / 2,
            group.firstPosition <= UInt64.max - UInt64(group.entryCount)
        else {
            throw .corrupted(what: "group", position: group.firstPosition, reason: "impossible number of entries")
        }
        var records: [Record] = []
        records.reserveCapacity(group.entryCount)
        var offset = 0
        for index in 0..<group.entryCount {
            let position = group.firstPosition + UInt64(index)
            guard let entry = ByteStrings.next(in: group.records, &offset),
                let effects = ByteStrings.next(in: group.records, &offset)
            else {
                throw .corrupted(what: "group", position: position, reason: "records end early")
            }
            records.append(Record(position: position, entry: entry, effects: effects))
        }
        guard offset == group.records.count else {
            throw .corrupted(what: "group", position: group.firstPosition, reason: "bytes after the last record")
        }
        return records
    }

    /// The records from `position` to the end of its group, at least one.
    static func records(
        in store: any LedgerStore,
        from position: UInt64
    ) async throws(LedgerFailure) -> ArraySlice<Record> {
        guard let group = try await store.group(containing: position) else {
            throw .corrupted(what: "group", position: position, reason: "missing")
        }
        let records = try records(of: group)
        guard let first = records.first?.position, first <= position, position - first < UInt64(records.count) else {
            throw .corrupted(what: "group", position: position, reason: "does not hold the position")
        }
        return records[Int(position - first)...]
    }

    /// The record at `position`.
    static func record(in store: any LedgerStore, at position: UInt64) async throws(LedgerFailure) -> Record {
        // There is one: the records begin at the position.
        guard let record = try await records(in: store, from: position).first else {
            throw .corrupted(what: "group", position: position, reason: "missing")
        }
        return record
    }

    /// The effects that a record holds.
    static func effects(of record: Record) throws(LedgerFailure) -> [Effect] {
        var effects: [Effect] = []
        for bytes in try effectBytes(of: record) {
            guard let effect = try? Effect(canonicalBytes: bytes) else {
                throw .corrupted(what: "effects", position: record.position, reason: "not an effect")
            }
            effects.append(effect)
        }
        return effects
    }

    /// The encodings of the effects that a record holds.
    static func effectBytes(of record: Record) throws(LedgerFailure) -> [[UInt8]] {
        var effects: [[UInt8]] = []
        var offset = 0
        while offset < record.effects.count {
            guard let bytes = ByteStrings.next(in: record.effects, &offset) else {
                throw .corrupted(what: "effects", position: record.position, reason: "not a byte string")
            }
            effects.append(bytes)
        }
        return effects
    }
}
