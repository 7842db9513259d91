import Tokenize

/// What a story plans to trade: it keeps count of what everybody will have, so that nothing is refused by accident.
struct Book {
    /// One settlement between a seller and a buyer, at a clean price and the accrued interest of the day.
    struct Trade: Sendable {
        let seller: Participant
        let buyer: Participant
        let cleanPrice: BondDecimal
        let invoice: BondInvoice
        let delivery: Settlement.Side
        let payment: Settlement.Side

        var transaction: PlannedTransaction {
            PlannedTransaction(
                operations: [Operation(.settle(Settlement(buyer: 1, delivery: delivery, payment: payment)))],
                principals: [seller, buyer]
            )
        }
    }

    private static let searchCountMax = 50
    /// A hundredth of a price, in units of 10^-12.
    private static let tick: Int64 = 10_000_000_000

    private let story: BondStory
    private let traders: [Participant]
    private let lot: UInt128
    private var units: [UInt128]
    private var cash: [UInt128]

    /// The book after the issue: dealers hold the bond, citizens nothing yet. Investors keep what they have.
    init(story: BondStory) {
        self.story = story
        traders = story.dealers + story.citizens
        lot = story.terms.denomination.lot.units
        units = story.scenario.dealers.map(\.units.units) + [UInt128](repeating: 0, count: story.citizens.count)
        cash = [UInt128](repeating: 0, count: traders.count)
    }

    /// A citizen's first purchase, from a dealer who is found the more often the more he has left.
    mutating func retail(
        citizen: Int,
        on date: CalendarDate,
        _ generator: inout SeededGenerator
    ) throws -> Trade {
        let wish = UInt128(UInt64.random(in: story.scenario.citizens.units, using: &generator))
        let seller = dealer(&generator)
        let invoice = try story.schedule.invoice(
            for: Quantity(min(wish / lot * lot, units[seller])),
            cleanPrice: story.scenario.citizens.retailPrice,
            settlement: date
        )
        let buyer = story.dealers.count + citizen
        cash[buyer] = story.scenario.citizens.cashLeft.units + invoice.total.units
        return settle(seller: seller, buyer: buyer, story.scenario.citizens.retailPrice, invoice)
    }

    private func dealer(_ generator: inout SeededGenerator) -> Int {
        let stock = story.dealers.indices.map { units[$0] }
        var place = UInt128(UInt64.random(in: 0..<UInt64(max(stock.reduce(0, +), 1)), using: &generator))
        for (index, left) in stock.enumerated() {
            if place < left { return index }
            place -= left
        }
        return 0
    }

    /// A trade between two who can make it, drawn at random; nil if none was found.
    mutating func trade(on date: CalendarDate, _ generator: inout SeededGenerator) throws -> Trade? {
        for _ in 0..<Book.searchCountMax {
            let seller = Int.random(in: traders.indices, using: &generator)
            let buyer = Int.random(in: traders.indices, using: &generator)
            let price = price(&generator)
            guard seller != buyer, units[seller] >= lot else { continue }
            let one = try story.schedule.invoice(for: Quantity(lot), cleanPrice: price, settlement: date).total.units
            // A kip more for each lot is more than rounding can make of them together.
            let affordable = cash[buyer] / (one + 1)
            let most = min(UInt128(story.scenario.trading.unitsMax) / lot, units[seller] / lot, affordable)
            guard most > 0 else { continue }
            let lots = UInt128(UInt64.random(in: 1...UInt64(most), using: &generator))
            let invoice = try story.schedule.invoice(for: Quantity(lots * lot), cleanPrice: price, settlement: date)
            return settle(seller: seller, buyer: buyer, price, invoice)
        }
        return nil
    }

    private func price(_ generator: inout SeededGenerator) -> BondDecimal {
        let prices = story.scenario.trading.prices
        let ticks = (prices.upperBound.units - prices.lowerBound.units) / Book.tick
        let units = prices.lowerBound.units + Int64.random(in: 0...ticks, using: &generator) * Book.tick
        return BondDecimal(units: units) ?? prices.lowerBound
    }

    private mutating func settle(
        seller: Int,
        buyer: Int,
        _ price: BondDecimal,
        _ invoice: BondInvoice
    ) -> Trade {
        units[seller] -= invoice.units.units
        units[buyer] += invoice.units.units
        cash[buyer] -= invoice.total.units
        cash[seller] += invoice.total.units
        return Trade(
            seller: traders[seller],
            buyer: traders[buyer],
            cleanPrice: price,
            invoice: invoice,
            delivery: Settlement.Side(asset: story.bond, units: invoice.units),
            payment: Settlement.Side(asset: story.cash, units: invoice.total)
        )
    }
}
