import Tokenize

/// The terms of the bond story: a term sheet, and who does what with the bond.
struct BondScenario: Sendable {
    /// Who takes the bond up when it is issued.
    struct Subscriber: Sendable {
        let name: String
        let holderClass: HolderClass
        let country: CountryCode
        let units: Quantity
    }

    let common: CommonTerms
    let name: String
    let units: Quantity
    /// For each 100, at which the ministry sells.
    let cleanPrice: BondDecimal
    let treasury: String
    /// Dealers sell on to citizens; investors keep what they take.
    let dealers: [Subscriber]
    let investors: [Subscriber]
    let citizens: Citizens
    let trading: Trading
    let freeze: Freeze
    let court: Court
    /// What the term sheet says, before the ledger knows its cash and accounts.
    let sheet: TermSheet

    struct Citizens: Sendable {
        let count: Int
        let units: ClosedRange<UInt64>
        let retailPrice: BondDecimal
        let cashLeft: Quantity
    }

    struct Trading: Sendable {
        let tradeCount: Int
        let unitsMax: UInt64
        let prices: ClosedRange<BondDecimal>
        let seed: UInt64
    }

    /// The regulator's order that stops one holder's cash account when the first payment is made.
    struct Freeze: Sendable {
        let order: String
        let document: String
        /// Days after the first payment on which it still stands.
        let days: Int
    }

    struct Court: Sendable {
        let order: String
        let document: String
        let frozenPercent: UInt128
        let movedPercent: UInt128
    }

    init(_ field: ScenarioField, _ termSheets: TermSheetSource) throws(ScenarioFailure) {
        let scenario = try field.object(
            CommonTerms.fieldNames + ["bond", "dealers", "investors", "citizens", "trading", "freeze", "court"]
        )
        common = try CommonTerms(scenario)
        let bond = try scenario("bond").object(["name", "termSheet", "units", "cleanPrice", "treasury"])
        name = try bond("name").text()
        units = try bond("units").quantity(1...ScenarioLimits.unitsMax)
        cleanPrice = try bond("cleanPrice").price()
        treasury = try bond("treasury").text()
        let country = common.country
        dealers = try scenario("dealers").list { element throws(ScenarioFailure) in
            let dealer = try element.object(["name", "units"])
            return Subscriber(
                name: try dealer("name").text(),
                holderClass: .financialInstitution,
                country: country,
                units: try dealer("units").quantity(1...ScenarioLimits.unitsMax)
            )
        }
        investors = try scenario("investors").list { element throws(ScenarioFailure) in
            let investor = try element.object(["name", "class", "country", "units"])
            return Subscriber(
                name: try investor("name").text(),
                holderClass: try investor("class").holderClass(),
                country: try investor("country").country(),
                units: try investor("units").quantity(1...ScenarioLimits.unitsMax)
            )
        }
        let atDealers = dealers.reduce(UInt128(0)) { $0 + $1.units.units }
        citizens = try Citizens(try scenario("citizens"), atDealers: atDealers)
        trading = try Trading(try scenario("trading"))
        freeze = try Freeze(try scenario("freeze"))
        court = try Court(try scenario("court"))
        let sheetField = try bond("termSheet")
        sheet = try TermSheet(sheetField, try termSheets(sheetField), common)
        try requireSizes(scenario, atDealers: atDealers)
        try requireAmounts(sheetField)
        try requireDates(scenario, sheetField)
    }

    /// Subscriptions add up to the issue, and are of sizes that the term sheet admits.
    private func requireSizes(_ scenario: ScenarioObject, atDealers: UInt128) throws(ScenarioFailure) {
        let sum = investors.reduce(atDealers) { $0 + $1.units.units }
        guard sum == units.units else {
            throw try scenario("dealers").failure(
                "the units of dealers and investors add up to \(sum), and bond.units is \(units)"
            )
        }
        let denomination = sheet.terms.denomination
        for subscriber in dealers + investors where !denomination.admits(subscription: subscriber.units) {
            throw try scenario("dealers").failure(
                "the term sheet admits no subscription of \(subscriber.units) units, as of \(subscriber.name)"
            )
        }
        let lot = denomination.lot
        guard citizens.units.lowerBound >= lot.units, trading.unitsMax >= lot.units else {
            throw try scenario("citizens").failure("and traders must take a lot of \(lot) units at least")
        }
    }

    /// What is sold and paid stays far below the largest amount.
    private func requireAmounts(_ field: ScenarioField) throws(ScenarioFailure) {
        let (units, sheet) = (units, sheet)
        let costs = try? [cleanPrice, citizens.retailPrice, trading.prices.upperBound].map { price in
            try sheet.schedule.invoice(for: units, cleanPrice: price, settlement: sheet.terms.issueDate).total
        }
        let payments = try? sheet.payments.map { try $0.total(on: units, sheet.terms.rounding) }
        guard let costs, let payments, (costs + payments).allSatisfy({ $0.units <= ScenarioLimits.paymentMax }) else {
            throw field.failure("all units together are worth more than the story can count")
        }
    }

    private func requireDates(_ scenario: ScenarioObject, _ field: ScenarioField) throws(ScenarioFailure) {
        let days = Array(Set(sheet.payments.map(\.paymentDate))).sorted()
        let lapse = days.first.flatMap { $0.adding(days: freeze.days + 1) }
        guard days.count >= 2, let lapse, let lapsed = common.calendar.onOrAfter(lapse) else {
            throw field.failure("must have payments on two days at least")
        }
        guard lapsed < days[1] else {
            throw try scenario("freeze").failure("must have lapsed before the next payment, on \(days[1])")
        }
        try common.requireReachable(days[days.count - 1], field)
    }
}
