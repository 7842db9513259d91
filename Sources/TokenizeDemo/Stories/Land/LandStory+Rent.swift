import Tokenize

/// The yearly rent, to every shareholder, to the last unit.
extension LandStory {
    func payRents() async throws -> [Payout] {
        guard !scenario.rents.isEmpty else { return [] }
        console.chapter("The yearly rent")
        console.say("\(tenant.name) farms the land and pays rent; every shareholder gets his part of it.")
        var rents: [Payout] = []
        for terms in scenario.rents {
            try await stage.openDays(to: terms.date)
            let document = "\(terms.notice): \(terms.amount) \(currency.code)"
            let order = try Document.order(terms.notice, document: document)
            let rent = try await stage.distribute(terms.amount, of: cash, to: shares, from: tenant, order)
            if rents.isEmpty { show(rent) }
            rents.append(rent)
        }
        var table = Table("rent", "paid on", ">holders", ">declared (\(currency.code))", ">paid (\(currency.code))")
        for rent in rents {
            table.add(
                "\(rent.reference)",
                "\(rent.date)",
                "\(Amounts.grouped(rent.holderCount))",
                "\(currency.number(rent.declared))",
                "\(currency.number(rent.sharesSum))"
            )
        }
        console.show(table)
        return rents
    }

    private func show(_ rent: Payout) {
        var table = Table("shareholder", ">shares", ">part of the rent (\(currency.code))")
        for holder in buyers + [stage.ministry] {
            guard let units = rent.units[holder.account] else { continue }
            table.add(
                "\(holder.name)",
                "\(Amounts.grouped(units))",
                "\(currency.number(rent.shares[holder.account] ?? .zero))"
            )
        }
        let held = rent.units.values.reduce(UInt128(0)) { $0 + $1.units }
        table.addSum(
            "sum (\(rent.reference))",
            "\(Amounts.grouped(held))",
            "\(currency.number(rent.sharesSum))"
        )
        console.show(table)
        if let sentence = rent.rounding.sentence { console.say(sentence) }
    }
}
