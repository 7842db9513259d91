/// What the ledger keeps at hand of an asset that has a rulebook: units by person and the number of holders, so that
/// nothing is ever counted anew, and what persons have moved.
///
/// Units and numbers follow from holdings; they change with them in `apply` and nowhere else.
struct RuleLine: Sendable {
    let asset: AssetIndex
    var book: CompiledRulebook
    /// Units of each person, by index of the party under which its parties count.
    private(set) var units: ContiguousArray<UInt128> = []
    /// Persons that hold units.
    private(set) var holderCount: UInt64 = 0
    /// The same by class of the party under which they count, indexed by the class's code.
    private(set) var holdersByClass = [UInt64](repeating: 0, count: HolderClass.allCases.count + 1)
    /// What persons have moved.
    var volumes = VolumeTable()

    init(_ book: CompiledRulebook, of asset: AssetIndex) {
        self.book = book
        self.asset = asset
    }

    /// Units of a person.
    @inline(__always)
    func units(of person: UInt32) -> UInt128 {
        Int(person) < units.count ? units[Int(person)] : 0
    }

    /// Takes note that a person has more units, or fewer: a difference modulo 2^128.
    @inline(__always)
    mutating func add(_ difference: UInt128, to person: UInt32, of holderClass: HolderClass) {
        guard difference != 0 else { return }
        let place = Int(person)
        if place >= units.count {
            units.append(contentsOf: repeatElement(0, count: max(place + 1 - units.count, units.count / 2)))
        }
        let before = units[place]
        let after = before &+ difference
        units[place] = after
        if before == 0 { note(1, holderClass) } else if after == 0 { note(-1, holderClass) }
    }

    private mutating func note(_ change: Int64, _ holderClass: HolderClass) {
        holderCount = UInt64(Int64(holderCount) + change)
        let code = Int(holderClass.rawValue)
        holdersByClass[code] = UInt64(Int64(holdersByClass[code]) + change)
    }

    /// Moves all that one person has to another: they turned out to be the same.
    mutating func join(_ person: UInt32, _ personClass: HolderClass, to head: UInt32, _ headClass: HolderClass) {
        let moved = units(of: person)
        if moved > 0 {
            add(0 &- moved, to: person, of: personClass)
            add(moved, to: head, of: headClass)
        }
    }
}
