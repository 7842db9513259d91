/// Keys and values of the state tree that have to do with the life of bonds (Specs/06, Specs/13).
extension ServicingKey {
    /// The key as the tree hashes it.
    func stateKey(in state: LedgerState) -> StateKey {
        let (assets, accounts) = (state.assets.ids, state.accounts.ids)
        switch self {
        case .calendar(let digest): return .calendar(digest)
        case .line(let asset): return .bond(assets[asset.offset])
        case .point(let asset, let date): return .recordPoint(assets[asset.offset], date)
        case .kept(let asset, let date, let account, let partition):
            let holder = accounts[account.offset]
            return .keptHolding(assets[asset.offset], date, account: holder, partition: partition.number)
        case .paid(let asset, let due): return .paidDue(assets[asset.offset], due.date, kind: due.kind.rawValue)
        case .claim(let key):
            return .claim(
                assets[key.asset.offset],
                key.due.date,
                kind: key.due.kind.rawValue,
                account: accounts[key.account.offset],
                partition: key.partition.number
            )
        case .instruction(let account): return .paymentInstruction(accounts[account.offset])
        case .observation(let asset, let name, let date): return .observation(assets[asset.offset], name: name, date)
        case .put(let asset, let key):
            let holder = accounts[key.account.offset]
            return .putNotice(assets[asset.offset], key.date, account: holder, partition: key.partition.number)
        }
    }
}

extension StateLeaves {
    /// The value of a record of servicing, or nil if there is none.
    func servicingValue(of key: StateKey, _ keyHash: Digest, in state: LedgerState) -> [UInt8]? {
        func index(_ id: AssetID) -> AssetIndex? { state.assets.index(of: id).map { AssetIndex($0) } }
        func index(_ id: AccountID) -> AccountIndex? { state.accounts.index(of: id).map { AccountIndex($0) } }
        switch key {
        case .calendar(let digest):
            return state.servicing.calendars[digest] == nil ? nil : value(keyHash: keyHash) { $0.encode(true) }
        case .bond(let id):
            guard let line = index(id).flatMap({ state.servicing.lines[$0] }) else { return nil }
            return value(keyHash: keyHash) { line.encode(into: &$0) }
        case .recordPoint(let id, let date):
            guard let asset = index(id), state.recordPoint(asset, date) != nil else { return nil }
            return value(keyHash: keyHash) { $0.encode(true) }
        case .keptHolding(let id, let date, let holder, let partition):
            guard let asset = index(id), let account = index(holder),
                let kept = state.keptValue(asset, date, account, Partition(partition))
            else { return nil }
            return value(keyHash: keyHash) { kept.encode(into: &$0) }
        case .paidDue(let id, let date, let kind):
            guard let asset = index(id), let kind = BondDue.Kind(rawValue: kind),
                let paid = state.servicing.lines[asset]?.paid[BondDue.ID(kind, date)]
            else { return nil }
            return value(keyHash: keyHash) { paid.encode(into: &$0) }
        case .paymentInstruction(let id):
            guard let target = index(id).flatMap({ state.servicing.instructions[$0] }) else { return nil }
            return value(keyHash: keyHash) { $0.encode(state.accounts.ids[target.offset]) }
        default: return noticeValue(of: key, keyHash, in: state)
        }
    }

    private func noticeValue(of key: StateKey, _ keyHash: Digest, in state: LedgerState) -> [UInt8]? {
        switch key {
        case .claim(let id, let date, let kind, let holder, let partition):
            guard let asset = state.assets.index(of: id), let account = state.accounts.index(of: holder),
                let kind = BondDue.Kind(rawValue: kind)
            else { return nil }
            let name = ClaimKey(
                asset: AssetIndex(asset),
                due: BondDue.ID(kind, date),
                account: AccountIndex(account),
                partition: Partition(partition)
            )
            guard let claim = state.servicing.claims[name] else { return nil }
            return value(keyHash: keyHash) { claim.encode(holder: state.accounts.ids[claim.holder.offset], into: &$0) }
        case .observation(let id, let name, let date):
            guard let asset = state.assets.index(of: id),
                let found = state.servicing.lines[AssetIndex(asset)]?.observations.first(where: {
                    $0.name.isSameBytes(as: name) && $0.date == date
                })
            else { return nil }
            return value(keyHash: keyHash) { $0.encode(integer: found.units) }
        case .putNotice(let id, let date, let holder, let partition):
            guard let asset = state.assets.index(of: id), let account = state.accounts.index(of: holder) else {
                return nil
            }
            let name = PutKey(date: date, account: AccountIndex(account), partition: Partition(partition))
            guard let put = state.servicing.lines[AssetIndex(asset)]?.puts[name] else { return nil }
            return value(keyHash: keyHash) { put.encode(into: &$0) }
        default: return nil
        }
    }
}

