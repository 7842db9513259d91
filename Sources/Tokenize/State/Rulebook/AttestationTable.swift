/// All attestations: found by topic and party, whoever gave them. What the first about a party and topic says stands in
/// a column by party, so that a rule which it meets reads one place in memory.
struct AttestationTable: Sendable {
    struct Entry: Sendable {
        let party: UInt32
        let topic: Topic
        /// Position in ``issuers``.
        let issuer: UInt32
        /// The asset for which it counts; ``everyAsset`` for all.
        let scope: UInt32
        fileprivate(set) var record: AttestationRecord
        /// One more than the position of the next about the same party and topic; 0 after the last.
        fileprivate(set) var next: UInt32
    }

    /// What the first entry about a party says, as plain numbers.
    private struct Head: Sendable {
        /// One more than the position of the entry, or 0 if there is none.
        var place: UInt32 = 0
        var issuer: UInt32 = 0
        var scope: UInt32 = 0
        var validFrom = Int32.max
        var validUntil = Int32.min
        var hasNumber = false
        var number: UInt64 = 0
    }

    /// The scope of what counts for every asset.
    static let everyAsset = UInt32.max

    private var entries: ContiguousArray<Entry?> = []
    private var vacant: [UInt32] = []
    private var columns: [Topic: Int] = [:]
    /// By column, then by party.
    private var heads: ContiguousArray<ContiguousArray<Head>> = []
    private(set) var issuers: [AuthorityReference] = []
    private var issuerPositions: [AuthorityReference: UInt32] = [:]

    /// The column of a topic, made if there is none.
    mutating func column(of topic: Topic) -> Int {
        if let column = columns[topic] { return column }
        columns[topic] = heads.count
        heads.append([])
        return heads.count - 1
    }

    /// The position of an issuer, made if there is none.
    mutating func position(of issuer: AuthorityReference) -> UInt32 {
        if let position = issuerPositions[issuer] { return position }
        let position = UInt32(issuers.count)
        issuerPositions[issuer] = position
        issuers.append(issuer)
        return position
    }

    /// Sets, changes or removes an entry.
    mutating func set(
        _ record: AttestationRecord?,
        party: UInt32,
        _ topic: Topic,
        by issuer: AuthorityReference,
        scope: UInt32
    ) {
        let column = column(of: topic)
        let issuer = position(of: issuer)
        while heads[column].count <= Int(party) { heads[column].append(Head()) }
        var previous: Int?
        var place = Int(heads[column][Int(party)].place) - 1
        while place >= 0, let entry = entries[place], entry.issuer != issuer || entry.scope != scope {
            previous = place
            place = Int(entry.next) - 1
        }
        if place < 0 {
            guard let record else { return }
            let first = heads[column][Int(party)].place
            let entry = Entry(
                party: party,
                topic: topic,
                issuer: issuer,
                scope: scope,
                record: record,
                next: first
            )
            setHead(enter(entry) + 1, of: party, column: column)
        } else if let record {
            entries[place]?.record = record
            setHead(heads[column][Int(party)].place, of: party, column: column)
        } else {
            let next = entries[place]?.next ?? 0
            entries[place] = nil
            vacant.append(UInt32(place))
            if let previous { entries[previous]?.next = next } else { setHead(next, of: party, column: column) }
        }
    }

    /// The position at which an entry stands from now on.
    private mutating func enter(_ entry: Entry) -> UInt32 {
        if let position = vacant.popLast() {
            entries[Int(position)] = entry
            return position
        }
        entries.append(entry)
        return UInt32(entries.count - 1)
    }

    /// Makes the entry at a place, counted from 1, the first about a party; none if it is 0.
    private mutating func setHead(_ place: UInt32, of party: UInt32, column: Int) {
        var head = Head()
        if place > 0, let entry = entries[Int(place) - 1] {
            head.place = place
            head.issuer = entry.issuer
            head.scope = entry.scope
            head.validFrom = entry.record.validFrom.daysSinceEpoch
            head.validUntil = entry.record.validUntil.daysSinceEpoch
            if case .number(let number) = entry.record.value { (head.hasNumber, head.number) = (true, number) }
        }
        heads[column][Int(party)] = head
    }

    /// Whether the first attestation about a party says what a statement asks for, by an issuer that an asset trusts.
    @inline(__always)
    func firstSays(
        _ statement: CompiledStatement,
        of party: UInt32,
        for asset: AssetIndex,
        on date: CalendarDate,
        isTrusted: (UInt32) -> Bool
    ) -> Bool {
        let column = statement.column
        guard Int(party) < heads[column].count else { return false }
        let (first, last) = (heads[column][Int(party)].validFrom, heads[column][Int(party)].validUntil)
        let (issuer, scope) = (heads[column][Int(party)].issuer, heads[column][Int(party)].scope)
        let (hasNumber, number) = (heads[column][Int(party)].hasNumber, heads[column][Int(party)].number)
        return first <= date.daysSinceEpoch && date.daysSinceEpoch <= last
            && (scope == AttestationTable.everyAsset || scope == asset.value)
            && (statement.takesAnyValue || statement.asksNumber && hasNumber && statement.number == number)
            && isTrusted(issuer)
    }

    /// Whether some attestation about a party fits.
    @inline(__always)
    func contains(column: Int, party: UInt32, where fits: (Entry) -> Bool) -> Bool {
        guard Int(party) < heads[column].count else { return false }
        var place = Int(heads[column][Int(party)].place) - 1
        while place >= 0, let entry = entries[place] {
            if fits(entry) { return true }
            place = Int(entry.next) - 1
        }
        return false
    }

    /// The attestation by an issuer for a scope.
    func record(
        party: UInt32,
        _ topic: Topic,
        by issuer: AuthorityReference,
        scope: UInt32
    ) -> AttestationRecord? {
        guard let column = columns[topic], let position = issuerPositions[issuer] else { return nil }
        var found: AttestationRecord?
        _ = contains(column: column, party: party) { entry in
            guard entry.issuer == position, entry.scope == scope else { return false }
            found = entry.record
            return true
        }
        return found
    }

    /// All entries, in no order that means anything.
    var all: some Sequence<Entry> { entries.lazy.compactMap { $0 } }
}
