/// Rows of a snapshot that have to do with the life of bonds (Specs/08, Specs/13).
extension SnapshotEncoder {
    /// One row, by what it is of.
    enum ServicingRow: Sendable {
        case calendar(Digest)
        case line(AssetIndex)
        case point(AssetIndex, CalendarDate)
        case kept(AssetIndex, CalendarDate, slot: Int)
        case paid(AssetIndex, BondDue.ID)
        case claim(ClaimKey)
        case instruction(AccountIndex)
        case observation(AssetIndex, BondObservations.Value)
        case put(AssetIndex, PutKey)
    }

    /// All rows in the order in which they are written: by kind, then as Specs/13 orders each.
    static func servicingRows(of state: LedgerState) -> [ServicingRow] {
        let book = state.servicing
        let lines = book.lines.sorted { $0.key < $1.key }
        var rows: [ServicingRow] = book.calendars.keys.sorted().map { .calendar($0) }
        rows += lines.map { .line($0.key) }
        for (asset, _) in lines {
            let points = state.holdings[asset.offset].points.sorted { $0.recordDate < $1.recordDate }
            rows += points.map { .point(asset, $0.recordDate) }
        }
        for (asset, _) in lines {
            let table = state.holdings[asset.offset]
            for point in table.points.sorted(by: { $0.recordDate < $1.recordDate }) {
                let slots = point.kept.map { Int($0.slot) }.sorted {
                    (table.slots[$0].account, table.slots[$0].partition)
                        < (table.slots[$1].account, table.slots[$1].partition)
                }
                rows += slots.map { .kept(asset, point.recordDate, slot: $0) }
            }
        }
        for (asset, line) in lines { rows += line.paid.keys.sorted().map { .paid(asset, $0) } }
        rows += book.claims.keys.sorted().map { .claim($0) }
        rows += book.instructions.keys.sorted().map { .instruction($0) }
        for (asset, line) in lines { rows += line.observations.map { .observation(asset, $0) } }
        for (asset, line) in lines { rows += line.puts.keys.sorted().map { .put(asset, $0) } }
        return rows
    }
}

extension SnapshotEncoder.ServicingRow {
    func bytes(of state: LedgerState) -> [UInt8]? {
        var encoder = CanonicalEncoder(reservingCapacity: 96)
        switch self {
        case .calendar(let digest):
            guard let calendar = state.servicing.calendars[digest] else { return nil }
            Self.head(20, count: 1, into: &encoder)
            encoder.encode(bytes: calendar.canonicalBytes)
        case .line(let asset):
            Self.head(21, count: 2, asset, into: &encoder)
            state.servicing.lines[asset]?.encode(into: &encoder)
        case .point(let asset, let date):
            Self.head(22, count: 2, asset, into: &encoder)
            date.encode(into: &encoder)
        case .kept(let asset, let date, let slot):
            let table = state.holdings[asset.offset]
            guard let kept = state.recordPoint(asset, date)?.value(slot) else { return nil }
            Self.head(23, count: 5, asset, into: &encoder)
            date.encode(into: &encoder)
            encoder.encode(UInt64(table.slots[slot].account.value))
            table.slots[slot].partition.encode(into: &encoder)
            kept.encode(into: &encoder)
        default: encodeNotice(of: state, into: &encoder)
        }
        return encoder.bytes
    }

