/// Which parties are one person: each party, or the party to which it was joined.
struct PersonMap: Sendable {
    /// The party under which each party counts, by index; parties beyond count under themselves. Empty without joins.
    private var heads: ContiguousArray<UInt32> = []
    /// The parties that were joined to a head, ascending.
    private var joined: [UInt32: [UInt32]] = [:]

    @inline(__always)
    var isPlain: Bool { heads.isEmpty }

    @inline(__always)
    func head(of party: UInt32) -> UInt32 {
        Int(party) < heads.count ? heads[Int(party)] : party
    }

    /// Whether others were joined to a party.
    func isHead(_ party: UInt32) -> Bool { joined[party] != nil }

    /// All parties of a person: the head, then what was joined to it.
    func parties(of head: UInt32) -> [UInt32] { [head] + (joined[head] ?? []) }

    /// Lets a party count under a head from now on.
    mutating func join(_ party: UInt32, to head: UInt32) {
        while heads.count <= Int(party) { heads.append(UInt32(heads.count)) }
        heads[Int(party)] = head
        // In an order that does not depend on which came first: it decides which of several freezes a refusal names.
        joined[head] = ((joined[head] ?? []) + [party]).sorted()
    }
}
