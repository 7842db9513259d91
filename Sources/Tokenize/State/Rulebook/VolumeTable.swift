/// What persons have moved of an asset, by channel and business date.
struct VolumeTable: Sendable {
    /// Names sums by dense indices.
    struct Key: Hashable, Sendable {
        let person: UInt32
        let channel: Channel
    }

    /// A channel by dense index.
    enum Channel: Hashable, Sendable {
        case given, got, issued
        case towards(AccountIndex)
    }

    /// Units that a person gave on its latest day: one place in memory, since nearly every movement asks for them.
    private struct Given {
        var units: Quantity = .zero
        /// Nil if it gave none.
        var date: CalendarDate?
        /// One more than the position of the days before, or 0 if there never was one.
        var earlier: UInt32 = 0
    }

    /// By person.
    private var given: ContiguousArray<Given> = []
    private var earlier: ContiguousArray<[DaySums.Day]> = []
    private var others: [Key: DaySums] = [:]

    /// Units that a person gave from `first` on; at most 2^128 - 1.
    @inline(__always)
    func unitsGiven(by person: UInt32, from first: CalendarDate) -> Quantity {
        guard Int(person) < given.count, let date = given[Int(person)].date, date >= first else { return .zero }
        return given[Int(person)].earlier == 0
            ? given[Int(person)].units : self[Key(person: person, channel: .given)].sum(from: first)
    }

    subscript(key: Key) -> DaySums {
        guard case .given = key.channel else { return others[key] ?? DaySums() }
        guard Int(key.person) < given.count, let date = given[Int(key.person)].date else { return DaySums() }
        let latest = given[Int(key.person)]
        return DaySums(
            earlier: latest.earlier == 0 ? [] : earlier[Int(latest.earlier) - 1],
            last: DaySums.Day(date: date, units: latest.units)
        )
    }

    mutating func set(_ value: DaySums, at key: Key) {
        guard case .given = key.channel else {
            others[key] = value.last == nil ? nil : value
            return
        }
        let person = Int(key.person)
        if person >= given.count {
            given.append(contentsOf: repeatElement(Given(), count: max(person + 1 - given.count, given.count / 2)))
        }
        given[person].units = value.last?.units ?? .zero
        given[person].date = value.last?.date
        if given[person].earlier > 0 {
            earlier[Int(given[person].earlier) - 1] = value.earlier
        } else if !value.earlier.isEmpty {
            earlier.append(value.earlier)
            given[person].earlier = UInt32(earlier.count)
        }
    }

    /// All keys under which something stands, in no order that means anything.
    var keys: [Key] {
        given.indices.filter { given[$0].date != nil }.map { Key(person: UInt32($0), channel: .given) } + others.keys
    }
}
