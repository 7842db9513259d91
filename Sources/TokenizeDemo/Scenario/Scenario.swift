import Foundation

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

    init(bytes: [UInt8], file: String) throws {
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw ScenarioFailure(file: file, field: "", reason: "not JSON" + Scenario.place(in: bytes))
        }
        let field = ScenarioField(file: file, name: "", value: document)
        guard case .object(let members) = document else {
            throw field.failure("must be an object, and is \(document.kind)")
        }
        guard let story = members["story"] else {
            throw ScenarioFailure(file: file, field: "story", reason: "is missing: it says \"bond\" or \"land\"")
        }
        let isBond = try ScenarioField(file: file, name: "story", value: story).word(["bond": true, "land": false])
        self = isBond ? .bond(try BondScenario(field)) : .land(try LandScenario(field))
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
