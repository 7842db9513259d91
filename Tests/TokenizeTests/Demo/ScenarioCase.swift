import Testing

/// A change to a scenario, and what the program says of it.
struct ScenarioCase: CustomTestStringConvertible, Sendable {
    let story: String
    let path: String
    /// JSON, or nil to remove the field.
    let value: String?
    let sentence: String

    init(_ story: String, _ path: String, _ value: String?, _ sentence: String) {
        self.story = story
        self.path = path
        self.value = value
        self.sentence = sentence
    }

    var testDescription: String { "\(story): \(path) = \(value ?? "nothing")" }

    static let bad = [
        ScenarioCase("bond", "bond.units", nil, "bond.units: is missing"),
        ScenarioCase("bond", "bond.unit", "5", "bond.unit: there is no such field here"),
        ScenarioCase("bond", "bond.units", "1.5", "bond.units: must be a whole number"),
        ScenarioCase("bond", "bond.units", "1e40", "bond.units: must be a whole number"),
        ScenarioCase("bond", "bond.units", "\"many\"", "bond.units: must be a whole number, and is a text"),
        ScenarioCase("bond", "bond.units", "-5", "bond.units: must be 1 to 1000000000000, and is -5"),
        ScenarioCase("bond", "bond.units", "null", "bond.units: must be a whole number, and is null"),
        ScenarioCase("bond", "bond.cleanPrice", "99.25", "bond.cleanPrice: must be a text"),
        ScenarioCase("bond", "bond.cleanPrice", "\"0\"", "bond.cleanPrice: must be a price for each 100"),
        ScenarioCase("bond", "bond.cleanPrice", "\"par\"", "bond.cleanPrice: must be a price for each 100"),
        ScenarioCase("bond", "bond.termSheet", "\"other.json\"", "bond.termSheet: there is no term sheet at"),
        ScenarioCase("bond", "bond.units", "1000000000000", "dealers: the units of dealers and investors add up to"),
        ScenarioCase("bond", "ledger.calendar", "\"LAO\"", "ledger.calendar: must be LA-MODEL, MON-FRI or EVERY-DAY"),
        ScenarioCase("bond", "ledger.firstBusinessDate", "\"2026-07-11\"", "2026-07-11 is a weekend day, a holiday"),
        ScenarioCase("bond", "ledger.firstBusinessDate", "\"2026-07-16\"", "is before ledger.firstBusinessDate"),
        ScenarioCase("bond", "ledger.holidays", "[\"2026-07-15\"]", "bond.termSheet: 2026-07-15 is a weekend day"),
        ScenarioCase("bond", "ledger.holidays", "[\"2031-07-15\"]", "bond.termSheet: 2031-07-15 is a weekend day"),
        ScenarioCase("bond", "investors.0.class", "\"alien\"", "investors[0].class: must be state, citizen"),
        ScenarioCase("bond", "trading.priceMax", "\"90\"", "trading.priceMax: is below trading.priceMin"),
        ScenarioCase("bond", "trading.unitsMax", "9", "must take a lot of 10 units at least"),
        ScenarioCase("bond", "freeze.days", "180", "freeze: must have lapsed before the next payment, on 2027-07-15"),
        ScenarioCase("bond", "dealers.1.units", "1", "dealers: the units of dealers and investors add up to"),
        ScenarioCase("bond", "dealers.1", "true", "dealers[1]: must be an object, and is true or false"),
        ScenarioCase("bond", "citizens.count", "3", "citizens.count: must be 4 to 20000"),
        ScenarioCase("bond", "citizens.unitsMax", "5000000", "citizens.unitsMax: times citizens.count"),
        ScenarioCase("bond", "court.movedPercent", "80", "court.movedPercent: must be 1 to 60"),
        ScenarioCase("bond", "court.order", "\"\"", "court.order: must have 1 to 64 bytes"),
        ScenarioCase("bond", "court.order", "\"a\\nb\"", "court.order: must not have control characters"),
        ScenarioCase("bond", "currency.code", "\"KIP1\"", "currency.code: must have 1 to 3 bytes"),
        ScenarioCase("bond", "ledger.name", "\"two words\"", "ledger.name: must not have spaces"),
        ScenarioCase("bond", "ledger.businessDayGapMax", "2", "ledger.businessDayGapMax: no business day from"),
        ScenarioCase("bond", "ledger.holidays", "[5]", "ledger.holidays[0]: must be a text"),
        ScenarioCase("bond", "story", "\"ship\"", "story: must be bond or land, and is 'ship'"),
        ScenarioCase("bond", "story", nil, "story: is missing"),
        ScenarioCase("land", "sales.2.class", "\"alien\"", "sales[2].class: must be state, citizen"),
        ScenarioCase("land", "sales.0.shares", "9999", "sales: the shares add up to"),
        ScenarioCase("land", "sales.0.country", "\"Laos\"", "sales[0].country: must be two capital letters"),
        ScenarioCase("land", "sales.4.buyer", "\"Khamla S.\"", "sales[4]: Khamla S. has another class or country"),
        ScenarioCase("land", "parcel.end", "\"2020-01-01\"", "parcel.end: must be after parcel.start"),
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "101", "numerator: must be 0 to 100"),
        ScenarioCase("land", "rents.1.date", "\"2026-12-31\"", "rents[1].date: must be after the rent before"),
        ScenarioCase("land", "rents.1.notice", "\"RENT 2026\"", "rents[1].notice: names a rent for a second time"),
    ]

    static let good = [
        ScenarioCase("land", "sales", "[]", "left with the State"),
        ScenarioCase("land", "sales.3.country", "\"SG\"", "46.50%"),
        ScenarioCase("land", "rents", "[]", "proof of ownership"),
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "0", "Nothing fits"),
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "100", "RENT"),
        ScenarioCase("land", "currency", #"{"code":"THB","name":"baht","minorUnitDigits":2}"#, "THB"),
        ScenarioCase("bond", "institutions.ministry", "\"ກະຊວງການເງິນ\"", "ກະຊວງການເງິນ"),
        ScenarioCase("bond", "trading.tradeCount", "0", "0 trades"),
        ScenarioCase("bond", "citizens.count", "4", "4 citizens bought"),
        ScenarioCase("bond", "bond.cleanPrice", "\"98.7\"", "49,350,000,000"),
        ScenarioCase("bond", "investors.0.class", "\"foreignPerson\"", "foreign person"),
    ]
}
