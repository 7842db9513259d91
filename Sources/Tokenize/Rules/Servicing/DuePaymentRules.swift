/// SRV-001 to SRV-006: what falls due on a bond is paid to all who are owed it, in one transaction.
extension LedgerState {
    func decide(_ payment: DuePayment, _ context: OperationContext, _ draft: inout Transition) throws(Rejection) {
        let (asset, line) = try requireBond(payment.asset, draft)
        let due = try requirePayable(payment.due, line, draft)
        let cash = try requireAsset(line.terms.cash, draft)
        try requireMovable(cash, draft)
        let claimsAccount = try requireAccount(payment.claimsAccount, draft)
        let holders = entitled(to: due, of: asset, line, draft)
        let (declared, penalty) = try amounts(of: due, on: Quantity(holders.sum), line, draft)
        if !draft.hasRoom(forEffects: effectCount(of: due, holderCount: holders.placeCount)) {
            // Holders are counted only where it matters how many of the places have units.
            try draft.requireRoom(forEffects: effectCount(of: due, holderCount: holders.count))
        }
        try requireFree(context.actor, draft)
        if declared > .zero {
            let funds = HoldingAddress(asset: cash, account: context.actor, partition: payment.cashPartition)
            try debitAvailable(declared, from: funds, &draft)
        }
        try draft.endIfObjected()
        var run = DueRun(
            asset: asset,
            assetID: payment.asset,
            due: due,
            line: line,
            cash: cash,
            cashPartition: payment.cashPartition,
            payer: context.actor,
            claimsAccount: claimsAccount,
            today: businessDate(draft)
        )
        try run.prepare(self, draft)
        try pay(&run, holders, declared.units, &draft)
        try close(run, declared: declared, penalty: penalty, &draft)
    }

    /// SRV-002 to SRV-006.
    private func requirePayable(
        _ id: BondDue.ID,
        _ line: BondLine,
        _ draft: Transition
    ) throws(Rejection) -> BondDue {
        guard let due = line.due(id), due.kind != .capitalisation else {
            throw Rejection(.noSuchDue, (.found, .text("\(id)")))
        }
        if line.paid[id] != nil { try draft.object(Rejection(.dueAlreadyPaid, (.found, .text("\(id)")))) }
        let today = businessDate(draft)
        let isRecorded = due.kind == .put || line.points.contains(due.recordDate)
        if line.paid[id] == nil, !due.isPayable(on: today) || !isRecorded {
            try draft.object(Rejection(.notYetDue, (.expected, .date(due.paymentDate)), (.date, .date(today))))
        }
        guard let amount = due.amount else { throw Rejection(.amountNotKnown, (.date, .date(id.date))) }
        if due.kind != .put, amount.factorAfter.isZero, let earlier = line.unpaid(before: due) {
            try draft.object(Rejection(.earlierDueUnpaid, (.expected, .text("\(earlier.id)"))))
        }
        if due.isPrincipalOfRecord, let put = line.unpaidPut(before: due) {
            try draft.object(Rejection(.earlierDueUnpaid, (.expected, .text("\(put.id)"))))
        }
        // Who is paid what can be worked out only of what can be paid.
        try draft.endIfObjected()
        return due
    }

    /// What is declared, with the interest for lateness (BND-035, BND-082), and that interest.
    private func amounts(
        of due: BondDue,
        on units: Quantity,
        _ line: BondLine,
        _ draft: Transition
    ) throws(Rejection) -> (declared: Quantity, penalty: Quantity) {
        do throws(BondFailure) {
            let total = try due.total(on: units, line.terms.rounding)
            let today = businessDate(draft)
            let penalty = try line.terms.penalty(on: total, from: due.paymentDate, to: today, line.calendar)
            guard let declared = total.adding(penalty) else { throw BondFailure.arithmetic(.doesNotFit) }
            return (declared, penalty)
        } catch {
            throw Rejection.notCalculated(error, or: .quantityOverflow)
        }
    }

    /// Effects that paying can have at most: two for each holding, those of units that go, those of encumbrances.
    private func effectCount(of due: BondDue, holderCount: Int) -> Int {
        due.kind == .coupon ? holderCount + 2 : holderCount * 2 + 8
    }

    /// Records that the due is paid, and what ends with it.
    private func close(
        _ run: DueRun,
        declared: Quantity,
        penalty: Quantity,
        _ draft: inout Transition
    ) throws(Rejection) {
        let id = run.due.id
        if run.tax > .zero { try remit(run, &draft) }
        if run.claimed > .zero { try setAside(run, &draft) }
        try moveClasses(run, declared, &draft)
        let record = PaidDue(
            declared: declared,
            penalty: penalty,
            tax: run.tax,
            claimed: run.claimed,
            date: run.today
        )
        guard var line = bondLine(run.asset, draft) else { return }
        for date in line.pay(id, record) {
            draft.servicing.points.append(
                ServicingChanges.PointChange(asset: run.asset, recordDate: date, isOpening: false)
            )
        }
        var keys = [ServicingKey.paid(run.asset, id)]
        if run.due.kind == .put {
            for key in line.puts.keys.sorted() where key.date == id.date {
                line.forget(key)
                keys.append(.put(run.asset, key))
            }
        }
        setBondLine(line, of: run.asset, changing: keys, &draft)
        draft.effects.append(
            .service(
                .dueDischarged(
                    run.assetID,
                    due: id,
                    declared: declared,
                    penalty: penalty,
                    tax: run.tax,
                    claimed: run.claimed
                )
            )
        )
        if run.due.kind == .put {
            try redeemPut(run, &draft)
        } else if run.due.amount?.factorAfter.isZero == true {
            try redeemEverything(run, &draft)
        }
    }
}

extension BondLine {
    /// A put that is not paid and comes before this due: its units are paid as those that are put, and not again.
    fileprivate func unpaidPut(before due: BondDue) -> BondDue? {
        dues.first { $0.kind == .put && due.isAfter($0.id) && paid[$0.id] == nil && hasUnits($0) }
    }

    private func hasUnits(_ put: BondDue) -> Bool {
        puts.contains { $0.key.date == put.id.date && $0.value.units > .zero }
    }

    /// A due other than this one that is not paid, if there is one: whoever ends the bond pays it first.
    fileprivate func unpaid(before due: BondDue) -> BondDue? {
        dues.first { other in
            guard other.id != due.id, other.kind != .capitalisation, paid[other.id] == nil else { return false }
            return other.kind != .put || hasUnits(other)
        }
    }
}
