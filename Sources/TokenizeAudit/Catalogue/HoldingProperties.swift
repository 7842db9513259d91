import Tokenize

/// Units are neither made nor lost, and what is covered stays where it is.
enum HoldingProperties {
    static let all = [
        AuditCatalogue.Entry(conservation, usualCaseCount: 40), AuditCatalogue.Entry(cover, usualCaseCount: 40),
    ]

    static let conservation = Property(
        "PRP-001",
        "After every step the holdings of each asset add up to what was issued less what was redeemed."
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40) { step, _, trial in
            for asset in step.after.assetIDs {
                guard let record = step.after.asset(asset) else { continue }
                var (sum, byClass): (UInt128, [HolderClass: UInt128]) = (0, [:])
                for holding in step.after.holdings(of: asset) {
                    let (total, overflow) = sum.addingReportingOverflow(holding.units.units)
                    try trial.require(!overflow, "more of \(asset) than 2^128")
                    sum = total
                    if let holder = step.after.account(holding.account) {
                        byClass[holder.holderClass, default: 0] += holding.units.units
                    }
                }
                try trial.require(sum == record.issued.units - record.redeemed.units, "\(asset): \(sum) units")
                try trial.require(record.issued <= record.cap, "\(asset): issued \(record.issued)")
                for holderClass in HolderClass.allCases {
                    let counted = record.unitsByClass[Int(holderClass.rawValue)]
                    try trial.require(byClass[holderClass, default: 0] == counted, "\(asset): \(holderClass)")
                }
                if let old = step.before.asset(asset) {
                    try trial.require(record.issued >= old.issued && record.redeemed >= old.redeemed, "\(asset): back")
                }
            }
            try trial.require(step.after.assetsOutOfBalance().isEmpty, "the engine's own sums differ")
        }
    }

    /// Units that encumbrances cover: written from Specs/05, not from the engine's code.
    static func cover(
        _ encumbrances: [EncumbranceRecord],
        on date: CalendarDate,
        where counts: (EncumbranceRecord) -> Bool = { _ in true }
    ) -> Quantity {
        var layers: [UInt16: (reserved: Quantity, attached: Quantity)] = [:]
        for one in encumbrances where one.lastDate >= date && counts(one) {
            var layer = layers[one.layer] ?? (.zero, .zero)
            if one.kind.isReserved {
                layer.reserved = layer.reserved.adding(one.amount) ?? .max
            } else {
                layer.attached = max(layer.attached, one.amount)
            }
            layers[one.layer] = layer
        }
        return layers.values.reduce(.zero) { $0.adding(max($1.reserved, $1.attached)) ?? .max }
    }

    static let cover = Property(
        "PRP-002",
        "No holding is disposed of beyond what nothing covers, unless an order or the redemption of the whole says so.",
        coverage: [.init("encumbered", perMille: 150)]
    ) { trial in
        _ = try await History.run(&trial, stepCountMax: 40) { step, _, trial in
            let date = step.after.businessDate
            for asset in step.after.assetIDs {
                for new in step.after.holdings(of: asset) {
                    let covered = cover(new.encumbrances, on: date)
                    let free = new.units.subtracting(covered) ?? .zero
                    try trial.require(new.available == free, "available \(new.available), free \(free)")
                    trial.label("encumbered", when: covered > .zero)
                }
                guard !isForced(step) else { continue }
                for old in step.before.holdings(of: asset) {
                    let new = step.after.holding(asset: asset, account: old.account, partition: old.partition)
                    guard new.units < old.units else { continue }
                    let names = Set(old.encumbrances.map { $0.id })
                    let kept = cover(new.encumbrances, on: date) { names.contains($0.id) }
                    try trial.require(new.units >= kept, "\(new.units) units are left, \(kept) are covered")
                }
            }
        }
    }

    /// True if the step may take units that are covered: by order, or since the whole asset is redeemed.
    private static func isForced(_ step: History.Step) -> Bool {
        guard let bytes = step.transaction?.bytes, let signed = try? SignedTransaction(bytes: bytes) else {
            return false
        }
        return signed.body.operations.contains {
            ["forceTransfer", "redeemAll", "seize", "forceRedeem"].contains($0.act.done(in: step.before).name)
        }
    }
}
