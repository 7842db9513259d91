/// What a transaction changes of chapter 14's part of the state.
struct RulebookChanges: Sendable {
    var records: [(key: RuleKey, record: RuleRecord?)] = []
    var volumes: [VolumeChange] = []
    /// Cash paid to the accounts of charges, less the charges that it has met.
    var payments: [Payment] = []
    /// Whether the transaction has a memo.
    var hasMemo = false

    struct VolumeChange: Sendable {
        let asset: AssetIndex
        let key: VolumeTable.Key
        var sums: DaySums
    }

    struct Payment: Sendable {
        let place: RulebookTable.TreasuryPlace
        /// The person who paid.
        let payer: UInt32
        var units: Quantity
    }

    /// Whether an asset has got another rulebook.
    func setsRulebook(of asset: AssetID) -> Bool {
        !records.isEmpty && records.contains { $0.key == .rulebook(asset) }
    }
}

extension LedgerState {
    /// The record as earlier operations of the transaction have left it.
    func rule(_ key: RuleKey, _ draft: Transition) -> RuleRecord? {
        if !draft.rules.records.isEmpty, let change = draft.rules.records.last(where: { $0.key == key }) {
            return change.record
        }
        return rule(key)
    }

    /// Replaces or removes a record in the draft.
    func setRule(_ record: RuleRecord?, under key: RuleKey, _ draft: inout Transition) {
        if let index = draft.rules.records.firstIndex(where: { $0.key == key }) {
            draft.rules.records[index].record = record
        } else {
            draft.rules.records.append((key, record))
        }
    }

    /// What a person has moved, as earlier operations of the transaction have left it.
    func volume(_ key: VolumeTable.Key, of asset: AssetIndex, _ draft: Transition) -> DaySums {
        if !draft.rules.volumes.isEmpty,
            let change = draft.rules.volumes.last(where: { $0.key == key && $0.asset == asset })
        {
            return change.sums
        }
        return rules.line(of: asset).map { rules.lines[$0].volumes[key] } ?? DaySums()
    }

    func setVolume(_ sums: DaySums, _ key: VolumeTable.Key, of asset: AssetIndex, _ draft: inout Transition) {
        if let index = draft.rules.volumes.firstIndex(where: { $0.key == key && $0.asset == asset }) {
            draft.rules.volumes[index].sums = sums
        } else {
            draft.rules.volumes.append(RulebookChanges.VolumeChange(asset: asset, key: key, sums: sums))
        }
    }

    /// Writes the changes of a transition; after its holdings.
    mutating func applyRules(_ changes: RulebookChanges) {
        for change in changes.volumes { applyVolume(change.sums, change.key, of: change.asset) }
        for (key, record) in changes.records { applyRule(record, under: key) }
    }

    // MARK: Names and indices

    /// The record under a key of chapter 14, or nil.
    public func rule(_ key: RuleKey) -> RuleRecord? {
        switch key {
        case .attestation(let party, let topic, let issuer, let scope):
            guard let index = parties.index(of: party), let place = scopePlace(scope) else { return nil }
            return rules.attestations.record(party: index, topic, by: issuer, scope: place).map { .attestation($0) }
        case .volume(let asset, let party, let channel):
            guard let asset = assets.index(of: asset), let party = parties.index(of: party),
                let channel = self.channel(channel), let line = rules.line(of: AssetIndex(asset))
            else { return nil }
            let sums = rules.lines[line].volumes[VolumeTable.Key(person: party, channel: channel)]
            return sums.last == nil ? nil : .volume(sums)
        default: return rules.records[key]
        }
    }

    /// The place of a scope in the table of attestations, or nil if there is no such asset.
    func scopePlace(_ scope: AssetID?) -> UInt32? {
        guard let scope else { return AttestationTable.everyAsset }
        return assets.index(of: scope)
    }

    func channel(_ channel: VolumeChannel) -> VolumeTable.Channel? {
        switch channel {
        case .given: .given
        case .got: .got
        case .issued: .issued
        case .towards(let account): accounts.index(of: account).map { .towards(AccountIndex($0)) }
        }
    }

    func ruleKey(_ key: VolumeTable.Key, of asset: AssetIndex) -> RuleKey {
        let channel: VolumeChannel =
            switch key.channel {
            case .given: .given
            case .got: .got
            case .issued: .issued
            case .towards(let account): .towards(accounts.ids[account.offset])
            }
        return .volume(assets.ids[asset.offset], parties.ids[Int(key.person)], channel)
    }

    /// Keys of all records of chapter 14, in no order that means anything.
    var ruleKeys: [RuleKey] {
        namedRuleKeys + rules.lines.flatMap { line in line.volumes.keys.map { ruleKey($0, of: line.asset) } }
    }

    /// Keys of all of them but volumes.
    var namedRuleKeys: [RuleKey] {
        var keys = Array(rules.records.keys)
        for entry in rules.attestations.all {
            let scope = entry.scope == AttestationTable.everyAsset ? nil : assets.ids[Int(entry.scope)]
            keys.append(
                .attestation(
                    parties.ids[Int(entry.party)],
                    entry.topic,
                    rules.attestations.issuers[Int(entry.issuer)],
                    scope: scope
                )
            )
        }
        return keys
    }
}
