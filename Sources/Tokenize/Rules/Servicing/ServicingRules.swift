/// The life of bonds (Specs/13): which rule decides which act, and what they share.
extension LedgerState {
    func decide(
        _ act: ServicingAct,
        _ under: AuthorityReference?,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        switch act {
        case .registerCalendar(let calendar): try decide(calendar, &draft)
        case .instructPayment(let instruction): try decide(instruction, context, &draft)
        case .payDue(let payment): try decide(payment, context, &draft)
        case .settleClaim(let settlement): try decide(settlement, &draft)
        case .subscribe(let subscription): try decide(subscription, context, &draft)
        case .buyBack(let purchase): try decide(purchase, context, &draft)
        case .observe(let report): try decide(report, context, &draft)
        case .closeObservations(let closing): try decide(closing, context, &draft)
        case .giveCallNotice(let notice): try decide(notice, &draft)
        case .givePutNotice(let notice): try decide(notice, context, &draft)
        case .accelerate(let acceleration): try decide(acceleration, under, context, &draft)
        }
    }

    /// SRV-001: the asset is a bond.
    func requireBond(_ id: AssetID, _ draft: Transition) throws(Rejection) -> (index: AssetIndex, line: BondLine) {
        let index = try requireAsset(id, draft)
        guard let line = bondLine(index, draft) else { throw Rejection(.notABond, (.asset, .asset(id))) }
        return (index, line)
    }

    /// AST-006: what falls due on a bond can be worked out, and its treasury exists.
    func newBondLine(_ bond: BondTerms, _ draft: Transition) throws(Rejection) -> BondLine {
        guard let calendar = calendar(bond.calendar.digest, draft) else {
            throw Rejection(.termsContradict, (.reason, .text("the calendar is not known to the ledger")))
        }
        if let treasury = bond.tax.treasury, accountIndex(treasury, draft) == nil {
            throw Rejection(.termsContradict, (.reason, .text("the treasury has no account")))
        }
        do {
            return try BondLine(bond, calendar, on: businessDate(draft))
        } catch {
            throw Rejection(.termsContradict, (.reason, .text("\(error)")))
        }
    }

    /// SRV-009: a calendar is registered once.
    private func decide(_ calendar: BusinessCalendar, _ draft: inout Transition) throws(Rejection) {
        guard self.calendar(calendar.digest, draft) == nil else {
            throw Rejection(.calendarKnown, (.found, .text("\(calendar.name) \(calendar.version)")))
        }
        draft.servicing.calendars.append(calendar)
        draft.effects.append(.service(.calendarRegistered(calendar.digest)))
    }

    /// A standing instruction of the actor: TRF-003, ACC-004.
    private func decide(
        _ instruction: PaymentInstruction,
        _ context: OperationContext,
        _ draft: inout Transition
    ) throws(Rejection) {
        try requireFree(context.actor, draft)
        var target: AccountIndex?
        if let cashAccount = instruction.cashAccount { target = try requireAccount(cashAccount, draft) }
        if target == context.actor { target = nil }
        draft.servicing.instructions.append((context.actor, target))
        let actor = accountID(context.actor, draft)
        draft.effects.append(
            .service(.paymentInstructed(actor, cashAccount: target.map { accountID($0, draft) } ?? actor))
        )
    }
}

extension Rejection {
    /// What cannot be worked out: SRV-005 if it waits for an observation, else the rule that the caller names.
    static func notCalculated(_ failure: BondFailure, or code: RejectionCode) -> Rejection {
        if case .notYetObserved(let date) = failure { return Rejection(.amountNotKnown, (.date, .date(date))) }
        return Rejection(code, (.reason, .text("\(failure)")))
    }
}
