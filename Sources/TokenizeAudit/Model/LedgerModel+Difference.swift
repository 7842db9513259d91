import Tokenize

extension LedgerModel {
    /// Units of a holding, as the model counts them.
    public func units(of asset: AssetID, account: AccountID, partition: Partition = 0) -> UInt128 {
        holdings[Place(asset: asset, account: account, partition: partition)]?.units ?? 0
    }

    /// Units, available units and sums of every asset: what differs between a state and the model, or nil.
    public func differenceOfBalances(to state: LedgerState) -> String? {
        if state.assetIDs != assetOrder { return "the assets differ" }
        for (asset, record) in assets {
            guard let other = state.asset(asset) else { return "there is no \(asset)" }
            let sums = [other.issued.units, other.redeemed.units, other.cap.units]
            if sums != [record.issued, record.redeemed, record.cap] { return "\(asset): sums \(sums)" }
            if other.status.rawValue != record.status.rawValue { return "\(asset): \(other.status)" }
            for holderClass in HolderClass.allCases {
                let held = unitsHeld(of: asset) { $0 == holderClass }
                let counted = other.unitsByClass[Int(holderClass.rawValue)]
                if held != counted { return "\(asset): \(holderClass) holds \(held), not \(counted)" }
            }
            let views = state.holdings(of: asset)
            let own = holdings.filter { $0.key.asset == asset }
            if views.count != own.count { return "\(asset): \(views.count) holdings, not \(own.count)" }
            for view in views {
                let place = Place(asset: asset, account: view.account, partition: view.partition)
                guard let holding = own[place] else { return "\(view): not there" }
                let free = available(holding)
                if view.units.units != holding.units { return "\(view): \(holding.units) units" }
                if view.available.units != free { return "\(view): \(free) available" }
            }
        }
        return nil
    }

    /// Encumbrances of every account, party, asset and holding: what differs, or nil.
    public func differenceOfEncumbrances(to state: LedgerState) -> String? {
        for (account, record) in accounts {
            let found = (state.account(account)?.encumbrances ?? []).map { Claim($0) }
            if found != record.claims { return "\(account): \(found), not \(record.claims)" }
        }
        for party in parties.keys {
            let found = state.encumbrances(ofParty: party).map { Claim($0) }
            if found != partyClaims[party] ?? [] { return "\(party): \(found), not \(partyClaims[party] ?? [])" }
        }
        for (asset, record) in assets {
            let found = (state.asset(asset)?.encumbrances ?? []).map { Claim($0) }
            if found != record.claims { return "\(asset): \(found), not \(record.claims)" }
            for view in state.holdings(of: asset) {
                let place = Place(asset: asset, account: view.account, partition: view.partition)
                let (found, own) = (view.encumbrances.map { Claim($0) }, holdings[place]?.claims ?? [])
                if found != own { return "\(view.account) has of \(asset): \(found), not \(own)" }
            }
        }
        return nil
    }

    /// Calendar, accounts, sequences, authorities and the records of chapter 15: what differs, or nil.
    public func differenceOfRecords(to state: LedgerState) -> String? {
        let clock = state.clock
        if clock.businessDate != today || clock.openedDayCount != openedDays { return "the business date differs" }
        if clock.height != height || clock.sealingTime != sealingTime { return "the height differs: \(clock)" }
        if state.logKeys != logKeys { return "the log's keys differ" }
        if state.accountIDs != accountOrder { return "the accounts differ" }
        for (account, record) in accounts {
            guard let other = state.account(account) else { return "there is no \(account)" }
            if other.policy != record.policy || other.holderClass != record.holderClass {
                return "\(account): \(other)"
            }
            if state.party(of: account) != record.party { return "\(account): another party" }
        }
        for (lane, used) in usedSequences {
            let next = state.nextSequence(of: lane.account, lane: lane.number)
            if next != Self.next(used) { return "\(lane): next is \(next.map { "\($0)" } ?? "nothing")" }
        }
        for (reference, authority) in authorities {
            guard let other = state.authority(reference) else { return "there is no \(reference)" }
            if other.quorum != authority.quorum || Set(other.members) != authority.members {
                return "\(reference): \(other)"
            }
        }
        let found = Set(state.controlRecords.map { ModelControl($0.key, $0.record) })
        let own = controlRecords
        if let one = found.symmetricDifference(own).first { return "only one of both has \(one)" }
        return nil
    }

