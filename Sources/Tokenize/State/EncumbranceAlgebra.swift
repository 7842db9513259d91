/// How encumbrances cover units (Specs/05): reserved amounts add up, attached amounts may overlap each other and the
/// reserved ones. What arrived with units covers those units, so layers add up.
enum EncumbranceAlgebra {
    /// Units that may not leave: the sum over layers of `max(sum of reserved, largest attached)` of what stands on
    /// `date`.
    ///
    /// `where` limits which encumbrances count. Sums saturate: more than 2^128 - 1 covers everything.
    static func cover(
        of encumbrances: [EncumbranceRecord],
        on date: CalendarDate,
        where counts: (EncumbranceRecord) -> Bool = { _ in true }
    ) -> Quantity {
        var own = LayerCover()
        var arrived: [UInt16: LayerCover] = [:]
        for encumbrance in encumbrances where encumbrance.stands(on: date) && counts(encumbrance) {
            if encumbrance.layer == 0 {
                own.add(encumbrance)
            } else {
                arrived[encumbrance.layer, default: LayerCover()].add(encumbrance)
            }
        }
        // A saturating sum does not depend on the order.
        return arrived.values.reduce(own.units) { $0.adding($1.units) ?? .max }
    }

    /// What the encumbrances of one layer cover.
    private struct LayerCover {
        private var reserved = Quantity.zero
        private var attached = Quantity.zero

        var units: Quantity { max(reserved, attached) }

        mutating func add(_ encumbrance: EncumbranceRecord) {
            if encumbrance.kind.isReserved {
                reserved = reserved.adding(encumbrance.amount) ?? .max
            } else {
                attached = max(attached, encumbrance.amount)
            }
        }
    }

    /// Sorted as they are kept: senior first, then by id, then by layer.
    ///
    /// What goes over to cash with each of several payments keeps its id, so that only the layer tells them apart.
    static func ordered(_ encumbrances: [EncumbranceRecord]) -> [EncumbranceRecord] {
        encumbrances.sorted { ($0.rank, $0.id, $0.layer) < ($1.rank, $1.id, $1.layer) }
    }

    /// The list with `amount` of the encumbrance at `index` lifted; an amount of zero is taken off the list.
    static func reducing(
        _ encumbrances: [EncumbranceRecord],
        at index: Int,
        by amount: Quantity
    ) -> [EncumbranceRecord] {
        var list = encumbrances
        if let rest = list[index].amount.subtracting(amount), rest > .zero {
            list[index].amount = rest
        } else {
            list.remove(at: index)
        }
        return list
    }

    /// The encumbrances of a holding that receives units on which others lie: these keep together as they were, on
    /// layers that the holding does not use yet.
    ///
    /// - Returns: both together, without what has lapsed; nil if more have arrived than a holding takes.
    static func receiving(
        _ arriving: [EncumbranceRecord],
        into present: [EncumbranceRecord],
        on date: CalendarDate
    ) -> [EncumbranceRecord]? {
        var list = present.filter { $0.stands(on: date) }
        let limit =
            list.isEmpty ? HoldingRecord.arrivedEncumbranceCountMax : TransactionLimits.arrivedEncumbranceCountMax
        var newLayers: [UInt16: UInt16] = [:]
        var usedLayers = Set(list.map { $0.layer }).union([0])
        for encumbrance in arriving {
            var arrived = encumbrance
            if let layer = newLayers[encumbrance.layer] {
                arrived.layer = layer
            } else {
                while usedLayers.contains(arrived.layer) { arrived.layer += 1 }
                usedLayers.insert(arrived.layer)
                newLayers[encumbrance.layer] = arrived.layer
            }
            list.append(arrived)
        }
        guard list.count(where: { $0.layer > 0 }) <= limit else { return nil }
        return ordered(list)
    }
}
