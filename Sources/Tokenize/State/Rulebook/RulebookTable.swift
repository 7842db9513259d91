/// Chapter 14's part of the state: records, and what movements ask of them, kept at hand.
struct RulebookTable: Sendable {
    /// All records but attestations and volumes.
    fileprivate(set) var records: [RuleKey: RuleRecord] = [:]
    fileprivate(set) var attestations = AttestationTable()
    /// By asset; nil without a rulebook.
    fileprivate(set) var lines: ContiguousArray<RuleLine?> = []
    /// Positions of issuers that are trusted, by asset and column.
    fileprivate(set) var trust: [TrustPlace: [UInt32]] = [:]
    fileprivate(set) var lists: ContiguousArray<PersonList> = []
    /// Names of the lists, by position.
    fileprivate(set) var listNames: [ListReference] = []
    fileprivate var listPositions: [ListReference: Int] = [:]
    /// The party under which a joined party counts.
    fileprivate(set) var heads: [UInt32: UInt32] = [:]
    /// The parties that were joined to a head, ascending.
    fileprivate(set) var joined: [UInt32: [UInt32]] = [:]
    /// Accounts to which charges are paid, with the cash.
    fileprivate(set) var treasuries: Set<TreasuryPlace> = []

    /// A topic's column of an asset.
    struct TrustPlace: Hashable, Sendable {
        let asset: AssetIndex
        let column: Int
    }

    /// An account to which charges are paid in a cash asset.
    struct TreasuryPlace: Hashable, Sendable {
        let cash: AssetIndex
        let account: AccountIndex
    }

    /// Who stands on a list: persons, each with the number of its parties that do; and accounts.
    struct PersonList: Sendable {
        var persons: [UInt32: UInt32] = [:]
        var accounts: Set<AccountIndex> = []
    }

    /// True if an asset has a rulebook.
    @inline(__always)
    func hasLine(_ asset: AssetIndex) -> Bool {
        asset.offset < lines.count && lines[asset.offset] != nil
    }

    /// The rulebook of an asset, or nil.
    @inline(__always)
    func book(_ asset: AssetIndex) -> CompiledRulebook? {
        asset.offset < lines.count ? lines[asset.offset]?.book : nil
    }

    /// The person that a party is: itself, or the party to which it was joined.
    @inline(__always)
    func person(_ party: PartyIndex) -> UInt32 {
        heads.isEmpty ? party.value : heads[party.value] ?? party.value
    }

    /// All parties of the person that a party is: the head, then what was joined to it.
    func parties(ofPerson party: PartyIndex) -> [PartyIndex] {
        if heads.isEmpty { return [party] }
        let head = person(party)
        return [PartyIndex(head)] + (joined[head] ?? []).map { PartyIndex($0) }
    }

    /// The position of a list, made if there is none.
    mutating func position(of list: ListReference) -> Int {
        if let position = listPositions[list] { return position }
        listPositions[list] = lists.count
        lists.append(PersonList())
        listNames.append(list)
        return lists.count - 1
    }

    /// The column of a topic.
    mutating func column(of topic: Topic) -> Int { attestations.column(of: topic) }

    fileprivate mutating func list(_ member: UInt32, on position: Int, by change: Int) {
        let count = Int(lists[position].persons[member] ?? 0) + change
        lists[position].persons[member] = count > 0 ? UInt32(count) : nil
    }
}

extension LedgerState {
    /// The party that counts for all parties of the person behind an account.
    @inline(__always)
    func person(of account: AccountIndex, _ draft: Transition) -> UInt32 {
        rules.person(party(of: account, draft))
    }

    @inline(__always)
    func party(of account: AccountIndex, _ draft: Transition) -> PartyIndex {
        account.offset < accounts.count
            ? accounts.records[account.offset].party : self.account(account, draft).party
    }

    /// Takes note of a change of units in a holding of an asset that has a rulebook.
    @inline(__always)
    mutating func noteUnits(_ asset: AssetIndex, _ account: AccountIndex, difference: UInt128) {
        guard rules.hasLine(asset) else { return }
        let person = rules.person(accounts.records[account.offset].party)
        let holderClass = parties.records[Int(person)].holderClass
        rules.lines[asset.offset]?.add(difference, to: person, of: holderClass)
    }

