import Tokenize

/// What a story plans to trade: it keeps count of what everybody will have, so that nothing is refused by accident.
struct Book {
    /// One settlement between a seller and a buyer.
    struct Trade: Sendable {
        let seller: Participant
        let buyer: Participant
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

    private let story: BondStory
    private let traders: [Participant]
    private var units: [UInt128]
    private var cash: [UInt128]

    /// The book after the issue: dealers hold the bond, citizens nothing yet.
    init(story: BondStory) {
        self.story = story
        traders = story.dealers + story.citizens
        units = story.scenario.dealers.map(\.units.units) + [UInt128](repeating: 0, count: story.citizens.count)
        cash = [UInt128](repeating: 0, count: traders.count)
    }

    /// A citizen's first purchase, from a dealer who is found the more often the more he has left.
    mutating func retail(
        citizen: Int,
        _ generator: inout SeededGenerator
    ) -> Trade {
        let range = story.scenario.citizens.units
        let wish = UInt128(UInt64.random(in: range, using: &generator))
        let seller = dealer(&generator)
        let count = min(wish, units[seller])
        let price = story.scenario.citizens.retailPricePerUnit.units
        let buyer = story.dealers.count + citizen
        cash[buyer] = story.scenario.citizens.cashLeft.units + count * price
        return settle(seller: seller, buyer: buyer, count: count, price: price)
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
    mutating func trade(_ generator: inout SeededGenerator) -> Trade? {
        for _ in 0..<Book.searchCountMax {
            let seller = Int.random(in: traders.indices, using: &generator)
            let buyer = Int.random(in: traders.indices, using: &generator)
            let price = UInt128(UInt64.random(in: story.scenario.trading.pricePerUnit, using: &generator))
            let most = min(UInt128(story.scenario.trading.unitsMax), units[seller], cash[buyer] / price)
            guard seller != buyer, most > 0 else { continue }
            let count = UInt128(UInt64.random(in: 1...UInt64(most), using: &generator))
            return settle(seller: seller, buyer: buyer, count: count, price: price)
        }
        return nil
    }

    private mutating func settle(seller: Int, buyer: Int, count: UInt128, price: UInt128) -> Trade {
        units[seller] -= count
        units[buyer] += count
        cash[buyer] -= count * price
        cash[seller] += count * price
        return Trade(
            seller: traders[seller],
            buyer: traders[buyer],
            delivery: Settlement.Side(asset: story.bond, units: Quantity(count)),
            payment: Settlement.Side(asset: story.cash, units: Quantity(count * price))
        )
    }
}