    private func encodeNotice(of state: LedgerState, into encoder: inout CanonicalEncoder) {
        switch self {
        case .paid(let asset, let due):
            Self.head(24, count: 3, asset, into: &encoder)
            due.encode(into: &encoder)
            state.servicing.lines[asset]?.paid[due]?.encode(into: &encoder)
        case .claim(let key):
            guard let claim = state.servicing.claims[key] else { return }
            Self.head(25, count: 8, key.asset, into: &encoder)
            key.due.encode(into: &encoder)
            encoder.encode(UInt64(key.account.value))
            key.partition.encode(into: &encoder)
            encoder.encode(claim.amount)
            encoder.encode(UInt64(claim.holder.value))
            claim.cashPartition.encode(into: &encoder)
            encoder.encode(array: claim.encumbrances)
        case .instruction(let account):
            guard let target = state.servicing.instructions[account] else { return }
            Self.head(26, count: 2, into: &encoder)
            encoder.encode(UInt64(account.value))
            encoder.encode(UInt64(target.value))
        case .observation(let asset, let value):
            Self.head(27, count: 4, asset, into: &encoder)
            encoder.encode(text: value.name)
            value.date.encode(into: &encoder)
            encoder.encode(integer: value.units)
        case .put(let asset, let key):
            Self.head(28, count: 5, asset, into: &encoder)
            key.date.encode(into: &encoder)
            encoder.encode(UInt64(key.account.value))
            key.partition.encode(into: &encoder)
            state.servicing.lines[asset]?.puts[key]?.encode(into: &encoder)
        default: break
        }
    }

    private static func head(
        _ kind: UInt64,
        count: Int,
        _ asset: AssetIndex? = nil,
        into encoder: inout CanonicalEncoder
    ) {
        encoder.encodeArray(count: count + 1)
        encoder.encode(kind)
        if let asset { encoder.encode(UInt64(asset.value)) }
    }
}

// MARK: Reading

extension LedgerState {
    mutating func addServicingRow(_ kind: UInt64, _ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        switch kind {
        case 20:
            let calendar = try BusinessCalendar(
                canonicalBytes: try decoder.bytes(countMax: TransactionLimits.bodyByteCountMax)
            )
            servicing.calendars[calendar.digest] = calendar
        case 21: try addLineRow(&decoder)
        case 22:
            let asset = try bond(&decoder)
            let date = try CalendarDate(from: &decoder)
            holdings[asset.offset].points.append(RecordPoint(date))
            servicing.lines[asset]?.open(date)
        case 23: try addKeptRow(&decoder)
        case 24:
            let asset = try bond(&decoder)
            let due = try BondDue.ID(from: &decoder)
            servicing.lines[asset]?.restore(due, try PaidDue(from: &decoder))
        case 25: try addClaimRow(&decoder)
        case 26:
            let account = try snapshotAccount(&decoder)
            servicing.instructions[account] = try snapshotAccount(&decoder)
        case 27:
            let asset = try bond(&decoder)
            let name = try decoder.text(byteCountMax: FloatingRate.nameByteCountMax)
            let date = try CalendarDate(from: &decoder)
            guard let value = BondDecimal(units: try decoder.integer()) else { throw decoder.failure(.outOfRange) }
            servicing.lines[asset]?.restore(BondObservations.Value(name, date, value.value))
        case 28:
            let asset = try bond(&decoder)
            let date = try CalendarDate(from: &decoder)
            let account = try snapshotAccount(&decoder)
            let key = PutKey(date: date, account: account, partition: try Partition(from: &decoder))
            servicing.lines[asset]?.restore(key, try PutRecord(from: &decoder))
        default: throw decoder.failure(.outOfRange)
        }
    }

    /// Works out what follows from the rows: schedules, and accounts at a glance. False if terms and rows contradict.
    mutating func finishSnapshot() -> Bool {
        for index in accounts.records.indices { noteTraits(of: AccountIndex(UInt32(index))) }
        for asset in servicing.lines.keys.sorted() {
            do { try servicing.lines[asset]?.restoreSchedule() } catch { return false }
        }
        return true
    }

