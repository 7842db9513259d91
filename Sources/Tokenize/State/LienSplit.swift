/// Liens follow the units: what leaves a holding by order takes along what the liens cover beyond the units that stay.
struct LienSplit {
    /// Amounts of liens that leave, by index in the list of the holding that they leave.
    private(set) var leaving: [(index: Int, amount: Quantity)] = []

    /// Splits the liens among `encumbrances` of a holding of which `rest` units stay.
    ///
    /// Liens on one layer overlap, those on different layers cover different units. First stays what is as senior as
    /// `rank`, for which there is room (ORD-002); then the others, senior ones first, as far as the rest goes.
    init(_ encumbrances: [EncumbranceRecord], leaving rest: Quantity, rank: UInt16, on date: CalendarDate) {
        let liens = encumbrances.indices.filter {
            encumbrances[$0].kind.followsUnits && encumbrances[$0].stands(on: date)
        }
        var staying: [UInt16: Quantity] = [:]
        var room = rest
        for isSenior in [true, false] {
            for index in liens where (encumbrances[index].rank <= rank) == isSenior {
                let lien = encumbrances[index]
                let kept = staying[lien.layer] ?? .zero
                guard let more = lien.amount.subtracting(kept) else { continue }
                let taken = min(more, room)
                staying[lien.layer] = kept.adding(taken)
                room = room.subtracting(taken) ?? .zero
            }
        }
        for index in liens {
            let kept = staying[encumbrances[index].layer] ?? .zero
            if let excess = encumbrances[index].amount.subtracting(kept), excess > .zero {
                leaving.append((index, excess))
            }
        }
    }
}
