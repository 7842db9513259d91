/// How encumbrances cover units (Specs/05): reserved amounts add up, attached amounts may overlap each other and the
/// reserved ones.
enum EncumbranceAlgebra {
    /// Units that may not leave: `max(sum of reserved, largest attached)` over what stands on `date`.
    ///
    /// `where` limits which encumbrances count. Sums saturate: more than 2^128 - 1 covers everything.
    static func cover(
        of encumbrances: [EncumbranceRecord],
        on date: CalendarDate,
        where counts: (EncumbranceRecord) -> Bool = { _ in true }
    ) -> Quantity {
        var reserved = Quantity.zero
        var attached = Quantity.zero
        for encumbrance in encumbrances where encumbrance.stands(on: date) && counts(encumbrance) {
            if encumbrance.kind.isReserved {
                reserved = reserved.adding(encumbrance.amount) ?? .max
            } else {
                attached = max(attached, encumbrance.amount)
            }
        }
        return max(reserved, attached)
    }

    /// Sorted as they are kept: senior first, then by id.
    static func ordered(_ encumbrances: [EncumbranceRecord]) -> [EncumbranceRecord] {
        encumbrances.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
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
}
