/// A record point of one asset: holdings as they were at the end of the record day, as far as they changed since.
///
/// A slot of the table that is not kept holds what it held at the point. Interest is owed on what was held. Principal is
/// owed on units that are still there, to whom orders gave them: see ``Kept/principal``.
struct RecordPoint: Sendable {
    let recordDate: CalendarDate
    /// By slot: the place in ``kept``, counted from 1; 0 for none.
    private var places: ContiguousArray<UInt32> = []
    private(set) var kept: ContiguousArray<Kept> = []

    struct Kept: Sendable {
        let slot: UInt32
        let record: HoldingRecord
        /// Units on which principal of record is owed: those of the record, until units end or are moved by order.
        fileprivate(set) var principal: Quantity

        init(slot: UInt32, record: HoldingRecord, principal: Quantity? = nil) {
            (self.slot, self.record) = (slot, record)
            self.principal = principal ?? record.units
        }
    }

    init(_ recordDate: CalendarDate) { self.recordDate = recordDate }

    /// The position in ``kept`` of what is kept of a slot, or nil if it has not changed since.
    @inline(__always)
    func place(of slot: Int) -> Int? {
        guard slot < places.count, places[slot] > 0 else { return nil }
        return Int(places[slot]) - 1
    }

    /// What is kept of a slot, or nil if it has not changed since.
    func value(_ slot: Int) -> Kept? { place(of: slot).map { kept[$0] } }

    /// The holding that is kept of a slot, or nil if it has not changed since.
    func kept(_ slot: Int) -> HoldingRecord? { place(of: slot).map { kept[$0].record } }

    /// Lets `body` ask for the units that are kept of slots, or on which principal is owed: many times.
    @inline(__always)
    func withUnits(isPrincipal: Bool, _ body: ((_ slot: Int) -> UInt128?) -> Void) {
        places.withUnsafeBufferPointer { places in
            kept.withUnsafeBufferPointer { kept in
                body { slot in
                    guard slot < places.count, places[slot] > 0 else { return nil }
                    let place = Int(places[slot]) - 1
                    return isPrincipal ? kept[place].principal.units : kept[place].record.units.units
                }
            }
        }
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

    /// Says on how many units of a slot principal is owed; the slot must be kept.
    mutating func setPrincipal(_ units: Quantity, of slot: Int) {
        guard slot < places.count, places[slot] > 0 else { return }
        kept[Int(places[slot]) - 1].principal = units
    }
}

extension RecordPoint.Kept: CanonicalCodable {
    /// `[units, encumbrances, principal]`; the slot is the key's.
    func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(record.units)
        encoder.encode(array: record.encumbrances)
        encoder.encode(principal)
    }

    /// The value with slot 0.
    init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        let units = try decoder.quantity()
        let encumbrances = try decoder.array(
            of: EncumbranceRecord.self,
            max: TransactionLimits.holdingEncumbranceCountMax,
            limit: "holdingEncumbranceCountMax"
        )
        let principal = try decoder.quantity()
        self.init(slot: 0, record: HoldingRecord(units: units, encumbrances: encumbrances), principal: principal)
        decoder.leave()
    }
}
