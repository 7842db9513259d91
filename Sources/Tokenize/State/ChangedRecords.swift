/// Which records changed, so that the tree and the projection touch no others.
struct ChangedRecords: Sendable {
    var parties: Set<UInt32> = []
    var accounts: Set<UInt32> = []
    var assets: Set<UInt32> = []
    var authorities: Set<AuthorityReference> = []
    var identifications: Set<AssetIdentification> = []
    var payments: Set<PaymentKey> = []
    var control: Set<ControlKey> = []
    var rules: Set<RuleKey> = []
    var otherLanes: Set<LaneAddress> = []
    var servicing: Set<ServicingKey> = []
    var ledger = true
    private(set) var firstLanes = ChangedIndices()
    /// By asset, then slot of the holding table.
    private(set) var holdings: ContiguousArray<ChangedIndices> = []
    /// By line of a rulebook: persons whose units given have changed. What else they moved is among the rules.
    private(set) var givers: ContiguousArray<ChangedIndices> = []

    @inline(__always)
    mutating func markLane(_ account: AccountIndex) { firstLanes.mark(account.offset) }

    @inline(__always)
    mutating func markHolding(_ asset: AssetIndex, slot: Int) {
        while holdings.count <= asset.offset { holdings.append(ChangedIndices()) }
        holdings[asset.offset].mark(slot)
    }

    @inline(__always)
    mutating func markGiver(_ person: UInt32, line: Int) {
        while givers.count <= line { givers.append(ChangedIndices()) }
        givers[line].mark(Int(person))
    }

    /// Hands out the marks of one asset's holdings, to be given back by a second call.
    mutating func exchangeHoldings(of asset: AssetIndex, _ marks: inout ChangedIndices) {
        while holdings.count <= asset.offset { holdings.append(ChangedIndices()) }
        swap(&holdings[asset.offset], &marks)
    }

    /// Forgets everything, keeping memory for the next round.
    mutating func removeAll() {
        parties.removeAll()
        accounts.removeAll()
        assets.removeAll()
        authorities.removeAll()
        identifications.removeAll()
        payments.removeAll()
        control.removeAll()
        rules.removeAll()
        otherLanes.removeAll()
        servicing.removeAll()
        ledger = false
        firstLanes.removeAll()
        for index in holdings.indices { holdings[index].removeAll() }
        for index in givers.indices { givers[index].removeAll() }
    }
}

/// A set of small integers with constant-time insertion and a list of its members in order of insertion.
struct ChangedIndices: Sendable {
    private(set) var list: ContiguousArray<UInt32> = []
    private var bits: ContiguousArray<UInt64> = []

    @inline(__always)
    mutating func mark(_ index: Int) {
        let word = index >> 6
        if word >= bits.count {
            bits.append(contentsOf: repeatElement(0, count: max(word + 1 - bits.count, bits.count)))
        }
        let mask: UInt64 = 1 << UInt64(index & 63)
        guard bits[word] & mask == 0 else { return }
        bits[word] |= mask
        list.append(UInt32(index))
    }

    mutating func removeAll() {
        for index in list { bits[Int(index) >> 6] = 0 }
        list.removeAll(keepingCapacity: true)
    }
}

extension ChangedRecords {
    /// Adds what `other` holds.
    mutating func formUnion(_ other: ChangedRecords) {
        parties.formUnion(other.parties)
        accounts.formUnion(other.accounts)
        assets.formUnion(other.assets)
        ledger = ledger || other.ledger
        for (asset, slots) in other.holdings.enumerated() {
            for slot in slots.list { markHolding(AssetIndex(UInt32(asset)), slot: Int(slot)) }
        }
    }
}

extension LedgerState {
    /// Marks every record as changed, so that a tree or a projection is built from nothing.
    mutating func markEverythingChanged() {
        changes.ledger = true
        changes.parties = Set(0..<UInt32(parties.count))
        changes.accounts = Set(0..<UInt32(accounts.count))
        changes.assets = Set(0..<UInt32(assets.count))
        changes.authorities = Set(authorities.keys)
        changes.identifications = Set(identifications.keys)
        changes.payments = payments
        changes.control = Set(control.records.keys)
        markRulesChanged()
        changes.otherLanes = Set(otherLanes.keys)
        markServicingChanged()
        for account in 0..<accounts.count { changes.markLane(AccountIndex(UInt32(account))) }
        for (asset, table) in holdings.enumerated() {
            for slot in table.slots.indices { changes.markHolding(AssetIndex(UInt32(asset)), slot: slot) }
        }
    }
}