    private var controlRecords: Set<ModelControl> {
        var records: Set<ModelControl> = []
        for (name, list) in partyClaims { records.insert(.party(name, list)) }
        for (name, order) in orders { records.insert(.order(name, order)) }
        for (name, mandate) in mandates { records.insert(.mandate(name, mandate)) }
        for (name, proposal) in proposals { records.insert(.proposal(name, proposal)) }
        for (name, document) in documents { records.insert(.document(name, document)) }
        for (name, recovery) in recoveries { records.insert(.recovery(name, recovery)) }
        for (name, allowance) in allowances { records.insert(.allowance(name, allowance)) }
        for (name, digest) in precommitments { records.insert(.precommitment(name, digest)) }
        for (name, date) in emergencies { records.insert(.emergency(name, date)) }
        for (name, account) in custodies { records.insert(.custody(name, account)) }
        return records
    }
}

extension LedgerModel.Claim {
    init(_ record: EncumbranceRecord) {
        id = record.id
        kind = record.kind
        owner = record.owner
        amount = record.amount.units
        rank = record.rank
        lastDate = record.lastDate
        order = record.order
        layer = record.layer
    }
}

/// A record of chapter 15 in the model's form, under its name.
private enum ModelControl: Hashable {
    case party(PartyID, [LedgerModel.Claim])
    case order(OrderID, LedgerModel.Order)
    case mandate(AuthorityReference, Mandate)
    case proposal(ProposalID, LedgerModel.OpenProposal)
    case document(Digest, LedgerModel.Document)
    case recovery(AccountID, LedgerModel.Recovery)
    case allowance(LedgerModel.AllowanceName, LedgerModel.OpenAllowance)
    case precommitment(AccountID, Digest)
    case emergency(LedgerModel.EmergencyName, CalendarDate)
    case custody(AuthorityReference, AccountID)
    /// A record that does not fit its name.
    case misplaced

    init(_ key: ControlKey, _ record: ControlRecord) {
        self =
            switch (key, record) {
            case (.partyEncumbrances(let name), .partyEncumbrances(let list)):
                .party(name, list.map { LedgerModel.Claim($0) })
            case (.order(let name), .order(let record)):
                .order(name, .init(authority: record.authority, order: record.order, appeal: record.appeal))
            case (.mandate(let name), .mandate(let mandate)): .mandate(name, mandate)
            case (.proposal(let name), .proposal(let record)): .proposal(name, .init(record))
            case (.document(let name), .document(let record)): .document(name, .init(record))
            case (.recovery(let name), .recovery(let record)): .recovery(name, .init(record))
            case (.allowance(let asset, let owner, let trustee), .allowance(let record)):
                .allowance(
                    .init(asset: asset, owner: owner, trustee: trustee),
                    .init(units: record.units.units, lastDate: record.lastDate, isAtRest: record.isAtRest)
                )
            case (.precommitment(let name), .precommitment(let digest)): .precommitment(name, digest)
            case (.emergency(let authority, let target), .emergency(let date)):
                .emergency(.init(authority: authority, target: target), date)
            case (.custody(let name), .custody(let account)): .custody(name, account)
            default: .misplaced
            }
    }
}

extension LedgerModel.Moment {
    fileprivate init(_ moment: LedgerMoment) {
        self.init(openedDays: moment.openedDayCount, height: moment.height, sealingTime: moment.sealingTime)
    }
}

extension LedgerModel.OpenProposal {
    fileprivate init(_ record: ProposalRecord) {
        self.init(
            authority: record.authority,
            act: record.act,
            proposer: record.proposer,
            lastDate: record.lastDate,
            approvals: Set(record.approvals),
            agreed: record.ready.map { .init($0) }
        )
    }
}

extension LedgerModel.Document {
    fileprivate init(_ record: DocumentRecord) {
        self.init(
            type: record.type,
            version: Int(record.version),
            authority: record.authority,
            filed: record.filed,
            subjects: record.subjects,
            successor: record.supersededBy
        )
    }
}

extension LedgerModel.Recovery {
    fileprivate init(_ record: RecoveryRecord) {
        self.init(
            policy: record.policy,
            filers: record.filers,
            since: .init(record.since),
            notice: record.notice,
            isObjected: record.isObjected,
            isAllowed: record.isAllowed
        )
    }
}
