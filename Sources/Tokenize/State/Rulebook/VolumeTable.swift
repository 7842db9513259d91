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

    /// By person: one more than the position in ``sums``, or 0; for units given, which nearly every movement asks.
    private var places: ContiguousArray<UInt32> = []
    private var sums: ContiguousArray<DaySums> = []
    private var others: [Key: DaySums] = [:]

    @inline(__always)
    subscript(key: Key) -> DaySums {
        if case .given = key.channel {
            guard Int(key.person) < places.count, places[Int(key.person)] > 0 else { return DaySums() }
            return sums[Int(places[Int(key.person)]) - 1]
        }
        return others[key] ?? DaySums()
    }

    mutating func set(_ value: DaySums, at key: Key) {
        guard case .given = key.channel else {
            others[key] = value.last == nil ? nil : value
            return
        }
        let person = Int(key.person)
        if person >= places.count {
            places.append(contentsOf: repeatElement(0, count: max(person + 1 - places.count, places.count / 2)))
        }
        if places[person] == 0 {
            sums.append(value)
            places[person] = UInt32(sums.count)
        } else {
            sums[Int(places[person]) - 1] = value
        }
    }

    /// All keys under which something stands, in no order that means anything.
    var keys: [Key] {
        places.indices.filter { self[Key(person: UInt32($0), channel: .given)].last != nil }
            .map { Key(person: UInt32($0), channel: .given) } + others.keys
    }
}
