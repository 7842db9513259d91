import Foundation
import Testing
import Tokenize

/// A change to the Lao term sheet, and all that is then said of it.
struct TermSheetCase: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let sentences: [String]

    init(_ old: String, _ new: String, _ sentences: String...) {
        self.old = old
        self.new = new
        self.sentences = sentences
    }

    var testDescription: String { "\(old) becomes \(new)" }
}

@Suite("Term sheets as files")
struct TermSheetFileTests {
    private static let names = TermSheetFile.Names(
        assets: ["LAK": SampleBond.cash],
        accounts: ["Treasury": SampleBond.treasury, "Bureau": SampleBond.observer]
    )

    private static func lao() throws -> String {
        try String(
            contentsOf: Conformance.package.appending(path: "Sources/TokenizeDemo/Scenarios/lao-bond-terms.json"),
            encoding: .utf8
        )
    }

    private func sentences(_ text: String) -> [String] {
        do throws(TermSheetFile.Failure) {
            _ = try TermSheetFile.read(Array(text.utf8), Self.names)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("the Lao government bond is read, and pays in kip on Lao business days")
    func laoBond() throws {
        let terms = try TermSheetFile.read(Array(Self.lao().utf8), Self.names)
        let schedule = try BondSchedule(terms, calendar: .laoModel)
        #expect(schedule.dues.count == 11)
        // 184 days at 6.9 % by Act/365F, on fifty million units.
        #expect(try schedule.dues[0].amount?.perUnit == Ratio(69 * 184) / 365)
        #expect(try schedule.dues[0].total(on: 50_000_000, terms.rounding) == 1_739_178_082)
        #expect(terms.tax.rate(of: .citizen) == SampleBond.decimal("0.05"))
        #expect(terms.tax.treasury == SampleBond.treasury)
    }

    @Test("an identifier may stand for itself")
    func identifiers() throws {
        let text = try Self.lao().replacingOccurrences(of: "\"LAK\"", with: "\"\(SampleBond.cash)\"")
        #expect(try TermSheetFile.read(Array(text.utf8), Self.names).cash == SampleBond.cash)
    }

    @Test("every fault is named where it stands", arguments: cases)
    func faults(_ example: TermSheetCase) throws {
        let text = try Self.lao()
        #expect(text.contains(example.old))
        #expect(sentences(text.replacingOccurrences(of: example.old, with: example.new)) == example.sentences)
    }

    @Test("an empty file misses everything")
    func empty() {
        #expect(sentences("{}").count == 14)
        #expect(sentences("{}").allSatisfy { $0.hasSuffix("is missing") })
        #expect(sentences("[]")[0] == "the file must be an object")
        #expect(sentences("{\n\n]") == ["not JSON from line 3 on"])
        #expect(sentences(String(repeating: " ", count: TermSheetFile.byteCountMax + 1)) == ["not JSON from line 1 on"])
    }

    @Test("every field of every product is read as it is written")
    func products() throws {
        let parts: [(String, String, (BondTermSheet) -> Bool)] = [
            (
                #""interest": {"kind": "stepped", "steps": [{"start": "2026-07-15", "rate": 0.04}]}"#, "interest",
                { if case .stepped(let steps)? = $0.interest { steps.count == 1 } else { false } }
            ),
            (
                #""interest": {"kind": "floating", "reference": "R", "observer": "Bureau", "margin": -0.01, "floor": 0, "cap": 1, "timing": "arrears", "lagBusinessDays": 3, "fallbacks": [{"other": "S", "spread": 0.1}, {"previousWithinDays": 9}, {"rate": 0.02}]}"#,
                "interest",
                {
                    if case .floating(let rate)? = $0.interest {
                        rate.fallbacks.count == 3 && rate.cap == .one
                    } else {
                        false
                    }
                }
            ),
            (
                #""repayment": {"kind": "linear", "first": "2027-01-15"}"#, "repayment",
                { $0.repayment == .linear(first: SampleFault.date("2027-01-15")) }
            ),
            (
                #""repayment": {"kind": "level", "first": "2027-01-15"}"#, "repayment",
                { $0.repayment == .level(first: SampleFault.date("2027-01-15")) }
            ),
            (
                #""repayment": {"kind": "instalments", "parts": [{"date": "2030-07-15", "part": 0.5}, {"date": "2031-07-15", "part": 0.5}]}"#,
                "repayment", { $0.repayment == SampleFault.parts(("2030-07-15", "0.5"), ("2031-07-15", "0.5")) }
            ),
            (
                #""indexation": {"index": "CPI", "observer": "Bureau", "base": 100, "lagMonths": 3, "interpolation": "monthly", "decimals": 5, "rounding": "halfUp", "floor": "all", "fallback": "yearBefore"}, "puts": null"#,
                "puts", { $0.indexation == SampleFault.indexation(base: .hundred) }
            ),
            (
                #""calls": {"days": [{"date": "2029-07-15", "price": 102}], "continues": true, "noticeBusinessDays": 15, "allowsPart": true}"#,
                "calls",
                {
                    $0.calls
                        == SampleBond.options([("2029-07-15", "102")], notice: 15, continues: true, allowsPart: true)
                }
            ),
            (#""exDate": "none""#, "exDate", { $0.exDate == BondExDate.none }),
            (
                #""rounding": {"unit": {"decimals": 2, "rounding": "floor"}, "total": "ceiling"}"#, "rounding",
                { $0.rounding == BondRounding(unit: .decimals(2, .floor), total: .ceiling) }
            ),
        ]
        for (member, name, holds) in parts {
            var text = try Self.lao()
            // A copy of the file without the member that is replaced, nor a classification that would contradict.
            var object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            object[name] = nil
            object["identifiers"] = nil
            // Numbers that JSON readers make binary are written anew as text.
            object["tax"] = nil
            object["interest"] = name == "interest" ? nil : ["kind": "fixed", "rate": "0.069"]
            var defaults = try #require(object["defaults"] as? [String: Any])
            (defaults["penaltyRate"], defaults["acceleration"]) = ("0.02", "automatic")
            object["defaults"] = defaults
            let tax = try #require(text.range(of: "\"tax\"")), end = try #require(text.range(of: "\"defaults\""))
            let body = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
            text = "{" + text[tax.lowerBound..<end.lowerBound] + member + "," + body.dropFirst()
            #expect(sentences(text) == [], "\(member)")
            #expect(holds(try TermSheetFile.read(Array(text.utf8), Self.names).sheet), "\(member)")
        }
    }

    static let cases = [
        TermSheetCase(
            "\"lot\": 10",
            "\"lots\": 10",
            "denomination.lots is no field of a term sheet",
            "denomination.lot is missing"
        ),
        TermSheetCase("\"LAK\"", "\"THB\"", "cash must be a known cash asset"),
        TermSheetCase(
            "\"Treasury\"",
            "\"Ministry\"",
            "tax.treasury must be a known account"
        ),
        TermSheetCase("\"2031-07-15\"", "\"2031-02-29\"", "maturityDate must be a date such as 2026-07-01"),
        TermSheetCase("0.069", "\"seven\"", "interest.rate must be a decimal number"),
        TermSheetCase("\"fixed\"", "\"fixd\"", "interest.kind must be one of none, fixed, stepped, floating"),
        TermSheetCase("\"pledgor\"", "\"bank\"", "pledgedIncome must be one of pledgor, pledgee"),
        TermSheetCase("\"total\": \"halfEven\"", "\"total\": null", "rounding.total is missing"),
        TermSheetCase(
            "\"businessDays\": \"following\"",
            "\"holidays\": \"following\"",
            "holidays is no field of a term sheet",
            "businessDays is missing"
        ),
        TermSheetCase(
            "{ \"businessDays\": 4 }",
            "{ \"businessDays\": 4, \"calendarDays\": 4 }",
            "exDate must be business days, or calendar days with a convention"
        ),
        TermSheetCase(
            "[\"coupon\"]",
            "[\"dividend\"]",
            "tax.income must be one of coupon, capitalised, indexation, premium"
        ),
        TermSheetCase("\"citizen\": 0.05, ", "", "tax.rates.citizen is missing"),
        TermSheetCase("LA0MOF31A017", "LA0MOF31A018", "identifiers.isin is malformed: wrongCheckDigits"),
        TermSheetCase(
            "{ \"businessDays\": 4 }",
            "{ \"businessDays\": 3 }",
            "exDate is after the first business day that follows recordDate"
        ),
        TermSheetCase("\"P6M\"", "\"P6M2\"", "periods.tenor must be a period such as P6M"),
        TermSheetCase(
            "\"endOfMonth\": false",
            "\"endOfMonth\": \"no\"",
            "periods.endOfMonth must be one of true, false"
        ),
        TermSheetCase(
            "\"faceUnit\": 1000",
            "\"faceUnit\": -1000",
            "denomination.faceUnit must be a whole number, 0 or more"
        ),
    ]
}
