/// The encumbrances of a list that stand on a date, as an explanation tells of them: under which orders, until when.
struct StandingOrders {
    private let standing: [EncumbranceRecord]

    init(_ encumbrances: [EncumbranceRecord], on date: CalendarDate) {
        standing = encumbrances.filter { $0.stands(on: date) }
    }

    /// The reference of each order or contract and the last date of each, in the list's order.
    func facts(of owner: DecidingFact.Owner) -> [DecidingFact] {
        standing.flatMap { encumbrance in
            [
                DecidingFact(.reason, .text(encumbrance.order.reference), of: owner),
                DecidingFact(.limit, .date(encumbrance.lastDate), of: owner),
            ]
        }
    }

    /// The day after the last of them, unless they are lifted before.
    var remedy: Remedy? { standing.map(\.lastDate).max()?.adding(days: 1).map { .opensOn($0) } }
}
