import Foundation

/// Where scenarios come from.
extension Scenario {
    /// Bytes of a scenario file.
    private static let byteCountMax = 1 << 20

    /// The two that come with the program.
    static func embedded() throws -> [Scenario] {
        [
            try Scenario(bytes: PackageResources.bond_json, file: "bond.json"),
            try Scenario(bytes: PackageResources.land_json, file: "land.json"),
        ]
    }

    /// Reads a presenter's file.
    init(path: String) throws {
        try self.init(
            bytes: try SmallFile.read(path, what: "scenario", byteCountMax: Scenario.byteCountMax),
            file: URL(fileURLWithPath: path).lastPathComponent
        )
    }
}
