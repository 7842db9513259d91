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
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "0", "0 would be allowed"),
        ScenarioCase("land", "parcel.foreignShareLimit.numerator", "100", "RENT"),
        ScenarioCase("land", "currency", #"{"code":"THB","name":"baht","minorUnitDigits":2}"#, "THB"),
        ScenarioCase("bond", "institutions.ministry", "\"ກະຊວງການເງິນ\"", "ກະຊວງການເງິນ"),
        ScenarioCase("bond", "trading.tradeCount", "0", "0 trades"),
        ScenarioCase("bond", "citizens.count", "4", "4 citizens bought"),
        ScenarioCase("bond", "bond.cleanPrice", "\"98.7\"", "49,350,000,000"),
        ScenarioCase("bond", "investors.0.class", "\"foreignPerson\"", "foreign person"),
    ]
}

/// A change to the term sheet of the bond story, and what the program says of it.
struct TermCase: CustomTestStringConvertible, Sendable {
    let text: String
    let other: String
    let sentence: String

    init(_ text: String, _ other: String, _ sentence: String) {
        self.text = text
        self.other = other
        self.sentence = sentence
    }

    var testDescription: String { other }

    static let bad = [
        TermCase(#""rate": 0.069"#, #""rate": "much""#, "interest.rate must be a decimal number"),
        TermCase(#""cash": "LAK""#, #""cash": "THB""#, "cash must be a known cash asset"),
        TermCase(#""treasury": "Treasury""#, #""treasury": "Purse""#, "tax.treasury must be a known account"),
        TermCase(#""dayCount": "Act/365F","#, "", "dayCount is missing"),
        TermCase(#""lot": 10"#, #""lot": 10, "colour": 1"#, "denomination.colour is no field of a term sheet"),
        TermCase(#""lot": 10"#, #""lot": 10, "lot": 20"#, "denomination.lot: stands twice in one object"),
        TermCase(#""isin": "LA0MOF31A017", "#, "", "identifiers.isin is missing"),
        TermCase("93fd0724", "93fd0725", "calendar.digest is of no known calendar: LA-MODEL is 93fd0724"),
        TermCase(#""tenor": "P6M""#, #""tenor": "P60M""#, "must have payments on two days at least"),
        TermCase(#""recordDate": { "businessDays": 5 }"#, #""recordDate": { "businessDays": 0 }"#, "record date"),
        TermCase(#""minimumSubscription": 100"#, #""minimumSubscription": 105"#, "no subscription of 18000000 units"),
        TermCase(#""faceUnit": 1000"#, #""faceUnit": 100000000000000000000000"#, "more than the story can count"),
        TermCase(#""cash": "LAK","#, #""cash": "LAK""#, "not JSON from line 3 on"),
    ]
}

/// A name that is written a second time.
struct RepeatedCase: CustomTestStringConvertible, Sendable {
    let text: String
    let other: String
    let sentence: String

    var testDescription: String { sentence }

    static let all = [
        RepeatedCase(
            text: #""story": "land","#,
            other: #""story": "land", "story": "land","#,
            sentence: "story: stands twice in one object, the second time in line 2"
        ),
        RepeatedCase(
            text: #""minorUnitDigits": 0"#,
            other: #""minorUnitDigits": 0, "c\u006Fde": "LAK""#,
            sentence: "currency.code: stands twice"
        ),
        RepeatedCase(
            text: #""shares": 137"#,
            other: #""shares": 137, "buyer": "\"{[""#,
            sentence: "sales[2].buyer: stands twice"
        ),
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

    @Test("a term sheet that is wrong, or that the story cannot tell, is refused in one line", arguments: TermCase.bad)
    func badTerms(_ change: TermCase) async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario("bond")
        try scenario.replaceTerm(change.text, with: change.other)
        let run = try await DemoRun(
            ["--scenario", try scenario.write(to: folder), "--ledger", folder.path("told")],
            in: folder
        )
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: scenario.json: "), "\(run.errors)")
        #expect(run.errors.contains(change.sentence), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("told")), "nothing was begun")
    }

    @Test("a name that stands twice in one object is refused, with its field and line", arguments: RepeatedCase.all)
    func repeatedNames(_ change: RepeatedCase) async throws {
        let folder = try TemporaryFolder()
        let path = try SampleScenario("land").write(to: folder)
        let text = try String(
            contentsOfFile: PackageRoot.url.path + "/Sources/TokenizeDemo/Scenarios/land.json",
            encoding: .utf8
        )
        let parts = text.components(separatedBy: change.text)
        try #require(parts.count == 2)
        try Data(parts.joined(separator: change.other).utf8).write(to: URL(fileURLWithPath: path))
        let run = try await DemoRun(["--scenario", path, "--ledger", folder.path("told")], in: folder)
        #expect(run.isOneClearError, "\(run.errors)")
        #expect(run.errors.contains(change.sentence), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("told")), "nothing was begun")
    }

    @Test("a term sheet beside the scenario is the one that is told; without it, the one of the program")
    func sheetBeside() async throws {
        let folder = try TemporaryFolder()
        var scenario = try SampleScenario.shortBond()
        try scenario.replaceTerm(#""rate": 0.069"#, with: #""rate": 0.0701"#)
        let path = try scenario.write(to: folder)
        let beside = try await DemoRun(["--scenario", path, "--ledger", folder.path("one")], in: folder)
        #expect(beside.words.contains("7.01% a year every 3 months"), "\(beside.errors)")
        try FileManager.default.removeItem(atPath: folder.path("lao-bond-terms.json"))
        let alone = try await DemoRun(["--scenario", path, "--ledger", folder.path("two")], in: folder)
        #expect(alone.words.contains("6.9% a year every 6 months"), "\(alone.errors)")
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
        #expect((told.report["ledger"] as? [String: Any])?["accountCount"] as? Int == 12)
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
