/// A state as rows, each a canonical byte string, in an order that does not depend on history (Specs/08).
struct SnapshotEncoder: Sendable {
    static let version: UInt64 = 1

    /// The state after a header, with the clock as the header's state root has it.
    private let state: LedgerState
    private let clock: LedgerClock
    private let chunkByteCount: Int
    private var section = Section.ledger
    private var index = 0
    private var lanes: [LaneAddress] = []
    private var holdings: [(asset: AssetIndex, slot: HoldingTable.Slot)] = []
    private var authorities: [AuthorityReference] = []
    private var payments: [PaymentKey] = []
    private var servicing: [SnapshotEncoder.ServicingRow] = []
    private var rules: [(key: RuleKey, name: [UInt8])] = []
    private var control: [ControlKey] = []

    private enum Section: Int {
        case ledger, parties, accounts, lanes, assets, holdings, authorities, payments, servicing, rules, control, end
    }

    init(_ state: LedgerState, clock: LedgerClock, chunkByteCount: Int) {
        self.state = state
        self.clock = clock
        self.chunkByteCount = chunkByteCount
    }

    /// The next rows, or nil when all are written.
    mutating func nextChunk() -> [UInt8]? {
        guard section != .end else { return nil }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(chunkByteCount + 4_096)
        while chunk.count < chunkByteCount, let row = nextRow() { ByteStrings.append(row, to: &chunk) }
        return chunk.isEmpty ? nil : chunk
    }

    private mutating func nextRow() -> [UInt8]? {
        while section != .end {
            if index < rowCount {
                defer { index += 1 }
                return row(index)
            }
            section = Section(rawValue: section.rawValue + 1) ?? .end
            index = 0
            prepareSection()
        }
        return nil
    }

    /// Orders what a section writes; once for each section.
    private mutating func prepareSection() {
        switch section {
        case .lanes: lanes = state.otherLanes.keys.sorted { ($0.account, $0.lane) < ($1.account, $1.lane) }
        case .holdings:
            lanes = []
            for (asset, table) in state.holdings.enumerated() {
                holdings += table.ordered.map { (AssetIndex(UInt32(asset)), $0) }
            }
        case .authorities:
            holdings = []
            authorities = state.authorities.keys.sorted()
        case .payments: payments = state.payments.sorted()
        case .servicing:
            payments = []
            servicing = SnapshotEncoder.servicingRows(of: state)
        case .rules:
            servicing = []
            rules = state.ruleKeys.map { ($0, $0.nameBytes) }
                .sorted { left, right in
                    left.key.kind == right.key.kind
                        ? left.name.lexicographicallyPrecedes(right.name)
                        : left.key.kind.rawValue < right.key.kind.rawValue
                }
        case .control:
            rules = []
            control = state.control.records.keys.sorted()
        case .ledger, .parties, .accounts, .assets, .end: break
        }
    }

    private var rowCount: Int {
        switch section {
        case .ledger: 1
        case .parties: state.parties.count
        case .accounts: state.accounts.count
        case .lanes: lanes.count
        case .assets: state.assets.count
        case .holdings: holdings.count
        case .authorities: authorities.count
        case .payments: payments.count
        case .servicing: servicing.count
        case .rules: rules.count
        case .control: control.count
        case .end: 0
        }
    }

    private func row(_ index: Int) -> [UInt8]? {
        switch section {
        case .ledger: ledgerRow()
        case .parties: partyRow(index)
        case .accounts: accountRow(index)
        case .lanes: laneRow(lanes[index])
        case .assets: assetRow(index)
        case .holdings: holdingRow(holdings[index])
        case .authorities: authorityRow(authorities[index])
        case .payments: paymentRow(payments[index])
        case .servicing: servicing[index].bytes(of: state)
        case .rules: ruleRow(rules[index])
        case .control: controlRow(control[index])
        case .end: nil
        }
    }

