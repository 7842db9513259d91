/// Turns changed records into keys and values of the state tree.
struct StateLeaves {
    let secret: DisclosureSecret

    /// Bytes of a value, salt first: `[salt, record]`.
    func value(keyHash: Digest, _ encodeRecord: (inout CanonicalEncoder) -> Void) -> [UInt8] {
        var encoder = CanonicalEncoder(reservingCapacity: 96)
        encoder.encodeArray(count: 2)
        secret.salt(for: keyHash).withUnsafeBytes { bytes in
            encoder.encode(bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(DisclosureSecret.saltByteCount)))
        }
        encodeRecord(&encoder)
        return encoder.bytes
    }

    /// The value under a key as the state stands, or nil if there is no such record.
    func value(of key: StateKey, in state: LedgerState) -> [UInt8]? {
        let keyHash = Hashing.sha256(key.canonicalBytes)
        switch key {
        case .ledger: return value(keyHash: keyHash) { state.encodeLedgerLeaf(into: &$0) }
        case .party(let id):
            guard let index = state.parties.index(of: id) else { return nil }
            return value(keyHash: keyHash) { encoder in
                encoder.encodeArray(count: 2)
                encoder.encode(UInt64(index))
                state.parties.records[Int(index)].encode(into: &encoder)
            }
        case .account(let id):
            guard let index = state.accounts.index(of: id) else { return nil }
            let record = state.accounts.records[Int(index)]
            let party = state.parties.ids[Int(record.party.value)]
            return value(keyHash: keyHash) { record.encodeLeaf(index: index, party: party, into: &$0) }
        case .lane(let id, let lane):
            guard let index = state.accounts.index(of: id) else { return nil }
            let window = state.lane(AccountIndex(index), lane)
            guard window != .fresh else { return nil }
            return value(keyHash: keyHash) { window.encode(into: &$0) }
        case .asset(let id):
            guard let index = state.assets.index(of: id) else { return nil }
            return value(keyHash: keyHash) { state.assets.records[Int(index)].encodeLeaf(index: index, into: &$0) }
        case .holding(let asset, let account, let partition):
            guard let assetIndex = state.assets.index(of: asset),
                let accountIndex = state.accounts.index(of: account)
            else { return nil }
            let address = HoldingAddress(
                asset: AssetIndex(assetIndex),
                account: AccountIndex(accountIndex),
                partition: Partition(partition)
            )
            let record = state.holding(address)
            return record.isEmpty ? nil : value(keyHash: keyHash) { record.encode(into: &$0) }
        case .authority, .identification, .payment: return registryValue(of: key, keyHash, in: state)
        case .control(let kind, let name) where StateKey.rulebookKinds.contains(kind):
            guard let kind = RuleKey.Kind(rawValue: kind), let key = try? RuleKey(kind, nameBytes: name),
                let record = state.rule(key)
            else { return nil }
            return value(keyHash: keyHash) { record.encode(into: &$0) }
        case .control(let kind, let name):
            guard let kind = ControlKey.Kind(rawValue: kind), let key = try? ControlKey(kind, nameBytes: name),
                let record = state.control.records[key]
            else { return nil }
            return value(keyHash: keyHash) { record.encode(into: &$0) }
        default: return servicingValue(of: key, keyHash, in: state)
        }
    }

    private func registryValue(of key: StateKey, _ keyHash: Digest, in state: LedgerState) -> [UInt8]? {
        switch key {
        case .authority(let bytes):
            guard let reference = try? AuthorityReference(canonicalBytes: bytes),
                let record = state.authorities[reference]
            else { return nil }
            return value(keyHash: keyHash) { state.encodeAuthorityLeaf(record, into: &$0) }
        case .identification(let bytes):
            guard let identification = try? AssetIdentification(canonicalBytes: bytes),
                let index = state.identifications[identification]
            else { return nil }
            return value(keyHash: keyHash) { $0.encode(state.assets.ids[index.offset]) }
        case .payment(let asset, let reference):
            guard let index = state.assets.index(of: asset),
                state.payments.contains(PaymentKey(asset: AssetIndex(index), reference: reference))
            else { return nil }
            return value(keyHash: keyHash) { $0.encode(true) }
        default: return nil
        }
    }

    /// What the tree must be told for it to agree with the state: every changed key, with its value's hash or nil.
    func updates(for changes: ChangedRecords, in state: LedgerState) -> [StateTree.Update] {
        var updates: [StateTree.Update] = []
        updates.reserveCapacity(
            (changes.holdings + changes.givers).reduce(changes.firstLanes.list.count + 16) { $0 + $1.list.count }
        )
        for key in changes.registryKeys(in: state) {
            let keyHash = Hashing.sha256(key.canonicalBytes)
            updates.append(StateTree.Update(keyHash: keyHash, valueHash: value(of: key, in: state).map(Hashing.sha256)))
        }
        for index in changes.firstLanes.list {
            let window = state.firstLanes[Int(index)]
            updates.append(
                update(.lane(state.accounts.ids[Int(index)], lane: 0), isPresent: window != .fresh) {
                    window.encode(into: &$0)
                }
            )
        }
        for (assetIndex, changed) in changes.holdings.enumerated() where !changed.list.isEmpty {
            let asset = state.assets.ids[assetIndex]
            for slotIndex in changed.list {
                let slot = state.holdings[assetIndex].slots[Int(slotIndex)]
                let key = StateKey.holding(
                    asset: asset,
                    account: state.accounts.ids[slot.account.offset],
                    partition: slot.partition.number
                )
                updates.append(update(key, isPresent: !slot.record.isEmpty) { slot.record.encode(into: &$0) })
            }
        }
        for (line, changed) in changes.givers.enumerated() where !changed.list.isEmpty {
            let (asset, volumes) = (state.rules.lines[line].asset, state.rules.lines[line].volumes)
            for person in changed.list {
                let name = VolumeTable.Key(person: person, channel: .given)
                let sums = volumes[name]
                updates.append(
                    update(state.ruleKey(name, of: asset).stateKey, isPresent: sums.last != nil) {
                        sums.encode(into: &$0)
                    }
                )
            }
        }
        return updates
    }

    private func update(
        _ key: StateKey,
        isPresent: Bool,
        _ encodeRecord: (inout CanonicalEncoder) -> Void
    ) -> StateTree.Update {
        let keyHash = Hashing.sha256(key.canonicalBytes)
        return StateTree.Update(
            keyHash: keyHash,
            valueHash: isPresent ? Hashing.sha256(value(keyHash: keyHash, encodeRecord)) : nil
        )
    }
}

extension ChangedRecords {
    /// Keys of the changed records that are neither first lanes nor holdings nor units given.
    func registryKeys(in state: LedgerState) -> [StateKey] {
        var keys: [StateKey] = ledger ? [.ledger] : []
        keys += parties.map { .party(state.parties.ids[Int($0)]) }
        keys += accounts.map { .account(state.accounts.ids[Int($0)]) }
        keys += assets.map { .asset(state.assets.ids[Int($0)]) }
        keys += authorities.map { .authority($0.canonicalBytes) }
        keys += identifications.map { .identification($0.canonicalBytes) }
        keys += payments.map { .payment(asset: state.assets.ids[$0.asset.offset], reference: $0.reference) }
        keys += otherLanes.map { .lane(state.accounts.ids[$0.account.offset], lane: $0.lane) }
        keys += servicing.map { $0.stateKey(in: state) }
        keys += control.map { $0.stateKey }
        keys += rules.map { $0.stateKey }
        return keys
    }
}
