import Testing

@testable import Tokenize

@Suite("Shares and tax of many holders")
struct DueShareTests {
    /// A seed, and the most units that a holder has.
    static let mosts: [(UInt64, UInt128)] = [(1, 9), (2, 1_000), (3, 1 << 52), (4, 1 << 100)]

    private static func holders(_ weights: [UInt128]) -> RecordHolders {
        RecordHolders(
            ContiguousArray(
                weights.enumerated().map {
                    RecordHolder(units: $1, account: UInt32($0), partition: 0, slot: UInt32($0))
                }
            )
        )
    }

    @Test(
        "shares are those of a distribution: random totals and units, narrow and wide",
        arguments: mosts
    )
    func agreesWithDistributions(seed: UInt64, most: UInt128) {
        var random = SeededRandom(seed)
        for count in [1, 2, 3, 50, 6_000] {
            let weights = (0..<count).map { _ in UInt128.random(in: 1...most, using: &random) }
            let sum = weights.reduce(0, +)
            for total in [0, 1, sum - 1, sum, sum + 1, UInt128.random(in: 0...(most &* 3), using: &random)] {
                let expected = ProportionalShares.split(Quantity(total), over: weights.map { Quantity($0) })
                let holders = Self.holders(weights)
                let found = DueShares.split(total, over: holders)
                #expect(found.elementsEqual(expected.map(\.units)), "seed \(seed), \(count) holders, total \(total)")
                #expect(found.reduce(0, +) == total)
                guard let narrow = UInt64(exactly: total), UInt64(exactly: sum) != nil else { continue }
                let same = DueShares.split(narrow, over: holders)
                #expect(same.map { UInt128($0) } == Array(found), "seed \(seed), \(count) holders, total \(total)")
            }
        }
    }

    @Test("the tax on a gross amount is that of the terms, in every rounding", arguments: Rounding.allCases)
    func agreesWithTaxRule(rounding: Rounding) throws {
        var random = SeededRandom(11)
        for (rate, part) in [("0.1", (1, 1)), ("0.15", (1, 3)), ("1", (1, 1)), ("0", (1, 2)), ("0.123456789", (5, 7))] {
            let rule = TaxRule(
                rates: HolderClass.allCases.map { TaxRule.Rate($0, SampleBond.decimal(rate)) },
                income: .all,
                classDate: .recordDate,
                rounding: rounding,
                treasury: nil
            )
            let taxedPart = try Ratio(numerator: part.0, denominator: part.1)
            let scale = try TaxScale(rule, taxedPart: taxedPart, .citizen)
            for gross in [0, 1, 5, 15, UInt128(UInt64.max), UInt128.max]
                + (0..<200).map({ _ in UInt128.random(in: 0...100_000, using: &random) })
            {
                let expected = try rule.withholding(from: Quantity(gross), taxedPart: taxedPart, .citizen)
                #expect(Quantity(scale.tax(on: UInt128(gross))) == expected.tax, "\(gross) at \(rate)")
            }
        }
    }
}
