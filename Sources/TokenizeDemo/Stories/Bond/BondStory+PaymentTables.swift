import Tokenize

/// A payment as people read it: by class of holder, and by holder.
extension BondStory {
    private static let sampleCount = 4

    func showClasses(_ payment: BondPayment) {
        let classes = Dictionary(
            (dealers + investors + citizens + [stage.ministry]).map { ($0.account, $0.registration.holderClass) },
            uniquingKeysWith: { one, _ in one }
        )
        var table = Table("class", ">holders", ">gross (\(currency.code))", ">rate", ">tax", ">net")
        for holderClass in HolderClass.allCases {
            let lines = payment.lines.filter { classes[$0.holder] == holderClass }
            guard !lines.isEmpty else { continue }
            let gross = lines.reduce(UInt128(0)) { $0 + $1.gross.units }
            let tax = lines.reduce(UInt128(0)) { $0 + $1.tax.units }
            table.add(
                "\(Attempt.words("\(holderClass)"))",
                "\(Amounts.grouped(lines.count))",
                "\(currency.number(Quantity(gross)))",
                "\(terms.tax.rate(of: holderClass).map { TermTable.percent($0) } ?? "")",
                "\(currency.number(Quantity(tax)))",
                "\(currency.number(Quantity(gross - tax)))"
            )
        }
        table.addSum(
            "sum",
            "\(Amounts.grouped(payment.lines.count))",
            "\(currency.number(Quantity(payment.gross)))",
            "",
            "\(currency.number(Quantity(payment.tax)))",
            "\(currency.number(Quantity(payment.gross - payment.tax)))"
        )
        console.show(table)
    }

    func showShares(_ payment: BondPayment) {
        let lines = Dictionary(payment.lines.map { ($0.holder, $0) }, uniquingKeysWith: { one, _ in one })
        var table = Table("holder of record", ">units", ">gross (\(currency.code))", ">tax", ">net")
        for holder in dealers + investors + citizens.prefix(BondStory.sampleCount) {
            guard let line = lines[holder.account] else { continue }
            table.add(
                "\(holder.name)",
                "\(Amounts.grouped(payment.units[holder.account] ?? .zero))",
                "\(currency.number(line.gross))",
                "\(currency.number(line.tax))",
                "\(currency.number(Quantity(line.net)))"
            )
        }
        console.show(table)
    }
}
