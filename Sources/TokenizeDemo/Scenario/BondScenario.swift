import Tokenize

/// The terms of the bond story.
struct BondScenario: Sendable {
    struct Dealer: Sendable {
        let name: String
        let units: Quantity
    }

    let common: CommonTerms
    let name: String
    let identification: AssetIdentification
    let faceUnit: Quantity
    let units: Quantity
    let issuePricePerUnit: Quantity
    let couponRateBasisPoints: UInt32
    let couponsPerYear: UInt32
    let issueDate: CalendarDate
    let maturityDate: CalendarDate
    let dealers: [Dealer]
    let citizens: Citizens
    let trading: Trading
    let court: Court

    struct Citizens: Sendable {
        let count: Int
        let units: ClosedRange<UInt64>
        let retailPricePerUnit: Quantity
        let cashLeft: Quantity
    }

    struct Trading: Sendable {
        let tradeCount: Int
        let unitsMax: UInt64
        let pricePerUnit: ClosedRange<UInt64>
        let seed: UInt64
    }

    struct Court: Sendable {
        let order: String
        let document: String
        let frozenPercent: UInt128
        let movedPercent: UInt128
    }

    init(_ field: ScenarioField) throws(ScenarioFailure) {
        let scenario = try field.object(CommonTerms.fieldNames + ["bond", "dealers", "citizens", "trading", "court"])
        common = try CommonTerms(scenario)
        let bond = try scenario("bond").object([
            "name", "isin", "faceUnit", "units", "issuePricePerUnit", "couponRateBasisPoints", "couponsPerYear",
            "issueDate", "maturityDate",
        ])
        name = try bond("name").text()
        identification = try BondScenario.isin(try bond("isin"))
        faceUnit = try bond("faceUnit").quantity(1...ScenarioLimits.unitsMax)
        units = try bond("units").quantity(1...ScenarioLimits.unitsMax)
        issuePricePerUnit = try bond("issuePricePerUnit").quantity(1...ScenarioLimits.unitsMax)
        couponRateBasisPoints = UInt32(try bond("couponRateBasisPoints").integer(1...100_000))
        couponsPerYear = try bond("couponsPerYear").couponsPerYear()
        issueDate = try bond("issueDate").date()
        maturityDate = try bond("maturityDate").date()
        dealers = try BondScenario.dealers(try scenario("dealers"), total: units)
        citizens = try Citizens(try scenario("citizens"), total: units)
        trading = try Trading(try scenario("trading"))
        court = try Court(try scenario("court"))
        try requireDates(bond)
    }

    /// The dates on which coupons fall due, before any business day convention.
    var couponDates: [CalendarDate] {
        let months = 12 / Int(couponsPerYear)
        return (1...1_200).lazy.compactMap { issueDate.adding(months: $0 * months) }
            .prefix { $0 <= maturityDate }.map { $0 }
    }

    private func requireDates(_ bond: ScenarioObject) throws(ScenarioFailure) {
        let issue = try bond("issueDate")
        guard issueDate >= common.calendar.first else { throw issue.failure("is before ledger.firstBusinessDate") }
        guard common.calendar.isBusinessDay(issueDate) else {
            throw issue.failure("\(issueDate) is a weekend day or a holiday")
        }
        let maturity = try bond("maturityDate")
        guard couponDates.last == maturityDate else {
            throw maturity.failure("must be a whole number of coupon periods after issueDate")
        }
        try common.requireReachable(maturityDate, maturity)
    }

    private static func isin(_ field: ScenarioField) throws(ScenarioFailure) -> AssetIdentification {
        let text = try field.text()
        if let isin = AssetIdentification(.isin, text) { return isin }
        let right = "0123456789".compactMap { AssetIdentification(.isin, text.dropLast() + String($0)) }.first
        throw field.failure(
            right.map { "the check digit of '\(text)' is wrong; it would be '\($0.value)'" }
                ?? "must be an ISIN (two letters, nine letters or digits, a check digit), and is '\(text)'"
        )
    }

    private static func dealers(
        _ field: ScenarioField,
        total: Quantity
    ) throws(ScenarioFailure) -> [Dealer] {
        var dealers: [Dealer] = []
        var sum: UInt128 = 0
        for element in try field.array(maximum: ScenarioLimits.participantCountMax) {
            let dealer = try element.object(["name", "units"])
            dealers.append(
                Dealer(
                    name: try dealer("name").text(),
                    units: try dealer("units").quantity(1...ScenarioLimits.unitsMax)
                )
            )
            sum += dealers[dealers.count - 1].units.units
        }
        guard sum == total.units else {
            throw field.failure("the units add up to \(sum), and bond.units is \(total)")
        }
        return dealers
    }
}

extension ScenarioField {
    fileprivate func couponsPerYear() throws(ScenarioFailure) -> UInt32 {
        let number = try integer(1...12)
        guard [1, 2, 4, 12].contains(number) else { throw failure("must be 1, 2, 4 or 12, and is \(number)") }
        return UInt32(number)
    }
}

extension BondScenario.Citizens {
    fileprivate init(_ field: ScenarioField, total: Quantity) throws(ScenarioFailure) {
        let citizens = try field.object(["count", "unitsMin", "unitsMax", "retailPricePerUnit", "cashLeft"])
        count = Int(try citizens("count").integer(2...ScenarioLimits.citizenCountMax))
        let minimum = try citizens("unitsMin").integer(1...ScenarioLimits.unitsMax)
        let maximum = try citizens("unitsMax")
        units = UInt64(minimum)...UInt64(try maximum.integer(minimum...ScenarioLimits.unitsMax))
        guard UInt128(units.upperBound) * UInt128(count) <= total.units else {
            throw maximum.failure("times citizens.count is more than bond.units, \(total)")
        }
        retailPricePerUnit = try citizens("retailPricePerUnit").quantity(1...ScenarioLimits.unitsMax)
        cashLeft = try citizens("cashLeft").quantity(0...ScenarioLimits.amountMax)
    }
}

extension BondScenario.Trading {
    fileprivate init(_ field: ScenarioField) throws(ScenarioFailure) {
        let trading = try field.object(["tradeCount", "unitsMax", "pricePerUnitMin", "pricePerUnitMax", "seed"])
        tradeCount = Int(try trading("tradeCount").integer(0...ScenarioLimits.tradeCountMax))
        unitsMax = UInt64(try trading("unitsMax").integer(1...ScenarioLimits.unitsMax))
        let minimum = try trading("pricePerUnitMin").integer(1...ScenarioLimits.unitsMax)
        let maximum = try trading("pricePerUnitMax").integer(minimum...ScenarioLimits.unitsMax)
        pricePerUnit = UInt64(minimum)...UInt64(maximum)
        seed = UInt64(try trading("seed").integer(0...Int64.max))
    }
}

extension BondScenario.Court {
    fileprivate init(_ field: ScenarioField) throws(ScenarioFailure) {
        let court = try field.object(["order", "document", "frozenPercent", "movedPercent"])
        order = try court("order").text(byteCountMax: TransactionLimits.referenceByteCountMax)
        document = try court("document").text(byteCountMax: 4_096)
        let frozen = try court("frozenPercent").integer(2...99)
        frozenPercent = UInt128(frozen)
        movedPercent = UInt128(try court("movedPercent").integer(1...frozen))
    }
}
