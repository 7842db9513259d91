extension LedgerState {
    /// A holding as a reader sees it.
    public struct HoldingView: Hashable, Sendable {
        /// The asset that is held.
        public let asset: AssetID
        /// The account that holds.
        public let account: AccountID
        /// The part of the asset's units.
        public let partition: Partition
        /// Units held, covered or not.
        public let units: Quantity
        /// Units that the holder may dispose of on the present business date.
        public let available: Quantity
        /// What weighs on them, senior first; those that have lapsed may still be listed.
        public let encumbrances: [EncumbranceRecord]
    }

    /// The business date that stands open.
    public var businessDate: CalendarDate { clock.businessDate }

    /// Accounts opened so far.
    public var accountCount: Int { accounts.count }

    /// Assets created so far, in order of creation.
    public var assetIDs: [AssetID] { Array(assets.ids) }

    /// Accounts in order of opening.
    public var accountIDs: [AccountID] { Array(accounts.ids) }

    /// The account's record, or nil.
    public func account(_ id: AccountID) -> AccountRecord? {
        accounts.index(of: id).map { accounts.records[Int($0)] }
    }

    /// The party behind an account, or nil.
    public func party(of id: AccountID) -> PartyID? {
        account(id).map { parties.ids[Int($0.party.value)] }
    }

    /// The asset's record, or nil.
    public func asset(_ id: AssetID) -> AssetRecord? {
        assets.index(of: id).map { assets.records[Int($0)] }
    }

    /// The asset that the world knows by this name, or nil.
    public func asset(identifiedBy identification: AssetIdentification) -> AssetID? {
        identifications[identification].map { assets.ids[$0.offset] }
    }

    /// The authority's quorum and members, or nil.
    public func authority(_ reference: AuthorityReference) -> (quorum: Int, members: [AccountID])? {
        authorities[reference].map { ($0.quorum, $0.members.map { accounts.ids[$0.offset] }) }
    }

    /// The lowest unused sequence of a lane; sequences above it may be used already.
    public func nextSequence(of id: AccountID, lane: UInt16 = 0) -> UInt64? {
        accounts.index(of: id).map { self.lane(AccountIndex($0), lane).next }
    }

    /// A holding; zero units if there is none.
    public func holding(asset: AssetID, account: AccountID, partition: Partition = 0) -> HoldingView {
        var record = HoldingRecord.empty
        if let assetIndex = assets.index(of: asset), let accountIndex = accounts.index(of: account) {
            record = holding(
                HoldingAddress(
                    asset: AssetIndex(assetIndex),
                    account: AccountIndex(accountIndex),
                    partition: partition
                )
            )
        }
        return view(record, asset, account, partition)
    }

    /// Every holding of an asset with units or encumbrances, by account and partition.
    public func holdings(of asset: AssetID) -> [HoldingView] {
        guard let index = assets.index(of: asset) else { return [] }
        return holdings[Int(index)].ordered.map {
            view($0.record, asset, accounts.ids[$0.account.offset], $0.partition)
        }
    }

    private func view(
        _ record: HoldingRecord,
        _ asset: AssetID,
        _ account: AccountID,
        _ partition: Partition
    ) -> HoldingView {
        HoldingView(
            asset: asset,
            account: account,
            partition: partition,
            units: record.units,
            available: record.available(on: clock.businessDate),
            encumbrances: record.encumbrances
        )
    }

    /// Checks that the holdings of every asset, and its units by class, add up to what is outstanding.
    ///
    /// Returns the assets for which they do not.
    public func assetsOutOfBalance() -> [AssetID] {
        assets.ids.indices.filter { index in
            let record = assets.records[index]
            var sum: UInt128 = 0
            var byClass = [UInt128](repeating: 0, count: record.unitsByClass.count)
            for slot in holdings[index].slots {
                sum += slot.record.units.units
                byClass[Int(accounts.records[slot.account.offset].holderClass.rawValue)] += slot.record.units.units
            }
            return sum != record.outstanding.units || byClass != record.unitsByClass
        }.map { assets.ids[$0] }
    }
}
