import Tokenize

/// A sum paid to all holders of an asset, checked against every balance.
struct Payout: Encodable, Sendable {
    let reference: String
    let date: String
    let declared: Quantity
    let holderCount: Int
    let sharesSum: Quantity
    let rounding: ShareRounding

    /// What each holder got, for tables.
    let shares: [AccountID: Quantity]
    let units: [AccountID: Quantity]

    private enum CodingKeys: CodingKey {
        case reference, date, declared, holderCount, sharesSum, roundedUpCount, roundedDownCount
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reference, forKey: .reference)
        try container.encode(date, forKey: .date)
        try container.encode("\(declared)", forKey: .declared)
        try container.encode(holderCount, forKey: .holderCount)
        try container.encode("\(sharesSum)", forKey: .sharesSum)
        try container.encode(rounding.upCount, forKey: .roundedUpCount)
        try container.encode(rounding.downCount, forKey: .roundedDownCount)
    }
}

extension Stage {
    /// Pays `total`, which `payer` gives to the paying agent, to all holders, and checks that the parts add up.
    func distribute(
        _ total: Quantity,
        of cash: AssetID,
        to asset: AssetID,
        from payer: Participant,
        _ order: OrderReference
    ) async throws -> Payout {
        try await fundPayingAgent(total, cash, from: payer)
        let (units, before) = try await ledger.read { ($0.holdings(of: asset), $0.holdings(of: cash)) }
        let receipt = try await authority(AuthorityReference(.payingAgent, asset: asset), payingAgent)
            .distribute(Distribution(asset: asset, cash: cash, total: total, order: order))
        let after = try await ledger.read { $0.holdings(of: cash) }
        var shares: [AccountID: Quantity] = [:]
        for case .paid(_, let holder, _, let amount) in try await effects(of: receipt) {
            shares[holder] = amount
        }
        return try Payout(
            order.reference,
            date: try await businessDate(),
            declared: total,
            shares: shares,
            units: Payout.sums(units),
            rises: Payout.rises(from: Payout.sums(before), to: Payout.sums(after))
        )
    }
}

extension Payout {
    fileprivate init(
        _ reference: String,
        date: CalendarDate,
        declared: Quantity,
        shares: [AccountID: Quantity],
        units: [AccountID: Quantity],
        rises: [AccountID: Quantity]
    ) throws(DemoFailure) {
        let sum = shares.values.reduce(UInt128(0)) { $0 + $1.units }
        guard sum == declared.units else {
            throw DemoFailure("\(reference): shares add up to \(sum), and \(declared) was declared")
        }
        guard rises == shares else { throw DemoFailure("\(reference): a balance did not rise by its share") }
        self.init(
            reference: reference,
            date: "\(date)",
            declared: declared,
            holderCount: units.count,
            sharesSum: Quantity(sum),
            rounding: ShareRounding(of: shares, by: units, total: declared),
            shares: shares,
            units: units
        )
    }

    /// Units by account, over partitions; accounts without units are left out.
    fileprivate static func sums(_ holdings: [LedgerState.HoldingView]) -> [AccountID: Quantity] {
        var sums: [AccountID: UInt128] = [:]
        for holding in holdings where holding.units > .zero { sums[holding.account, default: 0] += holding.units.units }
        return sums.mapValues { Quantity($0) }
    }

    /// By how much balances rose.
    fileprivate static func rises(
        from before: [AccountID: Quantity],
        to after: [AccountID: Quantity]
    ) -> [AccountID: Quantity] {
        var rises: [AccountID: Quantity] = [:]
        for (account, balance) in after {
            if let rise = balance.subtracting(before[account] ?? .zero), rise > .zero { rises[account] = rise }
        }
        return rises
    }
}
