import Foundation
import Testing
import Tokenize

/// The cases of `Specs/vectors/bonds.json`, which `Specs/vectors/make/bonds.py` wrote.
struct BondVectors {
    struct Case: CustomTestStringConvertible, Sendable {
        /// Everything of the case but its sheet.
        let content: Content
        /// The term sheet, as a file.
        let sheet: [UInt8]

        var testDescription: String { content.name }
    }

    struct Content: Decodable, Sendable {
        struct Observation: Decodable, Sendable {
            let name: String
            let date: String
            let value: String
        }

        struct Exercise: Decodable, Sendable {
            let kind: String
            let date: String
            let notice: String
            let part: String
        }

        struct Due: Decodable, Sendable {
            let date: String
            let kind: String
            let payment: String
            let record: String
            let ex: String?
            let perUnit: String?
            let taxedPart: String?
            let factorAfter: String?
            let total: String?
        }

        struct Accrued: Decodable, Sendable {
            let date: String
            let perUnit: String
        }

        let name: String
        let calendar: String
        let through: String?
        let horizon: String?
        let observations: [Observation]
        let exercises: [Exercise]
        let encoding: String
        let dues: [Due]
        let accrued: [Accrued]?
    }

    private struct Calendar: Decodable {
        let name: String
        let version: UInt32
        let firstDay: VectorDate
        let lastDay: VectorDate
        let weekend: UInt8
        let holidays: [VectorDate]

        func calendar() throws -> BusinessCalendar {
            try BusinessCalendar(
                name: name,
                version: version,
                firstDay: firstDay.date,
                lastDay: lastDay.date,
                weekend: Weekdays(rawValue: weekend),
                holidays: holidays.map(\.date)
            )
        }
    }

    private struct File: Decodable {
        let names: [String: String]
        let units: String
        let calendars: [Calendar]
        let cases: [Content]
    }

    let names: TermSheetFile.Names
    let units: Quantity
    let cases: [Case]
    private let calendars: [BusinessCalendar]

    /// A calendar of this file, or one of the conventions'.
    func calendar(_ name: String) throws -> BusinessCalendar {
        try calendars.first { $0.name == name } ?? ConventionVectors.calendar(name)
    }

    static let file: Result<BondVectors, any Error> = Result {
        let url = Conformance.package.appendingPathComponent("Specs/vectors/bonds.json")
        return try BondVectors(try Data(contentsOf: url))
    }

    private init(_ data: Data) throws {
        let file = try JSONDecoder().decode(File.self, from: data)
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let objects = try #require(root["cases"] as? [[String: Any]])
        units = Quantity(try #require(UInt128(file.units)))
        var names = TermSheetFile.Names()
        for (name, text) in file.names {
            let digest = try #require([UInt8](hexadecimal: text).flatMap { Digest($0) })
            names.assets[name] = AssetID(digest: digest)
            names.accounts[name] = AccountID(digest: digest)
        }
        self.names = names
        calendars = try file.calendars.map { try $0.calendar() }
        cases = try zip(file.cases, objects).map { content, object in
            // Numbers of these sheets are whole or text, so nothing is lost on the way.
            let sheet = try JSONSerialization.data(withJSONObject: try #require(object["sheet"]))
            return Case(content: content, sheet: Array(sheet))
        }
    }
}

@Suite("Vectors of bonds")
struct BondVectorTests {
    static let cases = (try? BondVectors.file.get().cases) ?? []

    @Test("the file is read")
    func fileIsRead() throws { #expect(try BondVectors.file.get().cases.count >= 64) }

    @Test("terms, encoding and all that falls due are those of another implementation", arguments: cases)
    func bond(_ vector: BondVectors.Case) throws {
        let file = try BondVectors.file.get()
        let terms = try TermSheetFile.read(vector.sheet, file.names)
        #expect(terms.canonicalBytes.hexadecimal == vector.content.encoding)
        let schedule = try BondSchedule(
            terms,
            calendar: file.calendar(vector.content.calendar),
            observations: BondObservations(
                vector.content.observations.map { value in
                    .init(value.name, try SampleBond.date(value.date), try BondVectorTests.ratio(value.value))
                },
                through: vector.content.through.map { try SampleBond.date($0) }
            ),
            exercises: vector.content.exercises.map { exercise in
                BondExercise(
                    exercise.kind == "call" ? .call : .put,
                    on: try SampleBond.date(exercise.date),
                    notice: try SampleBond.date(exercise.notice),
                    part: try BondVectorTests.ratio(exercise.part)
                )
            },
            through: vector.content.horizon.map { try SampleBond.date($0) }
        )
        #expect(schedule.dues.count == vector.content.dues.count)
        for (due, expected) in zip(schedule.dues, vector.content.dues) {
            #expect("\(due.id)" == "\(expected.kind) \(expected.date)")
            #expect("\(due.paymentDate)" == expected.payment, "\(due.id)")
            #expect("\(due.recordDate)" == expected.record, "\(due.id)")
            #expect(due.exDate.map { "\($0)" } == expected.ex, "\(due.id)")
            #expect(due.amount?.perUnit.description == expected.perUnit, "\(due.id)")
            #expect(due.amount?.taxedPart.description == expected.taxedPart, "\(due.id)")
            #expect(due.amount?.factorAfter.description == expected.factorAfter, "\(due.id)")
            let total = due.amount == nil ? nil : try due.total(on: file.units, terms.rounding).description
            #expect(total == expected.total, "\(due.id)")
        }
        for expected in vector.content.accrued ?? [] {
            let accrued = try schedule.accrued(on: SampleBond.date(expected.date))
            #expect(accrued.description == expected.perUnit, "accrued on \(expected.date)")
        }
    }

    /// `numerator/denominator`, or decimal text.
    private static func ratio(_ text: String) throws -> Ratio {
        let parts = text.split(separator: "/")
        let numerator = try Ratio(decimal: parts[0])
        return parts.count == 2 ? try numerator / Ratio(decimal: parts[1]) : numerator
    }
}
