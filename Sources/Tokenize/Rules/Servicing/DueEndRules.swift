/// What follows the payment of a due: tax, classes, and units that go out of being.
extension LedgerState {
    /// What was withheld goes to the treasury's account.
    func remit(_ run: DueRun, _ draft: inout Transition) throws(Rejection) {
        guard let treasury = run.line.terms.tax.treasury, let account = accountIndex(treasury, draft) else {
            throw Rejection(.invariantViolated, (.reason, .text("treasury")))
        }
        try credit(
            run.tax,
            to: HoldingAddress(asset: run.cash, account: account, partition: run.cashPartition),
            &draft
        )
        draft.effects.append(
            .service(.taxRemitted(run.assetID, due: run.due.id, treasury: treasury, amount: run.tax))
        )
    }

    /// The units of cash by class follow what was paid.
    func moveClasses(_ run: DueRun, _ declared: Quantity, _ draft: inout Transition) throws(Rejection) {
        guard declared > .zero else { return }
        var record = asset(run.cash, draft)
        func add(_ units: UInt128, _ account: AccountIndex) {
            record.unitsByClass[Int(holderClass(account, draft).rawValue)] += units
        }
        let payerClass = Int(holderClass(run.payer, draft).rawValue)
        guard record.unitsByClass[payerClass] >= declared.units else {
            throw Rejection(.invariantViolated, (.reason, .text("unitsByClass")))
        }
        record.unitsByClass[payerClass] -= declared.units
        for (code, units) in run.paidByClass.enumerated() { record.unitsByClass[code] += units }
        add(run.claimedUnits, run.claimsAccount)
        if run.taxUnits > 0, let treasury = run.line.terms.tax.treasury, let account = accountIndex(treasury, draft) {
            add(run.taxUnits, account)
        }
        setAsset(record, at: run.cash, &draft)
    }

    /// Units that were put and paid go out of being.
    func redeemPut(_ run: DueRun, _ draft: inout Transition) throws(Rejection) {
        for (key, put) in run.line.puts.sorted(by: { $0.key < $1.key }) where key.date == run.due.id.date {
            let address = HoldingAddress(asset: run.asset, account: key.account, partition: key.partition)
            var record = holding(address, draft)
            record.encumbrances.removeAll { $0.id == put.encumbrance }
            let units = min(put.units, record.units)
            record.units = record.units.subtracting(units) ?? .zero
            record.encumbrances = LedgerState.lowered(record.encumbrances, to: record.units)
            setHolding(record, at: address, &draft)
            guard units > .zero else { continue }
            endPrincipal(units, at: address, &draft) { $0.isAfter(run.due.id) }
            try noteRedeemed(units, of: run.asset, from: key.account, in: key.partition, &draft)
        }
    }

    /// Every unit goes out of being, and the bond is closed.
    func redeemEverything(_ run: DueRun, _ draft: inout Transition) throws(Rejection) {
        guard asset(run.asset, draft).status == .active else { return }
        for slot in holders(of: run.asset, draft) {
            let address = HoldingAddress(asset: run.asset, account: slot.account, partition: slot.partition)
            setHolding(.empty, at: address, &draft)
            try noteRedeemed(slot.units, of: run.asset, from: slot.account, in: slot.partition, &draft)
        }
        var record = asset(run.asset, draft)
        record.status = .redeemed
        setAsset(record, at: run.asset, &draft)
        draft.effects.append(.assetClosed(run.assetID))
    }

    /// Reservations and liens of what is left of a holding, none above its units; freezes stay as they are.
    private static func lowered(_ list: [EncumbranceRecord], to units: Quantity) -> [EncumbranceRecord] {
        list.compactMap { encumbrance in
            guard encumbrance.kind != .freeze, encumbrance.amount > units else { return encumbrance }
            guard units > .zero else { return nil }
            var lowered = encumbrance
            lowered.amount = units
            return lowered
        }
    }
}
