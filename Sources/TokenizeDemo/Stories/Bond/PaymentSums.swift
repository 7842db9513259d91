import Tokenize

/// What a ledger's log says was paid on a bond: read from the first entry to the last, without asking the state.
struct PaymentSums: Sendable {
    /// What was withheld under each due.
    private(set) var tax: [BondDue.ID: UInt128] = [:]
    /// What was owed before tax, and what was withheld, by holder.
    private(set) var byHolder: [AccountID: (gross: UInt128, tax: UInt128)] = [:]
    private(set) var eventOfDefaultCount = 0

    init(of bond: AssetID, in ledger: TokenLedger) async throws {
        let size = try await ledger.size()
        for try await event in ledger.events(from: 0) {
            if case .transaction(_, let effects) = event.kind {
                for effect in effects { note(effect, of: bond) }
            }
            if event.position + 1 >= size { break }
        }
    }

    private mutating func note(_ effect: Effect, of bond: AssetID) {
        guard case .service(let effect) = effect else { return }
        switch effect {
        case .duePaid(bond, let due, let holder, _, _, let gross, let tax),
            .claimMade(bond, let due, let holder, _, _, let gross, let tax):
            self.tax[due, default: 0] += tax.units
            let sums = byHolder[holder] ?? (0, 0)
            byHolder[holder] = (sums.gross + gross.units, sums.tax + tax.units)
        case .defaulted(bond, _), .accelerated(bond, _): eventOfDefaultCount += 1
        default: break
        }
    }
}
