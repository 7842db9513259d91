import Foundation
import Tokenize

extension TermVectors {
    /// A term sheet and what it comes to.
    struct Case: Sendable {
        let name: String
        /// The sheet as people write it.
        let sheet: [UInt8]
        /// Its terms as bytes.
        let encoding: [UInt8]
        fileprivate let content: Content

        var dues: [Due] { content.dues }
    }

    /// What falls due on one day, in text as the vectors have it.
    struct Due: Decodable, Sendable {
        let date: String
        let kind: String
        let payment: String
        let record: String
        let ex: String?
        let perUnit: String?
        let taxedPart: String?
        let factorAfter: String?
        /// On ``units``.
        let total: String?
    }

    fileprivate struct Content: Decodable, Sendable {
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

        let name: String
        let encoding: String
        let through: String?
        let horizon: String?
        let observations: [Observation]
        let exercises: [Exercise]
        let dues: [Due]
    }

    static let units: Quantity = 1_234_567

    /// What the names in the sheets stand for.
    static let names = TermSheetFile.Names(
        assets: ["LAK": AssetID(digest: Cast.digest(1))],
        accounts: [
            "Treasury": AccountID(digest: Cast.digest(2)), "Statistics Bureau": AccountID(digest: Cast.digest(3)),
        ]
    )

    static var calendarBytes: [UInt8] { [UInt8](hexadecimal: calendar) ?? [] }

    static func read() throws -> [Case] {
        try cases.split(separator: "\n").map { line in
            let content = try JSONDecoder().decode(Content.self, from: Data(line.utf8))
            // The sheet stands between its own name and the encoding's, with nothing but text and whole numbers.
            guard let start = line.firstRange(of: #""sheet":"#)?.upperBound,
                let end = line.firstRange(of: #","encoding":"#)?.lowerBound,
                let encoding = [UInt8](hexadecimal: content.encoding)
            else { throw AuditFailure(reason: "a vector is malformed") }
            return Case(name: content.name, sheet: Array(line[start..<end].utf8), encoding: encoding, content: content)
        }
    }
}

extension TermVectors.Case {
    /// The engine's schedule of these terms, with what was observed and exercised.
    func schedule(_ terms: BondTerms, _ calendar: BusinessCalendar) throws -> BondSchedule {
        try BondSchedule(
            terms,
            calendar: calendar,
            observations: BondObservations(
                content.observations.map { .init($0.name, try Self.date($0.date), try Self.ratio($0.value)) },
                through: content.through.map { try Self.date($0) }
            ),
            exercises: content.exercises.map {
                BondExercise(
                    $0.kind == "call" ? .call : .put,
                    on: try Self.date($0.date),
                    notice: try Self.date($0.notice),
                    part: try Self.ratio($0.part)
                )
            },
            through: content.horizon.map { try Self.date($0) }
        )
    }

    private static func date(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw Falsified(message: "\(text) is no date", place: "vectors") }
        return date
    }

    /// `numerator/denominator`, or decimal text.
    private static func ratio(_ text: String) throws -> Ratio {
        let parts = text.split(separator: "/")
        let numerator = try Ratio(decimal: parts[0])
        return parts.count == 2 ? try numerator / Ratio(decimal: parts[1]) : numerator
    }
}
