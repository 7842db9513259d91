extension LedgerState {
    /// Writes a transition into the state: the only way in which a state changes.
    ///
    /// The transition must have been decided on this very state.
    mutating func apply(_ transition: borrowing Transition) {
        for change in transition.lanes { applyLane(change) }
        for (id, record) in transition.newParties {
            changes.parties.insert(UInt32(parties.count))
            changes.ledger = true
            parties.append(id, record)
        }
        for (id, record) in transition.newAccounts {
            changes.accounts.insert(UInt32(accounts.count))
            changes.ledger = true
            accounts.append(id, record)
            firstLanes.append(.fresh)
            accountTraits.append(record.holderClass.rawValue)
        }
        for (index, record) in transition.accounts {
            changes.accounts.insert(index.value)
            accounts.records[index.offset] = record
            noteTraits(of: index)
        }
        for (id, record) in transition.newAssets {
            let index = AssetIndex(UInt32(assets.count))
            changes.assets.insert(index.value)
            changes.identifications.insert(record.identification)
            changes.ledger = true
            identifications[record.identification] = index
            assets.append(id, record)
            holdings.append(HoldingTable())
        }
        for (index, record) in transition.assets {
            changes.assets.insert(index.value)
            assets.records[index.offset] = record
        }
        if !transition.servicing.isEmpty {
            applyPoints(transition.servicing)
            for payment in transition.servicing.bulk { apply(payment) }
        }
        for change in transition.holdings { applyHolding(change) }
        if !transition.servicing.isEmpty { applyServicing(transition.servicing) }
        for (reference, record) in transition.authorities {
            changes.authorities.insert(reference)
            authorities[reference] = record
        }
        for payment in transition.payments {
            changes.payments.insert(payment)
            payments.insert(payment)
        }
        if let date = transition.businessDate {
            clock.businessDate = date
            clock.openedDayCount += 1
            changes.ledger = true
        }
        if let keys = transition.logKeys {
            logKeys = keys
            changes.ledger = true
        }
    }

    @inline(__always)
    private mutating func applyLane(_ change: Transition.LaneChange) {
        if change.lane == 0 {
            firstLanes[change.account.offset] = change.window
            changes.markLane(change.account)
        } else {
            let address = LaneAddress(account: change.account, lane: change.lane)
            otherLanes[address] = change.window
            changes.otherLanes.insert(address)
        }
    }

    @inline(__always)
    private mutating func applyHolding(_ change: Transition.HoldingChange) {
        let asset = change.address.asset
        let slot =
            change.slot
            ?? holdings[asset.offset].slotForWriting(change.address.account, change.address.partition)
        if !holdings[asset.offset].points.isEmpty { keepForRecord(asset, slot: slot, before: change.record) }
        holdings[asset.offset].set(change.record, at: slot)
        changes.markHolding(asset, slot: slot)
    }

    /// Takes note of a sealed block: the entries that follow have the next height.
    mutating func applyHeader(sealingTime: UInt64) {
        clock.height += 1
        clock.sealingTime = sealingTime
        changes.ledger = true
    }
}
