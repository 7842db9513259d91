/// INV-001: for every asset that a transition touches, holdings change by exactly what was issued less redeemed.
extension LedgerState {
    @inline(__always)
    func checkConservation(_ draft: Transition) throws(Rejection) {
        if draft.holdings.count == 2, draft.assets.isEmpty, draft.newAssets.isEmpty, draft.servicing.bulk.isEmpty {
            // A plain transfer: what one lost, the other has.
            // Numbers, not the changes: a copy of a record is paid for.
            let delta =
                (draft.holdings[0].record.units.units &- draft.holdings[0].unitsBefore.units)
                &+ (draft.holdings[1].record.units.units &- draft.holdings[1].unitsBefore.units)
            if draft.holdings[0].address.asset == draft.holdings[1].address.asset, delta == 0 { return }
        }
        try checkEveryAsset(draft)
    }

    private func checkEveryAsset(_ draft: Transition) throws(Rejection) {
        var deltas: [AssetIndex: UInt128] = [:]
        for change in draft.holdings {
            deltas[change.address.asset, default: 0] &+= change.record.units.units &- change.unitsBefore.units
        }
        for payment in draft.servicing.bulk { deltas[payment.cash, default: 0] &+= payment.netSum }
        for (index, _) in draft.assets where deltas[index] == nil { deltas[index] = 0 }
        for (index, delta) in deltas {
            let before = index.offset < assets.count ? assets.records[index.offset].outstanding.units : 0
            guard asset(index, draft).outstanding.units &- before == delta else { throw violation() }
        }
    }

    private func violation() -> Rejection {
        Rejection(.invariantViolated, (.reason, .text("conservation")))
    }
}
