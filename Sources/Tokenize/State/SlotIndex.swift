/// Finds positions by the hash of what stands at them; keys are kept by its owner alone, not twice.
///
/// Open addressing with linear probing over 32-bit positions, at most half full. Hashes are mixed with a seed drawn at
/// the start of the process, so that nobody can choose keys that fall together. Iteration order does not exist, so the
/// seed reaches neither bytes nor state.
struct SlotIndex: Sendable {
    private static let processSeed = UInt64.random(in: .min ... .max)
    private static let vacant = UInt32.max

    // Kept here: a static property is reached through a check at each use.
    private let seed = SlotIndex.processSeed
    private var table: ContiguousArray<UInt32> = []
    private(set) var count = 0

    /// Positions that a table can name.
    static let positionMax = Int(UInt32.max) - 1

    @inline(__always)
    private func start(_ hash: UInt64) -> Int {
        // Multiply, fold: the high bits of the product depend on every bit of the seeded hash.
        let product = (hash ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low) & (table.count - 1)
    }

    /// The position whose key `matches`, among those entered under `hash`.
    @inline(__always)
    func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        var place = start(hash)
        while table[place] != SlotIndex.vacant {
            let position = Int(table[place])
            if matches(position) { return position }
            place = (place + 1) & (table.count - 1)
        }
        return nil
    }

    /// The position where the search for `hash` begins: most likely the one that is sought, if there is any.
    @inline(__always)
    func candidate(_ hash: UInt64) -> Int? {
        guard count > 0 else { return nil }
        let position = table[start(hash)]
        return position == SlotIndex.vacant ? nil : Int(position)
    }

    /// Enters a position whose key is not in the index. `hashAt` gives the hash of any position entered before.
    mutating func insert(_ position: Int, _ hash: UInt64, hashAt: (Int) -> UInt64) {
        precondition(position <= SlotIndex.positionMax)
        if (count + 1) * 2 > table.count { grow(to: max(16, table.count * 2), hashAt) }
        place(position, hash)
        count += 1
    }

    mutating func reserveCapacity(_ capacity: Int, hashAt: (Int) -> UInt64) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        if size > table.count { grow(to: size, hashAt) }
    }

    private mutating func place(_ position: Int, _ hash: UInt64) {
        var place = start(hash)
        while table[place] != SlotIndex.vacant { place = (place + 1) & (table.count - 1) }
        table[place] = UInt32(position)
    }

    private mutating func grow(to size: Int, _ hashAt: (Int) -> UInt64) {
        let old = table
        table = ContiguousArray(repeating: SlotIndex.vacant, count: size)
        for position in old where position != SlotIndex.vacant { place(Int(position), hashAt(Int(position))) }
    }
}
