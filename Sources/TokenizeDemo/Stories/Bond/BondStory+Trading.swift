import Tokenize

/// Citizens buy from the dealers, and everybody trades: thousands of settlements, each signed by both sides.
extension BondStory {
    struct TradingReport: Encodable {
        let retailSettlementCount: Int
        let tradeCount: Int
        let tradedUnits: String
        let turnover: String
    }

    func trade() async throws -> TradingReport {
        console.chapter("Citizens buy, and a market begins")
        var generator = SeededGenerator(seed: scenario.trading.seed)
        var book = Book(story: self)
        let orders = (0..<citizens.count).map { book.retail(citizen: $0, &generator) }
        let money = orders.map { Quantity($0.payment.units.units + scenario.citizens.cashLeft.units) }
        let total = try await stage.handOut(cash, Array(zip(citizens, money)))
        console.done("Citizens brought \(currency.text(total)) to the ledger")
        try await stage.submit(
            orders.map(\.transaction),
            "citizens buy",
            done: "\(Amounts.count(orders.count, "citizen")) bought from dealers, delivery against payment"
        )
        var trades: [Book.Trade] = []
        for _ in 0..<scenario.trading.tradeCount {
            if let trade = book.trade(&generator) { trades.append(trade) }
        }
        try await stage.submit(
            trades.map(\.transaction),
            "trading",
            done: "\(Amounts.count(trades.count, "trade")) among citizens and dealers, each signed by both sides"
        )
        let volume = trades.reduce(UInt128(0)) { $0 + $1.delivery.units.units }
        let turnover = trades.reduce(UInt128(0)) { $0 + $1.payment.units.units }
        if volume > 0 {
            console.done(
                "\(Amounts.grouped(volume)) units changed hands for \(currency.text(Quantity(turnover))), at "
                    + "\(Amounts.grouped(scenario.trading.pricePerUnit.lowerBound)) to "
                    + "\(Amounts.grouped(scenario.trading.pricePerUnit.upperBound)) a unit"
            )
        }
        try await showHolders()
        return TradingReport(
            retailSettlementCount: orders.count,
            tradeCount: trades.count,
            tradedUnits: "\(volume)",
            turnover: "\(turnover)"
        )
    }

    private func showHolders() async throws {
        let (bonds, money) = try await stage.ledger.read { [bond, cash] in
            ($0.holdings(of: bond), $0.holdings(of: cash))
        }
        let units = Dictionary(uniqueKeysWithValues: bonds.map { ($0.account, $0.units.units) })
        let balances = Dictionary(uniqueKeysWithValues: money.map { ($0.account, $0.units.units) })
        var table = Table("holder", ">units", ">share", ">\(currency.code)")
        func add(_ name: String, _ accounts: [Participant]) {
            let held = accounts.reduce(UInt128(0)) { $0 + (units[$1.account] ?? 0) }
            let balance = accounts.reduce(UInt128(0)) { $0 + (balances[$1.account] ?? 0) }
            table.add(
                "\(name)",
                "\(Amounts.grouped(held))",
                "\(Amounts.share(held, of: scenario.units.units))",
                "\(currency.number(Quantity(balance)))"
            )
        }
        for dealer in dealers { add(dealer.name, [dealer]) }
        add(Amounts.count(citizens.count, "citizen"), citizens)
        add(stage.ministry.name, [stage.ministry])
        let outstanding = try await stage.record(of: bond).outstanding
        let issued = try await stage.record(of: cash).outstanding
        table.addSum("outstanding", "\(Amounts.grouped(outstanding))", "", "\(currency.number(issued))")
        console.show(table)
    }
}
