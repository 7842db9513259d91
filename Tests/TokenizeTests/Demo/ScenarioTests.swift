import Foundation
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
        ScenarioCase("bond", "bond.isin", "\"LA0MOF28A014\"", "it would be 'LA0MOF28A013'"),
        ScenarioCase("bond", "bond.isin", "\"BOND\"", "bond.isin: must be an ISIN"),
        ScenarioCase("bond", "bond.couponsPerYear", "3", "bond.couponsPerYear: must be 1, 2, 4 or 12"),
        ScenarioCase("bond", "bond.maturityDate", "\"2027-02-29\"", "bond.maturityDate: must be a date"),
        ScenarioCase("bond", "bond.maturityDate", "\"2027-02-28\"", "whole number of coupon periods"),
        ScenarioCase("bond", "bond.issueDate", "\"2026-07-04\"", "bond.issueDate: 2026-07-04 is a weekend day"),
        ScenarioCase("bond", "bond.issueDate", "\"2026-06-01\"", "bond.issueDate: is before"),
        ScenarioCase("bond", "dealers.1.units", "1", "dealers: the units add up to 32000001"),
        ScenarioCase("bond", "dealers.1", "true", "dealers[1]: must be an object, and is true or false"),
        ScenarioCase("bond", "citizens.count", "1", "citizens.count: must be 2 to 20000"),
        ScenarioCase("bond", "citizens.unitsMax", "5000000", "citizens.unitsMax: times citizens.count"),
        ScenarioCase("bond", "court.movedPercent", "80", "court.movedPercent: must be 1 to 60"),
        ScenarioCase("bond", "court.order", "\"\"", "court.order: must have 1 to 64 bytes"),
        ScenarioCase("bond", "court.order", "\"a\\nb\"", "court.order: must not have control characters"),
        ScenarioCase("bond", "currency.code", "\"KIP1\"", "currency.code: must have 1 to 3 bytes"),
        ScenarioCase("bond", "ledger.name", "\"two words\"", "ledger.name: must not have spaces"),
        ScenarioCase("bond", "ledger.businessDayGapMax", "2", "ledger.holidays: no business day from"),
        ScenarioCase("bond", "ledger.holidays.0", "5", "ledger.holidays[0]: must be a text"),
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
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "0", "0 would be allowed"),
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "100", "RENT"),
        ScenarioCase("land", "currency", #"{"code":"THB","name":"baht","minorUnitDigits":2}"#, "THB"),
        ScenarioCase("bond", "institutions.ministry", "\"ກະຊວງການເງິນ\"", "ກະຊວງການເງິນ"),
        ScenarioCase("bond", "trading.tradeCount", "0", "0 trades"),
        ScenarioCase("bond", "citizens.count", "2", "2 citizens bought"),
        ScenarioCase("bond", "bond.couponRateBasisPoints", "1", "every balance rose by its share"),
        ScenarioCase("bond", "bond.issuePricePerUnit", "987", "49,350,000,000"),
    ]
}

@Suite("Scenario files")
struct ScenarioTests {
    @Test("a bad one is refused in one line that names the field", arguments: ScenarioCase.bad)
    func bad(_ change: ScenarioCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario(change.story)
        try scenario.set(change.path, to: change.value)
        let run = try await DemoRun(
            ["--scenario", try scenario.write(to: folder), "--ledger", folder.path("told")],
            in: folder
        )
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: scenario.json: "), "\(run.errors)")
        #expect(run.errors.contains(change.sentence), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("told")), "nothing was begun")
    }

    @Test("a changed one is told with its terms", arguments: ScenarioCase.good)
    func good(_ change: ScenarioCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = change.story == "bond" ? try SampleScenario.shortBond() : try SampleScenario.shortLand()
        try scenario.set(change.path, to: change.value)
        let run = try await DemoRun(
            ["--scenario", try scenario.write(to: folder), "--ledger", folder.path("told")],
            in: folder
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.words.contains(change.sentence), "\(run.output)")
    }

    @Test("a buyer who buys twice has one account")
    func repeatedBuyer() async throws {
        var scenario = try SampleScenario.shortLand()
        try scenario.set(
            "sales",
            to: """
                [{ "buyer": "A", "class": "citizen", "country": "LA", "shares": 3 },
                 { "buyer": "B", "class": "foreignEntity", "country": "SG", "shares": 4900 },
                 { "buyer": "A", "class": "citizen", "country": "LA", "shares": 4 }]
                """
        )
        let told = try await ToldLedger(scenario, "land")
        #expect((told.report["ledger"] as? [String: Any])?["accountCount"] as? Int == 10)
        let rents = try #require(told.report["rents"] as? [[String: Any]])
        #expect(rents.first?["holderCount"] as? Int == 3)
    }

    @Test("what is not a scenario at all", arguments: ["", "[]", "{", "{\n\"story\": bond\n}", "\u{0}\u{1}"])
    func garbage(_ text: String) async throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("scenario.json")))
        let run = try await DemoRun(["--scenario", folder.path("scenario.json")], in: folder)
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: scenario.json: "), "\(run.errors)")
    }
}
