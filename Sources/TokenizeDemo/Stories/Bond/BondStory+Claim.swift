import Tokenize

/// A holder whose cash account is stopped by order: what is due to him waits, and reaches him when the order has lapsed.
extension BondStory {
    private static let orderRank: UInt16 = 2

    /// A holder, the account to which his money goes, and the last day on which an order stops it.
    struct StoppedAccount: Sendable {
        let holder: Participant
        let cashAccount: Participant
        let lastDate: CalendarDate
        let orderReference: String
    }

    struct ClaimReport: Encodable, Sendable {
        let holder: String
        let order: String
        let lastDate: String
        let amount: String
        let settledOn: String
        let attempts: [Attempt]
    }

    /// The regulator freezes a citizen's cash account, until a day after the first payment.
    func stopCashAccount() async throws -> StoppedAccount {
        console.chapter("A cash account is frozen")
        let holder = try await lastCitizenWithUnits()
        let account = try Participant(
            "\(holder.name), savings",
            holder.registration.holderClass,
            country: holder.registration.jurisdiction,
            party: holder.registration.party
        )
        try await stage.openAccount(account)
        try await stage.client(holder).instruct(cashAccount: account.account)
        let paymentDate = payments.first?.paymentDate ?? terms.issueDate
        let lastDate = paymentDate.adding(days: scenario.freeze.days) ?? paymentDate
        let order = try Document.order(
            scenario.freeze.order,
            document: scenario.freeze.document,
            on: .moneyLaundering
        )
        try await stage.regulator.encumber(
            Encumbering(
                target: .account(account.account),
                kind: .freeze,
                amount: .zero,
                rank: BondStory.orderRank,
                lastDate: lastDate,
                order: order
            )
        )
        console.say(
            "\(holder.name) has his money paid to a savings account. \(stage.institutions.regulator.name) freezes that "
                + "account: \(order.reference), rank \(BondStory.orderRank), until \(lastDate). The order lapses by "
                + "itself; nobody has to remember it."
        )
        return StoppedAccount(
            holder: holder,
            cashAccount: account,
            lastDate: lastDate,
            orderReference: order.reference
        )
    }

    private func lastCitizenWithUnits() async throws -> Participant {
        guard let due = payments.first else { throw DemoFailure("the bond pays nothing") }
        // The record point is there once the record date is over.
        try await stage.openDays(to: due.recordDate.adding(days: 1) ?? due.recordDate)
        let units = try await stage.ledger.read { [bond, citizens] state in
            citizens.map { state.units(of: bond, heldBy: $0.account, onRecord: due.recordDate) ?? .zero }
        }
        guard let index = units.lastIndex(where: { $0 > .zero }) else {
            throw DemoFailure("no citizen holds a bond after the trading: lower trading.tradeCount")
        }
        return citizens[index]
    }

    /// While the order stands the claim stays; the day after, it is paid.
    func settle(_ stopped: StoppedAccount, _ payments: [BondPayment], _ court: Case) async throws -> ClaimReport {
        console.chapter("Orders lapse, and the claim is paid")
        let claims = try await stage.ledger.read { [account = stopped.holder.account] in $0.claims(of: account) }
        let owed = claims.reduce(UInt128(0)) { $0 + $1.amount.units }
        let set = payments.reduce(UInt128(0)) { $0 + $1.claimed }
        guard owed == set else { throw DemoFailure("claims of \(owed) stand, and \(set) were set aside") }
        var attempts: [Attempt] = []
        if let claim = claims.first { attempts = try await refusals(claim, owed) }
        try await stage.openDays(to: stopped.lastDate.adding(days: 1) ?? stopped.lastDate)
        let before = try await stage.holding(cash, of: stopped.cashAccount).units
        for claim in claims { try await payingAgent.settleClaim(claim) }
        let after = try await stage.holding(cash, of: stopped.cashAccount).units
        let left = try await stage.ledger.read { $0.claims().count }
        guard after.subtracting(before)?.units == owed, left == 0 else {
            throw DemoFailure("the claim of \(owed) was not paid as it should")
        }
        let today = try await stage.businessDate()
        console.done(
            "\(stopped.orderReference) lapsed on \(stopped.lastDate). On \(today) \(stopped.holder.name) gets "
                + "\(currency.text(Quantity(owed))), all that waited for him, and no claim is left"
        )
        try await tellLapse(of: court)
        return ClaimReport(
            holder: "\(stopped.holder.account)",
            order: stopped.orderReference,
            lastDate: "\(stopped.lastDate)",
            amount: "\(owed)",
            settledOn: "\(today)",
            attempts: attempts
        )
    }

    /// What cannot be done with a claim while the order stands.
    private func refusals(_ claim: LedgerState.ClaimView, _ owed: UInt128) async throws -> [Attempt] {
        let attempts = [
            try await stage.refusal("the claim is paid while the account is frozen") { () throws(SubmissionError) in
                try await payingAgent.settleClaim(claim)
            },
            try await stage.refusal("the paying agent spends the money that waits") { () throws(SubmissionError) in
                try await stage.client(stage.payingAgent)
                    .transfer(Quantity(owed), of: cash, to: stage.ministry.account)
            },
        ]
        console.show(Attempt.table(attempts))
        return attempts
    }
}
