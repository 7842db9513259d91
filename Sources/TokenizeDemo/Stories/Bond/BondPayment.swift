import Tokenize

/// A due of the bond that was paid to everybody who held it on the record date, checked against every balance.
struct BondPayment: Encodable, Sendable {
    /// What one holder was owed.
    struct Line: Sendable {
        let holder: AccountID
        /// The account that got the money, or waits for it.
        let recipient: AccountID
        let gross: Quantity
        let tax: Quantity
        /// True if the money was set aside, since the recipient could not be paid.
        let isClaim: Bool

        var net: UInt128 { gross.units - tax.units }
    }

    let due: BondDue
    let date: CalendarDate
    let declared: Quantity
    let lines: [Line]
    /// What was held on the record date, by everybody who held any.
    let units: [AccountID: Quantity]

    var gross: UInt128 { lines.reduce(0) { $0 + $1.gross.units } }
    var tax: UInt128 { lines.reduce(0) { $0 + $1.tax.units } }
    var paidNet: UInt128 { lines.reduce(0) { $1.isClaim ? $0 : $0 + $1.net } }
    var claimed: UInt128 { lines.reduce(0) { $1.isClaim ? $0 + $1.net : $0 } }

    /// `coupon 2027-01-15`.
    var name: String { "\(due.id)" }

    private enum CodingKeys: CodingKey {
        case due, recordDate, date, holderCount, declared, gross, tax, net, claimed
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .due)
        try container.encode("\(due.recordDate)", forKey: .recordDate)
        try container.encode("\(date)", forKey: .date)
        try container.encode(units.count, forKey: .holderCount)
        try container.encode("\(declared)", forKey: .declared)
        try container.encode("\(gross)", forKey: .gross)
        try container.encode("\(tax)", forKey: .tax)
        try container.encode("\(paidNet)", forKey: .net)
        try container.encode("\(claimed)", forKey: .claimed)
    }

    /// Checks what the ledger says that it did against what was declared.
    func requireSums() throws(DemoFailure) {
        guard gross == declared.units, paidNet + claimed + tax == declared.units else {
            throw DemoFailure("\(name): \(gross) and \(paidNet + claimed + tax) were paid of \(declared) declared")
        }
        let grossOf = Dictionary(lines.map { ($0.holder, $0.gross) }, uniquingKeysWith: { first, _ in first })
        let total = units.values.reduce(UInt128(0)) { $0 + $1.units }
        for (holder, held) in units {
            // Rounded to a neighbour: the share times the sum is less than a whole sum away from units times declared.
            let share = Ratio((grossOf[holder] ?? .zero).units)
            let exact = try? Ratio(held.units) * Ratio(declared.units) / Ratio(total)
            guard let distance = exact.flatMap({ try? (share - $0).magnitude }), distance < .one else {
                throw DemoFailure("\(name): a holder was owed another share than that of its units")
            }
        }
    }

    /// By how much each balance must have changed: up for who was paid and the treasury, down for the paying agent, with
    /// whom claims stay.
    func changes(payer: AccountID, treasury: AccountID) -> [AccountID: Int128] {
        var changes: [AccountID: Int128] = [payer: -Int128(declared.units)]
        for line in lines { changes[line.isClaim ? payer : line.recipient, default: 0] += Int128(line.net) }
        changes[treasury, default: 0] += Int128(tax)
        return changes.filter { $0.value != 0 }
    }
}

extension BondPayment.Line {
    /// What a payment did for one holder; nil for its other effects.
    init?(_ effect: Effect, of bond: AssetID) {
        guard case .service(let effect) = effect else { return nil }
        switch effect {
        case .duePaid(bond, _, let holder, _, let recipient, let gross, let tax):
            self.init(holder: holder, recipient: recipient, gross: gross, tax: tax, isClaim: false)
        case .claimMade(bond, _, let holder, _, let recipient, let gross, let tax):
            self.init(holder: holder, recipient: recipient, gross: gross, tax: tax, isClaim: true)
        default: return nil
        }
    }
}
