extension LedgerState {
    /// Reads what deciding transfers will read, and does nothing with it but add it up.
    ///
    /// The records of accounts and holdings lie far apart in memory. A decision waits for each read in turn; reads for
    /// many transactions one after the other, of which none waits for another, overlap.
    @inline(__always)
    func lookAhead(_ body: TransactionBody) -> UInt64 {
        guard let index = accounts.index(of: body.principals[0].account).map({ AccountIndex($0) }) else { return 0 }
        var sum = firstLanes[index.offset].next &+ accounts.records[index.offset].policy.keys[0].weight
        guard case .transfer(let transfer) = body.operations[0].act, let asset = assets.index(of: transfer.asset),
            let recipient = accounts.index(of: transfer.recipient).map({ AccountIndex($0) })
        else { return sum }
        sum &+= UInt64(accounts.records[recipient.offset].encumbrances.count)
        return sum &+ units(of: index, Int(asset), transfer.partition)
            &+ units(of: recipient, Int(asset), transfer.partition)
    }

    @inline(__always)
    private func units(of account: AccountIndex, _ asset: Int, _ partition: Partition) -> UInt64 {
        guard let slot = holdings[asset].slotIndex(account, partition) else { return 0 }
        return UInt64(truncatingIfNeeded: holdings[asset].slots[slot].record.units.units)
    }
}
