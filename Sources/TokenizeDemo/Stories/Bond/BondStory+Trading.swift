import Tokenize

/// Citizens buy from the dealers, and everybody trades, with the payment and without: each settlement is signed by both
/// sides.
extension BondStory {
    struct TradingReport: Encodable {
        let retailSettlementCount: Int
        let tradeCount: Int
        /// Of these, after the day from which a buyer does not get the payment.
        let exTradeCount: Int
        let tradedUnits: String
        let turnover: String
    }

    func trade() async throws -> TradingReport {
        console.chapter("Citizens buy, and a market begins")
        var generator = SeededGenerator(seed: scenario.trading.seed)
        var book = Book(story: self)
        let today = try await stage.businessDate()
        let orders = try (0..<citizens.count).map { try book.retail(citizen: $0, on: today, &generator) }
        let money = orders.map { Quantity($0.payment.units.units + scenario.citizens.cashLeft.units) }
        let total = try await stage.handOut(cash, Array(zip(citizens, money)))
        console.done("Citizens brought \(currency.text(total)) to the ledger")
        try await stage.submit(
            orders.map(\.transaction),
            "citizens buy",
            done: "\(Amounts.count(orders.count, "citizen")) bought from dealers at \(scenario.citizens.retailPrice), "
                + "delivery against payment"
        )
        let (cum, ex) = try await tradeAroundRecordDate(&book, &generator)
        let trades = cum + ex
        let volume = trades.reduce(UInt128(0)) { $0 + $1.delivery.units.units }
        let turnover = trades.reduce(UInt128(0)) { $0 + $1.payment.units.units }
        if volume > 0 {
            console.done(
                "\(Amounts.grouped(volume)) units changed hands for \(currency.text(Quantity(turnover))), at clean "
                    + "prices of \(scenario.trading.prices.lowerBound) to \(scenario.trading.prices.upperBound)"
            )
        }
        try await showHolders()
        return TradingReport(
            retailSettlementCount: orders.count,
            tradeCount: trades.count,
            exTradeCount: ex.count,
            tradedUnits: "\(volume)",
            turnover: "\(turnover)"
        )
    }

    /// Half of the trades on the record date of the first payment, the others on the ex date after it, if there is one.
    private func tradeAroundRecordDate(
        _ book: inout Book,
        _ generator: inout SeededGenerator
    ) async throws -> (cum: [Book.Trade], ex: [Book.Trade]) {
        guard let due = payments.first else { throw DemoFailure("the bond pays nothing") }
        let count = scenario.trading.tradeCount
        try await stage.openDays(to: due.recordDate)
        let exDate = due.exDate.flatMap { scenario.common.calendar.onOrAfter($0) }.flatMap { ex in
            ex < due.paymentDate ? ex : nil
        }
        let cum = try await trade(exDate == nil ? count : count / 2, &book, &generator)
        guard let exDate else { return (cum, []) }
        try await stage.openDays(to: exDate)
        let ex = try await trade(count - count / 2, &book, &generator)
        console.say(
            "Whoever holds at the end of \(due.recordDate) gets the payment of \(due.paymentDate). A buyer before pays "
                + "the seller the interest since the last one; a buyer after gets the rest back in the price."
        )
        var table = Table("on", "seller and buyer", ">units", ">clean", ">interest", ">paid", "payment to")
        for (trade, date, keeper) in [(cum.first, due.recordDate, "buyer"), (ex.first, exDate, "seller")] {
            guard let trade else { continue }
            table.add(
                "\(date)",
                "\(trade.seller.name), \(trade.buyer.name)",
                "\(Amounts.grouped(trade.invoice.units))",
                "\(trade.cleanPrice)",
                "\(try currency.number(exactly: trade.invoice.accrued, decimals: 2))",
                "\(currency.number(trade.invoice.total))",
                "\(keeper)"
            )
        }
        console.show(table)
        return (cum, ex)
    }

    private func trade(
        _ count: Int,
        _ book: inout Book,
        _ generator: inout SeededGenerator
    ) async throws -> [Book.Trade] {
        let today = try await stage.businessDate()
        var trades: [Book.Trade] = []
        for _ in 0..<count {
            if let trade = try book.trade(on: today, &generator) { trades.append(trade) }
        }
        try await stage.submit(
            trades.map(\.transaction),
            "trading",
            done: "\(Amounts.count(trades.count, "trade")) on \(today) among citizens and dealers, each signed by both "
                + "sides"
        )
        return trades
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
        for holder in dealers + investors { add(holder.name, [holder]) }
        add(Amounts.count(citizens.count, "citizen"), citizens)
        add(stage.ministry.name, [stage.ministry])
        let outstanding = try await stage.record(of: bond).outstanding
        let issued = try await stage.record(of: cash).outstanding
        table.addSum("outstanding", "\(Amounts.grouped(outstanding))", "", "\(currency.number(issued))")
        console.show(table)
    }
}
