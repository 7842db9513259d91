import Foundation

/// Where scenarios come from.
extension Scenario {
    /// Bytes of a scenario file.
    private static let byteCountMax = 1 << 20

    /// The two that come with the program.
    static func embedded() throws -> [Scenario] {
        [
            try Scenario(bytes: PackageResources.bond_json, file: "bond.json", termSheets: embeddedTermSheet),
            try Scenario(bytes: PackageResources.land_json, file: "land.json"),
        ]
    }

    /// Reads a presenter's file. A term sheet that it names lies beside it, or is the one that comes with the program.
    init(path: String) throws {
        let url = URL(fileURLWithPath: path)
        let bytes = try SmallFile.read(path, what: "scenario", byteCountMax: Scenario.byteCountMax)
        try self.init(bytes: bytes, file: url.lastPathComponent) { field throws(ScenarioFailure) in
            let sheet = URL(fileURLWithPath: try field.text(), relativeTo: url.deletingLastPathComponent()).path
            if !FileManager.default.fileExists(atPath: sheet), try field.text() == Scenario.embeddedTermSheetName {
                return PackageResources.lao_bond_terms_json
            }
            do throws(DemoFailure) {
                return try SmallFile.read(sheet, what: "term sheet", byteCountMax: Scenario.byteCountMax)
            } catch {
                throw field.failure(error.sentence)
            }
        }
    }

    private static let embeddedTermSheetName = "lao-bond-terms.json"

    private static func embeddedTermSheet(_ field: ScenarioField) throws(ScenarioFailure) -> [UInt8] {
        guard try field.text() == embeddedTermSheetName else { throw field.failure("there is no such term sheet") }
        return PackageResources.lao_bond_terms_json
    }
}
