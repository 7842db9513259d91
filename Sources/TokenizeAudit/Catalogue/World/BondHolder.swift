import Tokenize

/// Who holds units of a bond, and in which part of it: a place in the cast and a partition.
///
/// Holders stand in the order in which a ledger pays them: the cast was opened in the order of its places.
struct BondHolder: Hashable, Comparable, Sendable {
    let member: Int
    let partition: Partition

    init(_ member: Int, _ partition: Partition = 0) { (self.member, self.partition) = (member, partition) }

    static func < (left: BondHolder, right: BondHolder) -> Bool {
        (left.member, left.partition) < (right.member, right.partition)
    }
}

extension BondHolder: CustomStringConvertible {
    var description: String { partition == 0 ? "\(member)" : "\(member)/\(partition.number)" }
}

/// What weighs on a holding, as one writes it beside the holding.
struct BondWeight: Hashable, Sendable {
    let id: EncumbranceID
    let kind: EncumbranceKind
    let owner: EncumbranceOwner
    let rank: UInt16
    let lastDate: CalendarDate
    let order: OrderReference
    var layer: UInt16
    var amount: UInt128

    init(_ record: EncumbranceRecord) {
        (id, kind, owner, rank) = (record.id, record.kind, record.owner, record.rank)
        (lastDate, order, layer, amount) = (record.lastDate, record.order, record.layer, record.amount.units)
    }

    /// True for what blocks units that were put (13.9).
    var isPutBlock: Bool { kind == .hold && rank == .max && order.reference == "put" }
    /// True for what is promised to somebody, and adds up.
    var isReserved: Bool { kind == .hold || kind == .pledge }

    /// Units that a list covers on a day (5.5): on each layer the sum of what is reserved or the greatest of the rest.
    static func cover(_ list: [BondWeight], on day: CalendarDate) -> UInt128 {
        let standing = list.filter { $0.lastDate >= day }
        var cover: UInt128 = 0
        for layer in Set(standing.map(\.layer)) {
            let here = standing.filter { $0.layer == layer }
            let reserved = here.filter(\.isReserved).reduce(0) { ModelSum.atMost($0, $1.amount) }
            let attached = here.filter { !$0.isReserved }.map(\.amount).max() ?? 0
            cover = ModelSum.atMost(cover, max(reserved, attached))
        }
        return cover
    }
}
