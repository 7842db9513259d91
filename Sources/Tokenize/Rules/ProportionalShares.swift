/// A sum split in proportion to weights, to the last unit (Specs/05): each gets the whole part of its exact share,
/// and the units that are left go one each to the largest remainders; ties go to the earlier weight.
enum ProportionalShares {
    /// Shares of `total` in the order of `weights`, which are above zero; they add up to `total`.
    static func split(_ total: Quantity, over weights: [Quantity]) -> [Quantity] {
        let sum = weights.reduce(into: UInt128(0)) { $0 += $1.units }
        guard sum > 0 else { return weights.map { _ in .zero } }
        var shares: [UInt128] = []
        var remainders: [(remainder: UInt128, index: Int)] = []
        shares.reserveCapacity(weights.count)
        remainders.reserveCapacity(weights.count)
        var left = total.units
        for (index, weight) in weights.enumerated() {
            // weight <= sum, so the quotient fits.
            let (quotient, remainder) = sum.dividingFullWidth(weight.units.multipliedFullWidth(by: total.units))
            shares.append(quotient)
            left -= quotient
            if remainder > 0 { remainders.append((remainder, index)) }
        }
        if left > 0 {
            remainders.sort { ($1.remainder, $0.index) < ($0.remainder, $1.index) }
            for entry in remainders.prefix(Int(left)) { shares[entry.index] += 1 }
        }
        return shares.map { Quantity($0) }
    }
}
