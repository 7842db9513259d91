extension LedgerState {
    /// Writes a transition into the state: the only way in which a state changes.
    ///
    /// The transition must have been decided on this very state.
    mutating func apply(_ transition: borrowing Transition) {
        if hasNoticesToSeal { sealNotices() }
        for index in transition.lanes.indices { applyLane(transition.lanes[index]) }
        for (id, record) in transition.newParties {
            changes.parties.insert(UInt32(parties.count))
            changes.ledger = true
            parties.append(id, record)
        }
        for (id, record) in transition.newAccounts {
            changes.accounts.insert(UInt32(accounts.count))
            changes.ledger = true
            appendAccount(id, record)
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
        for index in transition.holdings.indices { applyHolding(index, of: transition) }
        if !transition.servicing.isEmpty { applyServicing(transition.servicing) }
        for (reference, record) in transition.authorities {
            changes.authorities.insert(reference)
            authorities[reference] = record
        }
        for payment in transition.payments {
            changes.payments.insert(payment)
            payments.insert(payment)
        }
        for (key, record) in transition.control { applyControl(record, under: key) }
        if !transition.rules.records.isEmpty || !transition.rules.volumes.isEmpty { applyRules(transition.rules) }
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
    private mutating func applyHolding(_ index: Int, of transition: borrowing Transition) {
        let address = transition.holdings[index].address
        let asset = address.asset
        let slot =
            transition.holdings[index].slot
            ?? holdings[asset.offset].slotForWriting(address.account, address.partition)
        if !holdings[asset.offset].points.isEmpty {
            keepForRecord(asset, slot: slot, before: transition.holdings[index].record)
        }
        if rules.hasLine(asset) {
            let before = holdings[asset.offset].slots[slot].record.units.units
            noteUnits(asset, address.account, difference: transition.holdings[index].record.units.units &- before)
        }
        holdings[asset.offset].set(transition.holdings[index].record, at: slot)
        changes.markHolding(asset, slot: slot)
    }

    /// Takes note of a sealed block: the entries that follow have the next height.
    mutating func applyHeader(sealingTime: UInt64) {
        clock.height += 1
        clock.sealingTime = sealingTime
        hasNoticesToSeal = !control.unsealedKeys.isEmpty || !rules.unsealedKeys.isEmpty
        changes.ledger = true
    }
}
