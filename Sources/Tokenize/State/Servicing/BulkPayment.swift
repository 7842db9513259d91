/// Payments of one due to many accounts that nothing stands in the way of: cash that is added to one holding of each.
///
/// A list of numbers, and not a change and an effect for each holder: the effects are made when they are encoded.
struct BulkPayment: Sendable {
    /// One holding of record and what is paid for it.
    struct Entry: Sendable {
        var gross: UInt64
        var net: UInt64
        let account: UInt32
        /// The slot of the bond's holding.
        let slot: UInt32
    }

    let asset: AssetIndex
    let due: BondDue.ID
    let cash: AssetIndex
    let cashPartition: Partition
    /// Effects of the transition that come before its own.
    let position: Int
    /// Ascending by account, and then partition.
    let entries: ContiguousArray<Entry>
    /// What is added to all cash holdings together.
    let netSum: UInt128

    /// What is added to the cash of an account.
    func credit(to account: AccountIndex) -> UInt128 {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].account < account.value { low = middle + 1 } else { high = middle }
        }
        var sum: UInt128 = 0
        while low < entries.count, entries[low].account == account.value {
            sum += UInt128(entries[low].net)
            low += 1
        }
        return sum
    }

    /// The effect of an entry.
    func effect(_ entry: Entry, in state: LedgerState) -> ServicingEffect {
        let (slot, table) = (Int(entry.slot), asset.offset)
        let holder = state.accounts.ids[Int(entry.account)]
        return .duePaid(
            state.assets.ids[table],
            due: due,
            holder: holder,
            partition: state.holdings[table].slots[slot].partition,
            to: holder,
            gross: Quantity(UInt128(entry.gross)),
            tax: Quantity(UInt128(entry.gross - entry.net))
        )
    }
}

extension Transition {
    /// Effects, those of payments to many included.
    var effectCount: Int {
        servicing.bulk.isEmpty ? effects.count : servicing.bulk.reduce(effects.count) { $0 + $1.entries.count }
    }

    /// What payments to many add to a holding.
    @inline(__always)
    func bulkCredit(_ address: HoldingAddress) -> UInt128 {
        servicing.bulk.isEmpty ? 0 : bulkCreditBySearch(address)
    }

    private func bulkCreditBySearch(_ address: HoldingAddress) -> UInt128 {
        servicing.bulk.reduce(0) { sum, payment in
            payment.cash == address.asset && payment.cashPartition == address.partition
                ? sum + payment.credit(to: address.account) : sum
        }
    }
}

extension LedgerState {
    /// What a transition did, in order; the entry commits to their Merkle root. The transition must have been decided
    /// on this state.
    public func effects(of transition: Transition) -> [Effect] {
        var effects: [Effect] = []
        effects.reserveCapacity(transition.effectCount)
        forEachEffect(of: transition) {
            effects.append($0)
        } bulk: {
            effects.append(.service($0.effect($1, in: self)))
        }
        return effects
    }

    /// Goes through the effects of a transition in order.
    func forEachEffect(
        of transition: borrowing Transition,
        one: (Effect) -> Void,
        bulk: (BulkPayment, BulkPayment.Entry) -> Void
    ) {
        var next = 0
        for payment in transition.servicing.bulk {
            while next < payment.position {
                one(transition.effects[next])
                next += 1
            }
            for entry in payment.entries { bulk(payment, entry) }
        }
        while next < transition.effects.count {
            one(transition.effects[next])
            next += 1
        }
    }

    /// Adds a payment to many to the holdings of cash.
    mutating func apply(_ payment: BulkPayment) {
        var marks = ChangedIndices()
        changes.exchangeHoldings(of: payment.cash, &marks)
        holdings[payment.cash.offset].credit(payment, accountCount: accounts.count, &marks)
        changes.exchangeHoldings(of: payment.cash, &marks)
        guard rules.hasLine(payment.cash) else { return }
        for entry in payment.entries {
            noteUnits(payment.cash, AccountIndex(entry.account), difference: UInt128(entry.net))
        }
    }
}

extension HoldingTable {
    /// Adds the net amount of each entry to the holding of its account, and marks the holding.
    fileprivate mutating func credit(_ payment: BulkPayment, accountCount: Int, _ marks: inout ChangedIndices) {
        let (entries, partition) = (payment.entries, payment.cashPartition)
        var newcomers: [Int] = []
        withSlots(of: partition) { slots, find in
            var search = SlotSearch(partition, accountCount: accountCount)
            for place in entries.indices {
                guard let slot = search.slot(of: entries[place].account, in: slots, find) else {
                    newcomers.append(place)
                    continue
                }
                let units = slots[slot].record.units.units
                slots[slot].record.units = Quantity(units &+ UInt128(entries[place].net))
                marks.mark(slot)
            }
        }
        for place in newcomers {
            let slot = slotForWriting(AccountIndex(entries[place].account), partition)
            add(UInt128(entries[place].net), at: slot)
            marks.mark(slot)
        }
    }
}

/// Finds the slots of many accounts, in the order of the accounts.
private struct SlotSearch {
    typealias Slots = UnsafeMutableBufferPointer<HoldingTable.Slot>

    private let partition: Partition
    private let accountCount: Int
    /// Where the slot of the next account most likely is: many tables were filled in the same order.
    private var next = 0
    private var missCount = 0
    /// All slots by account, from 1, once so many were not where they were looked for that this is the quicker way.
    private var byAccount: ContiguousArray<UInt32> = []

    init(_ partition: Partition, accountCount: Int) {
        (self.partition, self.accountCount) = (partition, accountCount)
    }

    @inline(__always)
    mutating func slot(of account: UInt32, in slots: Slots, _ find: (UInt32) -> Int?) -> Int? {
        let place = next
        if place < slots.count, slots[place].account.value == account, slots[place].partition == partition {
            next = place + 1
            return place
        }
        return search(account, in: slots, find)
    }

    @inline(never)
    private mutating func search(_ account: UInt32, in slots: Slots, _ find: (UInt32) -> Int?) -> Int? {
        missCount += 1
        if byAccount.isEmpty, missCount > slots.count / 8 { enterAll(of: slots) }
        let found = byAccount.isEmpty ? find(account) : Int(byAccount[Int(account)]) - 1
        guard let found, found >= 0 else { return nil }
        next = found + 1
        return found
    }

    private mutating func enterAll(of slots: Slots) {
        byAccount = ContiguousArray(repeating: 0, count: accountCount)
        for slot in slots.indices where slots[slot].partition == partition {
            byAccount[slots[slot].account.offset] = UInt32(slot + 1)
        }
    }
}
