/// Chapter 14's part of the state: records, and what movements ask of them, kept at hand.
struct RulebookTable: Sendable {
    /// All records but attestations and volumes.
    fileprivate(set) var records: [RuleKey: RuleRecord] = [:]
    /// Requests of which the sealing time is not entered yet.
    fileprivate(set) var unsealedKeys: Set<RuleKey> = []
    fileprivate(set) var attestations = AttestationTable()
    /// Of each asset that has a rulebook, in the order in which they got their first.
    fileprivate(set) var lines: ContiguousArray<RuleLine> = []
    /// By asset: one more than the position of its line, or 0.
    private var linePlaces: ContiguousArray<UInt32> = []
    /// Issuers that are trusted, by column and asset.
    private var trusted: ContiguousArray<ContiguousArray<IssuerSet>> = []
    fileprivate(set) var lists: ContiguousArray<PersonList> = []
    /// Names of the lists, by position.
    fileprivate(set) var listNames: [ListReference] = []
    fileprivate var listPositions: [ListReference: Int] = [:]
    fileprivate(set) var persons = PersonMap()
    /// Accounts to which charges are paid, with the cash.
    fileprivate(set) var treasuries: Set<TreasuryPlace> = []

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

    /// The position of an asset's line, or nil if it has no rulebook.
    @inline(__always)
    func line(of asset: AssetIndex) -> Int? {
        guard asset.offset < linePlaces.count, linePlaces[asset.offset] > 0 else { return nil }
        return Int(linePlaces[asset.offset]) - 1
    }

    /// Whether an asset has a rulebook.
    @inline(__always)
    func hasLine(_ asset: AssetIndex) -> Bool { line(of: asset) != nil }

    /// The rulebook of an asset, or nil.
    @inline(__always)
    func book(_ asset: AssetIndex) -> CompiledRulebook? { line(of: asset).map { lines[$0].book } }

    /// Enters the line of an asset that gets its first rulebook.
    fileprivate mutating func addLine(_ line: RuleLine) {
        while linePlaces.count <= line.asset.offset { linePlaces.append(0) }
        lines.append(line)
        linePlaces[line.asset.offset] = UInt32(lines.count)
    }

    /// The person that a party is: itself, or the party to which it was joined.
    @inline(__always)
    func person(_ party: PartyIndex) -> UInt32 { persons.head(of: party.value) }

    /// All parties of the person that a party is: the head, then what was joined to it.
    func parties(ofPerson party: PartyIndex) -> [PartyIndex] {
        persons.isPlain ? [party] : persons.parties(of: person(party)).map { PartyIndex($0) }
    }

    /// Whether an asset trusts an issuer, by position, on a column's topic.
    @inline(__always)
    func trusts(_ issuer: UInt32, of asset: AssetIndex, column: Int) -> Bool {
        column < trusted.count && asset.offset < trusted[column].count
            && trusted[column][asset.offset].contains(issuer)
    }

    fileprivate mutating func trust(_ issuers: [AuthorityReference], of asset: AssetIndex, _ topic: Topic) {
        let column = column(of: topic)
        while trusted.count <= column { trusted.append([]) }
        while trusted[column].count <= asset.offset { trusted[column].append(IssuerSet([])) }
        trusted[column][asset.offset] = IssuerSet(issuers.map { attestations.position(of: $0) })
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
        account.offset < accountParties.count
            ? accountParties[account.offset] : self.account(account, draft).party
    }

    /// Takes note of a change of units in a holding of an asset that has a rulebook.
    @inline(__always)
    mutating func noteUnits(_ asset: AssetIndex, _ account: AccountIndex, difference: UInt128) {
        guard let line = rules.line(of: asset) else { return }
        let person = rules.person(accountParties[account.offset])
        let holderClass = parties.records[Int(person)].holderClass
        rules.lines[line].add(difference, to: person, of: holderClass)
    }

