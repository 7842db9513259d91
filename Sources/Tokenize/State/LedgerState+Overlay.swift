/// Reads through the changes of the transaction that is being decided, and the primitive writes into them.
extension LedgerState {
    // MARK: Parties, accounts, assets

    @inline(__always)
    func partyIndex(_ id: PartyID, _ draft: Transition) -> PartyIndex? {
        if let index = parties.index(of: id) { return PartyIndex(index) }
        guard !draft.newParties.isEmpty else { return nil }
        return draft.newParties.firstIndex { $0.id == id }.map { PartyIndex(UInt32(parties.count + $0)) }
    }

    func party(_ index: PartyIndex, _ draft: Transition) -> PartyRecord {
        let offset = Int(index.value)
        return offset < parties.count ? parties.records[offset] : draft.newParties[offset - parties.count].record
    }

    @inline(__always)
    func accountIndex(_ id: AccountID, _ draft: Transition) -> AccountIndex? {
        if let index = accounts.index(of: id) { return AccountIndex(index) }
        guard !draft.newAccounts.isEmpty else { return nil }
        return draft.newAccounts.firstIndex { $0.id == id }.map { AccountIndex(UInt32(accounts.count + $0)) }
    }

    @inline(__always)
    func account(_ index: AccountIndex, _ draft: Transition) -> AccountRecord {
        if !draft.accounts.isEmpty, let change = draft.accounts.last(where: { $0.index == index }) {
            return change.record
        }
        return index.offset < accounts.count
            ? accounts.records[index.offset] : draft.newAccounts[index.offset - accounts.count].record
    }

    func accountID(_ index: AccountIndex, _ draft: Transition) -> AccountID {
        index.offset < accounts.count
            ? accounts.ids[index.offset] : draft.newAccounts[index.offset - accounts.count].id
    }

    /// Whose the facts about an account are: the party's behind it.
    func owner(of index: AccountIndex, _ draft: Transition) -> DecidingFact.Owner {
        .party(partyID(account(index, draft).party, draft))
    }

    func setAccount(_ record: AccountRecord, at index: AccountIndex, _ draft: inout Transition) {
        if let position = draft.accounts.firstIndex(where: { $0.index == index }) {
            draft.accounts[position].record = record
        } else {
            draft.accounts.append((index, record))
        }
    }

    @inline(__always)
    func assetIndex(_ id: AssetID, _ draft: Transition) -> AssetIndex? {
        if let index = assets.index(of: id) { return AssetIndex(index) }
        guard !draft.newAssets.isEmpty else { return nil }
        return draft.newAssets.firstIndex { $0.id == id }.map { AssetIndex(UInt32(assets.count + $0)) }
    }

    @inline(__always)
    func asset(_ index: AssetIndex, _ draft: Transition) -> AssetRecord {
        if !draft.assets.isEmpty, let change = draft.assets.last(where: { $0.index == index }) {
            return change.record
        }
        return index.offset < assets.count
            ? assets.records[index.offset] : draft.newAssets[index.offset - assets.count].record
    }

    func setAsset(_ record: AssetRecord, at index: AssetIndex, _ draft: inout Transition) {
        if let position = draft.assets.firstIndex(where: { $0.index == index }) {
            draft.assets[position].record = record
        } else {
            draft.assets.append((index, record))
        }
    }

    func authority(_ reference: AuthorityReference, _ draft: Transition) -> AuthorityRecord? {
        if let change = draft.authorities.last(where: { $0.reference == reference }) { return change.record }
        return authorities[reference]
    }

    // MARK: Holdings

    @inline(__always)
    func holding(_ address: HoldingAddress, _ draft: Transition) -> HoldingRecord {
        if let index = draft.changedHolding(address) { return draft.holdings[index].record }
        guard address.asset.offset < holdings.count else { return .empty }
        var record = holding(address)
        if !draft.servicing.bulk.isEmpty { record.units = Quantity(record.units.units + draft.bulkCredit(address)) }
        return record
    }

    /// Replaces the holding at an address in the draft.
    func setHolding(_ record: HoldingRecord, at address: HoldingAddress, _ draft: inout Transition) {
        draft.holdings[draftedHolding(address, &draft)].record = record
    }

    /// Index in the draft of the holding at an address; entered there as it stands if no operation has touched it.
    ///
    /// The state's table is searched here and nowhere else: applying the change uses the slot that was found.
    @inline(__always)
    func draftedHolding(_ address: HoldingAddress, _ draft: inout Transition) -> Int {
        if let index = draft.changedHolding(address) { return index }
        let asset = address.asset.offset
        let slot = asset < holdings.count ? holdings[asset].slotIndex(address.account, address.partition) : nil
        var record = slot.map { holdings[asset].slots[$0].record } ?? .empty
        if !draft.servicing.bulk.isEmpty { record.units = Quantity(record.units.units + draft.bulkCredit(address)) }
        draft.appendHolding(
            Transition.HoldingChange(address: address, slot: slot, unitsBefore: record.units, record: record)
        )
        return draft.holdings.count - 1
    }

    /// The business date under which the operation is decided.
    @inline(__always)
    func businessDate(_ draft: Transition) -> CalendarDate { draft.businessDate ?? clock.businessDate }
}
