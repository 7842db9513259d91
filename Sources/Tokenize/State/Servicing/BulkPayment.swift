/// Payments of one due to many accounts that nothing stands in the way of: cash that is added to one holding of each.
///
/// A list of numbers, and not a change and an effect for each holder: the effects are made when they are encoded.
struct BulkPayment: Sendable {
    /// One holding of record and what is paid for it.
    struct Entry: Sendable {
        let gross: UInt128
        let net: UInt128
        let account: UInt32
        /// The partition of the units.
        let partition: UInt32
        /// The slot of the account's cash, or ``noSlot``.
        let cashSlot: UInt32
    }

    /// Stands for a cash holding that does not exist yet.
    static let noSlot = UInt32.max

    let asset: AssetIndex
    let due: BondDue.ID
    let cash: AssetIndex
    let cashPartition: Partition
    /// Effects of the transition that come before its own.
    let position: Int
    /// Ascending by account, and then partition.
    var entries: ContiguousArray<Entry>

    /// What is added to the cash of an account.
    func credit(to account: AccountIndex) -> UInt128 {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].account < account.value { low = middle + 1 } else { high = middle }
        }
        var sum: UInt128 = 0
        while low < entries.count, entries[low].account == account.value {
            sum += entries[low].net
            low += 1
        }
        return sum
    }

    /// What is added to all cash holdings together.
    var netSum: UInt128 { entries.reduce(into: 0) { $0 &+= $1.net } }

    /// The effect of an entry.
    func effect(_ entry: Entry, in state: LedgerState) -> ServicingEffect {
        let holder = state.accounts.ids[Int(entry.account)]
        return .duePaid(
            state.assets.ids[asset.offset],
            due: due,
            holder: holder,
            partition: Partition(entry.partition),
            to: holder,
            gross: Quantity(entry.gross),
            tax: Quantity(entry.gross - entry.net)
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
        holdings[payment.cash.offset].credit(payment.entries, payment.cashPartition, &marks)
        changes.exchangeHoldings(of: payment.cash, &marks)
        guard rules.hasLine(payment.cash) else { return }
        for entry in payment.entries { noteUnits(payment.cash, AccountIndex(entry.account), difference: entry.net) }
    }
}

extension HoldingTable {
    /// Adds the net amount of each entry to the holding of its account in a partition, and marks the holdings.
    mutating func credit(
        _ entries: ContiguousArray<BulkPayment.Entry>,
        _ partition: Partition,
        _ marks: inout ChangedIndices
    ) {
        var needsSlots = false
        withSlots { slots in
            for entry in entries {
                guard entry.cashSlot != BulkPayment.noSlot else {
                    needsSlots = true
                    continue
                }
                let slot = Int(entry.cashSlot)
                slots[slot].record.units = Quantity(slots[slot].record.units.units &+ entry.net)
                marks.mark(slot)
            }
        }
        guard needsSlots else { return }
        for entry in entries where entry.cashSlot == BulkPayment.noSlot {
            let slot = slotForWriting(AccountIndex(entry.account), partition)
            add(entry.net, at: slot)
            marks.mark(slot)
        }
    }
}
