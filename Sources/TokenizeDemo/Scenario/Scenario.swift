import Foundation

/// Finds the term sheet that a field of a scenario names.
typealias TermSheetSource = (ScenarioField) throws(ScenarioFailure) -> [UInt8]

/// What a story is told from.
enum Scenario: Sendable {
    case bond(BondScenario)
    case land(LandScenario)

    var ledgerFileName: String {
        switch self {
        case .bond: "bond.ledger"
        case .land: "land.ledger"
        }
    }

    /// Reads a scenario.
    ///
    /// - Parameter termSheets: the bytes of the term sheet that a field names.
    init(bytes: [UInt8], file: String, termSheets: TermSheetSource = Scenario.noTermSheets) throws {
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw ScenarioFailure(file: file, field: "", reason: "not JSON" + Scenario.place(in: bytes))
        }
        if let repeated = RepeatedMember.first(in: bytes) {
            throw ScenarioFailure(file: file, field: repeated.field, reason: repeated.failureReason)
        }
        let field = ScenarioField(file: file, name: "", value: document)
        guard case .object(let members) = document else {
            throw field.failure("must be an object, and is \(document.kind)")
        }
        guard let story = members["story"] else {
            throw ScenarioFailure(file: file, field: "story", reason: "is missing: it says \"bond\" or \"land\"")
        }
        let isBond = try ScenarioField(file: file, name: "story", value: story).word(["bond": true, "land": false])
        self = isBond ? .bond(try BondScenario(field, termSheets)) : .land(try LandScenario(field))
    }

    static func noTermSheets(_ field: ScenarioField) throws(ScenarioFailure) -> [UInt8] {
        throw field.failure("there is no such term sheet")
    }

    /// Where the JSON is wrong, if Foundation says so.
    private static func place(in bytes: [UInt8]) -> String {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes))
            return ""
        } catch {
            let text = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
            guard let position = text.split(separator: " ").compactMap({ Int($0.filter(\.isNumber)) }).first else {
                return text.isEmpty ? "" : ": it ends too early"
            }
            return ": something is wrong at line \(1 + bytes.prefix(position).count { $0 == 0x0A })"
        }
    }
}
