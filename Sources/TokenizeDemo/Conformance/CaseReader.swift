import Foundation
import Tokenize

/// The members of one case, read as the types of the library; whatever is missing or malformed is a sentence.
struct CaseReader {
    private let members: [String: JSONValue]
    private let calendars: [String: BusinessCalendar]

    init(_ value: JSONValue, calendars: [String: BusinessCalendar]) {
        if case .object(let members) = value { self.members = members } else { members = [:] }
        self.calendars = calendars
    }

    /// The case's name, or `?` if it has none.
    var id: String { (try? text("id")) ?? "?" }

    func has(_ name: String) -> Bool {
        switch members[name] {
        case nil, .null: false
        default: true
        }
    }

    private func missing(_ name: String, _ what: String) -> DemoFailure { DemoFailure("'\(name)' is not \(what)") }

    func text(_ name: String) throws -> String {
        guard case .text(let text) = members[name] else { throw missing(name, "a text") }
        return text
    }

    /// A whole number, as JSON has it or as text.
    func integer(_ name: String) throws -> Int {
        switch members[name] {
        case .integer(let value): return Int(value)
        case .text(let text):
            if let value = Int(text) { return value }
        default: break
        }
        throw missing(name, "a whole number")
    }

    func truth(_ name: String) throws -> Bool {
        guard case .truth(let value) = members[name] else { throw missing(name, "true or false") }
        return value
    }

    func date(_ name: String) throws -> CalendarDate {
        guard let date = CalendarDate(try text(name)) else { throw missing(name, "a date") }
        return date
    }

    func optionalDate(_ name: String) throws -> CalendarDate? { has(name) ? try date(name) : nil }

    func list(_ name: String) throws -> [JSONValue] {
        guard case .array(let values) = members[name] else { throw missing(name, "a list") }
        return values
    }

    func texts(_ name: String) throws -> [String] {
        try list(name).map {
            guard case .text(let text) = $0 else { throw missing(name, "a list of texts") }
            return text
        }
    }

    /// All members, which must be texts.
    func allTexts() throws -> [String: String] {
        try members.mapValues {
            guard case .text(let text) = $0 else { throw DemoFailure("a member is not a text") }
            return text
        }
    }

    func dates(_ name: String) throws -> [CalendarDate] {
        try texts(name).map {
            guard let date = CalendarDate($0) else { throw missing(name, "a list of dates") }
            return date
        }
    }

    /// The members of an object within the case.
    func object(_ name: String) throws -> CaseReader {
        guard case .object = members[name], let value = members[name] else { throw missing(name, "an object") }
        return CaseReader(value, calendars: calendars)
    }

    func objects(_ name: String) throws -> [CaseReader] {
        try list(name).map { CaseReader($0, calendars: calendars) }
    }

    /// An exact number, from decimal text or `n/d`.
    func ratio(_ name: String) throws -> Ratio { try CaseReader.ratio(try scalarText(name)) }

    func ratios(_ name: String) throws -> [Ratio] { try texts(name).map(CaseReader.ratio) }

    /// A binary number, from its shortest decimal text.
    func double(_ name: String) throws -> Double {
        guard let value = Double(try scalarText(name)) else { throw missing(name, "a number") }
        return value
    }

    private func scalarText(_ name: String) throws -> String {
        if case .integer(let value) = members[name] { return String(value) }
        return try text(name)
    }

    private static func ratio(_ text: String) throws -> Ratio {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return try Ratio(decimal: text) }
        return try Ratio(decimal: parts[0]) / Ratio(decimal: parts[1])
    }

    func calendar(_ name: String = "calendar") throws -> BusinessCalendar {
        let key = try text(name)
        guard let calendar = calendars[key] else { throw DemoFailure("no calendar is called '\(key)'") }
        return calendar
    }

    func convention(_ name: String) throws -> BusinessDayConvention {
        switch try text(name) {
        case "UNADJUSTED": .unadjusted
        case "FOLLOWING": .following
        case "MODIFIED_FOLLOWING": .modifiedFollowing
        case "PRECEDING": .preceding
        case "MODIFIED_PRECEDING": .modifiedPreceding
        case let other: throw DemoFailure("no business-day convention is called '\(other)'")
        }
    }

    func dayCount(_ name: String) throws -> DayCount {
        switch try text(name) {
        case "30_360_US": .thirty360US
        case "30_360_BOND_BASIS": .thirty360BondBasis
        case "30E_360": .thirtyE360
        case "30E_360_ISDA": .thirtyE360ISDA
        case "28E_336": .twentyEightE336
        case "ACT_ACT_ISDA": .actualActualISDA
        case "ACT_ACT_ICMA": .actualActualICMA
        case "ACT_360": .actual360
        case "ACT_365F": .actual365Fixed
        case "BUS_252": .business252
        case let other: throw DemoFailure("no day count is called '\(other)'")
        }
    }

    /// A tenor in months.
    func tenor(_ name: String) throws -> Period {
        guard let period = Period(try integer(name), .month) else { throw missing(name, "a number of months") }
        return period
    }
}
