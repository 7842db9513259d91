import Foundation
import Tokenize

/// A file of cases by family, each with what another implementation calculated.
///
/// A member of the file is a family of cases; `meta` names the calendars that they use.
struct ConformanceFile: Sendable {
    /// Bytes that a file may have.
    static let byteCountMax = 256 * 1_024 * 1_024

    /// The families that there are, in the order in which they are reported.
    static let families: [(name: String, check: @Sendable (CaseReader) throws -> [String])] = [
        ("dayCount", DayCountCase.differences),
        ("icmaStub", ICMAStubCase.differences),
        ("calendar", CalendarCase.differences),
        ("schedule", ScheduleCase.differences),
        ("bond", BondCase.differences),
        ("tbill", BillCase.differences),
        ("isin", ISINCase.differences),
        ("isinValidity", ISINValidityCase.differences),
        ("lei", LEICase.differences),
        ("cfi", CFICase.differences),
    ]

    private let root: [String: JSONValue]
    private let calendars: [String: BusinessCalendar]

    /// Reads the JSON text of a file.
    init(_ bytes: [UInt8]) throws {
        let value: JSONValue
        do { value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) } catch {
            throw DemoFailure("the file is not JSON")
        }
        guard case .object(let root) = value else { throw DemoFailure("the file is not an object of families") }
        self.root = root
        calendars = try CaseCalendars.all(in: root["meta"])
        for name in root.keys.sorted() where name != "meta" && !Self.families.contains(where: { $0.name == name }) {
            throw DemoFailure("'\(name)' is no family of cases that this program knows")
        }
    }

    /// Runs every case of the file.
    func run() throws -> [FamilyResult] {
        var results: [FamilyResult] = []
        for (name, check) in Self.families {
            guard let member = root[name] else { continue }
            guard case .array(let cases) = member else { throw DemoFailure("'\(name)' is not a list of cases") }
            results.append(FamilyResult(family: name, outcomes: cases.map { outcome(of: $0, check) }))
        }
        return results
    }

    private func outcome(
        of value: JSONValue,
        _ check: (CaseReader) throws -> [String]
    ) -> FamilyResult.Outcome {
        let reader = CaseReader(value, calendars: calendars)
        do { return FamilyResult.Outcome(id: reader.id, differences: try check(reader)) } catch {
            return FamilyResult.Outcome(
                id: reader.id,
                differences: ["cannot be calculated: \(Sentence.text(of: error))"]
            )
        }
    }
}

/// How the cases of one family came out.
struct FamilyResult: Sendable {
    struct Outcome: Sendable {
        let id: String
        /// What differs from the expectation, each in a phrase; empty if the case passed.
        let differences: [String]
    }

    let family: String
    let outcomes: [Outcome]

    var failures: [Outcome] { outcomes.filter { !$0.differences.isEmpty } }
    var passedCount: Int { outcomes.count - failures.count }
}