    /// Writes a record of chapter 14. Rulebooks come after the holdings of the same transition.
    mutating func applyRule(_ record: RuleRecord?, under key: RuleKey) {
        changes.rules.insert(key)
        switch (key, record) {
        case (.attestation(let party, let topic, let issuer, let scope), _):
            guard let index = parties.index(of: party), let place = scopePlace(scope) else { return }
            var value: AttestationRecord?
            if case .attestation(let record)? = record { value = record }
            rules.attestations.set(value, party: index, topic, by: issuer, scope: place)
            return
        case (.volume(let asset, let party, let channel), .volume(let sums)?):
            guard let asset = assets.index(of: asset), let party = parties.index(of: party),
                let channel = self.channel(channel), rules.hasLine(AssetIndex(asset))
            else { return }
            let key = VolumeTable.Key(person: party, channel: channel)
            rules.lines[Int(asset)]?.volumes.set(sums, at: key)
            return
        case (.listing(let list, let member), _): applyListing(list, member, isListed: record != nil)
        case (.join(let party), .join(let head)?): applyJoin(party, head)
        case (.trust(let asset, let topic), .trust(let issuers)?):
            guard let asset = assets.index(of: asset) else { return }
            let place = RulebookTable.TrustPlace(asset: AssetIndex(asset), column: rules.column(of: topic))
            rules.trust[place] = issuers.map { rules.attestations.position(of: $0) }
        case (.rulebook(let asset), .rulebook(let record)?):
            if let index = assets.index(of: asset) { applyRulebook(record, of: AssetIndex(index)) }
        default: break
        }
        rules.records[key] = record
    }

    /// Writes what a person has moved.
    mutating func applyVolume(_ sums: DaySums, _ key: VolumeTable.Key, of asset: AssetIndex) {
        rules.lines[asset.offset]?.volumes.set(sums, at: key)
        changes.rules.insert(ruleKey(key, of: asset))
    }

    private mutating func applyListing(_ list: ListReference, _ member: ListMember, isListed: Bool) {
        let isKnown = rules.records[.listing(list, member)] != nil
        guard isKnown != isListed else { return }
        let position = rules.position(of: list)
        switch member {
        case .party(let id):
            guard let index = parties.index(of: id) else { return }
            rules.list(rules.person(PartyIndex(index)), on: position, by: isListed ? 1 : -1)
        case .account(let id):
            guard let index = accounts.index(of: id) else { return }
            if isListed {
                rules.lists[position].accounts.insert(AccountIndex(index))
            } else {
                rules.lists[position].accounts.remove(AccountIndex(index))
            }
        }
    }

    /// Two parties are one person: units, numbers of holders, volumes and listings of both are one.
    private mutating func applyJoin(_ party: PartyID, _ head: PartyID) {
        guard let joined = parties.index(of: party), let head = parties.index(of: head),
            rules.heads[joined] == nil
        else { return }
        rules.heads[joined] = head
        // In an order that does not depend on which came first: it decides which of several freezes a refusal names.
        rules.joined[head] = ((rules.joined[head] ?? []) + [joined]).sorted()
        let joinedClass = parties.records[Int(joined)].holderClass
        let headClass = parties.records[Int(head)].holderClass
        for position in rules.lists.indices {
            guard let count = rules.lists[position].persons.removeValue(forKey: joined) else { continue }
            rules.list(head, on: position, by: Int(count))
        }
        for asset in rules.lines.indices where rules.lines[asset] != nil {
            rules.lines[asset]?.join(joined, joinedClass, to: head, headClass)
            let keys = rules.lines[asset]?.volumes.keys.filter { $0.person == joined } ?? []
            for key in keys {
                let index = AssetIndex(UInt32(asset))
                let own = rules.lines[asset]?.volumes[key] ?? DaySums()
                let target = VolumeTable.Key(person: head, channel: key.channel)
                let other = rules.lines[asset]?.volumes[target] ?? DaySums()
                let merged = other.merged(with: own, keepingFrom: firstKept(key.channel, of: index))
                applyVolume(merged, target, of: index)
                applyVolume(DaySums(), key, of: index)
            }
        }
    }

    /// The first date of which some rule of an asset still asks the volume; later than any where none does.
    private func firstKept(_ channel: VolumeTable.Channel, of asset: AssetIndex) -> CalendarDate {
        guard let book = rules.book(asset) else { return clock.businessDate }
        let days =
            switch channel {
            case .given: book.givenDays
            case .got: book.gotDays
            case .issued: book.issuedDays
            case .towards(let account): book.towardsDays[account] ?? 0
            }
        return clock.businessDate.adding(days: 1 - days) ?? clock.businessDate
    }

    /// Puts a rulebook in force: compiled once, over units as they stand.
    private mutating func applyRulebook(_ record: RulebookRecord, of asset: AssetIndex) {
        guard let book = try? Rulebook(canonicalBytes: record.rulebook) else { return }
        let compiled = compile(book, version: record.version)
        while rules.lines.count <= asset.offset { rules.lines.append(nil) }
        for (_, charge) in compiled.charges {
            guard let cash = assets.index(of: charge.cash), let account = accounts.index(of: charge.treasury) else {
                continue
            }
            rules.treasuries.insert(
                RulebookTable.TreasuryPlace(cash: AssetIndex(cash), account: AccountIndex(account))
            )
        }
        if rules.lines[asset.offset] != nil {
            rules.lines[asset.offset]?.book = compiled
            return
        }
        rules.lines[asset.offset] = RuleLine(compiled)
        for slot in holdings[asset.offset].slots {
            noteUnits(asset, slot.account, difference: slot.record.units.units)
        }
    }
}
