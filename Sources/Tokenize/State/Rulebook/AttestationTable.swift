/// All attestations: found by topic and party in two steps, whoever gave them.
struct AttestationTable: Sendable {
    struct Entry: Sendable {
        let party: UInt32
        let topic: Topic
        /// Position in ``issuers``.
        let issuer: UInt32
        /// The asset for which it counts; ``everyAsset`` for all.
        let scope: UInt32
        var record: AttestationRecord
        /// One more than the position of the next about the same party and topic; 0 after the last.
        fileprivate(set) var next: UInt32
    }

    /// The scope of what counts for every asset.
    static let everyAsset = UInt32.max

    private var entries: ContiguousArray<Entry?> = []
    private var vacant: [UInt32] = []
    private var columns: [Topic: Int] = [:]
    /// By column, then by party: one more than the position of the first entry, or 0.
    private var firsts: ContiguousArray<ContiguousArray<UInt32>> = []
    private(set) var issuers: [AuthorityReference] = []
    private var issuerPositions: [AuthorityReference: UInt32] = [:]

    /// The column of a topic, made if there is none.
    mutating func column(of topic: Topic) -> Int {
        if let column = columns[topic] { return column }
        columns[topic] = firsts.count
        firsts.append([])
        return firsts.count - 1
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
        while firsts[column].count <= Int(party) { firsts[column].append(0) }
        var previous: Int?
        var place = Int(firsts[column][Int(party)]) - 1
        while place >= 0, let entry = entries[place] {
            if entry.issuer == issuer, entry.scope == scope {
                if let record {
                    entries[place]?.record = record
                } else {
                    if let previous {
                        entries[previous]?.next = entry.next
                    } else {
                        firsts[column][Int(party)] = entry.next
                    }
                    entries[place] = nil
                    vacant.append(UInt32(place))
                }
                return
            }
            previous = place
            place = Int(entry.next) - 1
        }
        guard let record else { return }
        let entry = Entry(
            party: party,
            topic: topic,
            issuer: issuer,
            scope: scope,
            record: record,
            next: firsts[column][Int(party)]
        )
        let position = vacant.popLast() ?? UInt32(entries.count)
        if Int(position) == entries.count { entries.append(entry) } else { entries[Int(position)] = entry }
        firsts[column][Int(party)] = position + 1
    }

    /// Whether some attestation about a party fits.
    @inline(__always)
    func contains(column: Int, party: UInt32, where fits: (Entry) -> Bool) -> Bool {
        guard Int(party) < firsts[column].count else { return false }
        var place = Int(firsts[column][Int(party)]) - 1
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