    /// Writes a record of chapter 14. Rulebooks come after the holdings of the same transition.
    mutating func applyRule(_ record: RuleRecord?, under key: RuleKey) {
        if case (.volume(let asset, let party, let channel), .volume(let sums)?) = (key, record) {
            guard let asset = assets.index(of: asset), let party = parties.index(of: party),
                let channel = self.channel(channel)
            else { return }
            return applyVolume(sums, VolumeTable.Key(person: party, channel: channel), of: AssetIndex(asset))
        }
        changes.rules.insert(key)
        switch (key, record) {
        case (.attestation(let party, let topic, let issuer, let scope), _):
            guard let index = parties.index(of: party), let place = scopePlace(scope) else { return }
            var value: AttestationRecord?
            if case .attestation(let record)? = record { value = record }
            rules.attestations.set(value, party: index, topic, by: issuer, scope: place)
            return
        case (.listing(let list, let member), _): applyListing(list, member, isListed: record != nil)
        case (.join(let party), .join(let head)?): applyJoin(party, head)
        case (.trust(let asset, let topic), .trust(let issuers)?):
            guard let asset = assets.index(of: asset) else { return }
            rules.trust(issuers, of: AssetIndex(asset), topic)
        case (.rulebook(let asset), .rulebook(let record)?):
            if let index = assets.index(of: asset) { applyRulebook(record, of: AssetIndex(index)) }
        case (.request, _): return applyRequest(record?.sealed(by: clock), under: key)
        default: break
        }
        rules.records[key] = record
    }

    /// Writes what a person has moved.
    mutating func applyVolume(_ sums: DaySums, _ key: VolumeTable.Key, of asset: AssetIndex) {
        guard let line = rules.line(of: asset) else { return }
        rules.lines[line].volumes.set(sums, at: key)
        markVolume(key, line: line)
    }

    @inline(__always)
    private mutating func markVolume(_ key: VolumeTable.Key, line: Int) {
        if case .given = key.channel {
            changes.markGiver(key.person, line: line)
        } else {
            changes.rules.insert(ruleKey(key, of: rules.lines[line].asset))
        }
    }

    /// Marks every record of chapter 14 as changed.
    mutating func markRulesChanged() {
        changes.rules = Set(namedRuleKeys)
        for line in rules.lines.indices {
            for key in rules.lines[line].volumes.keys { markVolume(key, line: line) }
        }
    }

    private mutating func applyRequest(_ record: RuleRecord?, under key: RuleKey) {
        rules.records[key] = record
        if case .request(let request)? = record, request.since.sealingTime == nil {
            rules.unsealedKeys.insert(key)
        } else {
            rules.unsealedKeys.remove(key)
        }
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
            rules.persons.head(of: joined) == joined
        else { return }
        rules.persons.join(joined, to: head)
        let joinedClass = parties.records[Int(joined)].holderClass
        let headClass = parties.records[Int(head)].holderClass
        for position in rules.lists.indices {
            guard let count = rules.lists[position].persons.removeValue(forKey: joined) else { continue }
            rules.list(head, on: position, by: Int(count))
        }
        for line in rules.lines.indices {
            rules.lines[line].join(joined, joinedClass, to: head, headClass)
            let asset = rules.lines[line].asset
            for key in rules.lines[line].volumes.keys where key.person == joined {
                let own = rules.lines[line].volumes[key]
                let target = VolumeTable.Key(person: head, channel: key.channel)
                let other = rules.lines[line].volumes[target]
                let merged = other.merged(with: own, keepingFrom: firstKept(key.channel, of: asset))
                applyVolume(merged, target, of: asset)
                applyVolume(DaySums(), key, of: asset)
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
        for (_, charge) in compiled.charges {
            guard let cash = assets.index(of: charge.cash), let account = accounts.index(of: charge.treasury) else {
                continue
            }
            rules.treasuries.insert(
                RulebookTable.TreasuryPlace(cash: AssetIndex(cash), account: AccountIndex(account))
            )
        }
        if let line = rules.line(of: asset) {
            rules.lines[line].book = compiled
            return
        }
        rules.addLine(RuleLine(compiled, of: asset))
        for slot in holdings[asset.offset].slots {
            noteUnits(asset, slot.account, difference: slot.record.units.units)
        }
    }
}
