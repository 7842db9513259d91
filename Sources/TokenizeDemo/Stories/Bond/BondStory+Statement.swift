import Tokenize

/// The books at the end: a holder's statement, the treasury's, and what flowed.
extension BondStory {
    struct StatementReport: Encodable {
        let holder: String
        let lineCount: Int
        let gross: String
        let tax: String
        let net: String
        /// What all holders were withheld, as the log tells it.
        let withheld: String
        /// What the ledger's state says was remitted.
        let remitted: String
        /// What lies in the treasury's account.
        let treasury: String
        let eventOfDefaultCount: Int
    }

    func giveStatements(
        of holder: Participant,
        _ payments: [BondPayment],
        raised: Quantity
    ) async throws -> StatementReport {
        console.chapter("The books agree")
        let statement = try await stage.ledger.statement(of: holder.account, asset: bond)
        let sums = try await PaymentSums(of: bond, in: stage.ledger)
        try require(statement, sums, payments)
        try await show(statement, of: holder)
        let (remitted, inTreasury) = try await remit(sums, payments)
        let net = statement.gross.subtracting(statement.tax) ?? .zero
        console.done(
            "The statement of \(holder.name) and the treasury's table come from the same payments: "
                + "\(currency.text(remitted)) were withheld from \(Amounts.count(sums.byHolder.count, "holder")), and as "
                + "much lies in the account of \(treasury.name)"
        )
        guard sums.eventOfDefaultCount == 0 else { throw DemoFailure("the ledger tells of a default") }
        console.done("No payment was late: the log holds no event of default")
        try showFlows(payments, raised: raised)
        return StatementReport(
            holder: "\(holder.account)",
            lineCount: statement.lines.count,
            gross: "\(statement.gross)",
            tax: "\(statement.tax)",
            net: "\(net)",
            withheld: "\(sums.byHolder.values.reduce(UInt128(0)) { $0 + $1.tax })",
            remitted: "\(remitted)",
            treasury: "\(inTreasury)",
            eventOfDefaultCount: sums.eventOfDefaultCount
        )
    }

    /// The statement says what the payments say, and what the log's sums say.
    private func require(
        _ statement: HolderStatement,
        _ sums: PaymentSums,
        _ payments: [BondPayment]
    ) throws(DemoFailure) {
        let lines = payments.flatMap { payment in
            payment.lines.filter { $0.holder == statement.holder }.map { (payment.due.id, $0) }
        }
        let isSame =
            lines.count == statement.lines.count
            && zip(lines, statement.lines).allSatisfy { line, stated in
                line.0 == stated.due && line.1.gross == stated.gross && line.1.tax == stated.tax
                    && line.1.isClaim == stated.isClaim
            }
        let sum = sums.byHolder[statement.holder] ?? (0, 0)
        guard isSame, sum == (statement.gross.units, statement.tax.units) else {
            throw DemoFailure("the statement does not say what was paid")
        }
    }

    private func show(_ statement: HolderStatement, of holder: Participant) async throws {
        console.say("Statement of \(holder.name), read from the log:")
        var table = Table("due", ">gross (\(currency.code))", ">tax", ">net", "")
        for line in statement.lines {
            table.add(
                "\(line.due)",
                "\(currency.number(line.gross))",
                "\(currency.number(line.tax))",
                "\(currency.number(line.net))",
                "\(line.isClaim ? "set aside, paid later" : "paid")"
            )
        }
        table.addSum(
            "sum",
            "\(currency.number(statement.gross))",
            "\(currency.number(statement.tax))",
            "\(currency.number(statement.gross.subtracting(statement.tax) ?? .zero))",
            ""
        )
        console.show(table)
    }

    /// What was withheld by the log, what was remitted by the state, and what the treasury has: the same, for each due.
    private func remit(
        _ sums: PaymentSums,
        _ payments: [BondPayment]
    ) async throws -> (remitted: Quantity, inTreasury: Quantity) {
        let remittances = try await stage.ledger.read { [bond] in $0.remittances(of: bond) }
        let inTreasury = try await stage.holding(cash, of: treasury).units
        var table = Table("due", "remitted on", ">declared (\(currency.code))", ">withheld", ">remitted")
        var remitted: UInt128 = 0
        for remittance in remittances {
            guard sums.tax[remittance.due] == remittance.tax.units else {
                throw DemoFailure("\(remittance.due): the tax that was withheld is not the tax that was remitted")
            }
            remitted += remittance.tax.units
            table.add(
                "\(remittance.due)",
                "\(remittance.date)",
                "\(currency.number(remittance.declared))",
                "\(currency.number(Quantity(sums.tax[remittance.due] ?? 0)))",
                "\(currency.number(remittance.tax))"
            )
        }
        let withheld = sums.tax.values.reduce(0, +)
        guard withheld == remitted, inTreasury.units == remitted,
            payments.reduce(UInt128(0), { $0 + $1.tax }) == remitted
        else { throw DemoFailure("\(withheld) was withheld, \(remitted) remitted, and \(inTreasury) has arrived") }
        let declared = remittances.reduce(UInt128(0)) { $0 + $1.declared.units }
        table.addSum(
            "sum",
            "",
            "\(currency.number(Quantity(declared)))",
            "\(currency.number(Quantity(withheld)))",
            "\(currency.number(Quantity(remitted)))"
        )
        console.say("Remittances to \(treasury.name):")
        console.show(table)
        return (Quantity(remitted), inTreasury)
    }

    private func showFlows(_ payments: [BondPayment], raised: Quantity) throws {
        let paid = payments.map { (date: $0.date, amount: -Ratio($0.declared.units)) }
        let chart = try FlowChart([(date: terms.issueDate, amount: Ratio(raised.units))] + paid)
        let span = chart.isByYear ? ", a bar a year" : ""
        console.say(
            "What \(stage.ministry.name) received (►) and paid (◄)\(span); the length is the square root of the amount:"
        )
        console.skipLine()
        for line in chart.lines { console.quote(line) }
        console.skipLine()
        let interest = payments.filter { $0.due.id.kind == .coupon }.reduce(UInt128(0)) { $0 + $1.gross }
        console.say("Raised \(currency.text(raised)), paid \(currency.text(Quantity(interest))) of interest.")
    }
}
