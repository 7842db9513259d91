/// What a holder was paid on bonds, as the log tells it.
public struct HolderStatement: Hashable, Sendable {
    /// One payment.
    public struct Line: Hashable, Sendable {
        /// Position of the entry in the log.
        public let position: UInt64
        /// The bond.
        public let asset: AssetID
        /// What was paid.
        public let due: BondDue.ID
        /// The partition of the units.
        public let partition: Partition
        /// What was owed before tax.
        public let gross: Quantity
        /// What was withheld.
        public let tax: Quantity
        /// Whether it is paid, or was set aside as a claim.
        public let isClaim: Bool

        /// What the holder got, or has a claim to.
        public var net: Quantity { gross.subtracting(tax) ?? .zero }
    }

    /// Whose statement it is.
    public let holder: AccountID
    /// Payments in the order of the log.
    public let lines: [Line]

    /// Sums of all lines.
    public var gross: Quantity { HolderStatement.sum(lines.map(\.gross)) }
    /// What was withheld in all.
    public var tax: Quantity { HolderStatement.sum(lines.map(\.tax)) }

    private static func sum(_ quantities: [Quantity]) -> Quantity {
        quantities.reduce(.zero) { $0.adding($1) ?? .max }
    }
}

extension TokenLedger {
    /// What an account was paid as a holder of record, on one bond or on all, from the log: reads every entry from
    /// `position` to the end.
    public nonisolated func statement(
        of holder: AccountID,
        asset: AssetID? = nil,
        from position: UInt64 = 0
    ) async throws(LedgerFailure) -> HolderStatement {
        var lines: [HolderStatement.Line] = []
        var next = position
        let end = try await size()
        while next < end {
            let events = try await eventBatch(from: next)
            guard !events.isEmpty else { break }
            next += UInt64(events.count)
            for event in events where event.position < end {
                guard case .transaction(_, let effects) = event.kind else { continue }
                for effect in effects {
                    if let line = HolderStatement.Line(effect, at: event.position, of: holder, asset) {
                        lines.append(line)
                    }
                }
            }
        }
        return HolderStatement(holder: holder, lines: lines)
    }
}

extension HolderStatement.Line {
    fileprivate init?(_ effect: Effect, at position: UInt64, of account: AccountID, _ wanted: AssetID?) {
        guard case .service(let effect) = effect else { return nil }
        self.position = position
        let holder: AccountID
        switch effect {
        case .duePaid(let asset, let due, let owner, let partition, _, let gross, let tax):
            (self.asset, self.due, self.partition, self.gross, self.tax) = (asset, due, partition, gross, tax)
            (holder, isClaim) = (owner, false)
        case .claimMade(let asset, let due, let owner, let partition, _, let gross, let tax):
            (self.asset, self.due, self.partition, self.gross, self.tax) = (asset, due, partition, gross, tax)
            (holder, isClaim) = (owner, true)
        default: return nil
        }
        guard holder == account, wanted == nil || wanted == asset else { return nil }
    }
}
