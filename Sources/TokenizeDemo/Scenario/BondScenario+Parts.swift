import Tokenize

extension BondScenario.Citizens {
    init(_ field: ScenarioField, atDealers: UInt128) throws(ScenarioFailure) {
        let citizens = try field.object(["count", "unitsMin", "unitsMax", "retailPrice", "cashLeft"])
        // A creditor, a debtor, one whose account is frozen, and somebody else.
        count = Int(try citizens("count").integer(4...ScenarioLimits.citizenCountMax))
        let minimum = try citizens("unitsMin").integer(1...ScenarioLimits.unitsMax)
        let maximum = try citizens("unitsMax")
        units = UInt64(minimum)...UInt64(try maximum.integer(minimum...ScenarioLimits.unitsMax))
        guard UInt128(units.upperBound) * UInt128(count) <= atDealers else {
            throw maximum.failure("times citizens.count is more than the dealers take, \(atDealers)")
        }
        retailPrice = try citizens("retailPrice").price()
        cashLeft = try citizens("cashLeft").quantity(0...ScenarioLimits.amountMax)
    }
}

extension BondScenario.Trading {
    init(_ field: ScenarioField) throws(ScenarioFailure) {
        let trading = try field.object(["tradeCount", "unitsMax", "priceMin", "priceMax", "seed"])
        tradeCount = Int(try trading("tradeCount").integer(0...ScenarioLimits.tradeCountMax))
        unitsMax = UInt64(try trading("unitsMax").integer(1...ScenarioLimits.unitsMax))
        let minimum = try trading("priceMin").price()
        let maximum = try trading("priceMax")
        let highest = try maximum.price()
        guard minimum <= highest else { throw maximum.failure("is below trading.priceMin") }
        prices = minimum...highest
        seed = UInt64(try trading("seed").integer(0...Int64.max))
    }
}

extension BondScenario.Freeze {
    init(_ field: ScenarioField) throws(ScenarioFailure) {
        let freeze = try field.object(["order", "document", "days"])
        order = try freeze("order").text(byteCountMax: TransactionLimits.referenceByteCountMax)
        document = try freeze("document").text(byteCountMax: 4_096)
        days = Int(try freeze("days").integer(1...366))
    }
}

extension BondScenario.Court {
    init(_ field: ScenarioField) throws(ScenarioFailure) {
        let court = try field.object(["order", "document", "frozenPercent", "movedPercent"])
        order = try court("order").text(byteCountMax: TransactionLimits.referenceByteCountMax)
        document = try court("document").text(byteCountMax: 4_096)
        let frozen = try court("frozenPercent").integer(2...99)
        frozenPercent = UInt128(frozen)
        movedPercent = UInt128(try court("movedPercent").integer(1...frozen))
    }
}
