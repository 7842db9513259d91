import Tokenize

/// What the terms promise, paid to every holder of record, less what is withheld.
extension BondStory {
    /// Everything that is paid, in order.
    var payments: [BondDue] { schedule.dues.filter { $0.id.kind != .capitalisation && $0.id.kind != .put } }

    /// The dues of the first payment day.
    func payFirst(_ stopped: StoppedAccount) async throws -> [BondPayment] {
        console.chapter("The first payment")
        let day = payments.first?.paymentDate
        try await stage.openDays(to: day ?? terms.issueDate)
        var paid: [BondPayment] = []
        for due in payments where due.paymentDate == day { paid.append(try await pay(due)) }
        guard let first = paid.first else { throw DemoFailure("the bond pays nothing") }
        let perUnit = try currency.number(exactly: first.due.amount?.perUnit ?? .zero, decimals: 6)
        console.say(
            "\(first.name): \(currency.code) \(perUnit) on a unit, \(currency.text(first.declared)) on all. Tax is "
                + "withheld by the class of the holder, and goes to \(treasury.name) in the same transaction."
        )
        showClasses(first)
        showShares(first)
        console.done(
            "\(Amounts.count(first.units.count, "holder")) in one transaction; every balance rose by its share less "
                + "tax, and gross adds up to the declared sum"
        )
        for payment in paid.dropFirst() {
            console.done(
                "\(payment.name), of the same day: \(currency.text(payment.declared)) to "
                    + "\(Amounts.count(payment.units.count, "holder")), of which \(currency.text(Quantity(payment.tax))) tax"
            )
        }
        try await tellRecordDate(first)
        let gross = Dictionary(first.lines.map { ($0.holder, $0.gross) }, uniquingKeysWith: { one, _ in one })
        let rounding = ShareRounding(of: gross, by: first.units, total: first.declared)
        if let sentence = rounding.sentence { console.say(sentence) }
        let claimed = paid.reduce(UInt128(0)) { $0 + $1.claimed }
        if claimed > 0 {
            console.done(
                "\(stopped.holder.name) could not be paid: \(currency.text(Quantity(claimed))) wait as a claim, "
                    + "and nobody else was held up"
            )
        }
        let again = try await stage.refusal("the same payment is made again") { () throws(SubmissionError) in
            try await payingAgent.payDue(first.due.id, of: bond)
        }
        console.show(Attempt.table([again]))
        return paid
    }

    /// Who sold or bought after the record date is paid on what he held at its end.
    private func tellRecordDate(_ payment: BondPayment) async throws {
        let holdings = try await stage.ledger.read { [bond] in $0.holdings(of: bond) }
        let today = Dictionary(holdings.map { ($0.account, $0.units) }, uniquingKeysWith: { one, _ in one })
        let changed = Set(today.keys).union(payment.units.keys)
            .count { (today[$0] ?? .zero) != (payment.units[$0] ?? .zero) }
        guard changed > 0 else { return }
        console.done(
            "\(Amounts.count(changed, "account")) traded since: each is paid on what it held at the end of "
                + "\(payment.due.recordDate), and not on what it holds today"
        )
    }

    /// What is paid between the first day and the last due, each on its day.
    func payLater() async throws -> [BondPayment] {
        console.chapter("The years until maturity")
        let first = payments.first?.paymentDate ?? terms.issueDate
        let dues = payments.dropLast().filter { $0.paymentDate > first }
        var paid: [BondPayment] = []
        var progress = Progress(console, "paying", total: dues.count)
        var dayCount = 0
        for due in dues {
            dayCount += try await stage.openDaysQuietly(to: due.paymentDate)
            paid.append(try await pay(due))
            progress.advance(to: paid.count)
        }
        progress.finish(
            "\(Amounts.count(dayCount, "business day")) opened and \(Amounts.count(paid.count, "due", plural: "dues")) "
                + "paid, each on its day"
        )
        var table = Table("due", "paid on", ">holders", ">gross (\(currency.code))", ">tax", ">net")
        for payment in paid {
            table.add(
                "\(payment.name)",
                "\(payment.date)",
                "\(Amounts.grouped(payment.units.count))",
                "\(currency.number(Quantity(payment.gross)))",
                "\(currency.number(Quantity(payment.tax)))",
                "\(currency.number(Quantity(payment.paidNet)))"
            )
        }
        if !paid.isEmpty { console.show(table) }
        return paid
    }

    /// Pays one due on its day, and checks every share and every balance.
    func pay(_ due: BondDue) async throws -> BondPayment {
        let outstanding = try await stage.record(of: bond).outstanding
        let declared = try due.total(on: outstanding, terms.rounding)
        try await stage.fundPayingAgent(declared, cash, from: stage.ministry)
        let units = try await unitsOfRecord(on: due.recordDate)
        let before = try await balances()
        let receipt = try await payingAgent.payDue(due.id, of: bond)
        let after = try await balances()
        let payment = BondPayment(
            due: due,
            date: try await stage.businessDate(),
            declared: declared,
            lines: try await stage.effects(of: receipt).compactMap { BondPayment.Line($0, of: bond) },
            units: units
        )
        try payment.requireSums()
        let changes = after.merging(before.mapValues { -$0 }, uniquingKeysWith: +).filter { $0.value != 0 }
        guard changes == payment.changes(payer: stage.payingAgent.account, treasury: treasury.account) else {
            throw DemoFailure("\(payment.name): a balance did not change by what was paid")
        }
        return payment
    }

    private func unitsOfRecord(on date: CalendarDate) async throws -> [AccountID: Quantity] {
        try await stage.ledger.read { [bond] state in
            var units: [AccountID: Quantity] = [:]
            for account in state.accountIDs {
                if let held = state.units(of: bond, heldBy: account, onRecord: date), held > .zero {
                    units[account] = held
                }
            }
            return units
        }
    }

    private func balances() async throws -> [AccountID: Int128] {
        let holdings = try await stage.ledger.read { [cash] in $0.holdings(of: cash) }
        return Dictionary(holdings.map { ($0.account, Int128($0.units.units)) }, uniquingKeysWith: +)
    }
}
