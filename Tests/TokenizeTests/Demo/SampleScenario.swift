import Foundation

/// Copies of the scenarios that come with the program, changed as a presenter would change them.
struct SampleScenario {
    private var document: Any

    init(_ name: String) throws {
        let file = PackageRoot.url.appending(path: "Sources/TokenizeDemo/Scenarios/\(name).json")
        document = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    }

    /// The bond story with few people and one coupon, which takes less than a second.
    static func shortBond() throws -> SampleScenario {
        var scenario = try SampleScenario("bond")
        try scenario.set("bond.couponsPerYear", to: "4")
        try scenario.set("bond.maturityDate", to: "\"2026-10-01\"")
        try scenario.set("citizens.count", to: "25")
        try scenario.set("trading.tradeCount", to: "40")
        return scenario
    }

    /// The land story with one rent.
    static func shortLand() throws -> SampleScenario {
        var scenario = try SampleScenario("land")
        try scenario.set("rents", to: #"[{ "date": "2026-02-02", "amount": 1000000007, "notice": "RENT" }]"#)
        return scenario
    }

    /// Sets the field at a path such as `sales.2.shares` to a JSON value, or removes it.
    mutating func set(_ path: String, to json: String?) throws {
        let value = try json.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
        }
        document = SampleScenario.replacing(document, path.split(separator: ".").map(String.init)[...], value)
    }

    /// Writes the scenario into a folder and returns its path.
    func write(to folder: TemporaryFolder, as name: String = "scenario.json") throws -> String {
        let path = folder.path(name)
        try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: path))
        return path
    }

    private static func replacing(_ node: Any, _ path: ArraySlice<String>, _ value: Any?) -> Any {
        guard let name = path.first else { return value ?? node }
        if var object = node as? [String: Any] {
            object[name] = path.count == 1 ? value : object[name].map { replacing($0, path.dropFirst(), value) }
            return object
        }
        if var list = node as? [Any], let index = Int(name) {
            list[index] = replacing(list[index], path.dropFirst(), value)
            return list
        }
        return node
    }
}
