import Tokenize

/// What became of exact shares of a sum that are not whole numbers of minor units.
struct ShareRounding: Sendable {
    /// Holders whose share was rounded up; the others' down.
    let upCount: Int
    let downCount: Int

    /// Compares what holders got with their exact shares of `total` by the units that counted.
    init(of shares: [AccountID: Quantity], by units: [AccountID: Quantity], total: Quantity) {
        let sum = units.values.reduce(UInt128(0)) { $0 + $1.units }
        var up = 0
        var down = 0
        for (holder, held) in units {
            let paid = (shares[holder] ?? .zero).units.multipliedFullWidth(by: sum)
            let exact = held.units.multipliedFullWidth(by: total.units)
            if (paid.high, paid.low) > (exact.high, exact.low) { up += 1 }
            if (paid.high, paid.low) < (exact.high, exact.low) { down += 1 }
        }
        upCount = up
        downCount = down
    }

    /// Nil if all exact shares are whole.
    var sentence: String? {
        let count = upCount + downCount
        guard count > 0 else { return nil }
        return "\(Amounts.count(count, "exact share")) would not be whole: \(Amounts.grouped(upCount)) with the "
            + "largest remainders were rounded up, \(Amounts.grouped(downCount)) down. Nothing is left over and "
            + "nothing is missing."
    }
}
