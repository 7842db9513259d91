import Foundation
import Testing

/// Copies of the scenarios that come with the program, changed as a presenter would change them.
struct SampleScenario {
    private var document: Any
    /// The term sheet as text, so that its numbers stay as they are written; only the bond story has one.
    private var terms: String?

    private static let termSheetName = "lao-bond-terms.json"

    init(_ name: String) throws {
        let folder = PackageRoot.url.appending(path: "Sources/TokenizeDemo/Scenarios")
        document = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "\(name).json")))
        let sheet = folder.appending(path: SampleScenario.termSheetName)
        terms = name == "bond" ? try String(contentsOf: sheet, encoding: .utf8) : nil
    }

    /// The bond story with few people and two coupons, which takes about a second.
    static func shortBond() throws -> SampleScenario {
        var scenario = try SampleScenario("bond")
        try scenario.replaceTerm(#""maturityDate": "2031-07-15""#, with: #""maturityDate": "2027-01-15""#)
        try scenario.replaceTerm(#""tenor": "P6M""#, with: #""tenor": "P3M""#)
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

    /// Changes a text that stands once in the term sheet.
    mutating func replaceTerm(_ text: String, with other: String) throws {
        let parts = try #require(terms).components(separatedBy: text)
        try #require(parts.count == 2, "\(text)")
        terms = parts.joined(separator: other)
    }

    /// Writes the scenario into a folder, its term sheet beside it, and returns its path.
    func write(to folder: TemporaryFolder, as name: String = "scenario.json") throws -> String {
        let path = folder.path(name)
        try terms.map { try Data($0.utf8).write(to: URL(fileURLWithPath: folder.path(SampleScenario.termSheetName))) }
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
