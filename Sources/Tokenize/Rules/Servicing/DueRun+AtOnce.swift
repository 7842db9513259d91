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
        var (entries, raised) = DueShares.entries(total, over: holders)
        let (netSum, others) = payAtOnce(&run, &entries, raised)
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
        for (place, gross) in others { try payOne(&run, holders[place], gross: UInt128(gross), &draft) }
    }

    /// Leaves the payments that need no further look, with what is withheld of each. Returns the sum of the net
    /// amounts, and the places of the other holders that are owed something, with their shares.
    private func payAtOnce(
        _ run: inout DueRun,
        _ entries: inout ContiguousArray<BulkPayment.Entry>,
        _ raised: RaisedPlaces
    ) -> (netSum: UInt128, others: [(place: Int, gross: UInt64)]) {
        var others: [(place: Int, gross: UInt64)] = []
        guard canPayAtOnce(run) else {
            for place in entries.indices {
                let gross = entries[place].gross + (raised.isRaised(place) ? 1 : 0)
                if gross > 0 { others.append((place, gross)) }
            }
            entries.removeAll()
            return (0, others)
        }
        let looksAtHoldings = run.carries || run.paysPledgees
        let recordPoint = run.paysPledgees ? recordPoint(run.asset, run.due.recordDate) : nil
        var gate = PaymentGate(run)
        var (paidByClass, taxUnits) = (ContiguousArray<UInt64>(repeating: 0, count: run.paidByClass.count), UInt64(0))
        var count = 0
        entries.withUnsafeMutableBufferPointer { entries in
            for place in entries.indices {
                let gross = entries[place].gross &+ (raised.isRaised(place) ? 1 : 0)
                let (account, slot) = (entries[place].account, entries[place].slot)
                if gross == 0 { continue }
                guard let holderClass = gate.classPaidAtOnce(account, self),
                    !looksAtHoldings || !isEncumbered(slot, of: run.asset, recordPoint)
                else {
                    others.append((place, gross))
                    continue
                }
                let tax = gate.scales[holderClass].tax(on: gross)
                // No sum is above the total, which fits.
                taxUnits &+= tax
                paidByClass[holderClass] &+= gross &- tax
                entries[count] = BulkPayment.Entry(gross: gross, net: gross &- tax, account: account, slot: slot)
                count += 1
            }
        }
        entries.removeLast(entries.count - count)
        run.taxUnits += UInt128(taxUnits)
        for (code, units) in paidByClass.enumerated() { run.paidByClass[code] += UInt128(units) }
        return (paidByClass.reduce(into: 0) { $0 += UInt128($1) }, others)
    }

    /// Whether any holder can be paid at once: holdings of an asset that the transaction has made are in no table yet,
    /// nor are units that are put.
    private func canPayAtOnce(_ run: DueRun) -> Bool {
        run.cash.offset < holdings.count && run.asset.offset < holdings.count && run.due.kind != .put
            && !((run.carries || run.paysPledgees) && run.isBondDrafted)
    }

    private func isEncumbered(_ slot: UInt32, of asset: AssetIndex, _ recordPoint: RecordPoint?) -> Bool {
        if let kept = recordPoint?.kept(Int(slot)) { return !kept.encumbrances.isEmpty }
        return !holdings[asset.offset].slots[Int(slot)].record.encumbrances.isEmpty
    }
}
