/// A record point of one asset: holdings as they were at the end of the record day, as far as they changed since.
///
/// A slot of the table that is not kept holds what it held at the point.
struct RecordPoint: Sendable {
    let recordDate: CalendarDate
    /// By slot: the place in ``kept``, counted from 1; 0 for none.
    private var places: ContiguousArray<UInt32> = []
    private(set) var kept: ContiguousArray<Kept> = []

    struct Kept: Sendable {
        let slot: UInt32
        let record: HoldingRecord
    }

    init(_ recordDate: CalendarDate) { self.recordDate = recordDate }

    /// What is kept of a slot, or nil if it has not changed since.
    func kept(_ slot: Int) -> HoldingRecord? {
        guard slot < places.count, places[slot] > 0 else { return nil }
        return kept[Int(places[slot]) - 1].record
    }

    /// Keeps the record of a slot, if none is kept of it. Returns whether it did.
    mutating func keep(_ record: HoldingRecord, of slot: Int) -> Bool {
        if slot >= places.count {
            places.append(contentsOf: repeatElement(0, count: max(slot + 1 - places.count, places.count)))
        }
        guard places[slot] == 0 else { return false }
        kept.append(Kept(slot: UInt32(slot), record: record))
        places[slot] = UInt32(kept.count)
        return true
    }
}