extension LedgerState {
    func recordPoint(_ asset: AssetIndex, _ date: CalendarDate) -> RecordPoint? {
        guard asset.offset < holdings.count else { return nil }
        return holdings[asset.offset].points.first { $0.recordDate == date }
    }

    /// What a point keeps of a holding; nil if the holding has not changed since.
    func keptValue(
        _ asset: AssetIndex,
        _ date: CalendarDate,
        _ account: AccountIndex,
        _ partition: Partition
    ) -> RecordPoint.Kept? {
        guard let point = recordPoint(asset, date),
            let slot = holdings[asset.offset].slotIndex(account, partition)
        else { return nil }
        return point.value(slot)
    }

    /// Marks every record of servicing as changed.
    mutating func markServicingChanged() {
        for digest in servicing.calendars.keys { changes.servicing.insert(.calendar(digest)) }
        for account in servicing.instructions.keys { changes.servicing.insert(.instruction(account)) }
        for key in servicing.claims.keys { changes.servicing.insert(.claim(key)) }
        for (asset, line) in servicing.lines {
            changes.servicing.insert(.line(asset))
            for due in line.paid.keys { changes.servicing.insert(.paid(asset, due)) }
            for value in line.observations { changes.servicing.insert(.observation(asset, value.name, value.date)) }
            for put in line.puts.keys { changes.servicing.insert(.put(asset, put)) }
        }
        for (asset, table) in holdings.enumerated() {
            for point in table.points {
                changes.servicing.insert(.point(AssetIndex(UInt32(asset)), point.recordDate))
                for kept in point.kept {
                    let slot = table.slots[Int(kept.slot)]
                    let key = ServicingKey.kept(
                        AssetIndex(UInt32(asset)),
                        point.recordDate,
                        slot.account,
                        slot.partition
                    )
                    changes.servicing.insert(key)
                }
            }
        }
    }
}

// MARK: Records

extension BondObservations.Value {
    /// The value in units of 10^-12: what an observer reported is a whole number of them.
    var units: Int64 { (try? value * Ratio(1_000_000_000_000 as Int64)).flatMap { Int64(exactly: $0) } ?? 0 }
}

extension BondLine {
    /// `[since, horizon, closings, calls, acceleration, defaults]`; in the tree and in a snapshot alike.
    func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 6)
        since.encode(into: &encoder)
        encoder.encodeArray(count: horizon == nil ? 0 : 1)
        horizon?.encode(into: &encoder)
        encoder.encodeArray(count: closings.count)
        for (observer, date) in closings.sorted(by: { $0.key < $1.key }) {
            encoder.encodeArray(count: 2)
            encoder.encode(observer)
            date.encode(into: &encoder)
        }
        encoder.encodeArray(count: calls.count)
        for call in calls {
            encoder.encodeArray(count: 3)
            call.date.encode(into: &encoder)
            call.notice.encode(into: &encoder)
            encoder.encode(integer: call.partUnits)
        }
        encoder.encodeArray(count: acceleration == nil ? 0 : 1)
        acceleration?.encode(into: &encoder)
        encoder.encodeArray(count: defaults.count)
        for (due, date) in defaults.sorted(by: { $0.key < $1.key }) {
            encoder.encodeArray(count: 2)
            due.encode(into: &encoder)
            date.encode(into: &encoder)
        }
    }
}

extension BondExercise {
    /// The part in units of 10^-12: a notice names a whole number of them.
    fileprivate var partUnits: Int64 {
        (try? part * Ratio(1_000_000_000_000 as Int64)).flatMap { Int64(exactly: $0) } ?? 0
    }
}

extension PaidDue: CanonicalCodable {
    /// `[declared, penalty, tax, claimed, date]`.
    public func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 5)
        encoder.encode(declared)
        encoder.encode(penalty)
        encoder.encode(tax)
        encoder.encode(claimed)
        date.encode(into: &encoder)
    }

    public init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 5)
        declared = try decoder.quantity()
        penalty = try decoder.quantity()
        tax = try decoder.quantity()
        claimed = try decoder.quantity()
        date = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}

extension PutRecord: CanonicalCodable {
    /// `[units, encumbrance, notice]`.
    func encode(into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 3)
        encoder.encode(units)
        encoder.encode(encumbrance)
        notice.encode(into: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(DecodingFailure) {
        try decoder.array(count: 3)
        units = try decoder.quantity()
        encumbrance = try decoder.identifier()
        notice = try CalendarDate(from: &decoder)
        decoder.leave()
    }
}

extension ClaimRecord {
    /// `[amount, holder, cash partition, encumbrances]`.
    func encode(holder id: AccountID, into encoder: inout CanonicalEncoder) {
        encoder.encodeArray(count: 4)
        encoder.encode(amount)
        encoder.encode(id)
        cashPartition.encode(into: &encoder)
        encoder.encode(array: encumbrances)
    }
}
