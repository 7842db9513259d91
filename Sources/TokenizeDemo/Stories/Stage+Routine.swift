import Tokenize

/// What happens in every story: accounts are opened, money is issued, days go by.
extension Stage {
    private static let openingsPerTransaction = TransactionLimits.operationCountMax / 2

    /// Registers people and opens their accounts.
    func open(_ participants: [Participant], _ done: String) async throws {
        var progress = Progress(console, "opening accounts", total: participants.count)
        let registrar = authority(AuthorityReference(.registrar), institutions.depository)
        for start in stride(from: 0, to: participants.count, by: Stage.openingsPerTransaction) {
            let part = participants[start..<min(start + Stage.openingsPerTransaction, participants.count)]
            try await registrar.submit(
                part.flatMap { participant -> [Act] in
                    [
                        .registerParty(participant.registration, under: registrar.reference),
                        .openAccount(participant.opening, under: registrar.reference),
                    ]
                }
            )
            progress.advance(to: start + part.count)
        }
        progress.finish(done)
    }

    /// Opens a further account of somebody who is registered.
    func openAccount(_ participant: Participant) async throws {
        try await authority(AuthorityReference(.registrar), institutions.depository).open([participant.opening])
    }

    /// Creates the money of the story; the central bank alone issues it.
    func createCash() async throws -> AssetID {
        guard let identification = AssetIdentification(.currency, terms.currency.code) else {
            throw DemoFailure("'\(terms.currency.code)' is not a currency code")
        }
        return try await authority(Institutions.moneyIssuer, centralBank).createAsset(
            nonce: 1,
            identification: identification,
            terms: .cash(CashTerms(currency: terms.currency.code, minorUnitDigits: terms.currency.minorUnitDigits)),
            charter: Charter(authorities: [CharterAuthority(.issuer, members: [centralBank.account])]),
            cap: .max
        )
    }

    func tellCash() {
        let currency = terms.currency
        console.done("Tokenized \(currency.name) (\(currency.code)): \(centralBank.name) alone issues it")
    }

    /// Issues money to one account.
    func issueCash(_ amount: Quantity, _ cash: AssetID, to recipient: Participant) async throws {
        guard amount > .zero else { return }
        try await authority(AuthorityReference(.issuer, asset: cash), centralBank)
            .issue(amount, of: cash, to: recipient.account)
    }

    /// Issues money and hands it out, many recipients to a transaction.
    func handOut(_ cash: AssetID, _ amounts: [(Participant, Quantity)]) async throws -> Quantity {
        let due = amounts.filter { $0.1 > .zero }
        let total = Quantity(due.reduce(UInt128(0)) { $0 + $1.1.units })
        try await issueCash(total, cash, to: centralBank)
        let bank = client(centralBank)
        for start in stride(from: 0, to: due.count, by: TransactionLimits.recipientCountMax) {
            let part = due[start..<min(start + TransactionLimits.recipientCountMax, due.count)]
            try await bank.transfer(
                of: cash,
                to: part.map { BatchTransfer.Leg(recipient: $0.0.account, units: $0.1) }
            )
        }
        return total
    }

    /// Moves what will be paid from the payer to the paying agent; the payer brings more money where he lacks some.
    func fundPayingAgent(_ amount: Quantity, _ cash: AssetID, from payer: Participant) async throws {
        guard amount > .zero else { return }
        let held = try await holding(cash, of: payer).available
        try await issueCash(amount.subtracting(held) ?? .zero, cash, to: payer)
        try await client(payer).transfer(amount, of: cash, to: payingAgent.account)
    }

    /// Opens every business day up to the one on or after `date`, each by a signed act of the operator.
    func openDays(to date: CalendarDate) async throws {
        let start = try await businessDate()
        guard let target = terms.calendar.onOrAfter(date), target > start else { return }
        var progress = Progress(console, "opening business days", total: target.days(since: start))
        let count = try await open(from: start, to: target) { progress.advance(to: $0.days(since: start)) }
        progress.finish("\(Amounts.count(count, "business day")) opened, up to \(target)")
    }

    /// The same without a word of it; returns how many were opened.
    func openDaysQuietly(to date: CalendarDate) async throws -> Int {
        let start = try await businessDate()
        guard let target = terms.calendar.onOrAfter(date), target > start else { return 0 }
        return try await open(from: start, to: target) { _ in }
    }

    private func open(
        from start: CalendarDate,
        to target: CalendarDate,
        _ opened: (CalendarDate) -> Void
    ) async throws -> Int {
        let bank = authority(AuthorityReference(.operator), centralBank)
        var day = start
        var count = 0
        while day < target, let next = terms.calendar.next(after: day) {
            clock.dawn(next)
            try await bank.openBusinessDay(next)
            day = next
            count += 1
            opened(day)
        }
        return count
    }
}
