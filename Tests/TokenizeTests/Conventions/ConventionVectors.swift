import Foundation
import Testing
import Tokenize

/// The cases of `Specs/vectors/conventions.json`, which `Specs/vectors/make/conventions.py` wrote.
struct ConventionVectors: Decodable {
    struct CalendarCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Question: Decodable, Sendable {
            let date: VectorDate
            let isBusinessDay: Bool
            let convention: String
            let adjusted: VectorDate
            let businessDays: Int
            let advanced: VectorDate
            let months: Int
            let endOfMonth: Bool
            let advancedMonths: VectorDate
            let later: VectorDate
            let count: Int
        }

        let name: String
        let version: UInt32
        let firstDay: VectorDate
        let lastDay: VectorDate
        let weekend: UInt8
        let holidays: [VectorDate]
        let encoding: String
        let digest: String
        let questions: [Question]

        var testDescription: String { name }

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

    struct DayCountCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Reference: Decodable, Sendable {
            let start: VectorDate
            let end: VectorDate
            let frequency: Int
            let endOfMonth: Bool
        }

        let dayCount: String
        let start: VectorDate
        let end: VectorDate
        let termination: VectorDate?
        let calendar: String?
        let reference: Reference?
        let days: Int
        let fraction: VectorRatio

        var testDescription: String { "\(dayCount) from \(start.date) to \(end.date)" }
    }

    struct ScheduleCase: Decodable, Sendable, CustomTestStringConvertible {
        let effective: VectorDate
        let termination: VectorDate
        let months: Int
        let direction: String
        let endOfMonth: Bool
        let calendar: String
        let convention: String
        let terminationConvention: String
        let firstDate: VectorDate?
        let nextToLastDate: VectorDate?
        let stub: String
        let dates: [VectorDate]
        let regular: [Bool]

        var testDescription: String { "\(effective.date) to \(termination.date), \(direction), \(stub) stub" }
    }

    struct PowerCase: Decodable, Sendable, CustomTestStringConvertible {
        let base: VectorRatio
        let exponent: VectorRatio
        let power: String

        var testDescription: String { "\(base.ratio) ^ \(exponent.ratio)" }
    }

    struct PriceCase: Decodable, Sendable, CustomTestStringConvertible {
        let issue: VectorDate
        let maturity: VectorDate
        let months: Int
        let endOfMonth: Bool
        let couponRates: [VectorRatio]
        let notionals: [VectorRatio]
        let dayCount: String
        let exCouponDays: Int?
        let settlement: VectorDate
        let yield: String
        let compounding: String
        let frequency: Int
        let yieldDayCount: String
        let accrued: VectorRatio
        let cleanUnits6: String
        let cleanUnits12: String

        var testDescription: String { "\(maturity.date) at \(yield) on \(settlement.date)" }
    }

    let calendars: [CalendarCase]
    let dayCounts: [DayCountCase]
    let schedules: [ScheduleCase]
    let powers: [PowerCase]
    let prices: [PriceCase]

    /// The file is a part of the package, so a run without it has nothing to say.
    static let file: ConventionVectors = {
        do {
            let data = try Data(
                contentsOf: Conformance.package.appendingPathComponent("Specs/vectors/conventions.json")
            )
            return try JSONDecoder().decode(ConventionVectors.self, from: data)
        } catch {
            preconditionFailure("Specs/vectors/conventions.json: \(error)")
        }
    }()

    static func calendar(_ name: String) throws -> BusinessCalendar {
        try #require(file.calendars.first { $0.name == name }).calendar()
    }
}

/// A date as the vectors write it.
struct VectorDate: Decodable, Sendable {
    let date: CalendarDate

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CalendarDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date")
        }
        self.date = date
    }
}

/// An exact number as the vectors write it: `n/d`.
struct VectorRatio: Decodable, Sendable {
    let ratio: Ratio

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parts = try container.decode(String.self).split(separator: "/")
        guard parts.count == 2 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a fraction")
        }
        ratio = try Ratio(decimal: parts[0]) / Ratio(decimal: parts[1])
    }
}

extension CaseIterable {
    /// The case that the vectors call `name`.
    static func named(_ name: String) throws -> Self {
        try #require(allCases.first { "\($0)" == name }, "no case is called \(name)")
    }
}

/// A day that a test names.
func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("\(text) is no date") }
    return date
}