    private func bond(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> AssetIndex {
        let value = try decoder.unsigned(max: UInt64(UInt32.max))
        let index = AssetIndex(UInt32(value))
        guard servicing.lines[index] != nil else { throw decoder.failure(.outOfRange) }
        return index
    }

    private func snapshotAccount(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) -> AccountIndex {
        let value = try decoder.unsigned()
        guard value < UInt64(accounts.count) else { throw decoder.failure(.outOfRange) }
        return AccountIndex(UInt32(value))
    }

    private mutating func addLineRow(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let value = try decoder.unsigned()
        guard value < UInt64(assets.count), case .bond(let terms) = assets.records[Int(value)].terms,
            let calendar = servicing.calendar(terms.calendar.digest),
            var line = try? BondLine(terms, calendar, on: clock.businessDate)
        else { throw decoder.failure(.outOfRange) }
        try line.restoreFields(from: &decoder)
        servicing.lines[AssetIndex(UInt32(value))] = line
    }

    private mutating func addKeptRow(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let asset = try bond(&decoder)
        let date = try CalendarDate(from: &decoder)
        let account = try snapshotAccount(&decoder)
        let slot = holdings[asset.offset].slotForWriting(account, try Partition(from: &decoder))
        let kept = try RecordPoint.Kept(from: &decoder)
        guard let point = holdings[asset.offset].points.firstIndex(where: { $0.recordDate == date }) else {
            throw decoder.failure(.outOfRange)
        }
        _ = holdings[asset.offset].points[point].keep(kept.record, of: slot)
        holdings[asset.offset].points[point].setPrincipal(kept.principal, of: slot)
    }

    private mutating func addClaimRow(_ decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        let asset = try bond(&decoder)
        let due = try BondDue.ID(from: &decoder)
        let account = try snapshotAccount(&decoder)
        let key = ClaimKey(asset: asset, due: due, account: account, partition: try Partition(from: &decoder))
        let amount = try decoder.quantity()
        let holder = try snapshotAccount(&decoder)
        let partition = try Partition(from: &decoder)
        let encumbrances = try decoder.array(
            of: EncumbranceRecord.self,
            max: TransactionLimits.holdingEncumbranceCountMax,
            limit: "holdingEncumbranceCountMax"
        )
        servicing.claims[key] = ClaimRecord(
            amount: amount,
            holder: holder,
            cashPartition: partition,
            encumbrances: encumbrances
        )
    }
}

extension BondLine {
    /// The fields as ``encode(into:)`` writes them.
    fileprivate mutating func restoreFields(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 6)
        let since = try CalendarDate(from: &decoder)
        let horizon = try BondLine.optionalDate(&decoder)
        var closings: [AccountID: CalendarDate] = [:]
        for _ in 0..<(try decoder.arrayCount(max: 2)) {
            try decoder.array(count: 2)
            let observer: AccountID = try decoder.identifier()
            closings[observer] = try CalendarDate(from: &decoder)
            decoder.leave()
        }
        decoder.leave()
        var calls: [BondExercise] = []
        for _ in 0..<(try decoder.arrayCount(max: BondPeriods.countMax)) {
            try decoder.array(count: 3)
            let date = try CalendarDate(from: &decoder)
            let notice = try CalendarDate(from: &decoder)
            guard let part = BondDecimal(units: try decoder.integer()) else { throw decoder.failure(.outOfRange) }
            decoder.leave()
            calls.append(BondExercise(.call, on: date, notice: notice, part: part.value))
        }
        decoder.leave()
        let acceleration = try BondLine.optionalDate(&decoder)
        for _ in 0..<(try decoder.arrayCount(max: BondLine.dueCountMax)) {
            try decoder.array(count: 2)
            let due = try BondDue.ID(from: &decoder)
            note(default: due, on: try CalendarDate(from: &decoder))
            decoder.leave()
        }
        decoder.leave()
        decoder.leave()
        restore(since: since, closings: closings, calls: calls, acceleration: acceleration, horizon: horizon)
    }

    /// Dues that a bond can have: six of a period, and an acceleration.
    private static let dueCountMax = 6 * BondPeriods.countMax + 1

    private static func optionalDate(
        _ decoder: inout CanonicalDecoder
    ) throws(DecodingFailure) -> CalendarDate? {
        let count = try decoder.arrayCount(max: 1)
        let date = count == 1 ? try CalendarDate(from: &decoder) : nil
        decoder.leave()
        return date
    }
}
