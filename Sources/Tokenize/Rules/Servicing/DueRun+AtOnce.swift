/// Whether the next account, in ascending order, is paid at once.
private struct PaymentGate {
    let scales: ContiguousArray<TaxScale>
    private let run: DueRun
    private var nextTouched = 0

    init(_ run: DueRun) { (self.run, scales) = (run, run.scales) }

    /// The class of an account that nothing stands in the way of; nil if it has to be looked at.
    @inline(__always)
    mutating func classPaidAtOnce(_ account: UInt32, _ state: LedgerState) -> Int? {
        while nextTouched < run.touched.count, run.touched[nextTouched] < account { nextTouched += 1 }
        let isTouched = nextTouched < run.touched.count && run.touched[nextTouched] == account
        guard !isTouched, Int(account) < state.accountTraits.count else { return nil }
        let traits = state.accountTraits[Int(account)]
        guard traits & LedgerState.needsALook == 0, run.allowedClasses >> UInt32(traits) & 1 == 1,
            !run.isRestrained(account, state)
        else { return nil }
        return Int(traits)
    }
}

extension LedgerState {
    /// Pays every holder its share: at once where nothing stands in the way, one by one where something does.
    func pay(
        _ run: inout DueRun,
        _ holders: RecordHolders,
        _ declared: UInt128,
        _ draft: inout Transition
    ) throws(Rejection) {
        guard let total = UInt64(exactly: declared), UInt64(exactly: holders.sum) != nil else {
            let shares = DueShares.split(declared, over: holders)
            for place in shares.indices where shares[place] > 0 {
                try payOne(&run, holders[place], gross: shares[place], &draft)
            }
            return
        }
        let shares = DueShares.split(total, over: holders)
        let (entries, netSum, others) = payAtOnce(&run, holders, shares)
        if !entries.isEmpty {
            draft.servicing.bulk.append(
                BulkPayment(
                    asset: run.asset,
                    due: run.due.id,
                    cash: run.cash,
                    cashPartition: run.cashPartition,
                    position: draft.effects.count,
                    entries: entries,
                    netSum: netSum
                )
            )
        }
        for place in others where shares[place] > 0 {
            try payOne(&run, holders[place], gross: UInt128(shares[place]), &draft)
        }
    }

    /// The payments that need no further look, and the places of the other holders.
    private func payAtOnce(
        _ run: inout DueRun,
        _ holders: RecordHolders,
        _ shares: ContiguousArray<UInt64>
    ) -> (entries: ContiguousArray<BulkPayment.Entry>, netSum: UInt128, others: [Int]) {
        // Holdings of an asset that the transaction has made are in no table yet; nor are units that are put.
        guard run.cash.offset < self.holdings.count, run.asset.offset < self.holdings.count, run.due.kind != .put else {
            return ([], 0, Array(shares.indices))
        }
        let looksAtHoldings = run.carries || run.paysPledgees
        if looksAtHoldings, run.isBondDrafted { return ([], 0, Array(shares.indices)) }
        let recordPoint = run.paysPledgees ? recordPoint(run.asset, run.due.recordDate) : nil
        var others: [Int] = []
        var gate = PaymentGate(run)
        var (paidByClass, taxUnits) = (ContiguousArray<UInt64>(repeating: 0, count: run.paidByClass.count), UInt64(0))
        let entries = ContiguousArray<BulkPayment.Entry>(unsafeUninitializedCapacity: shares.count) { entries, count in
            holders.forEach { place, holder in
                let gross = shares[place]
                if gross == 0 { return }
                guard let holderClass = gate.classPaidAtOnce(holder.account, self),
                    !looksAtHoldings || !isEncumbered(holder, of: run.asset, recordPoint)
                else { return others.append(place) }
                let tax = gate.scales[holderClass].tax(on: gross)
                // No sum is above the total, which fits.
                taxUnits &+= tax
                paidByClass[holderClass] &+= gross &- tax
                entries.initializeElement(
                    at: count,
                    to: BulkPayment.Entry(gross: gross, net: gross &- tax, account: holder.account, slot: holder.slot)
                )
                count += 1
            }
        }
        run.taxUnits += UInt128(taxUnits)
        for (code, units) in paidByClass.enumerated() { run.paidByClass[code] += UInt128(units) }
        return (entries, paidByClass.reduce(into: 0) { $0 += UInt128($1) }, others)
    }

    private func isEncumbered(_ holder: RecordHolder, of asset: AssetIndex, _ recordPoint: RecordPoint?) -> Bool {
        if let kept = recordPoint?.kept(Int(holder.slot)) { return !kept.encumbrances.isEmpty }
        return !holdings[asset.offset].slots[Int(holder.slot)].record.encumbrances.isEmpty
    }
}