    private func encode(_ kind: UInt64, count: Int, _ body: (inout CanonicalEncoder) -> Void) -> [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 160)
        encoder.encodeArray(count: count + 1)
        encoder.encode(kind)
        body(&encoder)
        return encoder.bytes
    }

    private func ledgerRow() -> [UInt8] {
        encode(0, count: 10) { encoder in
            encoder.encode(SnapshotEncoder.version)
            encoder.encode(state.ledger)
            encoder.encode(text: state.name)
            state.parameters.encode(into: &encoder)
            encoder.encode(state.disclosureCommitment)
            state.logKeys.encode(into: &encoder)
            encoder.encode(clock.height)
            clock.businessDate.encode(into: &encoder)
            encoder.encode(clock.openedDayCount)
            encoder.encode(clock.sealingTime)
        }
    }

    private func partyRow(_ index: Int) -> [UInt8] {
        encode(1, count: 2) { encoder in
            encoder.encode(state.parties.ids[index])
            state.parties.records[index].encode(into: &encoder)
        }
    }

    private func accountRow(_ index: Int) -> [UInt8] {
        let record = state.accounts.records[index]
        return encode(2, count: 5) { encoder in
            encoder.encode(state.accounts.ids[index])
            record.policy.encode(into: &encoder)
            encoder.encode(UInt64(record.party.value))
            encoder.encode(array: record.encumbrances)
            state.firstLanes[index].encode(into: &encoder)
        }
    }

    private func laneRow(_ address: LaneAddress) -> [UInt8] {
        encode(3, count: 3) { encoder in
            encoder.encode(UInt64(address.account.value))
            encoder.encode(UInt64(address.lane))
            state.lane(address.account, address.lane).encode(into: &encoder)
        }
    }

    private func assetRow(_ index: Int) -> [UInt8] {
        let record = state.assets.records[index]
        return encode(4, count: 11) { encoder in
            encoder.encode(state.assets.ids[index])
            record.identification.encode(into: &encoder)
            record.issuer.encode(into: &encoder)
            encoder.encode(bytes: record.terms.canonicalBytes)
            encoder.encode(bytes: record.charter.canonicalBytes)
            encoder.encode(record.cap)
            encoder.encode(record.issued)
            encoder.encode(record.redeemed)
            encoder.encode(UInt64(record.status.rawValue))
            encoder.encode(array: record.encumbrances)
            encoder.encodeArray(count: record.unitsByClass.count)
            for units in record.unitsByClass { encoder.encode(Quantity(units)) }
        }
    }

    private func holdingRow(_ holding: (asset: AssetIndex, slot: HoldingTable.Slot)) -> [UInt8] {
        encode(5, count: 4) { encoder in
            encoder.encode(UInt64(holding.asset.value))
            encoder.encode(UInt64(holding.slot.account.value))
            holding.slot.partition.encode(into: &encoder)
            holding.slot.record.encode(into: &encoder)
        }
    }

    private func authorityRow(_ reference: AuthorityReference) -> [UInt8]? {
        guard let record = state.authorities[reference] else { return nil }
        return encode(6, count: 3) { encoder in
            reference.encode(into: &encoder)
            encoder.encode(UInt64(record.quorum))
            encoder.encodeArray(count: record.members.count)
            for member in record.members { encoder.encode(UInt64(member.value)) }
        }
    }

    private func ruleRow(_ row: (key: RuleKey, name: [UInt8])) -> [UInt8]? {
        guard let record = state.rule(row.key) else { return nil }
        return encode(row.key.kind.rawValue, count: 2) { encoder in
            encoder.encode(bytes: row.name)
            record.encode(into: &encoder)
        }
    }

    private func controlRow(_ key: ControlKey) -> [UInt8]? {
        guard let record = state.control.records[key] else { return nil }
        return encode(key.kind.rawValue, count: 2) { encoder in
            encoder.encode(bytes: key.nameBytes)
            record.encode(into: &encoder)
        }
    }

    private func paymentRow(_ payment: PaymentKey) -> [UInt8] {
        encode(7, count: 2) { encoder in
            encoder.encode(UInt64(payment.asset.value))
            encoder.encode(text: payment.reference)
        }
    }
}
